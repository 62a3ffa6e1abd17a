/** A complaint about the mediator. It leaves the case: who reads it, and that the mediator does not, is said first. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { complain, type Complaint } from "../../api/complaints";
import { explainError } from "../../api/explain";
import { Intention } from "../../api/intention";
import type { CaseView } from "../../api/types";
import { Banner, Button, Dialog, TextArea } from "../../ui";
import { ProblemNote } from "../ProblemNote";

export function Complain({ view, onClose }: { view: CaseView; onClose: () => void }) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ReturnType<typeof explainError> | null>(null);
  const [sent, setSent] = useState<Complaint | null>(null);
  const [intention] = useState(() => new Intention());

  const send = async () => {
    setTried(true);
    const said = text.trim();
    if (said === "") return;
    setBusy(true);
    setProblem(null);
    try {
      setSent(await complain(view.case, intention.idFor(said), said));
      intention.done();
      setText("");
    } catch (error) {
      intention.failed(error);
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={t`Complain about the mediator`}
      closeLabel={t`Close`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        sent === null ? (
          <Button kind="primary" icon="mail" isPending={busy} onPress={() => void send()}>
            <Trans>Send the complaint</Trans>
          </Button>
        ) : (
          <Button slot="close">
            <Trans>Done</Trans>
          </Button>
        )
      }
    >
      {sent === null ? (
        <>
          <p>
            <Trans>
              The organisation that sent the mediator reads this; if there is none, the people who run this portal do. The mediator does not read it and is not told of it, nor is the
              other side.
            </Trans>
          </p>
          <p className="note">
            <Trans>They see your name, the mediator’s name and what you write here. They cannot look into the rooms, so tell them what they need to know.</Trans>
          </p>
          <TextArea
            label={t`What is your complaint?`}
            value={text}
            onChange={setText}
            rows={5}
            maxLength={4000}
            fault={tried && text.trim() === "" ? t`Say in a few words what it is about.` : null}
            autoFocus
          />
          <ProblemNote problem={problem} />
        </>
      ) : (
        <Received sent={sent} />
      )}
    </Dialog>
  );
}

function Received({ sent }: { sent: Complaint }) {
  const { reference, to } = sent;
  const note = <Trans>Your reference is {reference}: note it down, it is not kept in this case.</Trans>;
  return (
    <Banner tone="good" title={<Trans>Your complaint has arrived.</Trans>}>
      {to === null ? <Trans>The people who run this portal read it.</Trans> : <Trans>{to} reads it.</Trans>} {note}
    </Banner>
  );
}
