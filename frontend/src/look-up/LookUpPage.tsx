/** Open to anybody who holds a printed paper: its code shows what the record says of it, and whether a file is that paper. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Frame } from "../account/Frame";
import { explainError } from "../api/explain";
import { lookUp, type LookedUp } from "../api/lookUp";
import { links } from "../links";
import { usePageTitle } from "../router";
import { LANGUAGES, isLanguage } from "../text/language";
import { FilePicker } from "../ui/FilePicker";
import { Banner, Button, Card, Form, Link, Moment, TextField } from "../ui/plain";
import { sha256Of } from "../verify/bundle";
import { Unreadable } from "../verify/findings";
import { useHindranceWords } from "../verify/words";
import "../verify/verify.css";

type Problem = { title: string; next: string };

/** How many letters and digits a code has, hyphens and blanks apart. */
const LENGTH = 20;

export function LookUpPage() {
  const { t } = useLingui();
  usePageTitle(t`Look a paper up`);
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<LookedUp | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isWhole = code.replace(/[^0-9a-z]/gi, "").length === LENGTH;

  async function ask() {
    setTried(true);
    setProblem(null);
    setFound(null);
    if (!isWhole) return;
    setBusy(true);
    try {
      setFound(await lookUp(code));
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Frame>
      <div className="stack-wide">
        <div className="stack">
          <h1>
            <Trans>Look a paper up</Trans>
          </h1>
          <p className="lead soft">
            <Trans>For anybody who holds a paper that was printed here: is it one of ours, and is a file of it the same, to the byte?</Trans>
          </p>
        </div>
        <Card title={<Trans>The code on the paper</Trans>}>
          <Form label={t`Look a paper up`} onSubmit={() => void ask()}>
            <TextField
              label={t`Code`}
              hint={t`Four groups of five letters and digits, on the page that tells how the paper can be checked.`}
              value={code}
              onChange={setCode}
              autoComplete="off"
              spellCheck={false}
              fault={tried && !isWhole ? t`A code has 20 letters and digits. Hyphens and blanks do not matter.` : null}
            />
            <div className="row">
              <Button kind="primary" type="submit" isPending={busy}>
                <Trans>Look it up</Trans>
              </Button>
            </div>
          </Form>
        </Card>
        <section className="stack-wide" aria-live="polite">
          {problem === null ? null : (
            <Banner tone="bad" urgent title={problem.title}>
              {problem.next}
            </Banner>
          )}
          {found === null ? null : <FoundPaper key={found.sha256} found={found} />}
        </section>
        <p className="note">
          <Trans>Only the code is sent. No name and nothing of the case is shown here, whoever asks.</Trans>
        </p>
        <p className="note">
          <Link href={links.verify}>
            <Trans>Check a record</Trans>
          </Link>
        </p>
      </div>
    </Frame>
  );
}

/** What the record says of the paper, and the comparison with a file that stays on this device. */
function FoundPaper({ found }: { found: LookedUp }) {
  const { t } = useLingui();
  const hindranceWords = useHindranceWords();
  const { checkpoint, sealed_by: sealedBy } = found;
  const [held, setHeld] = useState<{ name: string; isSame: boolean } | null>(null);
  const [hindrance, setHindrance] = useState<Problem | null>(null);
  const titles: Readonly<Record<LookedUp["paper"], string>> = {
    settlement: t`A settlement`,
    attestation: t`That a settlement came from mediation`,
    certificate: t`How a mediation ended`,
  };

  async function compare([file]: readonly File[]) {
    if (file === undefined) return;
    setHeld(null);
    setHindrance(null);
    try {
      setHeld({ name: file.name, isSame: file.size === found.size && (await sha256Of(file)) === found.sha256 });
    } catch (error) {
      setHindrance(hindranceWords(error instanceof Unreadable ? error.hindrance : "not-a-bundle"));
    }
  }

  return (
    <>
      <Card title={titles[found.paper]} accent="moss">
        <p>
          <Trans>A paper with this code was printed here. Whether yours is that paper, only the file can show: compare it below.</Trans>
        </p>
        <dl className="verify-compare">
          <dt>
            <Trans>Language</Trans>
          </dt>
          <dd>{isLanguage(found.language) ? LANGUAGES[found.language] : found.language}</dd>
          <dt>
            <Trans>Sealed</Trans>
          </dt>
          <dd>
            <Moment at={found.sealed_at} show="full" />
          </dd>
          <dt>
            <Trans>SHA-256 of the file</Trans>
          </dt>
          <dd>
            <code className="verify-code">{found.sha256}</code>
          </dd>
          <dt>
            <Trans>Seal that it prints: number {checkpoint}</Trans>, <Moment at={found.checkpoint_at} show="full" />
          </dt>
          <dd>
            <code className="verify-code">{found.checkpoint_sha256}</code>
          </dd>
          <dt>
            <Trans>Seal under which it lies: number {sealedBy}</Trans>
          </dt>
          <dd>
            <code className="verify-code">{found.sealed_by_sha256}</code>
          </dd>
          <dt>
            <Trans>Fingerprint of the key that signs</Trans>
          </dt>
          <dd>
            <code className="verify-code">{found.key}</code>
          </dd>
        </dl>
      </Card>
      <Banner icon="lock" title={<Trans>Nothing is uploaded.</Trans>}>
        <Trans>Your browser does the comparing. The file does not leave this device.</Trans>
      </Banner>
      <FilePicker
        label={t`The file to compare`}
        choose={t`Choose the paper (PDF)`}
        hint={<Trans>Or drop it here.</Trans>}
        accept=".pdf"
        many={false}
        onFiles={(files) => void compare(files)}
      />
      {hindrance === null ? null : (
        <Banner tone="warn" title={hindrance.title}>
          {hindrance.next}
        </Banner>
      )}
      {held === null ? null : held.isSame ? (
        <Banner tone="good" title={<Trans>This is that paper, to the byte.</Trans>}>
          {held.name}
        </Banner>
      ) : (
        <Banner tone="bad" urgent title={<Trans>This file is not that paper.</Trans>}>
          <p>{held.name}</p>
          <p>
            <Trans>It may be the same paper in another language, a copy to work with, a scan, or a file that somebody changed.</Trans>
          </p>
        </Banner>
      )}
    </>
  );
}
