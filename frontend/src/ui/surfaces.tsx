/** Sheets of paper, banners across them, and what stands there while nothing else does. */
import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

export type Accent = "moss" | "plum" | "slate" | "ochre" | "stone" | "olive";

/** A sheet on the desk. `accent` draws its edge in one of the accents. */
export function Card({
  title,
  level = 2,
  actions,
  accent,
  children,
  label,
}: {
  title?: ReactNode;
  level?: 2 | 3 | 4;
  actions?: ReactNode;
  accent?: Accent;
  children: ReactNode;
  /** Names the region for screen readers when it has no title. */
  label?: string;
}) {
  const Heading = `h${level}` as const;
  return (
    <section className={accent === undefined ? "card" : "card card-edge"} data-accent={accent} aria-label={label}>
      {title === undefined && actions === undefined ? null : (
        <header className="card-head">
          {title === undefined ? null : <Heading>{title}</Heading>}
          {actions}
        </header>
      )}
      {children}
    </section>
  );
}

export type BannerTone = "notice" | "good" | "warn" | "bad" | "accent";

/** A line that must be seen. `urgent` interrupts a screen reader; keep it for lost connections and refusals. */
export function Banner({
  tone = "notice",
  icon,
  title,
  children,
  actions,
  urgent = false,
}: {
  tone?: BannerTone;
  icon?: IconName;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  urgent?: boolean;
}) {
  const drawing = icon ?? (tone === "good" ? "agree" : tone === "warn" || tone === "bad" ? "warning" : "notice");
  return (
    <div className={`banner banner-${tone}`} role={urgent ? "alert" : "status"}>
      <Icon name={drawing} />
      <div className="banner-text">
        {title === undefined ? null : <p className="banner-title">{title}</p>}
        {children === undefined ? null : <div>{children}</div>}
      </div>
      {actions === undefined ? null : <div className="banner-actions">{actions}</div>}
    </div>
  );
}

/** What a place is for and how to begin, where nothing is yet. */
export function EmptyState({
  icon,
  title,
  level = 3,
  children,
  actions,
}: {
  icon: IconName;
  title: ReactNode;
  level?: 2 | 3;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  const Heading = `h${level}` as const;
  return (
    <div className="empty">
      <Icon name={icon} size={36} />
      <Heading className="empty-title">{title}</Heading>
      {children === undefined ? null : <div className="empty-text">{children}</div>}
      {actions === undefined ? null : <div className="empty-actions">{actions}</div>}
    </div>
  );
}

/** Grey lines where text will be; `label` says so to screen readers. */
export function Skeleton({ label, lines = 3 }: { label: string; lines?: number }) {
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className="skeleton-line" />
      ))}
    </div>
  );
}

/** How far something has come, of 100; without `value`, that it is under way. */
export function Progress({ label, value }: { label: string; value?: number }) {
  return <progress className="progress-bar" aria-label={label} max={100} {...(value === undefined ? {} : { value })} />;
}

/** A word that classifies, with a drawing so that colour is never the only sign. */
export function Tag({ icon, children, tone = "plain" }: { icon?: IconName; children: ReactNode; tone?: "plain" | "accent" | "good" | "warn" }) {
  return (
    <span className={`tag tag-${tone}`}>
      {icon === undefined ? null : <Icon name={icon} size={15} />}
      {children}
    </span>
  );
}

/** A person's initials in a circle; the name must stand beside it or be given as the circle's title elsewhere. */
export function Monogram({ name, accent, present }: { name: string; accent?: Accent; present?: boolean }) {
  const words = name.split(/\s+/u).filter((word) => /^\p{L}/u.test(word));
  // The last two, so that a title in front of the name is left out.
  const letters = words
    .slice(-2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0))
    .join("");
  return (
    <span className={present === true ? "monogram monogram-here" : "monogram"} data-accent={accent} aria-hidden="true">
      {letters.toLocaleUpperCase()}
    </span>
  );
}
