/** A wording both might share: what it says, who agrees to exactly these words, and that it binds nobody yet. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, Party, StatementView } from "../../api/types";
import { statementWord } from "../../text/words";
import { Button, ConfirmDialog, Icon, IconButton, Menu, type IconName, type MenuAction } from "../../ui";
import { MakeClause } from "../settlement/MakeClause";
import { mayNow } from "../lookup";
import { partyName } from "../people";
import { useAct } from "../useAct";
import { BindingLine, RewordDialog } from "./StatementDialog";

const ICONS: Readonly<Record<StatementView["kind"], IconName>> = {
  "shared-fact": "search",
  "shared-aim": "onward",
  "possible-term": "clause",
};

export function Statement({ view, statement }: { view: CaseView; statement: StatementView }) {
  const { t } = useLingui();
  const [open, setOpen] = useState<"reword" | "withdraw" | null>(null);
  const { act, busy } = useAct(view.case);
  const mine = statement.by === view.me.participant;

  const actions: MenuAction[] = [];
  if (mayNow(statement, "RewordStatement")) {
    actions.push({ id: "reword", label: t`Word it better`, icon: "quill", onAction: () => setOpen("reword") });
  }
  if (mayNow(statement, "TakeBackAssent")) {
    actions.push({
      id: "take-back",
      label: t`I no longer agree`,
      icon: "close",
      onAction: () => void act("assent-withdrawals", { statement: statement.statement }),
    });
  }
  if (mayNow(statement, "WithdrawStatement")) {
    actions.push({ id: "withdraw", label: t`Take it off the table`, icon: "undo", onAction: () => setOpen("withdraw") });
  }

  return (
    <article className={`statement${statement.common ? " statement-common" : ""}`} id={`statement-${statement.statement}`}>
      <header className="statement-head">
        <p className="statement-kind">
          <Icon name={ICONS[statement.kind]} size={16} /> {statementWord(statement.kind)}
        </p>
        {actions.length === 0 ? null : (
          <Menu label={t`What to do with this wording`} trigger={<IconButton icon="more" label={t`More about this wording`} />} groups={[actions]} />
        )}
      </header>
      <p className="statement-text">{statement.text}</p>
      {statement.common ? (
        <p className="assent assent-given">
          <Icon name="agree" size={16} /> <Trans>Both sides agree to this wording</Trans>
        </p>
      ) : (
        <ul className="assents" aria-label={t`Who agrees to this wording`}>
          {view.parties.map(({ party }) => (
            <Assent key={party} view={view} statement={statement} party={party} />
          ))}
        </ul>
      )}
      {statement.lapsed ? (
        <p className="note">
          <Icon name="notice" size={16} /> <Trans>The wording has changed; earlier agreement no longer counts.</Trans>
        </p>
      ) : null}
      {mayNow(statement, "GiveAssent") ? (
        <Button
          kind={statement.assents.length > 0 || !mine ? "primary" : "plain"}
          small
          icon="agree"
          isPending={busy}
          onPress={() => void act("assents", { statement: statement.statement, text_hash: statement.text_hash })}
        >
          <Trans>I agree to this wording</Trans>
        </Button>
      ) : null}
      {statement.common && statement.kind === "possible-term" ? (
        <MakeClause view={view} from={`statement:${statement.statement}`} text={statement.text} />
      ) : null}
      <BindingLine />
      {open === "reword" ? <RewordDialog view={view} statement={statement} onClose={() => setOpen(null)} /> : null}
      <ConfirmDialog
        title={t`Take this off the table?`}
        isOpen={open === "withdraw"}
        onOpenChange={(wanted) => setOpen(wanted ? "withdraw" : null)}
        confirm={t`Take it off`}
        decline={t`Leave it`}
        onConfirm={() => {
          setOpen(null);
          void act("statement-withdrawals", { statement: statement.statement });
        }}
      >
        <blockquote className="quote">{statement.text}</blockquote>
      </ConfirmDialog>
    </article>
  );
}

function Assent({ view, statement, party }: { view: CaseView; statement: StatementView; party: Party }) {
  const name = partyName(view, party);
  const agrees = statement.assents.includes(party);
  return (
    <li className={agrees ? "assent assent-given" : "assent"}>
      <Icon name={agrees ? "agree" : "waiting"} size={16} />
      <span>{agrees ? <Trans>{name} agrees</Trans> : <Trans>{name}: not yet</Trans>}</span>
    </li>
  );
}
