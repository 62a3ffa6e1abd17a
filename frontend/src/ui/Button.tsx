/** What can be pressed: buttons, and links that look like buttons. */
import type { ReactNode } from "react";
import {
  Button as AriaButton,
  Link as AriaLink,
  type ButtonProps as AriaButtonProps,
  type LinkProps as AriaLinkProps,
} from "react-aria-components";
import { Icon, type IconName } from "./Icon";

/** `primary` once per screen; `plain` for everything beside it; `quiet` for text-like actions; `grave` for what hurts. */
export type ButtonKind = "primary" | "plain" | "quiet" | "grave";

interface Look {
  kind?: ButtonKind;
  icon?: IconName | undefined;
  small?: boolean;
  children: ReactNode;
}

function look(kind: ButtonKind, small: boolean, extra?: string) {
  return `button button-${kind}${small ? " button-small" : ""}${extra === undefined ? "" : ` ${extra}`}`;
}

export type ButtonProps = Omit<AriaButtonProps, "children" | "className" | "style"> & Look & { className?: string | undefined };

/** `isPending` keeps the button focusable and says that it is working. */
export function Button({ kind = "plain", icon, small = false, children, className, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={look(kind, small, className)}>
      {icon === undefined ? null : <Icon name={icon} size={small ? 18 : 20} />}
      <span>{children}</span>
    </AriaButton>
  );
}

/** A button with a drawing alone; `label` is what screen readers say, and the tooltip of a mouse. */
export function IconButton({
  icon,
  label,
  className,
  ...rest
}: Omit<AriaButtonProps, "children" | "className" | "style" | "aria-label"> & {
  icon: IconName;
  label: string;
  className?: string;
}) {
  return (
    <AriaButton {...rest} aria-label={label} className={`icon-button${className === undefined ? "" : ` ${className}`}`}>
      <Icon name={icon} />
    </AriaButton>
  );
}

export type LinkProps = Omit<AriaLinkProps, "children" | "className" | "style"> & { children: ReactNode; className?: string };

export function Link({ children, className = "link", ...rest }: LinkProps) {
  return (
    <AriaLink {...rest} className={className}>
      {children}
    </AriaLink>
  );
}

export function LinkButton({ kind = "plain", icon, small = false, children, ...rest }: Omit<LinkProps, "className"> & Look) {
  return (
    <AriaLink {...rest} className={look(kind, small)}>
      {icon === undefined ? null : <Icon name={icon} size={small ? 18 : 20} />}
      <span>{children}</span>
    </AriaLink>
  );
}
