/** The amounts that a text marks, out of its plain form: what is owed, as far as the writers have said so. */
import type { Money } from "../../api/types";
import type { NodeJson } from "../../drafting/canonical";
import { amountOf } from "../../drafting/values";

export function amountsInJson(node: NodeJson): readonly Money[] {
  const here = (node.marks ?? []).flatMap((mark) => {
    const amount = mark.type === "amount" ? amountOf(mark.attrs) : null;
    return amount === null ? [] : [amount];
  });
  return [...here, ...(node.content ?? []).flatMap(amountsInJson)];
}
