/** Noting something that both sides might share, or wording it better. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, StatementKind, StatementView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { useDraft } from "../../live/useDraft";
import { statementWord } from "../../text/words";
import { Banner, Button, Choices, Dialog, Select, TextArea } from "../../ui";
import { ProblemNote } from "../ProblemNote";

const NO_ISSUE = "none";

export function ProposeDialog({ view, issue, onClose }: { view: CaseView; issue: string | null; onClose: () => void }) {
  const { t } = useLingui();
  const [text, setText] = useDraft(view.case, "joint", `statement ${issue ?? ""}`);
  const [kind, setKind] = useState<StatementKind>("shared-fact");
  const [about, setAbout] = useState(issue ?? NO_ISSUE);
  const { give, status, problem } = useCommand(view.case);
  const hints: Readonly<Record<StatementKind, string>> = {
    "shared-fact": t`A fact that both would tell the same way.`,
    "shared-aim": t`An aim, such as keeping something going.`,
    "possible-term": t`Something that could stand in the settlement.`,
  };

  const propose = async () => {
    const done = await give("statements", { kind, text: text.trim(), issue: about === NO_ISSUE ? null : about });
    if (done === null) return;
    setText("");
    onClose();
  };

  return (
    <Dialog
      title={t`Something both could agree to`}
      size="large"
      closeLabel={t`Close; what you wrote is kept`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <Button kind="primary" icon="table" isDisabled={text.trim() === ""} isPending={status !== "idle"} onPress={() => void propose()}>
          <Trans>Put it on the table</Trans>
        </Button>
      }
    >
      <Choices
        label={t`What is it?`}
        value={kind}
        onChange={setKind}
        choices={(["shared-fact", "shared-aim", "possible-term"] as const).map((value) => ({
          value,
          label: statementWord(value),
          hint: hints[value],
        }))}
      />
      <TextArea
        label={t`The wording`}
        hint={t`One thing in one sentence, so that the other side could sign it too.`}
        value={text}
        onChange={setText}
        maxLength={4000}
        autoFocus
      />
      {view.issues.length === 0 ? null : (
        <Select
          label={t`About which question`}
          placeholder={t`Choose a question`}
          value={about}
          onChange={setAbout}
          choices={[
            ...view.issues.map((one) => ({ value: one.issue, label: `${one.number}. ${one.text}` })),
            { value: NO_ISSUE, label: t`None of them in particular` },
          ]}
        />
      )}
      <BindingLine />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}

export function RewordDialog({ view, statement, onClose }: { view: CaseView; statement: StatementView; onClose: () => void }) {
  const { t } = useLingui();
  const [draft, setDraft] = useDraft(view.case, "joint", `reword ${statement.statement}`);
  const [touched, setTouched] = useState(draft !== "");
  const { give, status, problem } = useCommand(view.case);
  const text = touched ? draft : statement.text;

  const reword = async () => {
    const done = await give("statement-wordings", { statement: statement.statement, text: text.trim() });
    if (done === null) return;
    setDraft("");
    onClose();
  };

  return (
    <Dialog
      title={t`Word it better`}
      closeLabel={t`Close; what you wrote is kept`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <Button
          kind="primary"
          icon="table"
          isDisabled={text.trim() === "" || text.trim() === statement.text}
          isPending={status !== "idle"}
          onPress={() => void reword()}
        >
          <Trans>Put the new wording on the table</Trans>
        </Button>
      }
    >
      {statement.assents.length === 0 ? null : (
        <Banner tone="warn" title={t`Who agreed, agreed to the old wording`}>
          {t`With a new wording, each side is asked afresh.`}
        </Banner>
      )}
      <TextArea
        label={t`The wording`}
        value={text}
        onChange={(next) => {
          setTouched(true);
          setDraft(next);
        }}
        maxLength={4000}
        autoFocus
      />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}

/** Stands with every wording that both might share. */
export function BindingLine() {
  return (
    <p className="binding">
      <Trans>For these talks only. Not an admission. Binds nobody until the settlement is signed.</Trans>
    </p>
  );
}
