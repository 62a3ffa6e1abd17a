/** The case on one page, for whoever is brought in: asked of you first, then what it is about, who says what, what is open. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, type ReactNode } from "react";
import { briefUrl, readBrief, type Brief } from "../../api/brief";
import type { CaseView, Tier } from "../../api/types";
import { links } from "../../links";
import { useLoaded } from "../../live/useLoaded";
import { usePageTitle } from "../../router";
import { ByWhen } from "../../text/ByWhen";
import { isLanguage } from "../../text/language";
import { categoryWord, nextWords, outcomeWord, tierWord } from "../../text/words";
import { Banner, Card, Day, Link, LinkButton, Money, Skeleton, Tag, Time, useNow } from "../../ui";
import type { CasePageProps } from "../CasePages";
import { TimeLimits } from "../ladder/TimeLimits";
import { OwnLimit } from "../limits/OwnLimit";
import { partyName } from "../people";
import { ProblemNote } from "../ProblemNote";
import { nextLink } from "../shell/nextLink";
import { noteBriefRead } from "./readBrief";
import "./brief.css";

export function BriefPage({ view }: CasePageProps) {
  const { t, i18n } = useLingui();
  usePageTitle(t`The case on one page`);
  const { loaded, again } = useLoaded(useCallback(() => readBrief(view.case), [view.case]));
  useEffect(() => noteBriefRead(view.case), [view.case]);
  // What it is made of has changed.
  useEffect(again, [view, again]);
  const language = isLanguage(i18n.locale) ? i18n.locale : "en";
  return (
    <div className="stack-wide measure centred">
      <div className="row-apart">
        <h1>
          <Trans>The case on one page</Trans>
        </h1>
        <LinkButton small icon="print" href={briefUrl(view.case, language)} download>
          <Trans>To print (PDF)</Trans>
        </LinkButton>
      </div>
      {loaded.state === "here" ? (
        <Page view={view} brief={loaded.it} />
      ) : loaded.state === "loading" ? (
        <Skeleton label={t`Putting it together`} lines={10} />
      ) : (
        <ProblemNote problem={loaded.problem} />
      )}
    </div>
  );
}

function Page({ view, brief }: { view: CaseView; brief: Brief }) {
  const { t } = useLingui();
  const reached = brief.steps.filter((one) => one.reached_at !== null).sort((one, other) => Date.parse(one.reached_at ?? "") - Date.parse(other.reached_at ?? ""));
  const ahead = new Intl.ListFormat(document.documentElement.lang, { type: "unit" }).format(brief.steps.filter((one) => one.state === "ahead").map((one) => tierWord(one.tier)));
  return (
    <>
      <Asked view={view} brief={brief} />
      {view.me.party === null ? null : <OwnLimit view={view} />}
      <Card title={brief.title} label={t`What it is about`}>
        <dl className="brief">
          <Part name={t`What it is about`}>
            <p>
              {categoryWord(brief.category)}. {brief.account}{" "}
              {brief.is_account_cut ? (
                <Link href={links.papers(view.case)}>
                  <Trans>Read all of it</Trans>
                </Link>
              ) : null}
            </p>
          </Part>
          {brief.amount === null ? null : (
            <Part name={t`Amount in dispute`}>
              <strong>
                <Money amount={brief.amount} />
              </strong>
            </Part>
          )}
          {brief.since === "" ? null : <Part name={t`Since when`}>{brief.since}</Part>}
          {brief.wish === "" ? null : <Part name={t`What would help`}>{brief.wish}</Part>}
          <Part name={t`Who is who`}>
            {brief.sides.map((side) => (
              <Who key={side.party} side={side} />
            ))}
            {brief.mediator === null ? null : <Mediator name={brief.mediator} />}
          </Part>
          <Part name={t`Steps so far`}>
            <ul className="plain-list">
              {reached.map((one) => (
                <Reached key={one.tier} tier={one.tier} at={one.reached_at ?? ""} />
              ))}
            </ul>
            {ahead === "" ? null : (
              <p className="note">
                <Trans>Still possible: {ahead}.</Trans> <Link href={links.ladder(view.case)}>{t`What if we can’t agree?`}</Link>
              </p>
            )}
          </Part>
          {brief.met.length === 0 ? null : (
            <Part name={t`Met`}>
              <ul className="plain-list">
                {brief.met.map((one) => (
                  <li key={one.starts_at}>
                    <Time at={one.starts_at} show="full" />
                    {one.attended.length > 0 ? `: ${one.attended.join(", ")}` : null}
                  </li>
                ))}
              </ul>
              <More number={brief.more_met} />
            </Part>
          )}
        </dl>
      </Card>
      {brief.reads_table ? <AtTheTable view={view} brief={brief} /> : null}
      <p className="note">
        <TimeLimits view={view} />{" "}
        {brief.reads_table ? <Trans>This page is confidential: it quotes what was said in the mediation.</Trans> : null}
      </p>
    </>
  );
}

function Reached({ tier, at }: { tier: Tier; at: string }) {
  const since = <Time at={at} show="date" />;
  return (
    <li>
      {tierWord(tier)} · <Trans>since {since}</Trans>
    </li>
  );
}

/** What is asked of its reader now, and by when. */
function Asked({ view, brief }: { view: CaseView; brief: Brief }) {
  const now = useNow();
  const to = nextLink(view);
  const dates = brief.dates.filter((one) => Date.parse(one.at) > now);
  return (
    <Banner
      tone="accent"
      icon="onward"
      title={<Trans>Asked of you now</Trans>}
      actions={
        to === null ? undefined : (
          <LinkButton kind="primary" small href={to}>
            <Trans>Go there</Trans>
          </LinkButton>
        )
      }
    >
      <p>{brief.outcome === null ? nextWords(view.line.next) : outcomeWord(brief.outcome)}</p>
      <LastDay view={view} />
      {dates.map((one) => (
        <p key={`${one.what} ${one.at}`}>
          <strong>
            <DateLine what={one.what} at={one.at} />
          </strong>
        </p>
      ))}
      {brief.reads_table || brief.process === "talks" ? null : (
        <p className="note">
          <Trans>What is said at the table is left out until you have accepted the ground rules.</Trans>
        </p>
      )}
    </Banner>
  );
}

