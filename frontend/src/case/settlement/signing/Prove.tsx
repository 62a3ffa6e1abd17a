/** The proof that it is them: six digits from their own mailbox, or a passkey of their account. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { explainError } from "../../../api/explain";
import { mailSigningCode, signingPasskeyOptions, type SignFields } from "../../../api/signing";
import { knowsPasskeys, NotThisTime, showPasskey } from "../../../api/webauthn";
import { useAccount } from "../../../live/useAccount";
import type { Explanation } from "../../../text/problems";
import { Banner, Button, Form, TextField } from "../../../ui";
import { useSecondsUntil } from "../../../ui/plain/times";
import { ProblemNote } from "../../ProblemNote";
import { digitsIn, isWholeCode } from "./steps";

export type Proof = Pick<SignFields, "code"> | Pick<SignFields, "challenge_id" | "credential">;

interface ProveProps {
  caseId: string;
  isReady: boolean;
  onNotReady: () => void;
  onProof: (proof: Proof) => Promise<void>;
}

export function Prove({ caseId, isReady, onNotReady, onProof }: ProveProps) {
  const { t } = useLingui();
  const who = useAccount();
  const [digits, setDigits] = useState("");
  const [tried, setTried] = useState(false);
  const [mailed, setMailed] = useState<{ worksUntil: number; againAt: number } | null>(null);
  const [busy, setBusy] = useState<"mailing" | "signing" | "passkey" | null>(null);
  const [problem, setProblem] = useState<Explanation | null>(null);
  const untilAgain = useSecondsUntil(mailed?.againAt ?? 0);
  const hasRunOut = useSecondsUntil(mailed?.worksUntil ?? 0) === 0 && mailed !== null;
  // Only accounts have passkeys; guests come by a link and have a mailbox.
  const mayHavePasskey = who.state === "known" && who.account.kind === "staff" && knowsPasskeys();

  async function doing(what: NonNullable<typeof busy>, it: () => Promise<void>) {
    if (!isReady) {
      onNotReady();
      return;
    }
    setBusy(what);
    setProblem(null);
    try {
      await it();
    } catch (error) {
      if (!(error instanceof NotThisTime)) setProblem(explainError(error));
    } finally {
      setBusy(null);
    }
  }

  const mail = () =>
    doing("mailing", async () => {
      const sent = await mailSigningCode(caseId);
      setMailed({ worksUntil: Date.parse(sent.expires_at), againAt: Date.now() + sent.again_after_s * 1000 });
      setDigits("");
      setTried(false);
    });

  const signByCode = () => {
    setTried(true);
    if (isWholeCode(digits)) void doing("signing", () => onProof({ code: digits }));
  };

  const signByPasskey = () =>
    doing("passkey", async () => {
      const { challenge_id, options } = await signingPasskeyOptions(caseId);
      await onProof({ challenge_id, credential: (await showPasskey(options)) as SignFields["credential"] & object });
    });

  return (
    <div className="stack">
      <h3>
        <Trans>Show that it is you</Trans>
      </h3>
      <ProblemNote problem={problem} />
      {mailed === null ? (
        <>
          <p>
            <Trans>We send six digits to your own e-mail address. With them you sign; nothing is signed before.</Trans>
          </p>
          <div className="row">
            <Button kind="primary" icon="mail" isPending={busy === "mailing"} onPress={() => void mail()}>
              <Trans>Send me the code</Trans>
            </Button>
            {mayHavePasskey ? (
              <Button icon="lock" isPending={busy === "passkey"} onPress={() => void signByPasskey()}>
                <Trans>Sign now with a passkey</Trans>
              </Button>
            ) : null}
          </div>
        </>
      ) : (
        <Form label={t`The code`} onSubmit={signByCode}>
          {hasRunOut ? (
            <Banner tone="warn" title={<Trans>This code has run out.</Trans>}>
              <Trans>Ask for another one below.</Trans>
            </Banner>
          ) : (
            <Banner tone="good" icon="mail">
              <Trans>The code is on its way to your mailbox. Only the newest one works.</Trans>
            </Banner>
          )}
          <div className="signing-code">
            <TextField
              label={t`The six digits`}
              inputMode="numeric"
              autoComplete="one-time-code"
              spellCheck="false"
              value={digits}
              onChange={(typed) => setDigits(digitsIn(typed))}
              fault={tried && !isWholeCode(digits) ? t`The code has six digits.` : null}
            />
          </div>
          <div className="row">
            <Button kind="primary" type="submit" icon="quill" isPending={busy === "signing"}>
              <Trans>Sign now</Trans>
            </Button>
            <Button kind="quiet" isDisabled={untilAgain > 0} isPending={busy === "mailing"} onPress={() => void mail()}>
              {untilAgain > 0 ? <Trans>Send another in {untilAgain} seconds</Trans> : <Trans>Send another code</Trans>}
            </Button>
          </div>
        </Form>
      )}
    </div>
  );
}
