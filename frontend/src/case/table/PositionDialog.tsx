/** Saying how one sees it: stated, revised, or written down by the mediator for somebody who is talking. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, PositionView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { useDraft } from "../../live/useDraft";
import { Button, Dialog, Icon, Select, TextArea } from "../../ui";
import { partyName } from "../people";
import { ProblemNote } from "../ProblemNote";

export type PositionTask =
  | { task: "state"; issue: string | null }
  | { task: "revise"; position: PositionView }
  | { task: "scribe"; issue: string | null };

/** Unsent words are kept by task, so that closing the dialog loses nothing. */
function useFields(view: CaseView, task: PositionTask) {
  const place = task.task === "revise" ? `revise ${task.position.position}` : `${task.task} ${task.issue ?? ""}`;
  const room = task.task === "scribe" ? "scribe" : "joint";
  const before = task.task === "revise" ? task.position : { text: "", interest: "", wants: "" };
  const [text, setText] = useDraft(view.case, room, `${place} text`);
  const [interest, setInterest] = useDraft(view.case, room, `${place} interest`);
  const [wants, setWants] = useDraft(view.case, room, `${place} wants`);
  // Until something is typed, a revision shows what is there.
  const [touched, setTouched] = useState(text !== "" || interest !== "" || wants !== "");
  const begin = () => {
    if (touched) return;
    setText(before.text);
    setInterest(before.interest);
    setWants(before.wants);
    setTouched(true);
  };
  const write = (set: (value: string) => void) => (value: string) => {
    begin();
    set(value);
  };
  return {
    text: touched ? text : before.text,
    interest: touched ? interest : before.interest,
    wants: touched ? wants : before.wants,
    setText: write(setText),
    setInterest: write(setInterest),
    setWants: write(setWants),
    clear: () => {
      setText("");
      setInterest("");
      setWants("");
    },
  };
}

export function PositionDialog({ view, task, onClose }: { view: CaseView; task: PositionTask; onClose: () => void }) {
  const { t } = useLingui();
  const fields = useFields(view, task);
  const [owner, setOwner] = useState<string | null>(null);
  const { give, status, problem } = useCommand(view.case);
  const scribing = task.task === "scribe";
  const issueId = task.task === "revise" ? task.position.issue : task.issue;
  const issue = view.issues.find((one) => one.issue === issueId);
  const people = view.people.filter((person) => person.party !== null);

  const send = async () => {
    const said = { text: fields.text.trim(), interest: fields.interest.trim(), wants: fields.wants.trim() };
    const done =
      task.task === "revise"
        ? await give("position-revisions", { position: task.position.position, ...said })
        : task.task === "state"
          ? await give("positions", { issue: task.issue, ...said })
          : await give("scribed-positions", { owner: owner ?? "", issue: task.issue, ...said });
    if (done === null) return;
    fields.clear();
    onClose();
  };

  const title = scribing ? t`Write it down for somebody` : task.task === "revise" ? t`Say it differently` : t`How do you see it?`;
  return (
    <Dialog
      title={title}
      size="large"
      closeLabel={t`Close; what you wrote is kept`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <Button
          kind="primary"
          icon={scribing ? "lock" : "table"}
          isDisabled={fields.text.trim() === "" || (scribing && owner === null)}
          isPending={status !== "idle"}
          onPress={() => void send()}
        >
          {scribing ? t`Show it to them` : t`Say it to everyone`}
        </Button>
      }
    >
      {issue === undefined ? null : <p className="lead">{issue.text}</p>}
      {scribing ? (
        <Select
          label={t`For whom`}
          placeholder={t`Choose a person`}
          value={owner}
          onChange={setOwner}
          choices={people.map((person) => ({
            value: person.participant,
            label: person.name,
            hint: person.party === null ? undefined : partyName(view, person.party),
          }))}
        />
      ) : null}
      <TextArea
        label={scribing ? t`What they say` : t`In your own words`}
        hint={scribing ? t`As they say it, not as you would.` : t`What happened, as you see it. No need to be complete.`}
        value={fields.text}
        onChange={fields.setText}
        maxLength={4000}
        rows={4}
        autoFocus={!scribing}
      />
      <TextArea
        label={scribing ? t`What matters to them` : t`What matters to you`}
        hint={t`The reason behind it. You may leave this out.`}
        value={fields.interest}
        onChange={fields.setInterest}
        maxLength={4000}
        rows={2}
      />
      <TextArea
        label={t`What would help`}
        hint={t`You may leave this out.`}
        value={fields.wants}
        onChange={fields.setWants}
        maxLength={4000}
        rows={2}
      />
      <p className="who-sees" data-accent={scribing ? "plum" : "moss"}>
        <Icon name={scribing ? "lock" : "table"} size={18} />
        {scribing ? (
          <Trans>Private: only you and that side. It goes to the table once they press "That's it".</Trans>
        ) : (
          <Trans>Everyone sees this</Trans>
        )}
      </p>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
