import { useEffect, useId, useRef, type ReactNode } from "react";
import { Button, type ButtonKind } from "./Button";

export interface Confirming {
  title: string;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
  confirm: string;
  /** The safe way out, named by what stays as it is and not "Cancel". */
  decline: string;
  onConfirm: () => void;
  kind?: ButtonKind;
  isPending?: boolean;
}

/**
 * Asks once before something that others will see or that cannot be undone, in the browser's own dialog: focus goes in,
 * stays in, and comes back; Escape is the safe way out.
 */
export function ConfirmDialog({ title, isOpen, onOpenChange, children, confirm, decline, onConfirm, kind = "primary", isPending = false }: Confirming) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const { current } = dialog;
    if (current === null || current.open === isOpen) return;
    if (isOpen) current.showModal();
    else current.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      aria-labelledby={id}
      className="native-dialog"
      onClose={() => {
        if (isOpen) onOpenChange(false);
      }}
    >
      {isOpen ? (
        <div className="dialog">
          <h2 id={id} className="dialog-title">
            {title}
          </h2>
          <div className="dialog-body">{children}</div>
          <footer className="dialog-actions">
            <Button onPress={() => onOpenChange(false)}>{decline}</Button>
            <Button kind={kind} onPress={onConfirm} isPending={isPending}>
              {confirm}
            </Button>
          </footer>
        </div>
      ) : null}
    </dialog>
  );
}
