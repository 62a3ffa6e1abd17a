import { Plural } from "@lingui/react/macro";
import type { CaseView } from "../../api/types";
import { partyName } from "../people";

/** Who comes here every day is levelled with who comes once: how often this mediator has sat with this business. */
export function EarlierCases({ view }: { view: CaseView }) {
  const count = view.mediator?.earlier_cases ?? null;
  if (count === null) return null;
  const business = partyName(view, "business");
  return (
    <p className="note">
      <Plural
        value={count}
        _0={`Has had no earlier case with ${business} on this portal.`}
        one={`Has had one earlier case with ${business} on this portal.`}
        other={`Has had # earlier cases with ${business} on this portal.`}
      />
    </p>
  );
}
