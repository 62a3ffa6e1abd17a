/** What the case is about, in the words of whoever opened it, and until when an answer is promised. */
import { Trans } from "@lingui/react/macro";
import type { CasePageProps } from "../CasePages";
import { Banner, Card, Day, Money } from "../../ui";
import { partyName } from "../people";

export function About({ view }: Pick<CasePageProps, "view">) {
  const { account, since, wish, amount } = view;
  return (
    <Card title={<Trans>What this is about</Trans>}>
      <AnswerBy view={view} />
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

/** As long as the business owes an answer, it stands there with its day. */
function AnswerBy({ view }: Pick<CasePageProps, "view">) {
  const { answer_by: by } = view;
  if (by === null || view.process !== "talks") return null;
  const business = partyName(view, "business");
  return (
    <Banner icon="waiting" title={view.me.party === "business" ? <Trans>Your side is asked for an answer.</Trans> : <Trans>Your dispute has arrived.</Trans>}>
      <Trans>
        {business} is asked to answer by <Day on={by} />.
      </Trans>
    </Banner>
  );
}
