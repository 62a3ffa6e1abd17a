/** A ready clause on its provider's page: read as it is offered, rewritten, retired, and as it read before. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useState } from "react";
import { type ClauseVersion, versionsOf, writeClause } from "../api/readyClauses";
import { Waiting } from "../account/Waiting";
import { useLoaded } from "../live/useLoaded";
import { LANGUAGES } from "../text/language";
import { announce } from "../ui/Announcer";
import { Button, Card, Tag } from "../ui/plain";
import { ClauseForm } from "./ClauseForm";
import { AsOffered, WrittenBy } from "./ClauseText";
import { ProblemNote } from "../account/ProblemNote";
import { useDoing } from "../account/useDoing";

interface Given {
  provider: string;
  one: ClauseVersion;
  isWriting: boolean;
  onWrite: () => void;
  onBack: () => void;
  onWritten: (one: ClauseVersion) => void;
  /** What is shown may be old by now. */
  onStale: () => void;
}

export function OneClause({ provider, one, isWriting, onWrite, onBack, onWritten, onStale }: Given) {
  const { t } = useLingui();
  const { busy, problem, doIt } = useDoing();
  const { title, retired } = one;

  async function retire() {
    const { language, words, means, takes_rights } = one;
    const next = { language, title, words, means, takes_rights, retired: !retired };
    await doIt(async () => {
      onWritten(await writeClause(provider, one.clause, one.version + 1, next));
      announce(retired ? t`Taken up again: it is offered from now on.` : t`Retired: it is offered no more. Settlements that have it keep it.`, { tone: "good" });
    }, onStale);
  }

  return (
    <Card
      title={<span lang={one.language}>{title}</span>}
      actions={
        <span className="row">
          <Tag>{LANGUAGES[one.language]}</Tag>
          {retired ? (
            <Tag tone="warn">
              <Trans>Retired</Trans>
            </Tag>
          ) : null}
        </span>
      }
    >
      {isWriting ? (
        <ClauseForm provider={provider} clause={one} onWritten={onWritten} onBack={onBack} onStale={onStale} />
      ) : (
        <>
          <AsOffered one={one} />
          <ProblemNote problem={problem} />
          <div className="row">
            <Button icon="quill" onPress={onWrite}>
              <Trans>Rewrite it</Trans>
              <span className="hidden-visually">: {title}</span>
            </Button>
            <Button kind="quiet" isPending={busy} onPress={() => void retire()}>
              {retired ? <Trans>Take it up again</Trans> : <Trans>Retire it</Trans>}
              <span className="hidden-visually">: {title}</span>
            </Button>
          </div>
          {one.version === 1 ? null : <Earlier provider={provider} one={one} />}
        </>
      )}
    </Card>
  );
}

function Earlier({ provider, one }: { provider: string; one: ClauseVersion }) {
  const [isOpen, setOpen] = useState(false);
  const earlier = one.version - 1;
  return (
    <details className="admin-more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="link">
        <Trans>Versions before this one ({earlier})</Trans>
      </summary>
      {isOpen ? <Versions key={one.version} provider={provider} one={one} /> : null}
    </details>
  );
}

function Versions({ provider, one }: { provider: string; one: ClauseVersion }) {
  const { loaded, again } = useLoaded(useCallback(() => versionsOf(provider, one.clause), [provider, one.clause]));
  return (
    <Waiting loaded={loaded} again={again}>
      {(all) => (
        <ol className="plain-list" reversed>
          {all
            .filter(({ version }) => version < one.version)
            .map((earlier) => (
              <li key={earlier.version} className="stack admin-line">
                <p className="row">
                  <strong lang={earlier.language}>{earlier.title}</strong>
                  {earlier.retired ? (
                    <Tag>
                      <Trans>Retired</Trans>
                    </Tag>
                  ) : null}
                </p>
                <WrittenBy one={earlier} />
                <AsOffered one={earlier} />
              </li>
            ))}
        </ol>
      )}
    </Waiting>
  );
}
