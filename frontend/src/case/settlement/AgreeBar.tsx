/** What awaits this side: how many clauses, the way to the next, and agreeing to all that were read. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { NodeJson } from "../../drafting/canonical";
import { Wording } from "../../drafting/Wording";
import { announce, Banner, Button, Checkbox, Dialog, Icon, Progress } from "../../ui";
import { amountsInJson } from "../limits/amounts";
import { LimitNote } from "../limits/LimitNote";
import { mayGive } from "../lookup";
import { type Counted, nextAfter } from "./standing";
import { giveSeveral, type Outcome } from "./several";
import type { TextDesk } from "./textDesk";

export function AgreeBar({ desk, counted, onGo }: { desk: TextDesk; counted: Counted; onGo: (clause: string) => void }) {
  const { t } = useLingui();
  const [at, setAt] = useState(0);
  const { view } = desk;
  const { all, byBoth, awaiting, undecided } = counted;
  if (all === 0 || view.began_at === null) return null;
  const mayAgree = mayGive(view, "GiveClauseAssent") && view.me.party !== null;
  const count = awaiting.length;
  const next = nextAfter(awaiting, at);
  return (
    <section className="agree-bar" aria-label={t`Agreement clause by clause`}>
      <div className="agree-count">
        <p aria-live="polite">
          {mayAgree && count > 0 ? (
            <strong>
              <Plural value={count} one={`# of ${all} clauses awaits you`} other={`# of ${all} clauses await you`} />
            </strong>
          ) : byBoth === all ? (
            <strong>
              <Icon name="agree" size={18} /> <Trans>Both sides agree to every clause</Trans>
            </strong>
          ) : mayAgree && undecided.length === 0 ? (
            <strong>
              <Icon name="agree" size={18} /> <Trans>You agree to every clause</Trans>
            </strong>
          ) : (
            <Trans>
              {byBoth} of {all} clauses are agreed by both sides
            </Trans>
          )}
        </p>
        <p className="note">
          {mayAgree ? (
            <Trans>
              {byBoth} of {all} are agreed by both sides.
            </Trans>
          ) : null}{" "}
          {undecided.length > 0 ? <Plural value={undecided.length} one="# more waits for a suggestion to be decided." other="# more wait for suggestions to be decided." /> : null}
        </p>
        <Progress label={t`Agreed by both sides`} value={Math.round((100 * byBoth) / all)} />
      </div>
      {mayAgree && next !== undefined ? (
        <div className="agree-acts not-in-print">
          <Button
            small
            icon="onward"
            onPress={() => {
              setAt(next.number);
              onGo(next.clause);
            }}
          >
            <Trans>Go to the next one</Trans>
          </Button>
          {count > 1 ? (
            <Button small kind="quiet" icon="agree" onPress={() => desk.ask({ kind: "agree-all" })}>
              <Trans>Agree to all {count} …</Trans>
            </Button>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

/** Every clause that is agreed to is shown here once more, as it read when this was opened; exactly that is agreed to. */
export function AgreeToAll({ desk, counted, onClose }: { desk: TextDesk; counted: Counted; onClose: () => void }) {
  const { t } = useLingui();
  const [read, setRead] = useState(() =>
    counted.awaiting.flatMap((one) => {
      const clause = desk.clauses.find((other) => other.id === one.clause);
      return clause === undefined || one.hash === null ? [] : [{ id: one.clause, number: one.number, hash: one.hash, node: clause.node.toJSON() as NodeJson }];
    }),
  );
  const [hasRead, setHasRead] = useState(false);
  const [progress, setProgress] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const count = read.length;
  const done = outcome?.done ?? 0;

  const agree = async () => {
    setProgress(0);
    const told = await giveSeveral(desk.view.case, "clause-assents", read.map((one) => ({ clause: one.id, text_hash: one.hash })), setProgress);
    setProgress(null);
    if (told.failed.length === 0) {
      announce(t`You agree to ${count} clauses as they read now.`, { tone: "good" });
      onClose();
      return;
    }
    setOutcome(told);
    setRead((all) => told.failed.flatMap(({ index }) => all[index] ?? []));
    setHasRead(false);
  };

  return (
    <Dialog
      title={t`Agree to ${count} clauses`}
      size="large"
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      closeLabel={t`Close`}
      actions={
        <>
          <Button slot="close">
            <Trans>Not yet</Trans>
          </Button>
          {outcome === null ? (
            <Button kind="primary" icon="agree" isDisabled={!hasRead} isPending={progress !== null} onPress={() => void agree()}>
              <Trans>Agree to all {count} that I have read</Trans>
            </Button>
          ) : null}
        </>
      }
    >
      {outcome === null ? (
        <p className="soft">
          <Trans>You agree to exactly these words. You can take it back at any time before the text is signed, and nothing binds you until then.</Trans>
        </p>
      ) : (
        <Banner tone="warn" title={t`You agree to ${done} clauses. For these it did not go through:`}>
          <ul>
            {outcome.failed.map((one, place) => {
              const number = read[place]?.number ?? 0;
              const { title, next } = one;
              return (
                <li key={one.index}>
                  <Trans>
                    Clause {number}: {title} {next}
                  </Trans>
                </li>
              );
            })}
          </ul>
        </Banner>
      )}
      {outcome === null ? <LimitNote view={desk.view} amounts={read.flatMap((one) => amountsInJson(one.node))} /> : null}
      <ol className="agree-list">
        {read.map((one) => (
          <li key={one.id} value={one.number}>
            <Wording node={one.node} />
          </li>
        ))}
      </ol>
      {outcome === null ? (
        <Checkbox isSelected={hasRead} onChange={setHasRead}>
          <Trans>I have read these {count} clauses</Trans>
        </Checkbox>
      ) : null}
    </Dialog>
  );
}
