import { Trans } from "@lingui/react/macro";
import { Button, EmptyState } from "../ui/plain";
import { StepHeading } from "./JoinHead";

export function Declined({ inviter, onBack }: { inviter: string; onBack: () => void }) {
  return (
    <>
      <StepHeading className="hidden-visually">
        <Trans>You said no</Trans>
      </StepHeading>
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
