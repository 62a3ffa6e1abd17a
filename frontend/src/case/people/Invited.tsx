/** One invitation that was sent: how it stands, and what can still be done about it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { explainError } from "../../api/explain";
import { changeAddress, resendInvitation, revokeInvitation, type HandedLink, type Invitation } from "../../api/inviting";
import type { CaseView } from "../../api/types";
import { roleWord, tierWord } from "../../text/words";
import { announce, Button, ConfirmDialog, Dialog, Form, IconButton, Menu, Tag, TextField, Time, type IconName, type MenuAction } from "../../ui";
import { partyName } from "../people";
import { ProblemNote } from "../ProblemNote";
import { Handed } from "./Handed";
import { isAddress } from "../../text/address";

type Asking = "address" | "take-back" | null;

export function Invited({ view, one, onChanged }: { view: CaseView; one: Invitation; onChanged: () => void }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState<Asking>(null);
  const [handed, setHanded] = useState<(HandedLink & { email: string }) | null>(null);
  const [busy, setBusy] = useState(false);
  const state = useStateWords()(one);
  const email = one.email ?? "";
  const who = one.name !== "" ? one.name : email !== "" ? email : roleWord(one.role);
  const step = one.called_for === null ? null : tierWord(one.called_for);
  const seat = [one.title === "" ? roleWord(one.role) : one.title, one.party === null ? "" : partyName(view, one.party)].filter((part) => part !== "").join(" · ");

  const run = async (ask: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await ask();
    } catch (error) {
      const { title, next } = explainError(error);
      announce(`${title} ${next}`, { tone: "bad" });
    } finally {
      setBusy(false);
      setAsking(null);
      onChanged();
    }
  };
  const resend = () => run(async () => setHanded({ ...(await resendInvitation(view.case, one.invitation_id)), email }));

  const isOpen = one.state === "pending" || one.state === "expired";
  const actions: readonly MenuAction[] = isOpen
    ? [
        { id: "resend", label: t`Send it again`, hint: t`With a further link; earlier ones keep working.`, icon: "mail", onAction: () => void resend() },
        { id: "address", label: t`Change the address`, icon: "quill", onAction: () => setAsking("address") },
        ...(one.state === "pending" ? [{ id: "take-back", label: t`Take it back`, icon: "undo" as const, onAction: () => setAsking("take-back") }] : []),
      ]
    : [];

  return (
    <li className="stack-tight">
      <div className="invited">
        <div>
          <p>
            <strong>{who}</strong>
          </p>
          <p className="note">
            {seat}
            {one.name === "" || email === "" ? null : (
              <>
                <br />
                <span className="address">{email}</span>
              </>
            )}
          </p>
          {step === null ? null : (
            <p className="note">
              <Trans>Asked to come by the ladder: {step}</Trans>
            </p>
          )}
          <p className="row">
            <Tag icon={state.icon} tone={state.tone}>
              {state.words}
            </Tag>
            <span className="note">
              {one.state === "pending" ? (
                <Trans>
                  open until <Time at={one.expires_at} show="date" />
                </Trans>
              ) : (
                <Time at={one.accepted_at ?? one.created_at} />
              )}
            </span>
          </p>
          {one.state === "pending" && one.mail === "failed" ? (
            <p className="field-fault">
              <Trans>Our mail did not get through. Change the address, or send it again and hand the new link over yourself.</Trans>
            </p>
          ) : null}
        </div>
        {actions.length === 0 ? null : <Menu label={t`What to do with this invitation`} trigger={<IconButton icon="more" label={t`More about the invitation of ${who}`} isDisabled={busy} />} groups={[actions]} />}
      </div>
      {handed === null ? null : <Handed made={handed} />}
      {asking === "address" ? (
        <AddressDialog
          one={one}
          onClose={() => setAsking(null)}
          onChange={async (email) => {
            setHanded({ ...(await changeAddress(view.case, one.invitation_id, email)), email });
            setAsking(null);
            onChanged();
          }}
        />
      ) : null}
      <ConfirmDialog
        title={t`Take this invitation back?`}
        isOpen={asking === "take-back"}
        onOpenChange={(open) => setAsking(open ? "take-back" : null)}
        confirm={t`Take it back`}
        decline={t`Leave it open`}
        isPending={busy}
        onConfirm={() => void run(() => revokeInvitation(view.case, one.invitation_id))}
      >
        <p>
          <Trans>The link of {who} stops working at once. You can invite them again later.</Trans>
        </p>
      </ConfirmDialog>
    </li>
  );
}

/** In one word how it stands: of an open invitation, whether its mail has left. */
function useStateWords() {
  const { t } = useLingui();
  return (one: Invitation): { words: string; icon: IconName; tone: "plain" | "good" | "warn" | "accent" } => {
    switch (one.state) {
      case "accepted":
        return { words: t`Has come`, icon: "agree", tone: "good" };
      case "declined":
        return { words: t`Said no`, icon: "close", tone: "plain" };
      case "revoked":
        return { words: t`Taken back`, icon: "undo", tone: "plain" };
      case "expired":
        return { words: t`Expired`, icon: "waiting", tone: "warn" };
      case "pending":
        if (one.mail === "failed") return { words: t`Could not be sent`, icon: "warning", tone: "warn" };
        return one.mail === "sent" ? { words: t`Sent, not answered yet`, icon: "mail", tone: "accent" } : { words: t`Waiting to be sent`, icon: "waiting", tone: "plain" };
    }
  };
}

function AddressDialog({ one, onChange, onClose }: { one: Invitation; onChange: (email: string) => Promise<void>; onClose: () => void }) {
  const { t } = useLingui();
  const [email, setEmail] = useState(one.email ?? "");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ReturnType<typeof explainError> | null>(null);
  const change = async () => {
    setTried(true);
    setProblem(null);
    if (!isAddress(email.trim())) return;
    setBusy(true);
    try {
      await onChange(email.trim());
    } catch (error) {
      setProblem(explainError(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t`Change the address`}
      closeLabel={t`Close`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Form label={t`Change the address`} onSubmit={() => void change()}>
        <TextField
          label={t`Their e-mail address`}
          hint={t`The invitation goes to the new address. The link that was sent to the old one stops working.`}
          type="email"
          inputMode="email"
          autoComplete="off"
          value={email}
          onChange={setEmail}
          maxLength={254}
          fault={tried && !isAddress(email.trim()) ? t`Write the address in full, like name@example.org.` : null}
          autoFocus
        />
        <ProblemNote problem={problem} />
        <div className="row">
          <Button kind="primary" type="submit" icon="mail" isPending={busy}>
            <Trans>Send it there</Trans>
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
