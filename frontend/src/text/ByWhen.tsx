/** By when the next step is due, and whose it is: the last day of an answer, or else of this step of the ladder. */
import { Trans } from "@lingui/react/macro";
import type { NowNext, Party } from "../api/types";
import { Day } from "../ui";

export function ByWhen({ line, party, nameOf }: { line: NowNext; party: Party | null; nameOf: (party: Party) => string }) {
  const { by, until, owed_by: owedBy } = line;
  if (typeof by === "string") {
    if (typeof owedBy !== "string" || owedBy === party) {
      return (
        <Trans>
          by <Day on={by} />
        </Trans>
      );
    }
    const name = nameOf(owedBy);
    return (
      <Trans>
        {name} has until <Day on={by} /> to answer.
      </Trans>
    );
  }
  if (typeof until !== "string") return null;
  return (
    <Trans>
      This step has time until <Day on={until} />.
    </Trans>
  );
}
