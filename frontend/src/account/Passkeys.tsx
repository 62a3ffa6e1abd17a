import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { addPasskey, passkeyOptions, removePasskey, type Passkey } from "../api/account";
import { explainError } from "../api/explain";
import { Time } from "../ui";
import { Banner, Button, Card, ConfirmDialog, EmptyState, Form, TextField } from "../ui/plain";
import { isKeptAlready, knowsPasskeys, makePasskey, NotThisTime } from "../api/webauthn";

export function Passkeys({ passkeys, onChanged }: { passkeys: readonly Passkey[]; onChanged: () => void }) {
  const { t } = useLingui();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ title: string; next: string } | null>(null);

  async function remove({ passkey }: Passkey) {
    setBusy(true);
    setProblem(null);
    try {
      await removePasskey(passkey);
      onChanged();
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
      setRemoving(null);
    }
  }

  const name = removing?.name ?? "";
  return (
    <Card title={<Trans>Passkeys</Trans>}>
      <p className="soft">
        <Trans>
          With a passkey you sign in by your fingerprint, your face or a key, without typing a password. It stays on your device and
          cannot be guessed or given away by mistake. Have one on each device you use.
        </Trans>
      </p>
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
      {passkeys.length === 0 && !adding ? (
        <EmptyState icon="lock" title={t`No passkeys yet`}>
          {knowsPasskeys() ? (
            <Trans>It takes half a minute: your browser asks you to unlock the device, and that is all.</Trans>
          ) : (
            <Trans>This browser, or this address, does not take any. Use a newer browser and the portal's own name.</Trans>
          )}
        </EmptyState>
      ) : null}
      {passkeys.length === 0 ? null : (
        <ul className="plain-list">
          {passkeys.map((one) => (
            <li key={one.passkey} className="row-apart">
              <div>
                <p>
                  <strong>{one.name}</strong>
                </p>
                <p className="note">
                  {one.last_used_at === null ? (
                    <Trans>
                      Added <Time at={one.created_at} />, not used yet
                    </Trans>
                  ) : (
                    <Trans>
                      Last used <Time at={one.last_used_at} />
                    </Trans>
                  )}
                </p>
              </div>
              <RemoveButton one={one} onPress={() => setRemoving(one)} />
            </li>
          ))}
        </ul>
      )}
      {adding ? (
        <AddPasskey
          onDone={() => {
            setAdding(false);
            onChanged();
          }}
          onBack={() => setAdding(false)}
        />
      ) : knowsPasskeys() ? (
        <div className="row">
          <Button icon="add" onPress={() => setAdding(true)}>
            <Trans>Add a passkey</Trans>
          </Button>
        </div>
      ) : null}
      <ConfirmDialog
        title={t`Remove the passkey “${name}”?`}
        isOpen={removing !== null}
        onOpenChange={(open) => {
          if (!open) setRemoving(null);
        }}
        confirm={t`Remove it`}
        decline={t`Keep it`}
        kind="grave"
        isPending={busy}
        onConfirm={() => {
          if (removing !== null) void remove(removing);
        }}
      >
        <p>
          <Trans>It no longer signs you in here. The entry on your device stays until you delete it there.</Trans>
        </p>
      </ConfirmDialog>
    </Card>
  );
}

function RemoveButton({ one, onPress }: { one: Passkey; onPress: () => void }) {
  const { name } = one;
  return (
    <Button small kind="quiet" onPress={onPress}>
      <Trans>Remove</Trans>
      <span className="hidden-visually">{` ${name}`}</span>
    </Button>
  );
}

function AddPasskey({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const { t } = useLingui();
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ title: string; next: string } | null>(null);

  async function add() {
    setTried(true);
    setProblem(null);
    if (name.trim() === "") return;
    setBusy(true);
    try {
      const { challenge_id, options } = await passkeyOptions();
      await addPasskey(challenge_id, name.trim(), await makePasskey(options));
      onDone();
    } catch (error) {
      if (error instanceof NotThisTime) {
        setProblem({ title: t`The browser made no passkey.`, next: t`Try again when you are ready, or on another device.` });
      } else if (isKeptAlready(error)) {
        setProblem({ title: t`This device has a passkey for your account already.`, next: t`Nothing more is needed here.` });
      } else {
        setProblem(explainError(error));
      }
    } finally {
      setBusy(false);
    }
  }

  return (
    <Form label={t`Add a passkey`} onSubmit={() => void add()}>
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
      <TextField
        label={t`What shall we call it?`}
        hint={t`For example: My phone, or The blue key. So that you know it when you want to remove it.`}
        value={name}
        onChange={setName}
        maxLength={200}
        autoComplete="off"
        fault={tried && name.trim() === "" ? t`Give it a name.` : null}
      />
      <div className="row">
        <Button kind="primary" type="submit" isPending={busy}>
          <Trans>Ask the browser</Trans>
        </Button>
        <Button kind="quiet" onPress={onBack}>
          <Trans>Back</Trans>
        </Button>
      </div>
    </Form>
  );
}
