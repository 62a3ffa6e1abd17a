/** A provider's own ready clauses, for those who lead it. They are offered in every mediation of its mediators. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useCallback, useState } from "react";
import type { Account } from "../api/account";
import { type ClauseVersion, providersClauses } from "../api/readyClauses";
import { Frame } from "../account/Frame";
import { StaffLinks } from "../account/StaffLinks";
import { Waiting } from "../account/Waiting";
import { useLoaded } from "../live/useLoaded";
import { usePageTitle } from "../router";
import { Button, Card, EmptyState } from "../ui/plain";
import { ClauseForm } from "./ClauseForm";
import { OneClause } from "./OneClause";
import "./admin.css";

export function ReadyClausesPage({ account, provider }: { account: Account; provider: string }) {
  const { t } = useLingui();
  usePageTitle(t`Ready clauses`);
  const { loaded, again } = useLoaded(useCallback(() => providersClauses(provider), [provider]));
  return (
    <Frame actions={<StaffLinks account={account} />}>
      <div className="stack-wide">
        <div className="stack">
          <h1>
            <Trans>Ready clauses</Trans>
          </h1>
          {loaded.state === "here" ? <Purpose provider={loaded.it.provider} /> : null}
        </div>
        <Waiting loaded={loaded} again={again}>
          {({ clauses }) => <Clauses provider={provider} fetched={clauses} onStale={again} />}
        </Waiting>
      </div>
    </Frame>
  );
}

function Purpose({ provider }: { provider: string }) {
  return (
    <p className="soft">
      <Trans>
        Wordings of {provider} that a settlement can begin with. Everyone in a mediation with one of your mediators finds them beside
        those of this portal. What is taken into a settlement is a copy: whatever you change here, no settlement changes.
      </Trans>
    </p>
  );
}

/** What was fetched, each with what was written of it since, and before them what is new. */
function newestOf(fetched: readonly ClauseVersion[], written: readonly ClauseVersion[]): readonly ClauseVersion[] {
  const known = new Map(fetched.map((one) => [one.clause, one]));
  const added = new Map<string, ClauseVersion>();
  for (const one of written) {
    const among = known.has(one.clause) ? known : added;
    if (one.version > (among.get(one.clause)?.version ?? 0)) among.set(one.clause, one);
  }
  return [...added.values(), ...known.values()];
}

/** One is written at a time: "new", the id of one that is rewritten, or none. */
function Clauses({ provider, fetched, onStale }: { provider: string; fetched: readonly ClauseVersion[]; onStale: () => void }) {
  const [writing, setWriting] = useState<string | null>(null);
  const [written, setWritten] = useState<readonly ClauseVersion[]>([]);
  const clauses = newestOf(fetched, written);
  const onBack = () => setWriting(null);
  const onWritten = (one: ClauseVersion) => {
    setWritten((earlier) => [...earlier, one]);
    setWriting(null);
  };
  const begin = (
    <Button kind="primary" icon="add" onPress={() => setWriting("new")}>
      <Trans>Write a clause</Trans>
    </Button>
  );
  return (
    <>
      {writing === "new" ? (
        <Card title={<Trans>A new clause</Trans>}>
          <ClauseForm provider={provider} clause={null} onWritten={onWritten} onBack={onBack} onStale={onStale} />
        </Card>
      ) : clauses.length === 0 ? (
        <Empty begin={begin} />
      ) : (
        <div className="row">{begin}</div>
      )}
      {clauses.length === 0 ? null : (
        <ul className="plain-list">
          {clauses.map((one) => (
            <li key={one.clause}>
              <OneClause
                provider={provider}
                one={one}
                isWriting={writing === one.clause}
                onWrite={() => setWriting(one.clause)}
                onBack={onBack}
                onWritten={onWritten}
                onStale={onStale}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Empty({ begin }: { begin: ReactNode }) {
  const { t } = useLingui();
  return (
    <EmptyState icon="clause" level={2} title={t`No clauses of your own yet`} actions={begin}>
      <div className="stack">
        <p>
          <Trans>
            The portal brings clauses of its own. Add those that your mediators keep writing again: how a delivery is checked, what
            interest is owed, who bears which costs.
          </Trans>
        </p>
        <p>
          <Trans>
            A good one is short, puts what differs from case to case into [square brackets], and says in plain words what it means for
            whoever agrees to it.
          </Trans>
        </p>
      </div>
    </EmptyState>
  );
}
