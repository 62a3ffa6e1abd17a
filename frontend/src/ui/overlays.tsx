/** What opens above the page: dialogs, sheets, menus, popovers. Focus goes in, stays in, and comes back. */
import type { ReactNode } from "react";
import {
  Dialog as AriaDialog,
  DialogTrigger,
  Heading,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuTrigger,
  Modal,
  ModalOverlay,
  Popover as AriaPopover,
  Separator,
} from "react-aria-components";
import { Button, IconButton } from "./Button";
import { Icon, type IconName } from "./Icon";
import type { Confirming } from "./plain/Dialog";

interface DialogProps {
  title: string;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
  /** Shown at the end, right of the text on wide screens and full width on a phone. */
  actions?: ReactNode;
  /** What the closing cross is called. */
  closeLabel: string;
  role?: "dialog" | "alertdialog";
  size?: "small" | "large";
}

export function Dialog({ title, isOpen, onOpenChange, children, actions, closeLabel, role = "dialog", size = "small" }: DialogProps) {
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={onOpenChange} isDismissable={role === "dialog"} className="veil">
      <Modal className={`modal modal-${size}`}>
        <AriaDialog role={role} className="dialog">
          <header className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            <IconButton icon="close" label={closeLabel} slot="close" />
          </header>
          <div className="dialog-body">{children}</div>
          {actions === undefined ? null : <footer className="dialog-actions">{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/**
 * Asks as the plain one does. The browser's own dialog would lie above the lists and messages that react-aria opens, so
 * in the workspace it is one of react-aria's.
 */
export function ConfirmDialog({ title, isOpen, onOpenChange, children, confirm, decline, onConfirm, kind = "primary", isPending = false }: Confirming) {
  return (
    <Dialog
      role="alertdialog"
      title={title}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      closeLabel={decline}
      actions={
        <>
          <Button slot="close">{decline}</Button>
          <Button kind={kind} onPress={onConfirm} isPending={isPending}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}

export interface MenuAction {
  id: string;
  label: string;
  hint?: string | undefined;
  icon?: IconName | undefined;
  onAction?: (() => void) | undefined;
  href?: string | undefined;
}

/** `groups` are set apart by a line. The trigger must be a Button or IconButton. */
export function Menu({ label, trigger, groups }: { label: string; trigger: ReactNode; groups: readonly (readonly MenuAction[])[] }) {
  return (
    <MenuTrigger>
      {trigger}
      <AriaPopover className="popover" placement="bottom end">
        <AriaMenu aria-label={label} className="list">
          {groups.flatMap((group, index) => [
            ...(index === 0 ? [] : [<Separator key={`line-${index}`} className="list-line" />]),
            ...group.map((item) => (
              <AriaMenuItem
                key={item.id}
                id={item.id}
                textValue={item.label}
                className="list-item"
                {...(item.href === undefined ? {} : { href: item.href })}
                {...(item.onAction === undefined ? {} : { onAction: item.onAction })}
              >
                {item.icon === undefined ? null : <Icon name={item.icon} size={18} />}
                <span>
                  {item.label}
                  {item.hint === undefined ? null : <span className="list-hint">{item.hint}</span>}
                </span>
              </AriaMenuItem>
            )),
          ])}
        </AriaMenu>
      </AriaPopover>
    </MenuTrigger>
  );
}

/** A small explanation beside what it explains. The trigger must be a Button or IconButton. */
export function Popover({ label, trigger, children }: { label: string; trigger: ReactNode; children: ReactNode }) {
  return (
    <DialogTrigger>
      {trigger}
      <AriaPopover className="popover">
        <AriaDialog aria-label={label} className="popover-body">
          {children}
        </AriaDialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
