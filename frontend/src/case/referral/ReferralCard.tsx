/** One proposal: its terms, what is missing, the files that go with it, each side's answer, and sending it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, ReferralView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Banner, Button, Card, ConfirmDialog, Money, Tag, Time } from "../../ui";
import { partyName } from "../people";
import { ProblemNote } from "../ProblemNote";
import { Answer } from "./Answer";
import { Downloads } from "./Downloads";
import { Exhibits } from "./Exhibits";
import { Outcomes } from "./Outcomes";
import { fieldWord, kindWord, whatToDo } from "./referralWords";
import { SendDialog } from "./SendDialog";
import { Line, Terms } from "./Terms";

export function ReferralCard({ view, referral, onReword }: { view: CaseView; referral: ReferralView; onReword: () => void }) {
  const [sending, setSending] = useState(false);
  const name = partyName(view, referral.party);
  const isOpen = referral.state === "open";
  return (
    <Card
      title={kindWord(referral.text.kind)}
      accent={isOpen ? "plum" : "stone"}
      actions={
        <Tag tone={referral.state === "sent" ? "good" : "plain"} icon={referral.state === "sent" ? "mail" : "waiting"}>
          {referral.state === "sent" ? <Trans>Sent</Trans> : isOpen ? <Trans>Proposed</Trans> : <Trans>Withdrawn</Trans>}
        </Tag>
      }
    >
      <p className="note">
        <Trans>
          Proposed by {name}, <Time at={referral.at} show="date" />
        </Trans>
      </p>
      {referral.sent_at === null || referral.sent_by === null ? null : <SentLine view={view} referral={referral} />}
      <Terms text={referral.text} />
      <Written referral={referral} />
      {isOpen ? <Gaps view={view} referral={referral} /> : null}
      {referral.state === "withdrawn" ? null : <Exhibits view={view} referral={referral} />}
      {isOpen ? <Answer view={view} referral={referral} /> : null}
      {referral.state === "withdrawn" ? null : <Downloads view={view} referral={referral} />}
      {isOpen ? (
        <div className="row">
          {referral.can.includes("SendReferral") ? (
            <Button kind="primary" icon="mail" onPress={() => setSending(true)}>
              <Trans>Look through it and send it</Trans>
            </Button>
          ) : null}
          {referral.can.includes("RewordReferral") ? (
            <Button icon="quill" onPress={onReword}>
              <Trans>Change the wording</Trans>
            </Button>
          ) : null}
          {referral.can.includes("WithdrawReferral") ? <Withdraw view={view} referral={referral} /> : null}
        </div>
      ) : null}
      {referral.state === "sent" ? <Outcomes view={view} referral={referral} /> : null}
      {sending ? <SendDialog view={view} referral={referral} onClose={() => setSending(false)} /> : null}
    </Card>
  );
}

function SentLine({ view, referral }: { view: CaseView; referral: ReferralView }) {
  const sender = referral.sent_by === null ? "" : partyName(view, referral.sent_by);
  return (
    <Banner tone="good" icon="mail">
      <Trans>
        {sender} sent it to all sides on <Time at={referral.sent_at ?? referral.at} show="full" />. It stays as it went out. The portal files nothing with anybody: hand it in yourselves where it belongs.
      </Trans>
    </Banner>
  );
}

/** What one side writes for the institution, beside the terms. */
function Written({ referral }: { referral: ReferralView }) {
  const { text } = referral;
  return (
    <details>
      <summary>
        <Trans>What is written for them</Trans>
      </summary>
      <dl className="referral-terms">
        <Line name={fieldWord("description")}>{text.description}</Line>
        <Line name={fieldWord("relied-on")}>{text.relied_on}</Line>
        <Line name={fieldWord("claim")}>{text.claim}</Line>
        <Line name={fieldWord("value")}>{text.value === null ? null : <Money amount={text.value} />}</Line>
        <Line name={fieldWord("relief")}>{text.relief}</Line>
        <Line name={fieldWord("procedure")}>{text.procedure}</Line>
      </dl>
    </details>
  );
}

export function Gaps({ view, referral }: { view: CaseView; referral: ReferralView }) {
  if (referral.gaps.length === 0) {
    return (
      <Banner tone="good">
        <Trans>Nothing is missing that is usually asked for.</Trans>
      </Banner>
    );
  }
  return (
    <Banner tone="warn" title={<Trans>Usually asked for, and not said yet</Trans>}>
      <ul className="referral-gaps">
        {referral.gaps.map((gap) => (
          <li key={`${gap.field} ${gap.party ?? ""}`}>
            <GapWords view={view} author={referral.party} field={gap.field} party={gap.party} />
          </li>
        ))}
      </ul>
    </Banner>
  );
}

/** What to do goes to whoever can do it; the others read what is missing. */
function GapWords({ view, author, field, party }: { view: CaseView; author: ReferralView["party"] } & Pick<ReferralView["gaps"][number], "field" | "party">) {
  const owner = party ?? author;
  if (party === null && owner !== view.me.party) return <strong>{fieldWord(field)}</strong>;
  if (owner === view.me.party) {
    return (
      <>
        <strong>{fieldWord(field)}</strong>: {whatToDo(field)}
      </>
    );
  }
  const name = partyName(view, owner);
  return <Trans>{name} has not said where it can be reached. Only {name} can say it here; you may also add it when you hand it in.</Trans>;
}

function Withdraw({ view, referral }: { view: CaseView; referral: ReferralView }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const { give, status, problem } = useCommand(view.case);
  return (
    <>
      <Button kind="quiet" onPress={() => setAsking(true)}>
        <Trans>Withdraw it</Trans>
      </Button>
      <ConfirmDialog
        title={t`Withdraw this proposal?`}
        isOpen={asking}
        onOpenChange={setAsking}
        confirm={t`Withdraw it`}
        decline={t`Keep it`}
        isPending={status !== "idle"}
        onConfirm={() => {
          void give("referral-withdrawals", { referral: referral.referral }).then((written) => {
            if (written !== null) setAsking(false);
          });
        }}
      >
        <p>
          <Trans>The files chosen for it go out no more. The papers keep saying that it was proposed and withdrawn.</Trans>
        </p>
        <ProblemNote problem={problem} />
      </ConfirmDialog>
    </>
  );
}
