/** Where a file is dropped or chosen that is looked at here and goes nowhere. */
import { Trans } from "@lingui/react/macro";
import { useState, type DragEvent } from "react";
import { ChooseFiles } from "../ui/FilePicker";

interface Props {
  /** What is asked for, for those who hear it. */
  label: string;
  /** On the button. */
  choose: string;
  /** Endings, such as ".pdf", with commas between them. */
  accept: string;
  many?: boolean;
  onFiles: (files: readonly File[]) => void;
}

export function Drop({ label, choose, accept, many = false, onFiles }: Props) {
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent, isHere: boolean) => {
    event.preventDefault();
    setOver(isHere);
  };
  return (
    <div
      role="group"
      aria-label={label}
      className="file-drop"
      {...(isOver ? { "data-drop-target": true } : {})}
      onDragEnter={(event) => over(event, true)}
      onDragOver={(event) => over(event, true)}
      onDragLeave={(event) => over(event, false)}
      onDrop={(event) => {
        over(event, false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <div className="row file-drop-ways">
        <ChooseFiles many={many} accept={accept} onFiles={onFiles} icon="attach">
          {choose}
        </ChooseFiles>
      </div>
      <p className="note not-touch">
        <Trans>Or drop it here.</Trans>
      </p>
    </div>
  );
}
