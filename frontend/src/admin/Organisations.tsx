import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { addMember, addOrganisation, removeMember, type Organisation, type OrganisationKind, type OrganisationRole, type StaffAccount } from "../api/admin";
import { Intention } from "../api/intention";
import { links } from "../links";
import { announce } from "../ui/Announcer";
import { Button, Card, Choices, ConfirmDialog, EmptyState, Form, Select, Tag, TextField } from "../ui/plain";
import { RoleSelect } from "./Accounts";
import { ProblemNote } from "../account/ProblemNote";
import { isSlug, slugOf } from "./slug";
import { useDoing } from "../account/useDoing";

export function Organisations({ firms, people, onChanged }: { firms: readonly Organisation[]; people: readonly StaffAccount[]; onChanged: () => void }) {
  const [adding, setAdding] = useState(false);
  return (
    <div className="stack-wide">
      <Card
        title={<Trans>Organisations</Trans>}
        actions={
          adding ? undefined : (
            <Button icon="add" onPress={() => setAdding(true)}>
              <Trans>Add an organisation</Trans>
            </Button>
          )
        }
      >
        <p className="soft">
          <Trans>
            A business has a public page on which its clients open a dispute, and its people take them on. A provider of mediation
            answers for its mediators and hears complaints about them.
          </Trans>
        </p>
        {adding ? (
          <AddOrganisation
            onBack={() => setAdding(false)}
            onAdded={() => {
              setAdding(false);
              onChanged();
            }}
          />
        ) : null}
        {firms.length === 0 && !adding ? (
          <EmptyState icon="table" title={<Trans>No organisations yet</Trans>}>
            <Trans>Without any, businesses open cases and invite clients themselves, and complaints come to the administrators.</Trans>
          </EmptyState>
        ) : null}
      </Card>
      {firms.map((one) => (
        <Firm key={one.organisation} one={one} people={people} onChanged={onChanged} />
      ))}
    </div>
  );
}

