/** The papers of the case: what may be shown to others later, dated, and one's own record to take along. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import { bundleUrl } from "../../api/cases";
import { links } from "../../links";
import { useHash, usePageTitle } from "../../router";
import { outcomeWord } from "../../text/words";
import { Banner, Button, Card, EmptyState, LinkButton, Time } from "../../ui";
import type { CasePageProps } from "../CasePages";
import { Kept } from "../keeping/Kept";
import { ForALawyer, PrintedPapers } from "./PrintedPapers";
import { SealCard } from "./SealCard";
import { usePaperWords } from "./paperWords";
import "./papers.css";

/** A link to one paper, or to what is kept, leads there also when this page had to be fetched first. */
function useTarget() {
  const part = useHash().slice(1);
  useEffect(() => {
    const target = part === "" ? null : document.getElementById(part);
    if (target === null) return;
    target.querySelector("details")?.setAttribute("open", "");
    target.scrollIntoView({ block: "center" });
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }, [part]);
}

export function PapersPage({ view, live }: CasePageProps) {
  const { t } = useLingui();
  usePageTitle(t`Papers`);
  const papers = live.entriesByRoom["papers"] ?? [];
  useTarget();
  const words = usePaperWords(view, papers);
  const entries = papers.filter((one) => one.erased === undefined);
  return (
    <div className="stack-wide measure centred" data-accent="stone">
      <div className="stack">
        <h1>
          <Trans>Papers</Trans>
        </h1>
        <p className="lead soft">
          <Trans>What happened and when, without what was said. These pages may be shown to others later.</Trans>
        </p>
      </div>
      {view.ending === null ? null : (
        <Banner tone="good" title={outcomeWord(view.ending.outcome)}>
          <Time at={view.ending.at} show="full" />
        </Banner>
      )}
      <PrintedPapers view={view} />
      <ForALawyer view={view} />
      <Card title={<Trans>Your record</Trans>}>
        <p>
          <Trans>
            Everything you were part of, in one file for you and your adviser. The papers in it can be checked by anyone, without this
            site and without trusting us. What was said in the mediation is in it too, for you to read; it stays confidential.
          </Trans>
        </p>
        <p className="note">
          <Trans>For a lawyer there are a chronology, an index of the files of your direct talks, and a form with which the record can be certified to a court.</Trans>
        </p>
        <div className="row not-in-print">
          <LinkButton kind="primary" icon="download" href={bundleUrl(view.case)} download>
            <Trans>Download your record</Trans>
          </LinkButton>
          {view.files.length === 0 ? null : (
            <LinkButton icon="attach" href={bundleUrl(view.case, true)} download>
              <Trans>The same, with the files</Trans>
            </LinkButton>
          )}
          <LinkButton icon="scales" href={links.verify}>
            <Trans>Check a record</Trans>
          </LinkButton>
          <Button icon="print" onPress={() => window.print()}>
            <Trans>Print this page</Trans>
          </Button>
        </div>
      </Card>
      <Kept view={view} />
      <Card title={<Trans>In order</Trans>}>
        {entries.length === 0 ? (
          <EmptyState icon="papers" title={t`Nothing yet`} />
        ) : (
          <ol className="plain-list papers">
            {entries.map((one) => {
              const said = words(one);
              return (
                <li key={one.seq} id={`paper-${one.seq}`} className="paper">
                  <span className="note">
                    <Time at={one.at} show="date" /> <Time at={one.at} show="clock" />
                  </span>
                  <div>
                    <p>{said.line}</p>
                    {said.text === undefined ? null : (
                      <details>
                        <summary>
                          <Trans>Read it</Trans>
                        </summary>
                        <p className="prose">{said.text}</p>
                      </details>
                    )}
                  </div>
                </li>
              );
            })}
          </ol>
        )}
      </Card>
      <SealCard caseId={view.case} papers={entries.length} />
    </div>
  );
}