function LastDay({ view }: { view: CaseView }) {
  const { by, owed_by: owedBy } = view.line;
  if (typeof by !== "string") return null;
  const isOurs = owedBy === view.me.party;
  return (
    <p>
      <strong>
        {isOurs ? (
          <Trans>
            The last day for it is <Day on={by} />.
          </Trans>
        ) : (
          <ByWhen line={view.line} party={view.me.party} nameOf={(party) => partyName(view, party)} />
        )}
      </strong>
    </p>
  );
}

function DateLine({ what, at }: Brief["dates"][number]) {
  const when = <Time at={at} show="full" />;
  if (what === "sign-from") return <Trans>It can be signed from {when} on.</Trans>;
  return <Trans>A meeting is arranged for {when}.</Trans>;
}

function AtTheTable({ view, brief }: { view: CaseView; brief: Brief }) {
  const { t } = useLingui();
  return (
    <Card title={<Trans>Where it stands</Trans>}>
      <dl className="brief">
        {brief.issues.length === 0 ? null : (
          <Part name={t`Questions on the table`}>
            <Several all={brief.issues} more={brief.more_issues} />
          </Part>
        )}
        {brief.sides.map((side) => (
          <Said key={side.party} side={side} />
        ))}
        <Part name={t`Common ground so far`}>{brief.common.length === 0 ? <Trans>None yet.</Trans> : <Several all={brief.common} more={brief.more_common} />}</Part>
        <Part name={t`Offers that wait for an answer`}>
          {brief.offers.length === 0 ? (
            <Trans>None.</Trans>
          ) : (
            <ul className="plain-list">
              {brief.offers.map((one) => (
                <li key={one.at}>
                  {partyName(view, one.party)}: {one.amount === null ? null : <Money amount={one.amount} />}
                  {one.amount !== null && one.terms !== "" ? " · " : ""}
                  {one.terms}
                </li>
              ))}
            </ul>
          )}
          <More number={brief.more_offers} />
        </Part>
        {brief.text === null ? null : (
          <Part name={t`The settlement’s text`}>
            <Text view={view} text={brief.text} />
          </Part>
        )}
      </dl>
    </Card>
  );
}

function Text({ view, text }: { view: CaseView; text: NonNullable<Brief["text"]> }) {
  const business = partyName(view, "business");
  const client = partyName(view, "client");
  const { both, business: ofBusiness, client: ofClient } = text;
  return (
    <p>
      <Plural value={text.clauses} one="# clause." other="# clauses." />{" "}
      <Trans>
        Both sides agree to {both}, {business} to {ofBusiness}, {client} to {ofClient}.
      </Trans>{" "}
      {text.frozen_at === null ? null : (
        <Tag icon="quill" tone="accent">
          <Trans>Ready to be signed</Trans>
        </Tag>
      )}{" "}
      <Link href={links.settlement(view.case)}>
        <Trans>Read the text</Trans>
      </Link>
    </p>
  );
}

function Who({ side }: { side: Brief["sides"][number] }) {
  const list = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" });
  const names = list.format(side.people);
  const agree = list.format(side.can_agree ?? []);
  const toCall = side.to_call.replace(/[.\s]+$/u, "");
  return (
    <p>
      <strong>{side.name}</strong>
      {names === "" ? null : `: ${names}`} <More number={side.more_people} inline />
      {side.can_agree === null ? null : (
        <span className="note brief-agree">
          {agree === "" ? <Trans>Nobody here can agree for this side alone today.</Trans> : <Trans>Can agree for this side today: {agree}.</Trans>}{" "}
          {toCall === "" ? null : <Trans>Has to be asked: {toCall}.</Trans>}
        </span>
      )}
    </p>
  );
}

function Mediator({ name }: { name: string }) {
  return (
    <p>
      <Trans>
        <strong>Mediator</strong>: {name}
      </Trans>
    </p>
  );
}

function Said({ side }: { side: Brief["sides"][number] }) {
  const { t } = useLingui();
  const { name } = side;
  if (side.positions.length === 0) return null;
  return (
    <Part name={t`${name} says`}>
      {side.positions.map((one, place) => (
        <div key={place} className="stack-tight">
          <p>{one.text}</p>
          {one.wants === "" ? null : <Wants wants={one.wants} />}
        </div>
      ))}
      <More number={side.more_positions} />
    </Part>
  );
}

function Wants({ wants }: { wants: string }) {
  return (
    <p className="note">
      <Trans>Wants: {wants}</Trans>
    </p>
  );
}

function Several({ all, more }: { all: readonly string[]; more: number }) {
  return (
    <>
      <ul className="brief-list">
        {all.map((one, place) => (
          <li key={place}>{one}</li>
        ))}
      </ul>
      <More number={more} />
    </>
  );
}

function More({ number, inline = false }: { number: number; inline?: boolean }) {
  if (number === 0) return null;
  const words = <Plural value={number} one="and # more" other="and # more" />;
  return inline ? <span className="note">{words}</span> : <p className="note">{words}</p>;
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="brief-part">
      <dt>{name}</dt>
      <dd className="stack-tight">{children}</dd>
    </div>
  );
}
