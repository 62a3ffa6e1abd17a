import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { addAccount, changeAccount, type Organisation, type OrganisationRole, type StaffAccount } from "../api/admin";
import { Intention } from "../api/intention";
import { isLanguage } from "../text/language";
import { announce } from "../ui/Announcer";
import { Button, Card, Checkbox, ConfirmDialog, EmptyState, Form, Select, Tag, TextField } from "../ui/plain";
import { ProblemNote } from "../account/ProblemNote";
import { useDoing } from "../account/useDoing";

export function Accounts({
  people,
  firms,
  me,
  onChanged,
}: {
  people: readonly StaffAccount[];
  firms: readonly Organisation[];
  me: string;
  onChanged: () => void;
}) {
  const [adding, setAdding] = useState(false);
  return (
    <Card
      title={<Trans>Accounts</Trans>}
      actions={
        adding ? undefined : (
          <Button icon="add" onPress={() => setAdding(true)}>
            <Trans>Add an account</Trans>
          </Button>
        )
      }
    >
      <p className="soft">
        <Trans>For mediators, businesses' people and administrators. Clients and others who are invited need none and are not listed.</Trans>
      </p>
      {adding ? (
        <AddAccount
          firms={firms}
          onBack={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            onChanged();
          }}
        />
      ) : null}
      {people.length === 0 ? (
        <EmptyState icon="people" title={<Trans>No accounts yet</Trans>}>
          <Trans>Add the first mediator. They get a letter with a link to choose a password.</Trans>
        </EmptyState>
      ) : (
        <ul className="plain-list">
          {people.map((one) => (
            <Person key={one.account_id} one={one} isMe={one.account_id === me} onChanged={onChanged} />
          ))}
        </ul>
      )}
    </Card>
  );
}

type Change = "disable" | "enable" | "promote" | "demote";

function Person({ one, isMe, onChanged }: { one: StaffAccount; isMe: boolean; onChanged: () => void }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState<Change | null>(null);
  const { busy, problem, doIt } = useDoing();
  const { name } = one;
  const isDisabled = one.disabled_at !== null;
  const questions: Record<Change, { title: string; text: string; confirm: string }> = {
    disable: {
      title: t`Shut the account of ${name}?`,
      text: t`They are signed out everywhere at once and cannot sign in. Their seats in cases and what they wrote stay. You can open the account again.`,
      confirm: t`Shut it`,
    },
    enable: { title: t`Open the account of ${name} again?`, text: t`They can sign in as before.`, confirm: t`Open it` },
    promote: {
      title: t`Make ${name} an administrator?`,
      text: t`They can then add and shut accounts. From then on no case is open to them: whoever manages accounts takes part in none. They are signed out once and sign in again.`,
      confirm: t`Make administrator`,
    },
    demote: {
      title: t`Take administration from ${name}?`,
      text: t`They keep their account. They are signed out once and sign in again.`,
      confirm: t`Take it away`,
    },
  };

  async function change(what: Change) {
    const next = {
      disabled: what === "disable" ? true : what === "enable" ? false : isDisabled,
      administrator: what === "promote" ? true : what === "demote" ? false : one.administrator,
    };
    await doIt(() => changeAccount(one.account_id, next));
    setAsking(null);
    onChanged();
  }

  const question = asking === null ? null : questions[asking];
  return (
    <li className="stack-tight admin-line">
      <div className="row-apart">
        <div>
          <p className="row">
            <strong>{name}</strong>
            {one.administrator ? (
              <Tag tone="accent">
                <Trans>Administrator</Trans>
              </Tag>
            ) : null}
            {isDisabled ? (
              <Tag icon="close" tone="warn">
                <Trans>Account shut</Trans>
              </Tag>
            ) : one.waiting ? (
              <Tag icon="waiting">
                <Trans>Has not signed in yet</Trans>
              </Tag>
            ) : null}
          </p>
          <p className="note">
            {one.email}
            {one.organisations.map((firm) => ` · ${firm.name}`)}
          </p>
        </div>
        {isMe ? (
          <span className="note">
            <Trans>(you)</Trans>
          </span>
        ) : (
          <div className="row">
            {isDisabled ? null : (
              <Button small kind="quiet" onPress={() => setAsking(one.administrator ? "demote" : "promote")}>
                {one.administrator ? <Trans>Take administration away</Trans> : <Trans>Make administrator</Trans>}
                <span className="hidden-visually">{` ${name}`}</span>
              </Button>
            )}
            <Button small kind="quiet" onPress={() => setAsking(isDisabled ? "enable" : "disable")}>
              {isDisabled ? <Trans>Open again</Trans> : <Trans>Shut</Trans>}
              <span className="hidden-visually">{` ${name}`}</span>
            </Button>
          </div>
        )}
      </div>
      <ProblemNote problem={problem} />
      <ConfirmDialog
        title={question?.title ?? ""}
        isOpen={question !== null}
        onOpenChange={(open) => {
          if (!open) setAsking(null);
        }}
        confirm={question?.confirm ?? ""}
        decline={t`Leave it as it is`}
        kind={asking === "disable" ? "grave" : "primary"}
        isPending={busy}
        onConfirm={() => {
          if (asking !== null) void change(asking);
        }}
      >
        <p>{question?.text}</p>
      </ConfirmDialog>
    </li>
  );
}

