/** Someone else decides, or helps: what that means, what is proposed, and the papers that go out with it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, ReferralsView, ReferralView } from "../../api/types";
import { links } from "../../links";
import { usePageTitle } from "../../router";
import { Banner, Button, EmptyState, LinkButton } from "../../ui";
import type { CasePageProps } from "../CasePages";
import { TimeLimits } from "../ladder/TimeLimits";
import { Contact } from "./Contact";
import { EndHere } from "./EndHere";
import { ProposalForm } from "./ProposalForm";
import { ReferralCard } from "./ReferralCard";
import "./referral.css";

export function ReferralPage({ view }: CasePageProps) {
  const { t } = useLingui();
  usePageTitle(t`Someone else decides, or helps`);
  const { referral } = view;
  const all = referral?.referrals ?? [];
  const hasGoneOut = all.some((one) => one.state === "sent") && !all.some((one) => one.state === "open");
  return (
    <div className="stack-wide measure centred referral">
      <div className="stack">
        <h1>
          <Trans>Someone else decides, or helps</Trans>
        </h1>
        <p className="lead soft">
          {hasGoneOut ? (
            <Trans>It has gone out to both sides. What it says, and what comes back, stands here.</Trans>
          ) : (
            <Trans>An arbitrator, an expert, an ombudsman, a court, or another mediator. What binds you takes a fresh yes from your side, to terms that are named here. Nobody has given it by coming this far.</Trans>
          )}
        </p>
      </div>
      <Banner icon="lock" title={<Trans>What was said in the mediation stays there</Trans>}>
        <Trans>What goes out is written here, for everybody to read. Nothing is taken over from the mediation, from private conversations or from a side’s own room. Please do not write any of it here either.</Trans>
      </Banner>
      {referral === null ? <NotHere view={view} /> : <Inside view={view} referral={referral} />}
      <Banner icon="notice" title={<Trans>What always stays open</Trans>}>
        <Trans>You may say no and nothing follows from it. Unless you agree to something else here, you can go to court or complain elsewhere.</Trans> <TimeLimits view={view} />
      </Banner>
    </div>
  );
}

function NotHere({ view }: { view: CaseView }) {
  return (
    <EmptyState
      level={2}
      icon="ladder"
      title={<Trans>This is not one of the steps of this case.</Trans>}
      actions={
        <LinkButton href={links.ladder(view.case)}>
          <Trans>See the steps</Trans>
        </LinkButton>
      }
    />
  );
}

type Editing = { what: "new" } | { what: "wording"; of: ReferralView } | null;

function Inside({ view, referral }: { view: CaseView; referral: ReferralsView }) {
  const { t } = useLingui();
  const [editing, setEditing] = useState<Editing>(null);
  const mayPropose = view.allowed_actions.includes("ProposeReferral");
  const standing = [...referral.referrals].reverse();
  if (editing !== null) {
    return (
      <ProposalForm
        key={editing.what === "new" ? "new" : editing.of.referral}
        view={view}
        proceedings={referral.proceedings}
        begun={editing.what === "new" ? null : editing.of}
        onClose={() => setEditing(null)}
      />
    );
  }
  return (
    <>
      {view.tier !== "referral" && referral.referrals.length === 0 ? (
        <EmptyState
          level={2}
          icon="ladder"
          title={t`Both sides take this step together`}
          actions={
            <LinkButton kind="primary" icon="ladder" href={links.ladder(view.case)}>
              <Trans>See the steps</Trans>
            </LinkButton>
          }
        >
          <Trans>Once both have asked for it, each can propose here who should decide or help. Asking for the step is not yet a yes to anything.</Trans>
        </EmptyState>
      ) : null}
      {standing.map((one, place) => (
        <div key={one.referral} {...(place === 0 ? { id: "proposed", className: "referral-newest" } : {})}>
          <ReferralCard view={view} referral={one} onReword={() => setEditing({ what: "wording", of: one })} />
        </div>
      ))}
      <EndHere view={view} />
      {mayPropose ? (
        <div className="row">
          <Button kind={standing.length === 0 ? "primary" : "plain"} icon="add" onPress={() => setEditing({ what: "new" })}>
            {standing.length === 0 ? <Trans>Propose who should decide or help</Trans> : <Trans>Propose something else</Trans>}
          </Button>
        </div>
      ) : null}
      <Contact view={view} referral={referral} />
    </>
  );
}
