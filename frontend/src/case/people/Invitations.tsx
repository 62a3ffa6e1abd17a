/** Inviting somebody by a link, and the invitations of one's own side. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useState } from "react";
import { explainError } from "../../api/explain";
import { Intention } from "../../api/intention";
import { invite, invitationsOf, revokeInvitation, type Invitation } from "../../api/invitations";
import type { CaseView, Party, Role } from "../../api/types";
import { roleWord } from "../../text/words";
import { Banner, Button, Card, Choices, Form, Tag, TextField, Time, announce } from "../../ui";
import { partyName } from "../people";

interface Offerable {
  key: string;
  role: Role;
  party: Party | null;
}

/** Whom somebody in this role may bring; the server has the last word. */
function whomToInvite(view: CaseView): readonly Offerable[] {
  const { role, party } = view.me;
  const seat = (of: Role, side: Party | null): Offerable => ({ key: `${of} ${side ?? ""}`, role: of, party: side });
  if (role === "mediator") {
    return [seat("principal", "client"), seat("handler", "business"), seat("counsel", "client"), seat("counsel", "business"), seat("legal", null)];
  }
  if (party === null || (role !== "principal" && role !== "handler" && role !== "manager")) return [];
  const own = party === "business" ? [seat("handler", party), seat("manager", party)] : [seat("principal", party)];
  const other = party === "business" ? [seat("principal", "client")] : [seat("handler", "business")];
  const hasOther = view.people.some((one) => one.party !== null && one.party !== party);
  return [
    ...(hasOther ? [] : other),
    ...(view.mediator === null ? [seat("mediator", null)] : []),
    seat("companion", party),
    seat("counsel", party),
    ...own,
    seat("legal", null),
  ];
}

export function Invitations({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const choices = whomToInvite(view);
  const [key, setKey] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [intention] = useState(() => new Intention());
  const [made, setMade] = useState<{ link: string; expires_at: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<{ title: string; next: string } | null>(null);
  const { all, again } = useInvitations(view, choices.length > 0);
  if (choices.length === 0 || view.closed_at !== null) return null;

  async function submit() {
    setTried(true);
    setProblem(null);
    const chosen = choices.find((one) => one.key === key);
    if (chosen === undefined) return;
    const wanted = { role: chosen.role, party: chosen.party, name: name.trim() };
    setBusy(true);
    try {
      setMade(await invite(view.case, intention.idFor(wanted), wanted));
      intention.done();
      setName("");
      setKey(null);
      setTried(false);
      again();
    } catch (error) {
      intention.failed(error);
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="columns">
      <Card title={<Trans>Bring someone</Trans>}>
        {made === null ? (
          <Form label={t`Bring someone`} onSubmit={() => void submit()}>
            <Choices
              label={t`Whom would you like to invite?`}
              value={key}
              onChange={setKey}
              choices={choices.map((one) => ({
                value: one.key,
                label: roleWord(one.role),
                hint: one.party === null ? undefined : partyName(view, one.party),
              }))}
              fault={tried && key === null ? t`Choose whom to invite.` : null}
            />
            <TextField label={t`Their name, if you know it`} value={name} onChange={setName} maxLength={200} />
            {problem === null ? null : (
              <Banner tone="bad" urgent title={problem.title}>
                {problem.next}
              </Banner>
            )}
            <div className="row">
              <Button kind="primary" type="submit" icon="link" isPending={busy}>
                <Trans>Make a link</Trans>
              </Button>
            </div>
          </Form>
        ) : (
          <Link made={made} onAnother={() => setMade(null)} />
        )}
      </Card>
      {all.length === 0 ? null : (
        <Card title={<Trans>Your invitations</Trans>}>
          <ul className="plain-list">
            {all.map((one) => (
              <Sent key={one.invitation_id} view={view} one={one} onChanged={again} />
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}

function useInvitations(view: CaseView, wanted: boolean) {
  const [all, setAll] = useState<readonly Invitation[]>([]);
  const [round, setRound] = useState(0);
  const count = view.people.length;
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    invitationsOf(view.case)
      .then((list) => {
        if (!gone) setAll(list);
      })
      .catch(() => undefined);
    return () => {
      gone = true;
    };
    // Somebody who joins has used an invitation.
  }, [view.case, wanted, round, count]);
  const again = useCallback(() => setRound((now) => now + 1), []);
  return { all, again };
}

function Link({ made, onAnother }: { made: { link: string; expires_at: string }; onAnother: () => void }) {
  const { t } = useLingui();
  return (
    <div className="stack">
      <Banner tone="good" title={<Trans>The link is ready.</Trans>}>
        <Trans>
          It is shown only once. Send it to that one person. It works until <Time at={made.expires_at} show="date" />.
        </Trans>
      </Banner>
      <TextField label={t`Link`} value={made.link} isReadOnly />
      <div className="row">
        <Button
          kind="primary"
          icon="link"
          onPress={() => {
            void navigator.clipboard.writeText(made.link).then(() => announce(t`Copied.`, { tone: "good", stayMs: 4000 }));
          }}
        >
          <Trans>Copy the link</Trans>
        </Button>
        <Button kind="quiet" onPress={onAnother}>
          <Trans>Invite someone else</Trans>
        </Button>
      </div>
    </div>
  );
}

function Sent({ view, one, onChanged }: { view: CaseView; one: Invitation; onChanged: () => void }) {
  const { t } = useLingui();
  const states: Record<Invitation["state"], string> = {
    pending: t`Not answered yet`,
    accepted: t`Accepted`,
    declined: t`Said no`,
    revoked: t`Taken back`,
    expired: t`Expired`,
  };
  return (
    <li className="row-apart">
      <div>
        <p>
          <strong>{one.name === "" ? roleWord(one.role) : one.name}</strong>
        </p>
        <p className="note">
          {roleWord(one.role)} · <Time at={one.created_at} />
        </p>
      </div>
      <div className="row">
        <Tag icon={one.state === "accepted" ? "agree" : one.state === "pending" ? "waiting" : "close"} tone={one.state === "accepted" ? "good" : "plain"}>
          {states[one.state]}
        </Tag>
        {one.state === "pending" ? (
          <Button
            small
            kind="quiet"
            onPress={() => {
              void revokeInvitation(view.case, one.invitation_id)
                .catch((error: unknown) => announce(explainError(error).title, { tone: "bad" }))
                .finally(onChanged);
            }}
          >
            <Trans>Take back</Trans>
          </Button>
        ) : null}
      </div>
    </li>
  );
}
