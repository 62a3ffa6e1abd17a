/** Buttons and links as the browser has them, for pages that must open fast on a phone: they load nothing. */
import type { MouseEvent, ReactNode } from "react";
import { Icon, type IconName } from "../Icon";

export type ButtonKind = "primary" | "plain" | "quiet" | "grave";

interface Look {
  kind?: ButtonKind;
  icon?: IconName | undefined;
  small?: boolean;
  children: ReactNode;
}

function look(kind: ButtonKind, small: boolean) {
  return `button button-${kind}${small ? " button-small" : ""}`;
}

/** While pending it keeps the focus and does nothing. */
export function Button({
  kind = "plain",
  icon,
  small = false,
  type = "button",
  isPending = false,
  isDisabled = false,
  onPress,
  children,
}: Look & { type?: "button" | "submit"; isPending?: boolean; isDisabled?: boolean; onPress?: (() => void) | undefined }) {
  return (
    <button
      type={type}
      className={look(kind, small)}
      disabled={isDisabled}
      aria-disabled={isPending ? true : undefined}
      data-disabled={isDisabled ? true : undefined}
      data-pending={isPending ? true : undefined}
      onClick={(event: MouseEvent) => {
        if (isPending) event.preventDefault();
        else onPress?.();
      }}
    >
      {icon === undefined ? null : <Icon name={icon} size={small ? 18 : 20} />}
      <span>{children}</span>
    </button>
  );
}

/** A button with a drawing alone; `label` is what screen readers say, and the tooltip of a mouse. */
export function IconButton({ icon, label, onPress }: { icon: IconName; label: string; onPress: () => void }) {
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={() => onPress()}>
      <Icon name={icon} />
    </button>
  );
}

/** `data-own-page` lets the app go there without loading anything again. */
export function Link({ href, className = "link", children }: { href: string; className?: string; children: ReactNode }) {
  return (
    <a href={href} className={className} data-own-page="">
      {children}
    </a>
  );
}

export function LinkButton({ href, kind = "plain", icon, small = false, children }: Look & { href: string }) {
  return (
    <Link href={href} className={look(kind, small)}>
      {icon === undefined ? null : <Icon name={icon} size={small ? 18 : 20} />}
      <span>{children}</span>
    </Link>
  );
}
