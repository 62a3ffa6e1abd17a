/** What stands under a clause: who agrees to it, what can be done about it, what is suggested and said of it. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Party } from "../../api/types";
import type { ClauseInfo } from "../../drafting/clauses";
import { promisesOf, referredIn } from "../../drafting/promises";
import { announce, Button, Icon, type IconName, Menu, type MenuAction } from "../../ui";
import { LimitNote } from "../limits/LimitNote";
import { mayGive } from "../lookup";
import { partyName } from "../people";
import { useAct } from "../useAct";
import { Threads } from "./Comments";
import { Means } from "./Means";
import { RivalsLine } from "./Rivals";
import { SuggestionCard } from "./SuggestionCard";
import type { Standing } from "./standing";
import { placeAfterStep } from "./suggesting";
import type { TextDesk } from "./textDesk";
import { threadsOf } from "./threads";

export function ClauseSide({ desk, clause }: { desk: TextDesk; clause: ClauseInfo }) {
  const { t } = useLingui();
  const standing = desk.standings.get(clause.id);
  const suggestions = desk.suggestions.get(clause.id) ?? [];
  const { number } = clause;
  return (
    <div className="clause-side" role="group" aria-label={t`Beside clause ${number}`}>
      <Means view={desk.view} text={clause.text} />
      <div className="clause-line">
        {standing === undefined ? null : <Agreement desk={desk} standing={standing} number={number} />}
        <Acts desk={desk} clause={clause} />
      </div>
      <Beyond desk={desk} clause={clause} />
      <LooseReference desk={desk} clause={clause} />
      <RivalsLine desk={desk} clause={clause} />
      {suggestions.map((one) => (
        <SuggestionCard key={one.suggestion} desk={desk} suggestion={one} />
      ))}
      {desk.isNarrow ? null : <Threads desk={desk} clause={clause.id} onlyOpen lookedFor={desk.lookedFor} />}
    </div>
  );
}

/** Above the first clause: suggestions that belong there, and what is said of the whole text. */
export function AboveClauses({ desk }: { desk: TextDesk }) {
  const suggestions = desk.suggestions.get("") ?? [];
  const { t } = useLingui();
  const count = threadsOf(desk.view, null).filter((one) => !one.first.resolved).length;
  return (
    <div className="clause-side clause-side-above" role="group" aria-label={t`Beside the whole text`}>
      {suggestions.map((one) => (
        <SuggestionCard key={one.suggestion} desk={desk} suggestion={one} />
      ))}
      {count === 0 || desk.isNarrow ? null : <Threads desk={desk} clause={null} onlyOpen />}
    </div>
  );
}

/** Where an amount in this clause goes beyond what the reader's own side settled: for them alone, and before they agree. */
function Beyond({ desk, clause }: { desk: TextDesk; clause: ClauseInfo }) {
  const { view } = desk;
  const standing = desk.standings.get(clause.id);
  const party = view.me.party;
  if (view.limit === null || party === null || !mayGive(view, "GiveClauseAssent") || standing === undefined || standing.agreed[party]) return null;
  const here = amountsOf(clause);
  // What a side must at least get, the whole text gives, and not each of its clauses.
  const amounts = view.limit.meaning === "at-least" ? desk.clauses.flatMap(amountsOf) : here;
  return here.length === 0 ? null : <LimitNote view={view} amounts={amounts} />;
}

function amountsOf(clause: ClauseInfo) {
  return promisesOf(clause.node).flatMap((one) => (one.isMarked && one.value.kind === "amount" ? [one.value.amount] : []));
}

/** A reference that leads nowhere keeps the text from being signed: it is said here, where it can be mended. */
function LooseReference({ desk, clause }: { desk: TextDesk; clause: ClauseInfo }) {
  const known = new Set(desk.clauses.map((one) => one.id));
  if (referredIn(clause.node).every((one) => known.has(one))) return null;
  return (
    <p className="suggestion-overtaken">
      <Icon name="warning" size={18} /> <Trans>It refers to a clause that is not in the text. Have it refer to another, or take the reference out.</Trans>
    </p>
  );
}

function useSaid(desk: TextDesk, standing: Standing): { icon: IconName; tone: "good" | "warn" | "plain"; words: ReactNode } {
  const { view } = desk;
  const mine = view.me.party;
  const sides = (["business", "client"] as const).filter((party) => standing.agreed[party]);
  const others: Party | undefined = sides.find((party) => party !== mine);
  const name = others === undefined ? "" : partyName(view, others);
  if (sides.length === 2) return { icon: "agree", tone: "good", words: <Trans>Both agree</Trans> };
  if (standing.lapsed) {
    const isMine = mine !== null && standing.agreed[mine];
    const why = desk.drafting.lapsed_with_language.includes(standing.clause);
    if (why && !isMine) return { icon: "warning", tone: "warn", words: <Trans>Another language prevails since it was agreed to: read it again</Trans> };
    return {
      icon: "warning",
      tone: "warn",
      words: isMine ? <Trans>You agree. Changed since it was agreed to: the other side reads it again.</Trans> : <Trans>Changed since it was agreed to: read it again</Trans>,
    };
  }
  if (mine !== null && standing.agreed[mine]) return { icon: "agree", tone: "good", words: <Trans>You agree</Trans> };
  if (others !== undefined) return { icon: "agree", tone: "plain", words: <Trans>{name} agrees</Trans> };
  return { icon: "waiting", tone: "plain", words: <Trans>Nobody has agreed yet</Trans> };
}

