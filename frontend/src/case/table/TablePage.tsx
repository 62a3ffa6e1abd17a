/** The table: what we each say, what we already share, what we will sign. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { links } from "../../links";
import { useHash, usePageTitle } from "../../router";
import { Banner, Button, Icon, LinkButton, Tabs } from "../../ui";
import type { CasePageProps } from "../CasePages";
import { LazyDesk } from "../desk/LazyDesk";
import { isMediator, mayGive } from "../lookup";
import { Authority } from "../people/Authority";
import { NextMeeting } from "../meetings/NextMeeting";
import { partyName } from "../people";
import { Signing } from "../settlement/Signing";
import { useAct } from "../useAct";
import { useWidth } from "../useWidth";
import { Workspace } from "../Workspace";
import { IssueDialog } from "./IssueDialog";
import { NoTable } from "./NoTable";
import { Offers } from "./Offers";
import { Question, type Part } from "./Question";
import { Shared, SharedGround } from "./SharedGround";
import "./table.css";

export function TablePage({ view, live }: CasePageProps) {
  const { t } = useLingui();
  usePageTitle(view.title);
  const width = useWidth();
  const isAtTable = view.rooms.some((room) => room.room === "joint");
  return (
    <Workspace view={view} live={live}>
      <h1 className="hidden-visually">{t`The table`}</h1>
      <NextMeeting view={view} />
      {!isAtTable ? <NoTable view={view} /> : width === "narrow" ? <OneAtATime view={view} /> : <SideBySide view={view} />}
    </Workspace>
  );
}

type InView = Pick<CasePageProps, "view">;

/** After the end, what never came about has no place on the table any more. */
const hasOffers = (view: InView["view"]) => view.ending === null || view.offers.length > 0;
const hasSigning = (view: InView["view"]) => view.ending === null || view.documents.length > 0;

function SideBySide({ view }: InView) {
  return (
    <div className="table">
      <Notices view={view} />
      <Minds view={view} />
      <Sides view={view} />
      <Questions view={view} part="all" />
      {hasOffers(view) ? <Offers view={view} /> : null}
      {hasSigning(view) ? <Signing view={view} /> : null}
    </div>
  );
}

/** The three states of mind of the one screen, one press away each. */
function Minds({ view }: InView) {
  const { t } = useLingui();
  const common = view.statements.filter((one) => one.common).length;
  const open = view.offers.filter((one) => one.state === "open").length;
  return (
    <nav className="minds not-in-print" aria-label={t`On this table`}>
      <a href="#say">
        <Icon name="speech" size={18} /> <Trans>What we each say, and already share</Trans> {common === 0 ? null : <span className="count">{common}</span>}
      </a>
      {hasOffers(view) ? (
        <a href="#offers">
          <Icon name="scales" size={18} /> <Trans>Offers</Trans> {open === 0 ? null : <span className="count">{open}</span>}
        </a>
      ) : null}
      {hasSigning(view) ? (
        <a href="#signing">
          <Icon name="quill" size={18} /> <Trans>What we will sign</Trans>
        </a>
      ) : null}
    </nav>
  );
}

type Mind = "say" | "share" | "sign" | "desk";

function mindOf(hash: string): Mind | null {
  if (hash === "#offers" || hash === "#signing") return "sign";
  return hash === "#say" ? "say" : hash === "#share" ? "share" : null;
}

