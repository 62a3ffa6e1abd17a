/** One suggestion under its clause: who, when, why, and what would change, so that it can be judged at a glance. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";
import type { SuggestionView } from "../../api/types";
import type { NodeJson } from "../../drafting/canonical";
import { wordsOf as wordsOfNode } from "../../drafting/clauseJson";
import { Comparison } from "../../drafting/Wording";
import { announce, Button, Icon, Tag, Time } from "../../ui";
import { mayGive, mayNow } from "../lookup";
import { nameOf, personOf } from "../people";
import { useAct } from "../useAct";
import { Means } from "./Means";
import { AcceptOneOf } from "./Rivals";
import { isOvertaken, rivalsOf } from "./suggesting";
import { numberOf, type TextDesk } from "./textDesk";

export function useChangeWords(desk: TextDesk): (suggestion: SuggestionView) => string {
  const { t } = useLingui();
  return (suggestion) => {
    const after = suggestion.after === null ? null : numberOf(desk, suggestion.after);
    switch (suggestion.change) {
      case "replace":
        return t`Another wording`;
      case "insert":
        return t`A new clause here`;
      case "remove":
        return t`Remove this clause`;
      case "move":
        return after === null ? t`Move this clause to the beginning` : t`Move this clause behind clause ${after}`;
    }
  };
}

export function SuggestionCard({ desk, suggestion }: { desk: TextDesk; suggestion: SuggestionView }) {
  const { t } = useLingui();
  const wordsOf = useChangeWords(desk);
  const { view } = desk;
  const { act, busy } = useAct(view.case);
  const clause = desk.clauses.find((one) => one.id === suggestion.clause);
  const hash = desk.standings.get(suggestion.clause)?.hash ?? null;
  const isGone = suggestion.change !== "insert" && clause === undefined;
  const overtaken = isOvertaken(suggestion, hash);
  const name = nameOf(view, suggestion.by);
  const { why } = suggestion;
  const { party = null } = personOf(view, suggestion.by) ?? {};
  const answer = async (collection: "suggestion-acceptances" | "suggestion-rejections" | "suggestion-withdrawals", said: string) => {
    if ((await act(collection, { suggestion: suggestion.suggestion })) !== null) announce(said, { tone: "good" });
  };
  const others = rivalsOf(desk.drafting, suggestion.clause).filter((one) => one.suggestion !== suggestion.suggestion);
  const asksFirst = others.length > 0 && (suggestion.change === "replace" || suggestion.change === "remove");
  const [asking, setAsking] = useState(false);
  const accept = () => answer("suggestion-acceptances", t`Taken up into the text.`);
  const node = clause?.node;
  const present = useMemo(() => (node === undefined ? null : (node.toJSON() as NodeJson)), [node]);
  return (
    <article className="suggestion" data-side={party ?? "mediator"} aria-label={t`Suggestion of ${name}`}>
      <header className="suggestion-head">
        <Tag icon="quill" tone="accent">
          {wordsOf(suggestion)}
        </Tag>
        <span className="note">
          {suggestion.by === view.me.participant ? <Trans>Suggested by you</Trans> : <Trans>Suggested by {name}</Trans>}, <Time at={suggestion.at} />
        </span>
      </header>
      {suggestion.change === "replace" ? <Comparison before={present} after={suggestion.node as unknown as NodeJson} /> : null}
      {suggestion.change === "insert" ? <Comparison before={null} after={suggestion.node as unknown as NodeJson} /> : null}
      {suggestion.change === "remove" && present !== null ? <Comparison before={present} after={null} /> : null}
      {suggestion.change === "insert" || suggestion.change === "replace" ? <Means view={view} text={wordsOfNode(suggestion.node as unknown as NodeJson)} /> : null}
      {why === "" ? null : (
        <p className="suggestion-why">
          <Trans>Why: {why}</Trans>
        </p>
      )}
      {isGone || overtaken ? (
        <p className="suggestion-overtaken">
          <Icon name="warning" size={18} />
          {isGone ? <Trans>The clause this is about is no longer in the text.</Trans> : <Trans>The clause was changed after this was suggested. It cannot be taken up as it is, so that no words are lost unseen.</Trans>}
        </p>
      ) : null}
      <div className="suggestion-acts not-in-print">
        {mayNow(suggestion, "AcceptSuggestion") && !overtaken && !isGone ? (
          <Button small icon="agree" isDisabled={busy} onPress={() => (asksFirst ? setAsking(true) : void accept())}>
            <Trans>Accept</Trans>
          </Button>
        ) : null}
        {overtaken && suggestion.change === "replace" && clause !== undefined && mayGive(view, "Suggest") ? (
          <Button small icon="look" onPress={() => desk.ask({ kind: "replace", clause, beside: [suggestion] })}>
            <Trans>Look at it again</Trans>
          </Button>
        ) : null}
        {mayNow(suggestion, "RejectSuggestion") ? (
          <Button small kind="quiet" icon="close" isDisabled={busy} onPress={() => void answer("suggestion-rejections", t`Turned down; the text stays as it is.`)}>
            <Trans>Reject</Trans>
          </Button>
        ) : null}
        {mayNow(suggestion, "WithdrawSuggestion") ? (
          <Button small kind="quiet" icon="undo" isDisabled={busy} onPress={() => void answer("suggestion-withdrawals", t`You have withdrawn your suggestion.`)}>
            <Trans>Withdraw</Trans>
          </Button>
        ) : null}
      </div>
      {asking ? <AcceptOneOf desk={desk} chosen={suggestion} others={others} onAccept={() => void accept().then(() => setAsking(false))} onClose={() => setAsking(false)} busy={busy} /> : null}
    </article>
  );
}
