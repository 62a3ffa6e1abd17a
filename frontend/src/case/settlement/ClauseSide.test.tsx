import { fireEvent, screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { CaseView, CommentView, DraftingView, SuggestionView } from "../../api/types";
import { clausesOf } from "../../drafting/clauses";
import { clauseOfWords } from "../../drafting/clauseJson";
import { schema } from "../../drafting/schema";
import { aCase, jonas, lucia } from "../../testing/aCase";
import { show } from "../../testing/show";
import { ClauseSide } from "./ClauseSide";
import { standingsOf } from "./standing";
import { byPlace } from "./suggesting";
import type { TextDesk } from "./textDesk";

const ID = "1".repeat(32);
const HASH = "e".repeat(64);
const clauses = clausesOf(schema.nodeFromJSON({ type: "doc", content: [clauseOfWords(ID, "Pay 500.")] }));

const suggestion = (change: Partial<SuggestionView>): SuggestionView => ({
  suggestion: "2".repeat(32),
  change: "replace",
  clause: ID,
  base_hash: HASH,
  after: null,
  node: { ...clauseOfWords(ID, "Pay 900.") },
  why: "It costs more.",
  by: jonas,
  at: "2026-11-21T10:00:00.000Z",
  state: "open",
  can: [],
  ...change,
});

function aDesk(drafting: Partial<DraftingView>, view: Partial<CaseView> = {}): TextDesk {
  const whole: DraftingView = { mode: "one-text", suggestions: [], assents: [], lapsed: [], language: null, lapsed_with_language: [], reading: null, proposed: null, versions: [], ...drafting };
  const standings = standingsOf(clauses, new Map([[ID, HASH]]), whole);
  return {
    view: aCase({ comments: [], allowed_actions: ["GiveClauseAssent", "Suggest"], ...view }),
    drafting: whole,
    document: "settlement.1",
    canEdit: false,
    clauses,
    standings: new Map(standings.map((one) => [one.clause, one])),
    suggestions: byPlace(whole.suggestions, [ID]),
    handle: null,
    found: new Map(),
    lookedFor: null,
    isNarrow: false,
    ask: vi.fn(),
  };
}

function shown(desk: TextDesk) {
  for (const clause of clauses) show(<ClauseSide desk={desk} clause={clause} />);
}

test("a clause that nobody agreed to asks for agreement", () => {
  shown(aDesk({}));
  expect(screen.getByText("Nobody has agreed yet")).toBeDefined();
  expect(screen.getByRole("button", { name: /^I agree to this clause/ })).toBeDefined();
});

test.each([
  ["You agree", { business: null, client: HASH }, []],
  ["Both agree", { business: HASH, client: HASH }, []],
  ["Larkspur Studio GmbH agrees", { business: HASH, client: null }, []],
  ["Changed since it was agreed to: read it again", { business: null, client: "0".repeat(64) }, [ID]],
])("says “%s” when it is so", (words, assent, lapsed) => {
  shown(aDesk({ assents: [{ clause: ID, ...assent }], lapsed }));
  expect(screen.getByText(words)).toBeDefined();
});

test("nobody is asked to agree while a suggestion is undecided, and it is told with its author and reason", () => {
  shown(aDesk({ suggestions: [suggestion({})] }));
  expect(screen.queryByRole("button", { name: /^I agree/ })).toBeNull();
  expect(screen.getByRole("article", { name: "Suggestion of Jonas Weidt" }).textContent).toMatch(/\[removed: 500\].*\[added: 900\].*Why: It costs more\./s);
  expect(screen.queryByRole("button", { name: "Accept" })).toBeNull();
});

test("what may be done with a suggestion comes from the server", () => {
  shown(aDesk({ suggestions: [suggestion({ can: ["AcceptSuggestion", "RejectSuggestion"] })] }));
  expect(screen.getByRole("button", { name: "Accept" })).toBeDefined();
  expect(screen.getByRole("button", { name: "Reject" })).toBeDefined();
  expect(screen.queryByRole("button", { name: "Withdraw" })).toBeNull();
});

test("a suggestion for an earlier wording is looked at again and not accepted", () => {
  shown(aDesk({ suggestions: [suggestion({ base_hash: "0".repeat(64), can: ["AcceptSuggestion", "RejectSuggestion"] })] }));
  expect(screen.queryByRole("button", { name: "Accept" })).toBeNull();
  expect(screen.getByRole("button", { name: "Look at it again" })).toBeDefined();
});

test("a comment says who sees it", () => {
  const comment: CommentView = {
    comment: "3".repeat(32),
    room: "caucus-client",
    document: "settlement.1",
    clause: ID,
    quote: "500",
    anchor: "",
    text: "Less would do.",
    by: lucia,
    at: "2026-11-21T10:00:00.000Z",
    in_answer_to: null,
    mentions: [],
    resolved: false,
    can: [],
  };
  shown(aDesk({}, { comments: [comment] }));
  expect(screen.getByText("Private: only you and Dr Amara Okafor")).toBeDefined();
  expect(screen.getByText("Less would do.")).toBeDefined();
});

const rival = suggestion({ suggestion: "4".repeat(32), node: { ...clauseOfWords(ID, "Pay 700.") }, by: lucia, why: "" });
const both = (can: string[]) => aDesk({ suggestions: [suggestion({ can }), { ...rival, can }] });

test("two suggestions for one clause are told together, and one is not accepted before it is said what becomes of the other", () => {
  shown(both(["AcceptSuggestion"]));
  expect(screen.getByText(/^2 suggestions for this clause\. Only one/)).toBeDefined();
  const [accept] = screen.getAllByRole("button", { name: "Accept" });
  if (accept !== undefined) fireEvent.click(accept);
  const dialog = screen.getByRole("alertdialog", { name: "Accept the suggestion of Jonas Weidt?" });
  expect(dialog.textContent).toContain("another suggestion for this clause, of Lucia Pirelli");
  expect(within(dialog).getByRole("button", { name: "Accept this one" })).toBeDefined();
  expect(within(dialog).getByRole("button", { name: "Write one from both" })).toBeDefined();
});

test("whoever may suggest can write one wording from both", () => {
  const desk = both([]);
  shown(desk);
  fireEvent.click(screen.getByRole("button", { name: "Write one from both" }));
  expect(desk.ask).toHaveBeenCalledWith(expect.objectContaining({ kind: "replace", beside: desk.drafting.suggestions }));
});

test.each([
  ["followed", "Show in the text"],
  ["by-words", "Show in the text"],
  ["gone", "These words are no longer in the text."],
] as const)("of a comment on words that are %s it is said: %s", (found, words) => {
  const id = "3".repeat(32);
  const comment: CommentView = {
    comment: id,
    room: "joint",
    document: "settlement.1",
    clause: ID,
    quote: "500",
    anchor: "AA.AA",
    text: "@Jonas Weidt, less?",
    by: lucia,
    at: "2026-11-21T10:00:00.000Z",
    in_answer_to: null,
    mentions: [jonas],
    resolved: false,
    can: [],
  };
  shown({ ...aDesk({}, { comments: [comment] }), found: new Map([[id, found]]) });
  expect(screen.getByText(words)).toBeDefined();
  expect(screen.getByText("@Jonas Weidt").className).toContain("mention");
});

test("a clause whose reference leads nowhere says so", () => {
  const loose = clausesOf(
    schema.nodeFromJSON({ type: "doc", content: [{ type: "clause", attrs: { id: ID }, content: [{ type: "paragraph", content: [{ type: "clause_ref", attrs: { clause: "9".repeat(32) } }] }] }] }),
  );
  const desk = { ...aDesk({}), clauses: loose };
  for (const clause of loose) show(<ClauseSide desk={desk} clause={clause} />);
  expect(screen.getByText(/^It refers to a clause that is not in the text/)).toBeDefined();
});
