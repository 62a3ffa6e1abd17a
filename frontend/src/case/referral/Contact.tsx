/** Where each side can be reached by an institution: said by the side itself, and by nobody for it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, ReferralsView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Button, Card, Form, TextArea } from "../../ui";
import { partyName } from "../people";
import { ProblemNote } from "../ProblemNote";

export function Contact({ view, referral }: { view: CaseView; referral: ReferralsView }) {
  const { t } = useLingui();
  const { party } = view.me;
  const given = referral.contacts;
  const mine = given.find((one) => one.party === party)?.contact ?? "";
  const [words, setWords] = useState<string | null>(null);
  const { give, status, problem } = useCommand(view.case);
  const mayGive = view.allowed_actions.includes("GiveContact");
  const others = given.filter((one) => !mayGive || one.party !== party);
  if (!mayGive && others.length === 0) return null;
  return (
    <Card title={<Trans>Where the sides can be reached</Trans>}>
      <p className="note">
        <Trans>An institution has to be able to write to both sides. What you say here goes into the papers that go out.</Trans>
      </p>
      {others.map((one) => (
        <div key={one.party} className="stack-tight">
          <h3>{partyName(view, one.party)}</h3>
          <p className="prose">{one.contact}</p>
        </div>
      ))}
      {mayGive ? (
        <Form
          label={t`Where your side can be reached`}
          onSubmit={() => {
            void give("contacts", { contact: (words ?? mine).trim() }).then((written) => {
              if (written !== null) setWords(null);
            });
          }}
        >
          <TextArea
            label={t`Where your side can be reached`}
            hint={t`Address, phone and e-mail, and the same of whoever represents you.`}
            value={words ?? mine}
            onChange={setWords}
            maxLength={1000}
          />
          <div className="row">
            <Button type="submit" isDisabled={words === null || words.trim() === mine} isPending={status !== "idle"}>
              <Trans>Keep this</Trans>
            </Button>
          </div>
          <ProblemNote problem={problem} />
        </Form>
      ) : null}
    </Card>
  );
}
