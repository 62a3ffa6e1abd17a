/** A side's own yes or no: every term beside the button, and a no costs nothing. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, ReferralView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Banner, Button, ConfirmDialog, Icon } from "../../ui";
import { partyName } from "../people";
import { ProblemNote } from "../ProblemNote";
import { Terms } from "./Terms";

export function Answer({ view, referral }: { view: CaseView; referral: ReferralView }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const { give, status, problem } = useCommand(view.case);
  const isConsumer = view.parties.some((one) => one.party === view.me.party && one.capacity === "consumer");
  const mayAgree = referral.can.includes("AgreeToReferral");
  const mayRefuse = referral.can.includes("RefuseReferral");
  const isBinding = referral.text.binding;
  return (
    <div className="stack">
      <Answers view={view} referral={referral} />
      {mayAgree || mayRefuse ? (
        <Banner icon="scales" title={isBinding ? <Trans>It is for your side to say yes or no</Trans> : <Trans>Your side can say what it thinks</Trans>}>
          {isConsumer ? (
            <Trans>You may say no and lose nothing: your rights, your way to court and everything here stay as they are. Take the time you need, and show it to somebody you trust.</Trans>
          ) : isBinding ? (
            <Trans>It goes out only when both sides have agreed to these very terms. A no has no reason and changes nothing else.</Trans>
          ) : (
            <Trans>Nothing here binds you, whatever you say.</Trans>
          )}
        </Banner>
      ) : null}
      <div className="row">
        {mayAgree ? (
          <Button kind="primary" icon="agree" onPress={() => setAsking(true)}>
            <Trans>Agree to these terms</Trans>
          </Button>
        ) : null}
        {mayRefuse ? (
          <Button isPending={status !== "idle"} onPress={() => void give("referral-refusals", { referral: referral.referral })}>
            {referral.answers.some((one) => one.party === view.me.party && one.agreed && one.stands) ? <Trans>Take our yes back</Trans> : <Trans>No, thank you</Trans>}
          </Button>
        ) : null}
      </div>
      {asking ? null : <ProblemNote problem={problem} />}
      <ConfirmDialog
        title={t`Agree to these terms?`}
        isOpen={asking}
        onOpenChange={setAsking}
        confirm={t`Yes, our side agrees`}
        decline={t`Not now`}
        isPending={status !== "idle"}
        onConfirm={() => {
          void give("referral-assents", { referral: referral.referral, terms_sha256: referral.terms_sha256 }).then((written) => {
            if (written !== null) setAsking(false);
          });
        }}
      >
        <p>
          {isBinding ? (
            <Trans>With this your side agrees to be bound. If any of it is changed later, you are asked again.</Trans>
          ) : (
            <Trans>With this your side says that it finds this right. It binds nobody.</Trans>
          )}
        </p>
        <Terms text={referral.text} />
        {isConsumer && isBinding ? (
          <p>
            <strong>
              <Trans>You may say no and lose nothing.</Trans>
            </strong>
          </p>
        ) : null}
        <ProblemNote problem={problem} />
      </ConfirmDialog>
    </div>
  );
}

function Answers({ view, referral }: { view: CaseView; referral: ReferralView }) {
  return (
    <ul className="plain-list referral-answers">
      {(["business", "client"] as const).map((party) => {
        const said = referral.answers.find((one) => one.party === party);
        const name = partyName(view, party);
        const agrees = said?.agreed === true && said.stands;
        return (
          <li key={party} className="row">
            <Icon name={agrees ? "agree" : said !== undefined && !said.agreed && said.stands ? "close" : "waiting"} size={18} />
            <span>
              {said === undefined ? (
                <Trans>{name} has not answered.</Trans>
              ) : !said.stands ? (
                <Trans>{name} answered an earlier wording and is asked again.</Trans>
              ) : agrees ? (
                <Trans>{name} agrees to these terms.</Trans>
              ) : (
                <Trans>{name} does not agree.</Trans>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
