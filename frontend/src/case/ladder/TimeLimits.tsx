/** How it is with legal time limits now, in a sentence, wherever somebody might forget them. */
import { Trans } from "@lingui/react/macro";
import type { CaseView } from "../../api/types";
import { links } from "../../links";
import { timeLimits } from "../../text/standstill";
import { Day, Link, useNow } from "../../ui";
import { mayGive } from "../lookup";

export function TimeLimits({ view, offer = true }: { view: CaseView; offer?: boolean }) {
  const { until } = view.standstill;
  const state = timeLimits(until, useNow());
  if (until !== null && state === "stand-still") {
    return (
      <Trans>
        Both sides have agreed that legal time limits stand still until the end of <Day on={until} />.
      </Trans>
    );
  }
  return (
    <>
      {until === null ? (
        <Trans>Legal time limits may be running.</Trans>
      ) : (
        <Trans>
          Legal time limits may be running again: that they stand still was agreed until the end of <Day on={until} />.
        </Trans>
      )}
      {offer && mayGive(view, "AgreeStandstill") ? (
        <>
          {" "}
          <Link href={links.standstill(view.case)}>
            <Trans>Agree that they stand still</Trans>
          </Link>
          .
        </>
      ) : null}
    </>
  );
}
