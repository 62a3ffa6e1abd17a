/** What came over the wire, and what somebody did here. */
import type { Transaction } from "prosemirror-state";
import { ySyncPluginKey } from "y-prosemirror";

/** Whether a transaction brings what others wrote. */
export function cameFromOthers(tr: Transaction): boolean {
  const meta = tr.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined;
  return meta?.isChangeOrigin === true;
}
