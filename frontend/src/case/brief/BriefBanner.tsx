/** The first thing that somebody sees who is brought in to decide or to advise: the case on one page. */
import { Trans } from "@lingui/react/macro";
import type { CaseView } from "../../api/types";
import { links } from "../../links";
import { Banner, LinkButton } from "../../ui";
import { hasReadBrief } from "./readBrief";
import "./banner.css";

export function BriefBanner({ view, page }: { view: CaseView; page: string }) {
  const isBroughtIn = view.me.role === "manager" || view.me.role === "counsel";
  if (!isBroughtIn || page === "brief" || view.closed_at !== null || hasReadBrief(view.case)) return null;
  return (
    <div className="page brief-banner not-in-print">
      <Banner
        tone="accent"
        icon="look"
        title={<Trans>You were brought in. Here is the case on one page.</Trans>}
        actions={
          <LinkButton kind="primary" small href={links.brief(view.case)}>
            <Trans>Read the case on one page</Trans>
          </LinkButton>
        }
      >
        <Trans>What it is about, what was tried, where it stands, and what is asked of you now.</Trans>
      </Banner>
    </div>
  );
}
