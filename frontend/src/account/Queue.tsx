/** Disputes that clients opened on the business's public page and nobody of it has taken on yet. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { explainError } from "../api/explain";
import { intakeQueue, takeOn, type WaitingDispute } from "../api/intake";
import { Intention } from "../api/intention";
import { useLoaded } from "../live/useLoaded";
import { links } from "../links";
import { navigate } from "../router";
import { categoryWord } from "../text/words";
import { Banner, Button, Card, Day, Tag } from "../ui/plain";

export function Queue() {
  const { loaded, again } = useLoaded(intakeQueue);
  // Who works for no business has no queue, and is not told of one.
  if (loaded.state !== "here" || loaded.it.length === 0) return null;
  return (
    <Card title={<Trans>New disputes</Trans>} accent="ochre">
      <p className="soft">
        <Trans>Clients have written these on your public page and wait for an answer. Whoever takes one on speaks for the business in it.</Trans>
      </p>
      <ul className="plain-list">
        {loaded.it.map((one) => (
          <Waiting key={one.case_id} one={one} onGone={again} />
        ))}
      </ul>
    </Card>
  );
}

function Waiting({ one, onGone }: { one: WaitingDispute; onGone: () => void }) {
  const { t } = useLingui();
  const [intention] = useState(() => new Intention());
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ title: string; next: string } | null>(null);
  const { client, title, answer_by } = one;

  async function take() {
    setBusy(true);
    setProblem(null);
    try {
      const { case_id } = await takeOn(one.case_id, intention.idFor(one.case_id));
      navigate(links.table(case_id));
    } catch (error) {
      intention.failed(error);
      setProblem(explainError(error));
      setBusy(false);
      onGone();
    }
  }

  return (
    <li className="stack-tight">
      <div className="row-apart">
        <div>
          <p>
            <strong>{title}</strong>
          </p>
          <p className="note row">
            <span>{client}</span>
            <Tag>{categoryWord(one.category)}</Tag>
            {answer_by === null ? null : (
              <span>
                <Trans>
                  Answer by <Day on={answer_by} />
                </Trans>
              </span>
            )}
          </p>
        </div>
        <Button kind="primary" isPending={busy} onPress={() => void take()}>
          {t`Take it on`}
          <span className="hidden-visually">{` ${title}`}</span>
        </Button>
      </div>
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
    </li>
  );
}
