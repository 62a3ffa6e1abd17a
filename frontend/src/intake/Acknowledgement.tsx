/** What a client reads once the dispute is open: that it has arrived, what happens next, and by when. */
import { Trans } from "@lingui/react/macro";
import type { Acknowledged, IntakeFacts } from "../api/intake";
import { StepHeading } from "../invitation/JoinHead";
import { links } from "../links";
import { Card, Day, LinkButton } from "../ui/plain";

export function Acknowledgement({ facts, acknowledged }: { facts: IntakeFacts; acknowledged: Acknowledged }) {
  const { organisation: name } = facts;
  const { answer_by } = acknowledged;
  return (
    <>
      <div className="stack join-opening">
        <StepHeading className="display">
          <Trans>Your dispute has arrived.</Trans>
        </StepHeading>
        <p className="lead soft">
          <Trans>{name} can read it now. You have an e-mail from us with the way back to it, on any device.</Trans>
        </p>
      </div>
      <Card title={<Trans>What happens next</Trans>}>
        <ol className="steps">
          <li>
            {answer_by === null ? (
              <Trans>Somebody at {name} takes it on and answers you here.</Trans>
            ) : (
              <Trans>
                Somebody at {name} takes it on and answers you here, by the end of <Day on={answer_by} />.
              </Trans>
            )}
          </li>
          <li>
            <Trans>You talk directly. Either of you may bring in a mediator, who takes no side and decides nothing.</Trans>
          </li>
          <li>
            <Trans>If no answer comes, that is written down with its date. You can see in your case what follows then, and which steps are open to you.</Trans>
          </li>
        </ol>
        <div className="row">
          <LinkButton kind="primary" icon="add" href={links.files(acknowledged.case_id)}>
            <Trans>Add photographs or papers</Trans>
          </LinkButton>
          <LinkButton href={links.table(acknowledged.case_id)}>
            <Trans>See your case</Trans>
          </LinkButton>
        </div>
      </Card>
    </>
  );
}
