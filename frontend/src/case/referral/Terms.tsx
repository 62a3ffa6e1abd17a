/** What both sides would agree to, each thing by its name: shown beside every yes. */
import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { ReferralText } from "../../api/types";
import { fieldWord, kindExplained, kindWord } from "./referralWords";

export function Terms({ text }: { text: ReferralText }) {
  return (
    <dl className="referral-terms">
      <Line name={<Trans>What</Trans>}>
        {kindWord(text.kind)}
        <span className="note referral-about">{kindExplained(text.kind)}</span>
      </Line>
      <Line name={fieldWord("institution")}>{text.institution}</Line>
      <Line name={fieldWord("rules")}>{text.rules}</Line>
      <Line name={fieldWord("seat")}>{text.seat}</Line>
      <Line name={fieldWord("language")}>{text.language}</Line>
      <Line name={fieldWord("cost")}>{text.cost}</Line>
      <Line name={<Trans>Does it bind?</Trans>}>
        {text.binding ? <Trans>Yes. What is decided there binds both sides.</Trans> : <Trans>No. Nothing decided there binds you unless you accept it.</Trans>}
      </Line>
      <Line name={<Trans>Can you still go to court?</Trans>}>
        {text.court_stays_open ? <Trans>Yes, the courts stay open.</Trans> : <Trans>No, as far as the law allows giving that up.</Trans>}
      </Line>
    </dl>
  );
}

export function Line({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="prose">
        {children === "" || children === null ? (
          <span className="soft">
            <Trans>Not said yet</Trans>
          </span>
        ) : (
          children
        )}
      </dd>
    </div>
  );
}
