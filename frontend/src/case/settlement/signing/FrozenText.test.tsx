import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { NodeJson } from "../../../drafting/canonical";
import { show } from "../../../testing/show";
import { FrozenText } from "./FrozenText";

const [FIRST, SECOND, GONE] = ["1", "2", "3"].map((sign) => sign.repeat(32));
const clause = (id: string | undefined, ...content: NodeJson[]): NodeJson => ({ type: "clause", attrs: { id }, content: [{ type: "paragraph", content }] });
const refersTo = (id: string | undefined): NodeJson => ({ type: "clause_ref", attrs: { clause: id } });
const text = (words: string, ...marks: NonNullable<NodeJson["marks"]>): NodeJson => ({ type: "text", text: words, ...(marks.length > 0 ? { marks } : {}) });

test("the text that is signed names clauses by their numbers, and leaves no marked word out", () => {
  const amount = { type: "amount", attrs: { minor: 320_000, currency: "EUR" } };
  show(<FrozenText node={{ type: "doc", content: [clause(FIRST, text("As in "), refersTo(SECOND), text(", not "), refersTo(GONE), text(".")), clause(SECOND, text("Pay "), text("€ 3,200.00", amount), text("."))] }} />);
  expect(screen.getByRole("region", { name: "Clause 1" }).textContent).toBe("1.As in clause 2, not [a clause that is not in the text].");
  expect(screen.getByRole("region", { name: "Clause 2" }).textContent).toBe("2.Pay € 3,200.00.");
});
