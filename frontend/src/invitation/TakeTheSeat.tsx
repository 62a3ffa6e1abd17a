/** The end of the first page: a name, and five ways to go on. Four of them take the seat, which agrees to nothing. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState, type ReactNode } from "react";
import { acceptInvitation, type FirstPageFacts } from "../api/invitations";
import { explainError } from "../api/explain";
import { Intention } from "../api/intention";
import { askAgain } from "../live/useAccount";
import { navigate } from "../router";
import { roleWord } from "../text/words";
import { Banner, Button, Card, Form, TextField, type IconName } from "../ui/plain";
import { isForAnAccount } from "./isForAnAccount";
import { waysFor, whereTo, type Way } from "./ways";

const ICONS: Readonly<Record<Way, IconName>> = { continue: "onward", private: "lock", companion: "people", "another-mediator": "scales" };

export function TakeTheSeat({
  facts,
  token,
  onDecline,
  onForAnAccount,
}: {
  facts: FirstPageFacts;
  token: string;
  onDecline: () => void;
  onForAnAccount: () => void;
}) {
  const { t } = useLingui();
  const role = roleWord(facts.role);
  const field = useRef<HTMLInputElement>(null);
  const [intention] = useState(() => new Intention());
  const [name, setName] = useState(facts.suggested_name);
  const [tried, setTried] = useState(false);
  const [going, setGoing] = useState<Way | null>(null);
  const [problem, setProblem] = useState<{ title: string; next: string } | null>(null);
  const labels: Record<Way, ReactNode> = {
    continue: <Trans>Continue</Trans>,
    private: <Trans>Ask the mediator privately</Trans>,
    companion: <Trans>Bring someone</Trans>,
    "another-mediator": <Trans>Another mediator</Trans>,
  };

  async function go(way: Way) {
    setTried(true);
    setProblem(null);
    const chosen = name.trim();
    if (chosen === "") {
      field.current?.focus();
      return;
    }
    setGoing(way);
    try {
      const seat = await acceptInvitation(token, chosen, intention.idFor(token, chosen));
      await askAgain();
      navigate(whereTo(seat.case_id, way, facts), { replace: true });
    } catch (error) {
      intention.failed(error);
      if (isForAnAccount(error)) {
        onForAnAccount();
        return;
      }
      setProblem(explainError(error));
      setGoing(null);
    }
  }

  return (
    <Card title={<Trans>How would you like to go on?</Trans>}>
      <Form label={t`How would you like to go on?`} onSubmit={() => void go("continue")}>
        {problem === null ? null : (
          <Banner tone="bad" urgent title={problem.title}>
            {problem.next}
          </Banner>
        )}
        <TextField
          ref={field}
          label={t`Your name`}
          hint={t`Everyone on the case sees it, as ${role}.`}
          autoComplete="name"
          value={name}
          onChange={setName}
          maxLength={200}
          fault={tried && name.trim() === "" ? t`Write the name the others should see.` : null}
        />
        <div className="wishes">
          {waysFor(facts).map((one) => (
            <Button
              key={one}
              kind={one === "continue" ? "primary" : "plain"}
              type={one === "continue" ? "submit" : "button"}
              icon={ICONS[one]}
              isPending={going === one}
              isDisabled={going !== null && going !== one}
              // The first is what the return key does in the form.
              {...(one === "continue" ? {} : { onPress: () => void go(one) })}
            >
              {labels[one]}
            </Button>
          ))}
          <Button icon="close" isDisabled={going !== null} onPress={onDecline}>
            <Trans>Not for me</Trans>
          </Button>
        </div>
        <p className="note">
          <Trans>
            Going in agrees to nothing: not to the mediator, not to the ground rules, not to anything said. Each of these is asked of you
            on its own, later.
          </Trans>
        </p>
      </Form>
    </Card>
  );
}