const NONE = "none";

function AddAccount({ firms, onAdded, onBack }: { firms: readonly Organisation[]; onAdded: () => void; onBack: () => void }) {
  const { i18n, t } = useLingui();
  const [intention] = useState(() => new Intention());
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [administrator, setAdministrator] = useState(false);
  const [firm, setFirm] = useState<string>(NONE);
  const [role, setRole] = useState<OrganisationRole>("staff");
  const [tried, setTried] = useState(false);
  const { busy, problem, doIt } = useDoing();

  async function add() {
    setTried(true);
    if (name.trim() === "" || email.trim() === "") return;
    const account = {
      name: name.trim(),
      email: email.trim(),
      administrator,
      organisation: firm === NONE ? null : firm,
      role,
      language: isLanguage(i18n.locale) ? i18n.locale : ("en" as const),
    };
    const added = await doIt(
      () => addAccount(intention.idFor(account), account),
      (error) => intention.failed(error),
    );
    if (!added) return;
    const owner = account.name;
    announce(t`${owner} gets a letter with a link to choose a password.`, { tone: "good" });
    onAdded();
  }

  return (
    <Form label={t`Add an account`} onSubmit={() => void add()}>
      <ProblemNote problem={problem} />
      <div className="columns">
        <TextField label={t`Name`} autoComplete="off" value={name} onChange={setName} maxLength={200} fault={tried && name.trim() === "" ? t`Write the name.` : null} />
        <TextField
          label={t`E-mail`}
          hint={t`A link to choose a password is sent there.`}
          type="email"
          autoComplete="off"
          value={email}
          onChange={setEmail}
          maxLength={254}
          fault={tried && email.trim() === "" ? t`Write the e-mail address.` : null}
        />
        <Select
          label={t`Works for`}
          value={firm}
          onChange={setFirm}
          choices={[{ value: NONE, label: t`Nobody in particular` }, ...firms.map((one) => ({ value: one.organisation, label: one.name }))]}
        />
        {firm === NONE ? null : <RoleSelect role={role} onRole={setRole} />}
      </div>
      <Checkbox isSelected={administrator} onChange={setAdministrator}>
        <Trans>Manages accounts and organisations here, and takes part in no case</Trans>
      </Checkbox>
      <div className="row">
        <Button kind="primary" type="submit" isPending={busy}>
          <Trans>Add the account</Trans>
        </Button>
        <Button kind="quiet" onPress={onBack}>
          <Trans>Back</Trans>
        </Button>
      </div>
    </Form>
  );
}

export function RoleSelect({ role, onRole }: { role: OrganisationRole; onRole: (role: OrganisationRole) => void }) {
  const { t } = useLingui();
  return (
    <Select
      label={t`As`}
      hint={t`Whoever leads a provider reads complaints about its mediators.`}
      value={role}
      onChange={onRole}
      choices={[
        { value: "staff", label: t`One of its people` },
        { value: "lead", label: t`Who leads it` },
      ]}
    />
  );
}
