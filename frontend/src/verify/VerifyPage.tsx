/** Open to anybody: a record or a printed paper is checked here in the browser, and nothing of it leaves the device. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Frame } from "../account/Frame";
import { links } from "../links";
import { usePageTitle } from "../router";
import { FilePicker } from "../ui/FilePicker";
import { Banner, Card, Link, Moment, Skeleton, TextField } from "../ui/plain";
import { checkBundle, fingerprintIn, sha256Of, type Report } from "./bundle";
import { Unreadable, Wrong, type Fault, type Hindrance } from "./findings";
import { NotProven, ReportCards } from "./ReportCards";
import { useFaultWords, useHindranceWords } from "./words";
import "./verify.css";

type Outcome =
  | { kind: "checking" }
  | { kind: "verifies"; report: Report }
  | { kind: "wrong"; fault: Fault; where: string }
  | { kind: "unreadable"; hindrance: Hindrance };

const READABLE = [".zip", ".pdf"].join();

interface Paper {
  name: string;
  sha256: string;
}

async function outcomeOf(file: Blob, expected: string | null): Promise<Outcome> {
  try {
    return { kind: "verifies", report: await checkBundle(file, expected) };
  } catch (error) {
    if (error instanceof Wrong) return { kind: "wrong", fault: error.fault, where: error.where };
    if (error instanceof Unreadable) return { kind: "unreadable", hindrance: error.hindrance };
    // The file was taken away or cannot be read any more.
    return { kind: "unreadable", hindrance: "not-a-bundle" };
  }
}

async function isPdf(file: File): Promise<boolean> {
  return (await file.slice(0, 5).text()) === "%PDF-";
}

export function VerifyPage() {
  const { t } = useLingui();
  usePageTitle(t`Check a record`);
  const [typed, setTyped] = useState("");
  const [record, setRecord] = useState<File | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [paper, setPaper] = useState<Paper | null>(null);
  const fingerprint = fingerprintIn(typed);

  async function check(file: File, expected: string | null) {
    setRecord(file);
    setOutcome({ kind: "checking" });
    setOutcome(await outcomeOf(file, expected));
  }

  async function take(files: readonly File[]) {
    for (const file of files) {
      if (await isPdf(file)) setPaper({ name: file.name, sha256: await sha256Of(file) });
      else await check(file, fingerprint);
    }
  }

  function compareWith(text: string) {
    setTyped(text);
    const next = fingerprintIn(text);
    if (record !== null && next !== fingerprint) void check(record, next);
  }

  const report = outcome?.kind === "verifies" ? outcome.report : null;
  return (
    <Frame>
      <div className="stack-wide">
        <div className="stack">
          <h1>
            <Trans>Check a record</Trans>
          </h1>
          <p className="lead soft">
            <Trans>For anybody who was given a record or a settlement from here: was anything in it changed, removed or slipped in?</Trans>
          </p>
        </div>
        <Banner icon="lock" title={<Trans>Nothing is uploaded.</Trans>}>
          <Trans>Your browser does the checking. The file does not leave this device, and nobody learns that you checked it.</Trans>
        </Banner>
        <FilePicker
          label={t`The file to check`}
          choose={t`Choose a record (zip) or a paper (PDF)`}
          hint={<Trans>Or drop it here.</Trans>}
          accept={READABLE}
          onFiles={(files) => void take(files)}
        />
        <TextField
          label={t`The fingerprint that you expect`}
          hint={t`If you have one: it stands on printed papers and in the mail that came when a settlement took effect.`}
          value={typed}
          onChange={compareWith}
          spellCheck={false}
          fault={typed.trim() !== "" && fingerprint === null ? t`A fingerprint has 64 digits, 0 to 9 and a to f. Spaces and colons do not matter.` : null}
        />
        <section className="stack-wide" aria-live="polite">
          {outcome === null ? null : <Result outcome={outcome} name={record?.name ?? ""} />}
          {paper === null ? null : <PaperCard paper={paper} report={report} />}
        </section>
        {report === null ? null : <ReportCards report={report} />}
        {report === null ? null : <NotProven />}
        <p className="note">
          <Trans>
            The same can be checked without this site: by the program “mediation verify”, or by one that anybody writes from the published
            description of the format.
          </Trans>
        </p>
      </div>
    </Frame>
  );
}

function Result({ outcome, name }: { outcome: Outcome; name: string }) {
  const { t } = useLingui();
  const faultWords = useFaultWords();
  const hindranceWords = useHindranceWords();
  switch (outcome.kind) {
    case "checking":
      return <Skeleton label={t`Checking`} lines={2} />;
    case "verifies": {
      const { report } = outcome;
      return (
        <Banner tone="good" title={<Trans>This record is in order.</Trans>}>
          <p>
            {name}, <Moment at={report.exportedAt} show="full" />
          </p>
          <p>
            {report.expected === "signer" ? (
              <Trans>It is signed by the key that you gave.</Trans>
            ) : report.expected === "earlier" ? (
              <Trans>It is signed by a key to which the one that you gave handed over.</Trans>
            ) : (
              <Trans>Whether it came from the portal that you think of, only its fingerprint tells: compare it below.</Trans>
            )}
          </p>
        </Banner>
      );
    }
    case "wrong":
      return (
        <Banner tone="bad" urgent title={<Trans>This record does not verify.</Trans>}>
          <p>{faultWords(outcome.fault)}</p>
          <p className="note">
            <Trans>The first thing that is wrong:</Trans> <code className="verify-code">{outcome.where}</code>
          </p>
        </Banner>
      );
    case "unreadable": {
      const { title, next } = hindranceWords(outcome.hindrance);
      return (
        <Banner tone="warn" title={title}>
          {next}
        </Banner>
      );
    }
  }
}

/** A printed paper by itself says nothing; the record that lists it does. */
function PaperCard({ paper, report }: { paper: Paper; report: Report | null }) {
  const listed = report?.printed.find((one) => one.sha256 === paper.sha256);
  const count = report?.printed.length ?? 0;
  return (
    <Card title={paper.name}>
      {report === null ? (
        <p>
          <Trans>A printed paper is proven by the record that lists it: choose the record of the case, too. Or compare these digits with those of another copy.</Trans>{" "}
          <Link href={links.lookUp}>
            <Trans>Look it up by the code on it</Trans>
          </Link>
        </p>
      ) : listed === undefined ? (
        <Banner tone="bad" title={<Trans>The record does not list this paper.</Trans>}>
          <Plural
            value={count}
            _0="It lists no printed paper at all: none had been made when it was downloaded."
            one="It lists one printed paper, and this is not it, to the byte."
            other="It lists # printed papers, and this is none of them, to the byte."
          />
        </Banner>
      ) : (
        <Banner tone="good" title={<Trans>This is a paper that the record lists, to the byte.</Trans>}>
          <Trans>Nothing in it was changed since it was made.</Trans>
        </Banner>
      )}
      <p className="note">
        <Trans>SHA-256 of the file</Trans>
        <br />
        <code className="verify-code">{paper.sha256}</code>
      </p>
    </Card>
  );
}
