/** What the reader may do about a frozen text besides signing it: each asked once more before it is done. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState, type ReactNode } from "react";
import { bundleUrl } from "../../../api/cases";
import type { CaseView, SigningView } from "../../../api/types";
import { useCommand } from "../../../live/useCommand";
import { links } from "../../../links";
import { announce, Banner, Button, Card, ConfirmDialog, LinkButton, Time } from "../../../ui";
import { mayGive } from "../../lookup";
import { ProblemNote } from "../../ProblemNote";

type Bare = "reopenings" | "signature-withdrawals" | "time-waivers";

/** A button, the question behind it, and the command when the answer is yes. */
function Asking({
  caseId,
  collection,
  label,
  title,
  decline,
  done,
  kind,
  children,
}: {
  caseId: string;
  collection: Bare;
  label: string;
  title: string;
  decline: string;
  done: string;
  kind: "grave" | "primary";
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const { give, status, problem } = useCommand(caseId);
  async function confirm() {
    if ((await give(collection, {})) === null) return;
    setOpen(false);
    announce(done);
  }
  return (
    <>
      <Button small kind="quiet" onPress={() => setOpen(true)}>
        {label}
      </Button>
      <ConfirmDialog title={title} isOpen={isOpen} onOpenChange={setOpen} confirm={label} decline={decline} kind={kind} isPending={status !== "idle"} onConfirm={() => void confirm()}>
        {children}
        <ProblemNote problem={problem} />
      </ConfirmDialog>
    </>
  );
}

export function WorkOnItAgain({ view, signing }: { view: CaseView; signing: SigningView }) {
  const { t } = useLingui();
  // Whoever signed takes the signature back, which comes to the same.
  if (!mayGive(view, "Reopen") || mayGive(view, "TakeBackSignature") || signing.effective_at !== null) return null;
  const isMediator = view.me.party === null;
  return (
    <Asking
      caseId={view.case}
      collection="reopenings"
      label={isMediator ? t`Work on the text again` : t`I will not sign: work on it again`}
      title={t`Work on the text again?`}
      decline={t`Leave it as it is`}
      done={t`The text is open again.`}
      kind="grave"
    >
      <p>
        <Trans>You need no reason. The text opens again with the same words, and both sides agree to each clause anew.</Trans>
      </p>
      <p>
        {signing.signatures.length === 0 ? (
          <Trans>The papers will say that it was opened again, and not by whom.</Trans>
        ) : (
          <Trans>Signatures that were given no longer count. The papers will say that it was opened again, and not by whom.</Trans>
        )}
      </p>
    </Asking>
  );
}

export function TakeBack({ view }: { view: CaseView }) {
  const { t } = useLingui();
  if (!mayGive(view, "TakeBackSignature")) return null;
  return (
    <Asking
      caseId={view.case}
      collection="signature-withdrawals"
      label={t`Take my signature back`}
      title={t`Take your signature back?`}
      decline={t`Let it stand`}
      done={t`Your signature is taken back.`}
      kind="grave"
    >
      <p>
        <Trans>You need no reason. The text opens again for both sides, and nothing binds anybody. The papers say that your side withdrew.</Trans>
      </p>
    </Asking>
  );
}

export function NoNeedForTime({ view }: { view: CaseView }) {
  const { t } = useLingui();
  if (!mayGive(view, "WaiveTimeToThink")) return null;
  return (
    <Asking
      caseId={view.case}
      collection="time-waivers"
      label={t`I do not need this time`}
      title={t`Give up the time to think?`}
      decline={t`Keep the time`}
      done={t`You gave up the time to think.`}
      kind="primary"
    >
      <Banner tone="warn" title={<Trans>This time is there to protect you.</Trans>}>
        <Trans>
          With it you can sleep on the text, ask somebody, and withdraw for some days after signing. Without it, the text binds as soon as both
          sides have signed, and this cannot be undone. Nobody may ask you to do this.
        </Trans>
      </Banner>
    </Asking>
  );
}

/** A clear ending, and what to carry away from it. */
export function InEffect({ view, signing, at }: { view: CaseView; signing: SigningView; at: string }) {
  return (
    <Card accent="moss" title={signing.partial ? <Trans>Settled in part</Trans> : <Trans>It is settled</Trans>}>
      <p className="lead">
        <Trans>Both sides have signed, and the settlement is in effect.</Trans> <Time at={at} show="full" />
      </p>
      {signing.partial ? (
        <p>
          <Trans>What it does not mention stays open between you.</Trans>
        </p>
      ) : null}
      <p>
        <Trans>Carry it away today. What was said on the way here stays confidential, and is erased after some weeks.</Trans>
      </p>
      <div className="row not-in-print">
        <LinkButton kind="primary" icon="papers" href={links.papers(view.case)}>
          <Trans>Go to the papers</Trans>
        </LinkButton>
        <LinkButton icon="download" href={bundleUrl(view.case)} download>
          <Trans>Download your record</Trans>
        </LinkButton>
        <Button icon="print" onPress={() => window.print()}>
          <Trans>Print this page</Trans>
        </Button>
      </div>
    </Card>
  );
}
