/** What changes from one ladder to another, line by line. */
import { Trans } from "@lingui/react/macro";
import type { Difference } from "./compare";

export function Differences({ found }: { found: readonly Difference[] }) {
  if (found.length === 0) {
    return (
      <p className="note">
        <Trans>Nothing differs.</Trans>
      </p>
    );
  }
  return (
    <dl className="differences">
      {found.map(({ what, before, after }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            {before === null || before === "" ? null : <del>{before}</del>} {after === null || after === "" ? null : <ins>{after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