function Agreement({ desk, standing, number }: { desk: TextDesk; standing: Standing; number: number }) {
  const { t } = useLingui();
  const { view } = desk;
  const { act, busy } = useAct(view.case);
  const { icon, tone, words } = useSaid(desk, standing);
  const mine = view.me.party;
  const mayAgree = mayGive(view, "GiveClauseAssent") && mine !== null;
  const agrees = mine !== null && standing.agreed[mine];
  const { clause, hash } = standing;
  return (
    <>
      <p className={`clause-stand clause-stand-${tone}`} data-standing={standing.agreed.business && standing.agreed.client ? "both" : agrees ? "mine" : standing.lapsed ? "lapsed" : "open"}>
        <Icon name={icon} size={18} /> {words}
      </p>
      {mayAgree && !agrees && hash !== null ? (
        standing.suggested > 0 ? (
          <span className="note">
            <Trans>You can agree once the suggestions are decided.</Trans>
          </span>
        ) : (
          <Button
            small
            icon="agree"
            isDisabled={busy}
            aria-label={t`I agree to this clause: number ${number}`}
            onPress={() =>
              void act("clause-assents", { clause, text_hash: hash }).then((written) => {
                if (written !== null) announce(t`You agree to clause ${number} as it reads now.`, { tone: "good" });
              })
            }
          >
            <Trans>I agree to this clause</Trans>
          </Button>
        )
      ) : null}
      {mayAgree && agrees ? (
        <Button small kind="quiet" icon="undo" isDisabled={busy} aria-label={t`Take back your agreement to clause ${number}`} onPress={() => void act("clause-assent-withdrawals", { clause })}>
          <Trans>Take back</Trans>
        </Button>
      ) : null}
    </>
  );
}

function Acts({ desk, clause }: { desk: TextDesk; clause: ClauseInfo }) {
  const { t } = useLingui();
  const { view, ask } = desk;
  const maySuggest = mayGive(view, "Suggest");
  const ids = desk.clauses.map((one) => one.id);
  const open = threadsOf(view, clause.id).filter((one) => !one.first.resolved).length;
  const mayComment = view.rooms.some((room) => room.can.includes("PostComment"));
  const { number } = clause;
  const suggesting: MenuAction[] = [
    { id: "replace", label: t`Suggest another wording`, icon: "quill", onAction: () => ask({ kind: "replace", clause, beside: [] }) },
    { id: "remove", label: t`Suggest to remove it`, icon: "close", onAction: () => ask({ kind: "remove", clause }) },
    ...(placeAfterStep(ids, clause.id, "up") === undefined ? [] : [{ id: "up", label: t`Suggest to move it up`, onAction: () => ask({ kind: "move", clause, way: "up" }) }]),
    ...(placeAfterStep(ids, clause.id, "down") === undefined ? [] : [{ id: "down", label: t`Suggest to move it down`, onAction: () => ask({ kind: "move", clause, way: "down" }) }]),
  ];
  const adding: MenuAction[] = [
    { id: "insert", label: t`Suggest a new clause here`, icon: "clause", onAction: () => ask({ kind: "insert", after: clause.id, words: "" }) },
    { id: "library", label: desk.canEdit ? t`Insert a ready clause here` : t`Suggest a ready clause here`, icon: "papers", onAction: () => ask({ kind: "library", after: clause.id }) },
  ];
  return (
    <span className="clause-acts not-in-print">
      {maySuggest ? (
        <Menu
          label={t`Suggest a change to clause ${number}`}
          trigger={
            <Button small kind="quiet" icon="quill" aria-label={t`Suggest a change to clause ${number}`}>
              <Trans>Suggest a change</Trans>
            </Button>
          }
          groups={[suggesting, adding]}
        />
      ) : null}
      {mayComment || open > 0 ? (
        <Button
          small
          kind="quiet"
          icon="speech"
          aria-label={open === 0 ? t`Comment on clause ${number}` : t`Comments (${open}) on clause ${number}`}
          onPress={() => ask({ kind: "comments", clause, about: desk.handle?.selectedIn(clause.id) ?? null, thread: null })}
        >
          {open === 0 ? <Trans>Comment</Trans> : <Trans>Comments ({open})</Trans>}
        </Button>
      ) : null}
    </span>
  );
}

