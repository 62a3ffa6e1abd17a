/** Tables that can be edited, and that a browser mends only together with a change of its own. */
import { Plugin, type PluginSpec } from "prosemirror-state";
import { tableEditing } from "prosemirror-tables";
import { cameFromOthers } from "./others";

/**
 * Two people who change the columns and the rows of one table at once may leave a row short of a cell. prosemirror-tables
 * adds it; but what a browser adds to a change that came over the wire is not written to the shared text, and then its
 * screen, and the hash of the clause on it, are not what everybody has. So the table stays as it is everywhere until
 * somebody changes it, and is mended with that change.
 */
export function tables(): Plugin {
  const spec = tableEditing().spec as PluginSpec<unknown>;
  return new Plugin({
    ...spec,
    appendTransaction(transactions, before, after) {
      if (transactions.every((tr) => !tr.docChanged || cameFromOthers(tr))) return null;
      return spec.appendTransaction?.call(this, transactions, before, after) ?? null;
    },
  });
}