/** On a phone: one state of mind at a time. */
function OneAtATime({ view }: InView) {
  const { t } = useLingui();
  const hash = useHash();
  const [mind, setMind] = useState<Mind>(() => mindOf(hash) ?? "say");
  // A link to a part of the table turns to its state of mind; afterwards the tabs are the person's own.
  const [turnedTo, setTurnedTo] = useState(hash);
  if (turnedTo !== hash) {
    setTurnedTo(hash);
    setMind(mindOf(hash) ?? mind);
  }
  const common = view.statements.filter((one) => one.common).length;
  // Four names in a row leave no room for more than a word each.
  const isCrowded = isMediator(view);
  const short = (word: string) => (isCrowded ? { short: word } : {});
  return (
    <div className="table table-narrow">
      <Notices view={view} />
      <Tabs
        label={t`The table`}
        selected={mind}
        onSelect={setMind}
        items={[
          {
            id: "say",
            label: t`What we say`,
            ...short(t({ message: "Say", comment: "A tab on a phone: short for 'What we say'" })),
            content: (
              <div className="table">
                <Sides view={view} />
                <Questions view={view} part="say" />
              </div>
            ),
          },
          { id: "share", label: t`What we share`, ...short(t({ message: "Share", comment: "A tab on a phone: short for 'What we share'" })), count: common, content: <SharedGround view={view} /> },
          {
            id: "sign",
            label: t`What we will sign`,
            ...short(t({ message: "Sign", comment: "A tab on a phone: short for 'What we will sign'" })),
            content: (
              <div className="table">
                {hasOffers(view) ? <Offers view={view} /> : null}
                {hasSigning(view) ? <Signing view={view} /> : null}
                {hasOffers(view) || hasSigning(view) ? null : (
                  <p className="note">
                    <Trans>Nothing was offered or written down here.</Trans>
                  </p>
                )}
              </div>
            ),
          },
          ...(isMediator(view) ? [{ id: "desk" as const, label: t`My desk`, short: t({ message: "Desk", comment: "A tab on a phone: short for 'My desk'" }), content: <LazyDesk view={view} /> }] : []),
        ]}
      />
    </div>
  );
}

/** The sides and who can agree for each, with the count of what is shared between them. */
function Sides({ view }: InView) {
  return (
    <div className="sides" id="say">
      {(["business", "client"] as const).map((party) => {
        const side = view.parties.find((one) => one.party === party);
        return (
          <div key={party} className="sides-one" data-party={party}>
            <p className="sides-name">{partyName(view, party)}</p>
            {side === undefined ? null : <Authority view={view} side={side} />}
          </div>
        );
      })}
      <Shared view={view} />
    </div>
  );
}

function Questions({ view, part }: InView & { part: Exclude<Part, "share"> }) {
  const { t } = useLingui();
  const [putting, setPutting] = useState(false);
  const isLoose = view.positions.some((one) => one.issue === null) || view.statements.some((one) => one.issue === null);
  return (
    <>
      {view.issues.map((issue) => (
        <Question key={issue.issue} view={view} issue={issue} part={part} />
      ))}
      {view.issues.length === 0 || isLoose ? <Question view={view} issue={null} part={part} /> : null}
      {mayGive(view, "PutIssue") ? (
        <div className="put-question">
          {view.issues.length === 0 ? (
            <p className="note">
              <Trans>Once you have heard both sides, put the questions in words that belong to neither.</Trans>
            </p>
          ) : null}
          <Button icon="add" onPress={() => setPutting(true)}>
            {t`Put a question on the table`}
          </Button>
        </div>
      ) : null}
      {putting ? <IssueDialog view={view} issue={null} onClose={() => setPutting(false)} /> : null}
    </>
  );
}

/** What must be seen before anything else on the table. */
function Notices({ view }: InView) {
  const { t } = useLingui();
  const { act, busy } = useAct(view.case);
  if (view.ending !== null) {
    const isErased = view.rooms.some((room) => room.room === "joint" && room.erased);
    return (
      <Banner
        icon="papers"
        title={isErased ? t`The mediation has ended. What was said at the table has been erased.` : t`The mediation has ended. The table stays as it was.`}
        actions={
          <>
            <LinkButton small href={links.papers(view.case)}>
              <Trans>Download your record</Trans>
            </LinkButton>
            {view.ending.outcome === "settled" || isMediator(view) ? null : (
              <LinkButton small kind="quiet" href={links.ladder(view.case)}>
                <Trans>What if we can’t agree?</Trans>
              </LinkButton>
            )}
          </>
        }
      />
    );
  }
  if (!view.paused) return null;
  return (
    <Banner
      tone="warn"
      icon="pause"
      title={t`The joint conversation is paused`}
      actions={
        mayGive(view, "Resume") ? (
          <Button small kind="primary" isPending={busy} onPress={() => void act("resumptions", {})}>
            <Trans>Carry on</Trans>
          </Button>
        ) : undefined
      }
    >
      {isMediator(view) ? (
        <Trans>Nobody but you can say anything to everyone until you carry on.</Trans>
      ) : (
        <Trans>Take the time you need. You can still write to the mediator in private.</Trans>
      )}
    </Banner>
  );
}
