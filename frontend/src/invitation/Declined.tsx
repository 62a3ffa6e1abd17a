import { Trans } from "@lingui/react/macro";
import type { FirstPageFacts } from "../api/invitations";
import { Button, EmptyState } from "../ui";

export function Declined({ facts, onBack }: { facts: FirstPageFacts; onBack: () => void }) {
  const { inviter } = facts;
  return (
    <>
      <h1 className="hidden-visually">
        <Trans>You said no</Trans>
      </h1>
      <EmptyState
        icon="agree"
        title={<Trans>You said no, and that is fine.</Trans>}
        actions={
          <Button onPress={onBack}>
            <Trans>I have changed my mind</Trans>
          </Button>
        }
      >
        <Trans>
          {inviter} is told, without a reason. You keep every right you have. If legal time limits may be running, get advice in
          time.
        </Trans>
      </EmptyState>
    </>
  );
}
