/** Choosing files: by a button, by dropping them, on a phone by its camera. In its own file, since few screens need it. */
import type { ReactNode } from "react";
import { DropZone, FileTrigger } from "react-aria-components";
import { Button } from "./Button";

const PICTURES = ["image/jpeg", "image/png", "image/webp", "image/heic"];

export function FilePicker({
  label,
  hint,
  choose,
  camera,
  onFiles,
}: {
  /** Names the place for screen readers. */
  label: string;
  /** On wide screens, that files may be dropped here. */
  hint: ReactNode;
  /** On the button that opens the list of files. */
  choose: string;
  /** On the button that opens the camera; shown where there is a touch screen. */
  camera: string;
  onFiles: (files: readonly File[]) => void;
}) {
  const take = (list: FileList | null) => onFiles([...(list ?? [])]);
  return (
    <DropZone
      className="file-drop"
      aria-label={label}
      getDropOperation={() => "copy"}
      onDrop={(event) => {
        const dropped = event.items.filter((item) => item.kind === "file");
        void Promise.all(dropped.map((item) => item.getFile())).then(onFiles);
      }}
    >
      <div className="row file-drop-ways">
        <FileTrigger allowsMultiple onSelect={take}>
          <Button icon="attach">{choose}</Button>
        </FileTrigger>
        <span className="only-touch">
          <FileTrigger acceptedFileTypes={PICTURES} defaultCamera="environment" onSelect={take}>
            <Button icon="camera">{camera}</Button>
          </FileTrigger>
        </span>
      </div>
      <p className="note not-touch">{hint}</p>
    </DropZone>
  );
}
