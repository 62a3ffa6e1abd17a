/** The quiet page around everything that is not inside a case. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { links } from "../links";
import { LanguageSwitch } from "../text/LanguageSwitch";
import { Link } from "../ui/plain";
import "./account.css";

export function Frame({ children, actions, wide = false }: { children: ReactNode; actions?: ReactNode; wide?: boolean }) {
  const { t } = useLingui();
  return (
    <>
      <header className="frame-head not-in-print">
        <Link href={links.cases} className="wordmark">
          <img src="/mark.svg" alt="" width={32} height={32} />
          <span>
            <Trans>Mediation</Trans>
          </span>
        </Link>
        <nav className="row" aria-label={t`Account`}>
          {actions}
          <LanguageSwitch small={actions !== undefined} />
        </nav>
      </header>
      <main id="main" className={wide ? "page" : "page page-narrow"}>
        {children}
      </main>
    </>
  );
}
