/** How a ladder was over time: who put which version in force and when, and what it changed. */
import { Plural, Trans } from "@lingui/react/macro";
import { useCallback, useState } from "react";
import { type ForWhich, type PolicyVersion, versionsOfPolicy } from "../../api/policies";
import { Waiting } from "../../account/Waiting";
import { useLoaded } from "../../live/useLoaded";
import { Moment, Tag } from "../../ui/plain";
import { differences } from "./compare";
import { Differences } from "./Differences";

export function PolicyVersions({ business, category, newest }: { business: string; category: ForWhich; newest: number }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="admin-more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="link">
        <Plural value={newest} one="# version: who and when" other="# versions: who, when, and what changed" />
      </summary>
      {isOpen ? <Versions key={newest} business={business} category={category} /> : null}
    </details>
  );
}

function Versions({ business, category }: { business: string; category: ForWhich }) {
  const { loaded, again } = useLoaded(useCallback(() => versionsOfPolicy(business, category), [business, category]));
  return (
    <Waiting loaded={loaded} again={again}>
      {(all) => (
        <ol className="plain-list" reversed>
          {all.map((one, place) => (
            <li key={one.version} className="stack-tight admin-line">
              <Head one={one} />
              <Changed one={one} before={all[place + 1]} />
            </li>
          ))}
        </ol>
      )}
    </Waiting>
  );
}

function Head({ one: { version, by, at, retired } }: { one: PolicyVersion }) {
  return (
    <p className="row">
      <strong>
        <Trans>Version {version}</Trans>
      </strong>
      <span className="note">
        <Trans>
          by {by}, <Moment at={at} show="full" />
        </Trans>
      </span>
      {retired ? (
        <Tag tone="warn">
          <Trans>Used no more</Trans>
        </Tag>
      ) : null}
    </p>
  );
}

function Changed({ one, before }: { one: PolicyVersion; before: PolicyVersion | undefined }) {
  if (before === undefined) {
    return one.version === 1 ? (
      <p className="note">
        <Trans>The first one.</Trans>
      </p>
    ) : null;
  }
  if (one.retired && !before.retired) {
    return (
      <p className="note">
        <Trans>From then on another ladder took its place.</Trans>
      </p>
    );
  }
  return <Differences found={differences(before, one)} />;
}