function Firm({ one, people, onChanged }: { one: Organisation; people: readonly StaffAccount[]; onChanged: () => void }) {
  const { t } = useLingui();
  const [leaving, setLeaving] = useState<Organisation["members"][number] | null>(null);
  const { busy, problem, doIt } = useDoing();
  const { name } = one;
  const who = leaving?.name ?? "";
  const page = new URL(links.intake(one.slug), location.href).href;
  const outside = people.filter((person) => person.disabled_at === null && !one.members.some((member) => member.account_id === person.account_id));
  return (
    <Card
      title={name}
      actions={<Tag>{one.kind === "business" ? <Trans>Business</Trans> : <Trans>Provider of mediation</Trans>}</Tag>}
    >
      <p className="note">{[one.place, one.email].filter((part) => part !== "").join(" · ")}</p>
      {one.kind === "business" ? (
        <div className="row">
          <span>
            <Trans>Its page for clients:</Trans>{" "}
            <a className="link" href={page} target="_blank" rel="noreferrer">
              {page}
            </a>
          </span>
          <Button
            small
            icon="link"
            onPress={() => {
              navigator.clipboard.writeText(page).then(
                () => announce(t`Copied.`, { tone: "good", stayMs: 4000 }),
                () => announce(t`This browser does not let us copy. Select the link and copy it yourself.`, { tone: "bad" }),
              );
            }}
          >
            <Trans>Copy the link</Trans>
          </Button>
        </div>
      ) : null}
      <ProblemNote problem={problem} />
      {one.members.length === 0 ? (
        <p className="soft">
          <Trans>Nobody works for it here yet.</Trans>
        </p>
      ) : (
        <ul className="plain-list">
          {one.members.map((member) => (
            <li key={member.account_id} className="row-apart admin-line">
              <div>
                <p className="row">
                  <strong>{member.name}</strong>
                  {member.role === "lead" ? (
                    <Tag tone="accent">
                      <Trans>Leads it</Trans>
                    </Tag>
                  ) : null}
                </p>
                <p className="note">{member.email}</p>
              </div>
              <Button small kind="quiet" onPress={() => setLeaving(member)}>
                {t`Remove`}
                <span className="hidden-visually">{` ${member.name}`}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {outside.length === 0 ? null : <AddMember firm={one} outside={outside} onAdded={onChanged} />}
      <ConfirmDialog
        title={t`Does ${who} no longer work for ${name}?`}
        isOpen={leaving !== null}
        onOpenChange={(open) => {
          if (!open) setLeaving(null);
        }}
        confirm={t`Remove`}
        decline={t`Leave it as it is`}
        isPending={busy}
        onConfirm={() => {
          if (leaving === null) return;
          void doIt(() => removeMember(one.organisation, leaving.account_id)).then(() => {
            setLeaving(null);
            onChanged();
          });
        }}
      >
        <p>
          <Trans>They see its new disputes no longer. Their account and their seats in cases stay as they are.</Trans>
        </p>
      </ConfirmDialog>
    </Card>
  );
}

function AddMember({ firm, outside, onAdded }: { firm: Organisation; outside: readonly StaffAccount[]; onAdded: () => void }) {
  const { t } = useLingui();
  const [account, setAccount] = useState<string | null>(null);
  const [role, setRole] = useState<OrganisationRole>("staff");
  const [tried, setTried] = useState(false);
  const { busy, problem, doIt } = useDoing();
  const { name } = firm;
  async function add() {
    setTried(true);
    if (account === null) return;
    if (!(await doIt(() => addMember(firm.organisation, account, role)))) return;
    setAccount(null);
    setTried(false);
    onAdded();
  }
  return (
    <details className="admin-more">
      <summary className="link">
        <Trans>Add somebody who works for {name}</Trans>
      </summary>
      <Form label={t`Add somebody who works for ${name}`} onSubmit={() => void add()}>
        <ProblemNote problem={problem} />
        <div className="columns">
          <Select
            label={t`Who?`}
            placeholder={t`Choose one`}
            value={account}
            onChange={setAccount}
            choices={outside.map((one) => ({ value: one.account_id, label: `${one.name} (${one.email})` }))}
            fault={tried && account === null ? t`Choose one.` : null}
          />
          <RoleSelect role={role} onRole={setRole} />
        </div>
        <div className="row">
          <Button type="submit" icon="add" isPending={busy}>
            <Trans>Add them</Trans>
          </Button>
        </div>
      </Form>
    </details>
  );
}

function AddOrganisation({ onAdded, onBack }: { onAdded: () => void; onBack: () => void }) {
  const { t } = useLingui();
  const [intention] = useState(() => new Intention());
  const [kind, setKind] = useState<OrganisationKind | null>(null);
  const [name, setName] = useState("");
  const [place, setPlace] = useState("");
  const [email, setEmail] = useState("");
  const [chosenSlug, setChosenSlug] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const { busy, problem, doIt } = useDoing();
  const slug = chosenSlug ?? slugOf(name);
  const page = `${location.host}${links.intake(slug === "" ? "…" : slug)}`;

  async function add() {
    setTried(true);
    if (kind === null || name.trim() === "" || email.trim() === "" || !isSlug(slug)) return;
    const firm = { kind, name: name.trim(), slug, place: place.trim(), email: email.trim() };
    const added = await doIt(
      () => addOrganisation(intention.idFor(firm), firm),
      (error) => intention.failed(error),
    );
    if (added) onAdded();
  }

  return (
    <Form label={t`Add an organisation`} onSubmit={() => void add()}>
      <ProblemNote problem={problem} />
      <Choices
        label={t`What is it?`}
        value={kind}
        onChange={setKind}
        choices={[
          { value: "business", label: t`A business`, hint: t`Its clients open disputes on a page of its own.` },
          { value: "provider", label: t`A provider of mediation`, hint: t`Its mediators work here; whoever leads it hears complaints about them.` },
        ]}
        fault={tried && kind === null ? t`Choose one.` : null}
      />
      <div className="columns">
        <TextField label={t`Name`} autoComplete="off" value={name} onChange={setName} maxLength={200} fault={tried && name.trim() === "" ? t`Write the name.` : null} />
        <TextField label={t`Where it is`} autoComplete="off" value={place} onChange={setPlace} maxLength={200} />
        <TextField
          label={t`E-mail`}
          hint={t`New disputes are announced there.`}
          type="email"
          autoComplete="off"
          value={email}
          onChange={setEmail}
          maxLength={254}
          fault={tried && email.trim() === "" ? t`Write the e-mail address.` : null}
        />
        <TextField
          label={t`Its word in links`}
          hint={kind === "provider" ? t`Small letters, digits and dashes.` : t`Clients find it at ${page}. It cannot be changed later.`}
          autoComplete="off"
          spellCheck={false}
          value={slug}
          onChange={(next) => setChosenSlug(next)}
          maxLength={60}
          fault={tried && !isSlug(slug) ? t`Two or more small letters, digits and dashes.` : null}
        />
      </div>
      <div className="row">
        <Button kind="primary" type="submit" isPending={busy}>
          <Trans>Add the organisation</Trans>
        </Button>
        <Button kind="quiet" onPress={onBack}>
          <Trans>Back</Trans>
        </Button>
      </div>
    </Form>
  );
}
