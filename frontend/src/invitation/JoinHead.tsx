/** The head of the pages for people who have never been here: nothing on it leads away. */
import { Trans } from "@lingui/react/macro";
import { useEffect, useRef, type ReactNode } from "react";
import { LanguageSwitch } from "../text/LanguageSwitch";
import "./invitation.css";

export function JoinHead() {
  return (
    <header className="join-head not-in-print">
      <span className="wordmark">
        <img src="/mark.svg" alt="" width={32} height={32} />
        <Trans>Mediation</Trans>
      </span>
      <LanguageSwitch />
    </header>
  );
}

/** The heading of a step; coming to the step leads the focus here, so that a screen reader reads on from it. */
export function StepHeading({ className, children }: { className?: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className={className}>
      {children}
    </h1>
  );
}
