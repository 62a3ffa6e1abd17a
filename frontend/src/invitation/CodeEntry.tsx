/** Six digits from a mail: typed, pasted or filled in by the phone, sent off by themselves when they are complete. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { Refused } from "../api/client";
import { explainError } from "../api/explain";
import { Banner, Button, Form, TextField, useSecondsUntil } from "../ui/plain";
import { clockOf, CODE_LENGTH, digitsOf } from "./codeWords";

/** A code on its way: until when it works, and from when another may be asked for (both in ms since 1970). */
export interface CodeOnItsWay {
  worksUntil: number;
  againAt: number;
}

export function onItsWay(sent: { expires_at: string; again_after_s: number }): CodeOnItsWay {
  return { worksUntil: new Date(sent.expires_at).getTime(), againAt: Date.now() + sent.again_after_s * 1000 };
}

type Trouble = { title: string; next: string; triesLeft: number | undefined } | null;

/**
 * `onCode` checks the code and resolves when the next step has begun; what it throws is told here. `onAgain` has
 * another mail sent.
 */
export function CodeEntry({
  code,
  onCode,
  onAgain,
  children,
}: {
  code: CodeOnItsWay;
  onCode: (digits: string) => Promise<void>;
  onAgain: () => Promise<void>;
  /** What to do when no mail comes. */
  children: ReactNode;
}) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const [digits, setDigits] = useState("");
  const [busy, setBusy] = useState<"checking" | "sending" | null>(null);
  const [tried, setTried] = useState(false);
  const [sentAgain, setSentAgain] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>(null);
  const untilAgain = useSecondsUntil(code.againAt);
  const works = useSecondsUntil(code.worksUntil);
  useEffect(() => field.current?.focus(), []);

  const fail = (error: unknown) => {
    const { title, next } = explainError(error);
    setTrouble({ title, next, triesLeft: error instanceof Refused ? error.problem.tries_left : undefined });
  };

  async function check(complete: string) {
    setBusy("checking");
    setTrouble(null);
    setSentAgain(false);
    try {
      await onCode(complete);
    } catch (error) {
      // Without an answer the code may still be right; after one it is not.
      if (error instanceof Refused) setDigits("");
      fail(error);
      setBusy(null);
      field.current?.focus();
    }
  }

  async function again() {
    setBusy("sending");
    setTrouble(null);
    try {
      await onAgain();
      setDigits("");
      setTried(false);
      setSentAgain(true);
    } catch (error) {
      fail(error);
    } finally {
      setBusy(null);
      field.current?.focus();
    }
  }

  const wait = clockOf(untilAgain);
  const incomplete = tried && digits.length < CODE_LENGTH && trouble === null ? t`The code has six digits.` : null;
  return (
    <Form
      label={t`The code`}
      onSubmit={() => {
        setTried(true);
        if (digits.length === CODE_LENGTH && busy === null) void check(digits);
      }}
    >
      {trouble === null ? null : (
        <Banner tone="bad" urgent title={trouble.title}>
          {trouble.triesLeft === undefined ? (
            trouble.next
          ) : (
            <Plural value={trouble.triesLeft} _0="Ask for another code." one="You have one more try." other="You have # more tries." />
          )}
        </Banner>
      )}
      {trouble === null && works === 0 ? (
        <Banner tone="warn" title={<Trans>This code has run out.</Trans>}>
          <Trans>Ask for another one below.</Trans>
        </Banner>
      ) : null}
      {sentAgain ? (
        <Banner tone="good">
          <Trans>Another code is on its way. Only the newest one works.</Trans>
        </Banner>
      ) : null}
      <TextField
        ref={field}
        className="field-input code-input"
        label={t`The six digits`}
        hint={t`You may paste them.`}
        inputMode="numeric"
        autoComplete="one-time-code"
        spellCheck={false}
        value={digits}
        fault={incomplete}
        onChange={(typed) => {
          const now = digitsOf(typed);
          setDigits(now);
          if (now.length === CODE_LENGTH && now !== digits && busy === null) void check(now);
        }}
      />
      <div className="row">
        <Button kind="primary" type="submit" isPending={busy === "checking"}>
          {busy === "checking" ? <Trans>Checking …</Trans> : <Trans>Go on</Trans>}
        </Button>
        <Button kind="quiet" isDisabled={untilAgain > 0} isPending={busy === "sending"} onPress={() => void again()}>
          {untilAgain > 0 ? <Trans>Send another in {wait}</Trans> : <Trans>Send another code</Trans>}
        </Button>
      </div>
      <p className="note">{children}</p>
    </Form>
  );
}
