/** What the case is about, in the words of whoever opened it, and until when an answer is promised. */
import { Trans } from "@lingui/react/macro";
import type { CasePageProps } from "../CasePages";
import { Banner, Card, Money, Time } from "../../ui";
import { partyName } from "../people";

export function About({ view, live }: CasePageProps) {
  const { account, since, wish, amount } = view;
  return (
    <Card title={<Trans>What this is about</Trans>}>
      <AnswerBy view={view} live={live} />
      <p className="prose">{account}</p>
      {since === "" && wish === "" && amount === null ? null : (
        <dl className="about">
          {since === "" ? null : (
            <>
              <dt>
                <Trans>Since when</Trans>
              </dt>
              <dd>{since}</dd>
            </>
          )}
          {wish === "" ? null : (
            <>
              <dt>
                <Trans>What would help</Trans>
              </dt>
              <dd>{wish}</dd>
            </>
          )}
          {amount === null ? null : (
            <>
              <dt>
                <Trans>Amount in question</Trans>
              </dt>
              <dd>
                <Money amount={amount} />
              </dd>
            </>
          )}
        </dl>
      )}
    </Card>
  );
}

/** Until somebody of the business has written, the promise stands there with its day. */
function AnswerBy({ view, live }: CasePageProps) {
  const { answer_by: by } = view;
  if (by === null || view.process !== "talks") return null;
  const ofBusiness = new Set(view.people.filter((one) => one.party === "business").map((one) => one.participant));
  const hasAnswered = (live.entriesByRoom["talks"] ?? []).some((one) => one.erased !== true && one.kind === "MessagePosted" && ofBusiness.has(one.actor));
  if (hasAnswered) return null;
  const business = partyName(view, "business");
  return (
    <Banner icon="waiting" title={view.me.party === "business" ? <Trans>Your side has promised an answer.</Trans> : <Trans>Your dispute has arrived.</Trans>}>
      <Trans>
        {business} is asked to answer by <Time at={by} show="date" />.
      </Trans>
    </Banner>
  );
}
