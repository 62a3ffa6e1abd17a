/** One question on the table: what each side says, and between them what both already share. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, IssueView, Party } from "../../api/types";
import { Button, ConfirmDialog, Icon, IconButton, Menu, Tag } from "../../ui";
import { mayGive, mayNow } from "../lookup";
import { partyName } from "../people";
import { useAct } from "../useAct";
import { Position } from "./Position";
import { PositionDialog } from "./PositionDialog";
import { IssueDialog } from "./IssueDialog";
import { Statement } from "./Statement";
import { ProposeDialog } from "./StatementDialog";

/** Which part of a question is drawn: all three columns, or one state of mind on a phone. */
export type Part = "all" | "say" | "share";

/** `issue` null: what was said beyond the questions, or before there were any. */
export function Question({ view, issue, part }: { view: CaseView; issue: IssueView | null; part: Part }) {
  const { t } = useLingui();
  const [open, setOpen] = useState<"say" | "scribe" | "share" | null>(null);
  const id = issue?.issue ?? null;
  const statements = view.statements.filter((one) => one.issue === id);
  const settled = statements.filter((one) => one.common);
  const pending = statements.filter((one) => !one.common);
  // Beyond the questions there is often only shared ground: then the sides' columns would stand empty.
  const hasSides = part !== "share" && (issue !== null || view.issues.length === 0 || view.positions.some((one) => one.issue === null));
  if (!hasSides && part === "say") return null;
  const label =
    issue !== null ? issue.text : view.issues.length === 0 ? t`How each side sees it` : hasSides ? t`Beyond the questions` : t`What else we share`;

  return (
    <section className="question" aria-labelledby={`question-${id ?? "none"}`} data-part={hasSides ? part : "share"}>
      <header className="question-head">
        <h2 id={`question-${id ?? "none"}`}>
          {issue === null ? null : <span className="question-number">{issue.number}</span>}
          {label}
        </h2>
        {issue === null ? null : <Endorsement view={view} issue={issue} />}
      </header>
      <div className="question-columns">
        {hasSides ? <Side view={view} issue={id} party="business" onSay={() => setOpen("say")} /> : null}
        {part === "say" ? null : (
          <div className="ground">
            <h3 className="column-name">
              <Trans>What we already share</Trans>
            </h3>
            {statements.length === 0 ? (
              <p className="ground-empty">
                {view.statements.length === 0 ? (
                  <Trans>Nothing noted yet. Often there is more than it seems: a fact, an aim, a small step.</Trans>
                ) : (
                  <Trans>Nothing noted yet.</Trans>
                )}
              </p>
            ) : null}
            {settled.map((one) => (
              <Statement key={one.statement} view={view} statement={one} />
            ))}
            {pending.map((one) => (
              <Statement key={one.statement} view={view} statement={one} />
            ))}
            {mayGive(view, "ProposeStatement") && part === "all" ? (
              <Button small kind="quiet" icon="add" onPress={() => setOpen("share")}>
                <Trans>Something both could agree to</Trans>
              </Button>
            ) : null}
          </div>
        )}
        {hasSides ? <Side view={view} issue={id} party="client" onSay={() => setOpen("say")} /> : null}
      </div>
      {hasSides && mayGive(view, "ScribePosition") ? (
        <Button small kind="quiet" icon="quill" onPress={() => setOpen("scribe")}>
          <Trans>Write down what somebody says</Trans>
        </Button>
      ) : null}
      {open === "say" ? <PositionDialog view={view} task={{ task: "state", issue: id }} onClose={() => setOpen(null)} /> : null}
      {open === "scribe" ? <PositionDialog view={view} task={{ task: "scribe", issue: id }} onClose={() => setOpen(null)} /> : null}
      {open === "share" ? <ProposeDialog view={view} issue={id} onClose={() => setOpen(null)} /> : null}
    </section>
  );
}

function Side({ view, issue, party, onSay }: { view: CaseView; issue: string | null; party: Party; onSay: () => void }) {
  const positions = view.positions.filter((one) => one.issue === issue && one.party === party);
  const mine = view.me.party === party;
  const name = partyName(view, party);
  const maySay = mine && mayGive(view, "StatePosition");
  const saidByMe = positions.some((one) => one.owner === view.me.participant);
  return (
    <div className="side" data-party={party}>
      <h3 className="column-name">
        <Trans>What {name} says</Trans>
      </h3>
      {positions.map((one) => (
        <Position key={one.position} view={view} position={one} />
      ))}
      {positions.length === 0 ? (
        <p className="side-empty">
          {mine ? <Trans>Nobody on your side has said yet how you see this.</Trans> : <Trans>Nothing said yet.</Trans>}
        </p>
      ) : null}
      {maySay ? (
        <div>
          <Button small kind={positions.length === 0 ? "primary" : "quiet"} icon="speech" onPress={onSay}>
            {saidByMe ? <Trans>Add something</Trans> : <Trans>Say how you see it</Trans>}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function Endorsement({ view, issue }: { view: CaseView; issue: IssueView }) {
  const { t, i18n } = useLingui();
  const { act, busy } = useAct(view.case);
  const [open, setOpen] = useState<"reword" | "withdraw" | null>(null);
  const both = issue.endorsed_by.length === view.parties.length;
  const names = new Intl.ListFormat(i18n.locale).format(issue.endorsed_by.map((party) => partyName(view, party)));
  return (
    <div className="row question-endorsed">
      {both ? (
        <Tag icon="agree" tone="good">
          <Trans>Both sides want to answer this</Trans>
        </Tag>
      ) : issue.endorsed_by.length > 0 ? (
        <span className="note">
          <Trans>The right question, says {names}</Trans>
        </span>
      ) : (
        <span className="note">
          <Icon name="waiting" size={16} /> <Trans>Not yet confirmed by both sides</Trans>
        </span>
      )}
      {mayNow(issue, "EndorseIssue") ? (
        <Button small icon="agree" isPending={busy} onPress={() => void act("issue-endorsements", { issue: issue.issue })}>
          <Trans>This is the right question</Trans>
        </Button>
      ) : null}
      {mayNow(issue, "RewordIssue") ? (
        <Menu
          label={t`What to do with this question`}
          trigger={<IconButton icon="more" label={t`More about this question`} />}
          groups={[
            [
              { id: "reword", label: t`Word it differently`, icon: "quill", onAction: () => setOpen("reword") },
              { id: "withdraw", label: t`Take it off the table`, icon: "undo", onAction: () => setOpen("withdraw") },
            ],
          ]}
        />
      ) : null}
      {open === "reword" ? <IssueDialog view={view} issue={issue} onClose={() => setOpen(null)} /> : null}
      <ConfirmDialog
        title={t`Take this question off the table?`}
        isOpen={open === "withdraw"}
        onOpenChange={(wanted) => setOpen(wanted ? "withdraw" : null)}
        confirm={t`Take it off`}
        decline={t`Leave it`}
        onConfirm={() => {
          setOpen(null);
          void act("issue-withdrawals", { issue: issue.issue });
        }}
      >
        <p>
          <Trans>What was said about it stays, among the things beyond the questions.</Trans>
        </p>
      </ConfirmDialog>
    </div>
  );
}
