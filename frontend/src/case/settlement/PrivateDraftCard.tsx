/** On the settlement's page: that a side has, or could have, a draft of its own, and the way there. */
import { Trans } from "@lingui/react/macro";
import type { CaseView } from "../../api/types";
import { links } from "../../links";
import { Card, LinkButton } from "../../ui";
import { mayGive } from "../lookup";
import { roomLook } from "../rooms";

export function PrivateDraftCard({ view }: { view: CaseView }) {
  const draft = view.own_draft;
  if (draft === null && (!mayGive(view, "OpenDraft") || view.me.party === null)) return null;
  const { accent } = roomLook(draft?.room ?? `team-${String(view.me.party)}`, view.me.party);
  return (
    <div className="not-in-print">
      <Card accent={accent} title={draft === null ? <Trans>A draft for your side alone</Trans> : <Trans>Your side’s draft: nobody else sees it</Trans>}>
        <p className="soft">
          {draft === null ? (
            <Trans>Try out wordings among yourselves first. Neither the other side nor the mediator sees your draft, or that there is one.</Trans>
          ) : (
            <Trans>It lies in your own side’s room. You bring clauses to the table when you are ready, and only the words you choose.</Trans>
          )}
        </p>
        <div>
          <LinkButton small icon="quill" href={links.ownDraft(view.case)}>
            {draft === null ? <Trans>Draft by yourselves</Trans> : <Trans>Open your draft</Trans>}
          </LinkButton>
        </div>
      </Card>
    </div>
  );
}
