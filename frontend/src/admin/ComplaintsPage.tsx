/** Complaints about mediators, for whoever answers for them. They hold what was written in them and nothing of a room. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Account } from "../api/account";
import { complaints, markAnswered, type Complaint } from "../api/admin";
import { Frame } from "../account/Frame";
import { StaffLinks } from "../account/StaffLinks";
import { Waiting } from "../account/Waiting";
import { useLoaded } from "../live/useLoaded";
import { usePageTitle } from "../router";
import { Time } from "../ui";
import { Button, Card, EmptyState, Tag } from "../ui/plain";
import { ProblemNote } from "../account/ProblemNote";
import { useDoing } from "../account/useDoing";

export function ComplaintsPage({ account }: { account: Account }) {
  const { t } = useLingui();
  usePageTitle(t`Complaints`);
  const { loaded, again } = useLoaded(complaints);
  return (
    <Frame actions={<StaffLinks account={account} />}>
      <div className="stack-wide">
        <div className="stack">
          <h1>
            <Trans>Complaints</Trans>
          </h1>
          <p className="soft">
            <Trans>
              About mediators for whom you answer. You read what was written to you and nothing else of the case. The mediator does not see
              it here: speak with both.
            </Trans>
          </p>
        </div>
        <Waiting loaded={loaded} again={again}>
          {(all) =>
            all.length === 0 ? (
              <EmptyState icon="agree" level={2} title={t`No complaints`}>
                <Trans>Whoever takes part in a mediation can complain about the mediator from inside the case. It then stands here.</Trans>
              </EmptyState>
            ) : (
              <ul className="plain-list">
                {all.map((one) => (
                  <li key={one.complaint}>
                    <OneComplaint one={one} onAnswered={again} />
                  </li>
                ))}
              </ul>
            )
          }
        </Waiting>
      </div>
    </Frame>
  );
}

function OneComplaint({ one, onAnswered }: { one: Complaint; onAnswered: () => void }) {
  const { busy, problem, doIt } = useDoing();
  const { about, by, reference } = one;
  return (
    <Card title={<Trans>About {about}</Trans>} actions={<Tag>{reference}</Tag>}>
      <p className="note">
        <Trans>
          From {by}, <Time at={one.created_at} />
        </Trans>
      </p>
      <p className="prose">{one.text}</p>
      <ProblemNote problem={problem} />
      <div className="row">
        {one.handled_at === null ? (
          <Button isPending={busy} onPress={() => void doIt(() => markAnswered(one.complaint)).then(onAnswered)}>
            <Trans>I have answered this</Trans>
          </Button>
        ) : (
          <Tag icon="agree" tone="good">
            <Trans>
              Answered <Time at={one.handled_at} />
            </Trans>
          </Tag>
        )}
      </div>
    </Card>
  );
}
