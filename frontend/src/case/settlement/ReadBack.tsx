/** The mediator reads the clauses with everybody: one after another, and every screen follows. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { announce, Button, Icon } from "../../ui";
import { mayGive } from "../lookup";
import { useAct } from "../useAct";
import { numberOf, type TextDesk } from "./textDesk";

export function ReadBack({ desk, onGo }: { desk: TextDesk; onGo: (clause: string) => void }) {
  const { t } = useLingui();
  const { view, drafting, clauses } = desk;
  const { act, busy } = useAct(view.case);
  const { reading } = drafting;
  const number = reading === null ? null : numberOf(desk, reading);
  const mediator = view.mediator?.name ?? t`the mediator`;
  const leads = mayGive(view, "ReadBack");
  const last = useRef<string | null>(reading);

  useEffect(() => {
    const before = last.current;
    last.current = reading;
    if (leads) return;
    // From clause to clause the line above the text tells; only beginning and end are said in passing.
    if (before === null && reading !== null) announce(t`${mediator} begins to read through the text with everyone.`, { stayMs: 4_000 });
    if (before !== null && reading === null) announce(t`The reading is over.`, { stayMs: 4_000 });
  }, [reading, leads, mediator, t]);

  if (reading === null || number === null) {
    if (!leads || clauses.length === 0) return null;
    return (
      <Button small icon="people" isDisabled={busy} onPress={() => void act("readings", { clause: clauses[0]?.id ?? null })}>
        <Trans>Read through it together</Trans>
      </Button>
    );
  }
  const place = number - 1;
  const go = (to: number) => void act("readings", { clause: clauses[to]?.id ?? null });
  const all = clauses.length;
  return (
    <section className="reading" aria-label={t`Reading together`}>
      <p className="reading-said" role="status">
        <Icon name="people" size={20} />
        <span>
        {leads ? (
          <Trans>
            You read clause {number} of {all} with everyone. Their screens follow.
          </Trans>
        ) : (
          <Trans>
            {mediator} reads clause {number} of {all} with everyone.
          </Trans>
        )}
        </span>
      </p>
      <div className="agree-acts">
        {leads ? (
          <>
            <Button small icon="back" isDisabled={busy || place === 0} onPress={() => go(place - 1)}>
              <Trans>Previous clause</Trans>
            </Button>
            <Button small kind="primary" icon="onward" isDisabled={busy || place >= all - 1} onPress={() => go(place + 1)}>
              <Trans>Next clause</Trans>
            </Button>
            <Button small kind="quiet" isDisabled={busy} onPress={() => void act("readings", { clause: null })}>
              <Trans>End the reading</Trans>
            </Button>
          </>
        ) : (
          <Button small kind="quiet" icon="look" onPress={() => onGo(reading)}>
            <Trans>Show me this clause</Trans>
          </Button>
        )}
      </div>
    </section>
  );
}
