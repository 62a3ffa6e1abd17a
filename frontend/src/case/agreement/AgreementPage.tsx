/** Before the table: the mediator's ties, one's side's yes or no to the mediator, and the ground rules. */
import { Trans, useLingui } from "@lingui/react/macro";
import { usePageTitle } from "../../router";
import { links } from "../../links";
import { Banner, LinkButton } from "../../ui";
import type { CasePageProps } from "../CasePages";
import { GroundRules } from "./GroundRules";
import { TheMediator } from "./TheMediator";

export function AgreementPage({ view }: CasePageProps) {
  const { t } = useLingui();
  usePageTitle(t`Before we begin`);
  const { me, mediator } = view;
  const ownCaucus = me.party !== null && mediator !== null && view.rooms.some((one) => one.room === `caucus-${String(me.party)}`);
  const mediatorName = mediator?.name ?? "";
  const waiting = view.people.filter((one) => !one.accepted_agreement && one.role !== "legal").map((one) => one.name);
  const names = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(waiting);
  return (
    <div className="stack-wide measure centred">
      <div className="stack">
        <h1>
          <Trans>Before we begin</Trans>
        </h1>
        <p className="lead soft">
          <Trans>Two things are settled first: who the mediator is, and how we talk with each other.</Trans>
        </p>
        {ownCaucus && view.began_at === null ? (
          <Banner
            icon="lock"
            title={<Trans>Unsure about something?</Trans>}
            actions={
              <LinkButton small icon="lock" href={links.talk(view.case, `caucus-${String(me.party)}`)}>
                <Trans>Ask the mediator privately</Trans>
              </LinkButton>
            }
          >
            <Trans>You may speak with {mediatorName} alone before you accept anything.</Trans>
          </Banner>
        ) : null}
      </div>
      <TheMediator view={view} />
      <GroundRules view={view} />
      {view.began_at === null && waiting.length > 0 && !view.allowed_actions.includes("AcceptAgreement") ? (
        <Banner icon="waiting">
          <Trans>Still to accept the ground rules: {names}. You need not wait here; this page updates by itself.</Trans>
        </Banner>
      ) : null}
      {view.began_at !== null && view.allowed_actions.includes("AcceptAgreement") ? (
        <Banner icon="table">
          <Trans>The mediation is under way. You join it as soon as you have accepted the ground rules.</Trans>
        </Banner>
      ) : null}
      {view.began_at !== null && !view.allowed_actions.includes("AcceptAgreement") ? (
        <Banner
          tone="good"
          title={<Trans>Everyone has accepted. The mediation has begun.</Trans>}
          actions={
            <LinkButton kind="primary" href={links.table(view.case)}>
              <Trans>Go to the table</Trans>
            </LinkButton>
          }
        />
      ) : null}
    </div>
  );
}
