/** Choosing files: by a button, by dropping them, on a phone by its camera. The browser's own means; they weigh nothing. */
import { useRef, useState, type DragEvent, type ReactNode } from "react";
import { Button } from "./Button";

const PICTURES = ["image/jpeg", "image/png", "image/webp", "image/heic"].join(",");

export function FilePicker({
  label,
  hint,
  choose,
  camera,
  many = true,
  accept,
  onFiles,
}: {
  /** Names the place for screen readers. */
  label: string;
  /** On wide screens, that files may be dropped here. */
  hint: ReactNode;
  /** On the button that opens the list of files. */
  choose: string;
  /** On the button that opens the camera, if there is to be one; shown where there is a touch screen. */
  camera?: string;
  many?: boolean;
  /** Endings, such as ".pdf", with commas between them. */
  accept?: string;
  onFiles: (files: readonly File[]) => void;
}) {
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
        // A folder has no type and cannot be read as a file.
        onFiles([...event.dataTransfer.items].filter((item) => item.webkitGetAsEntry()?.isFile === true).flatMap((item) => item.getAsFile() ?? []));
      }}
    >
      <div className="row file-drop-ways">
        <ChooseFiles many={many} {...(accept === undefined ? {} : { accept })} onFiles={onFiles} icon="attach">
          {choose}
        </ChooseFiles>
        {camera === undefined ? null : (
          <span className="only-touch">
            <ChooseFiles accept={PICTURES} capture onFiles={onFiles} icon="camera">
              {camera}
            </ChooseFiles>
          </span>
        )}
      </div>
      <p className="note not-touch">{hint}</p>
    </div>
  );
}

/** A button that opens the browser's own list of files, or the camera. The same file may be chosen again afterwards. */
export function ChooseFiles({
  children,
  icon,
  onFiles,
  many = false,
  accept,
  capture = false,
  small = false,
}: {
  children: ReactNode;
  icon: "attach" | "camera";
  onFiles: (files: readonly File[]) => void;
  many?: boolean;
  accept?: string;
  capture?: boolean;
  small?: boolean;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple={many}
        {...(accept === undefined ? {} : { accept })}
        {...(capture ? { capture: "environment" as const } : {})}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      <Button small={small} icon={icon} onPress={() => input.current?.click()}>
        {children}
      </Button>
    </>
  );
}
