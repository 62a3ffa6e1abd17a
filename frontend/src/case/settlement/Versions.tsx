/** The text as it was: keep it under a name, compare any two, and go on from an earlier one. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useState } from "react";
import type { VersionView } from "../../api/types";
import { compareTexts, type PartChange } from "../../drafting/compare";
import { Comparison } from "../../drafting/Wording";
import { useCommand } from "../../live/useCommand";
import { useLoaded } from "../../live/useLoaded";
import { announce, Button, ConfirmDialog, Dialog, Form, Select, Skeleton, Tag, TextField, Time } from "../../ui";
import { mayGive } from "../lookup";
import { nameOf } from "../people";
import { ProblemNote } from "../ProblemNote";
import { useAct } from "../useAct";
import { keptVersion, textNow } from "./texts";
import type { TextDesk } from "./textDesk";

const NOW = "now";

export function VersionsDialog({ desk, onClose }: { desk: TextDesk; onClose: () => void }) {
  const { t } = useLingui();
  const { view, drafting } = desk;
  const [compared, setCompared] = useState<{ from: string; to: string } | null>(null);
  const versions = [...drafting.versions].sort((a, b) => b.at.localeCompare(a.at));
  const newest = versions[0];
  return (
    <Dialog
      title={t`Versions of the text`}
      size="large"
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      closeLabel={t`Close`}
    >
      {mayGive(view, "KeepVersion") ? <Keep caseId={view.case} /> : null}
      {versions.length === 0 ? (
        <p className="soft">
          <Trans>No version is kept yet. Whoever writes can keep the text as it is under a name, and come back to it later.</Trans>
        </p>
      ) : (
        <ul className="plain-list">
          {versions.map((one) => (
            <OneVersion key={one.version} desk={desk} version={one} onCompare={() => setCompared({ from: one.version, to: NOW })} onRestored={onClose} />
          ))}
        </ul>
      )}
      {compared === null || newest === undefined ? null : <Compared key={`${compared.from} ${compared.to}`} caseId={view.case} versions={versions} compared={compared} onChoose={setCompared} />}
    </Dialog>
  );
}

function Keep({ caseId }: { caseId: string }) {
  const { t } = useLingui();
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const { give, status, problem } = useCommand(caseId);
  const keep = async () => {
    setTried(true);
    if (name.trim() === "" || status !== "idle") return;
    if ((await give("versions", { name: name.trim() })) === null) return;
    announce(t`Kept.`, { tone: "good" });
    setName("");
    setTried(false);
  };
  return (
    <Form label={t`Keep the text as it is`} onSubmit={() => void keep()}>
      <TextField
        label={t`Keep the text as it is now, under this name`}
        maxLength={200}
        value={name}
        onChange={setName}
        fault={tried && name.trim() === "" ? t`Give it a name by which you will find it again.` : null}
      />
      <ProblemNote problem={problem} />
      <div>
        <Button type="submit" small icon="saved" isPending={status !== "idle"}>
          <Trans>Keep this version</Trans>
        </Button>
      </div>
    </Form>
  );
}

function OneVersion({ desk, version, onCompare, onRestored }: { desk: TextDesk; version: VersionView; onCompare: () => void; onRestored: () => void }) {
  const { t } = useLingui();
  const { view } = desk;
  const { act, busy } = useAct(view.case);
  const [asking, setAsking] = useState(false);
  const { name } = version;
  const by = nameOf(view, version.by);
  return (
    <li className="ready">
      <p>
        <strong>{name}</strong>
        <br />
        <span className="note">
          <Trans>Kept by {by}</Trans>, <Time at={version.at} />
        </span>
      </p>
      <span className="agree-acts">
        <Button small icon="look" aria-label={t`Compare “${name}” with another`} onPress={onCompare}>
          <Trans>Compare</Trans>
        </Button>
        {mayGive(view, "RestoreVersion") ? (
          <Button small kind="quiet" icon="undo" aria-label={t`Go on from this one: “${name}”`} onPress={() => setAsking(true)}>
            <Trans>Go on from this one</Trans>
          </Button>
        ) : null}
      </span>
      <ConfirmDialog
        title={t`Go on from “${name}”?`}
        isOpen={asking}
        onOpenChange={setAsking}
        confirm={t`Go on from this version`}
        decline={t`Not now`}
        isPending={busy}
        onConfirm={() =>
          void act("version-restorations", { version: version.version }).then((written) => {
            setAsking(false);
            if (written === null) return;
            announce(t`The text reads as in “${name}” again, for everybody.`, { tone: "good" });
            onRestored();
          })
        }
      >
        <p>
          <Trans>Everybody’s text becomes this earlier wording at once. What was written since is gone from the text unless it is kept as a version first. Open suggestions were made for the other text and cannot be taken up any more.</Trans>
        </p>
      </ConfirmDialog>
    </li>
  );
}

function Compared({
  caseId,
  versions,
  compared,
  onChoose,
}: {
  caseId: string;
  versions: readonly VersionView[];
  compared: { from: string; to: string };
  onChoose: (compared: { from: string; to: string }) => void;
}) {
  const { t } = useLingui();
  const { from, to } = compared;
  const fetchBoth = useCallback(async () => {
    const read = (which: string) => (which === NOW ? textNow(caseId) : keptVersion(caseId, which));
    const [before, after] = await Promise.all([read(from), read(to)]);
    return compareTexts(before, after);
  }, [caseId, from, to]);
  const { loaded } = useLoaded(fetchBoth);
  const choices = [...versions.map((one) => ({ value: one.version, label: one.name })), { value: NOW, label: t`The text as it is now` }];
  return (
    <section className="compared" aria-label={t`Comparison`}>
      <div className="compared-which">
        <Select label={t`Before`} placeholder={t`Choose a version`} value={from} choices={choices} onChange={(next) => onChoose({ from: next, to })} />
        <Select label={t`After`} placeholder={t`Choose a version`} value={to} choices={choices} onChange={(next) => onChoose({ from, to: next })} />
      </div>
      {loaded.state === "loading" ? <Skeleton label={t`Comparing …`} lines={5} /> : null}
      {loaded.state === "failed" ? <ProblemNote problem={loaded.problem} /> : null}
      {loaded.state === "here" ? <Parts parts={loaded.it} /> : null}
    </section>
  );
}

function Parts({ parts }: { parts: readonly PartChange[] }) {
  const { t } = useLingui();
  const words: Record<PartChange["change"], string> = { same: "", changed: t`changed`, added: t`new`, removed: t`removed`, moved: t`moved` };
  const differing = parts.filter((part) => part.change !== "same");
  const same = parts.length - differing.length;
  return (
    <>
      {differing.length === 0 ? (
        <p>
          <Trans>They read the same.</Trans>
        </p>
      ) : null}
      {differing.map((part, index) => {
        const number = part.number ?? 0;
        return (
          <article key={index} className="compared-part">
            <p>
              <strong>
                {part.number === null ? <Trans>Between the clauses</Trans> : part.change === "removed" ? <Trans>Clause {number} of the earlier text</Trans> : <Trans>Clause {number}</Trans>}
              </strong> <Tag tone="accent">{words[part.change]}</Tag>
            </p>
            {part.change === "moved" ? null : <Comparison before={part.before} after={part.after} />}
          </article>
        );
      })}
      {same > 0 && differing.length > 0 ? (
        <p className="note">
          <Plural value={same} one="# other part reads the same." other="# other parts read the same." />
        </p>
      ) : null}
    </>
  );
}
