import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { askAgain } from "../live/useAccount";
import { acceptInvitation, type FirstPageFacts } from "../api/invitations";
import { explainError } from "../api/explain";
import { Intention } from "../api/intention";
import { links } from "../links";
import { navigate } from "../router";
import { roleWord } from "../text/words";
import { Banner, Button, Card, Form, TextField } from "../ui";

/** How the person wants to begin once they are in. */
export type Wish = "continue" | "private" | "companion" | "another-mediator";

function destination(caseId: string, wish: Wish, facts: FirstPageFacts): string {
  switch (wish) {
    case "private":
      return facts.party === null ? links.table(caseId) : links.talk(caseId, `caucus-${facts.party}`);
    case "companion":
      return links.people(caseId);
    case "another-mediator":
      return links.agreement(caseId);
    case "continue":
      // Without a mediator there is nothing to accept yet; the sides write to each other.
      if (facts.mediator === null && facts.party !== null) return links.talk(caseId, "talks");
      return facts.role === "legal" ? links.papers(caseId) : links.agreement(caseId);
  }
}

export function YourName({ facts, token, wish, onBack }: { facts: FirstPageFacts; token: string; wish: Wish; onBack: () => void }) {
  const { t } = useLingui();
  const { inviter } = facts;
  const role = roleWord(facts.role);
  const [intention] = useState(() => new Intention());
  const [name, setName] = useState(facts.suggested_name);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ title: string; next: string } | null>(null);

  async function enter() {
    setTried(true);
    setProblem(null);
    const chosen = name.trim();
    if (chosen === "") return;
    setBusy(true);
    try {
      const seat = await acceptInvitation(token, chosen, intention.idFor(token, chosen));
      await askAgain();
      navigate(destination(seat.case_id, wish, facts), { replace: true });
    } catch (error) {
      intention.failed(error);
      setProblem(explainError(error));
      setBusy(false);
    }
  }

  return (
    <>
      <h1>
        <Trans>What may we call you?</Trans>
      </h1>
      <Card>
        <Form label={t`Your name`} onSubmit={() => void enter()}>
          {problem === null ? null : (
            <Banner tone="bad" urgent title={problem.title}>
              {problem.next}
            </Banner>
          )}
          <TextField
            label={t`Your name`}
            hint={t`Everyone on the case sees it, as ${role}.`}
            autoComplete="name"
            value={name}
            onChange={setName}
            maxLength={200}
            fault={tried && name.trim() === "" ? t`Write the name the others should see.` : null}
          />
          <Banner icon="link">
            <Trans>
              From now on the link works on this device alone. If you change devices, ask {inviter} for a new one.
            </Trans>
          </Banner>
          <div className="row">
            <Button kind="primary" type="submit" isPending={busy}>
              <Trans>Go in</Trans>
            </Button>
            <Button kind="quiet" onPress={onBack}>
              <Trans>Back</Trans>
            </Button>
          </div>
        </Form>
      </Card>
    </>
  );
}
