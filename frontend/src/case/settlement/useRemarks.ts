/** What is said of words in the text, as the editor draws it: open threads alone, each in the colour of its room. */
import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import type { CaseView } from "../../api/types";
import type { Remark } from "../../drafting/anchors";
import { nameOf } from "../people";
import { roomLook } from "../rooms";

/** The same list for as long as nothing in it changes: the editor draws anew for another one. */
export function useRemarks(view: CaseView, document: string): readonly Remark[] {
  const { t } = useLingui();
  const remarks = view.comments
    .filter((one) => one.in_answer_to === null && !one.resolved && (one.quote !== "" || one.anchor !== ""))
    .map((one): Remark => {
      const name = nameOf(view, one.by);
      return {
        id: one.comment,
        clause: one.clause,
        quote: one.quote,
        // Places in another document mean nothing in this one.
        anchor: one.document === document ? one.anchor : "",
        accent: roomLook(one.room, view.me.party).accent,
        title: t`Comment of ${name}`,
      };
    });
  const spelt = JSON.stringify(remarks);
  return useMemo(() => JSON.parse(spelt) as readonly Remark[], [spelt]);
}
