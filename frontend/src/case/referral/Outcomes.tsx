/** What came back, written down by either side with its day. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, ReferralView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Button, Form, TextArea, TextField, Time } from "../../ui";
import { partyName } from "../people";
import { ProblemNote } from "../ProblemNote";

export function Outcomes({ view, referral }: { view: CaseView; referral: ReferralView }) {
  return (
    <div className="stack">
      <h3>
        <Trans>What came back</Trans>
      </h3>
      {referral.outcomes.length === 0 ? (
        <p className="note">
          <Trans>Nothing is recorded so far.</Trans>
        </p>
      ) : (
        <ul className="plain-list">
          {referral.outcomes.map((one) => {
            const name = partyName(view, one.party);
            return (
              <li key={one.at} className="stack-tight">
                <p className="prose">{one.text}</p>
                <p className="note">
                  <Trans>
                    Dated <Time at={one.day} show="date" />, recorded by {name}
                  </Trans>
                </p>
              </li>
            );
          })}
        </ul>
      )}
      {referral.can.includes("RecordReferralOutcome") ? <Record view={view} referral={referral} /> : null}
    </div>
  );
}

function Record({ view, referral }: { view: CaseView; referral: ReferralView }) {
  const { t } = useLingui();
  const [day, setDay] = useState("");
  const [words, setWords] = useState("");
  const { give, status, problem } = useCommand(view.case);
  return (
    <Form
      label={t`Record what came back`}
      onSubmit={() => {
        if (day === "" || words.trim() === "") return;
        void give("referral-outcomes", { referral: referral.referral, day, text: words.trim() }).then((written) => {
          if (written === null) return;
          setDay("");
          setWords("");
        });
      }}
    >
      <TextField label={t`The day it is dated`} type="date" value={day} onChange={setDay} />
      <TextArea label={t`What came back, in a sentence`} hint={t`Everybody on the case reads it, and it stays in the papers.`} value={words} onChange={setWords} maxLength={1000} />
      <div className="row">
        <Button type="submit" isDisabled={day === "" || words.trim() === ""} isPending={status !== "idle"}>
          <Trans>Record it</Trans>
        </Button>
      </div>
      <ProblemNote problem={problem} />
    </Form>
  );
}
