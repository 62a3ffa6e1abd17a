import { fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { LIBRARY } from "../../drafting/library/clauses";
import { aCase } from "../../testing/aCase";
import { show } from "../../testing/show";
import { wordsIn } from "../../text/language";
import { LibraryDialog } from "./LibraryDialog";
import type { TextDesk } from "./textDesk";

const COSTS = {
  provider: "Harbour Mediation",
  clause: "1".repeat(32),
  language: "de",
  title: "Kosten der Mediation",
  words: "[Wer] trägt die Kosten.\nSonst trägt jede Seite ihre eigenen.",
  means: "Hier steht, wer den Mediator bezahlt.",
  takes_rights: true,
};

/** A client's desk: the pen is the mediator's, suggesting is open to everybody. */
function shown(answer: () => Promise<Response>, language: string | null = null) {
  vi.stubGlobal("fetch", answer);
  const desk = { view: aCase({ allowed_actions: ["Suggest"] }), drafting: { language }, canEdit: false, clauses: [], handle: null, ask: vi.fn() };
  show(<LibraryDialog desk={desk as unknown as TextDesk} after={null} onClose={() => undefined} />);
  return desk;
}

afterEach(() => vi.unstubAllGlobals());

test("the provider's own clauses stand before the portal's, under its name, and say in which language they are", async () => {
  shown(() => Promise.resolve(Response.json({ clauses: [COSTS] })));
  expect(await screen.findByRole("heading", { name: "From Harbour Mediation" })).toBeDefined();
  const names = screen.getAllByRole("button").map((one) => one.textContent);
  const own = names.findIndex((name) => name.startsWith("Kosten der Mediation"));
  expect(own).toBeLessThan(names.findIndex((name) => name.startsWith("Release")));
  expect(names[own]).toContain("Deutsch");
});

test("a clause is read with what it means and what it takes, and a side takes it as a suggestion to fill in", async () => {
  const desk = shown(() => Promise.resolve(Response.json({ clauses: [COSTS] })));
  fireEvent.click(await screen.findByRole("button", { name: /^Kosten/ }));
  const dialog = within(screen.getByRole("dialog", { name: "Kosten der Mediation" }));
  expect(dialog.getByText("[Wer]").tagName).toBe("MARK");
  expect(dialog.getByText(COSTS.means)).toBeDefined();
  expect(dialog.getByText(/takes or limits rights/)).toBeDefined();
  fireEvent.click(dialog.getByRole("button", { name: "Fill it in and suggest it" }));
  expect(desk.ask).toHaveBeenCalledWith({ kind: "insert", after: null, words: COSTS.words });
});

test("without a provider there are no headings, and without an answer the portal's clauses are there all the same", async () => {
  shown(() => Promise.resolve(Response.json({ clauses: [] })));
  expect(await screen.findByRole("button", { name: /^Release/ })).toBeDefined();
  expect(screen.queryByRole("heading", { name: "From this portal" })).toBeNull();
});

test("when the provider's clauses do not come, the portal's are offered and asking again is possible", async () => {
  const refused = { status: 403, code: "not-on-this-case", title: "This case is not open to you.", next: "Ask." };
  let answer = Response.json(refused, { status: 403 });
  shown(() => Promise.resolve(answer));
  const again = await screen.findByRole("button", { name: "Try again" });
  expect(screen.getByRole("button", { name: /^Release/ })).toBeDefined();
  answer = Response.json({ clauses: [COSTS] });
  fireEvent.click(again);
  expect(await screen.findByRole("button", { name: /^Kosten/ })).toBeDefined();
});

test("in a German text the portal's clauses are worded in German, and told in the language of whoever reads them", async () => {
  const desk = shown(() => Promise.resolve(Response.json({ clauses: [COSTS] })), "de-AT");
  const own = await screen.findByRole("button", { name: /^Kosten/ });
  expect(own.textContent).not.toContain("Deutsch");
  fireEvent.click(screen.getByRole("button", { name: /^Governing law/ }));
  expect(screen.getByText(/decides\.$/)).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Fill it in and suggest it" }));
  const [asked] = desk.ask.mock.calls[0] as [{ words: string }];
  const [german, english] = [await wordsIn("de"), await wordsIn("en")];
  const both = LIBRARY.filter(({ id }) => id === "governing-law").map(({ words }) => [german._(words), english._(words)]);
  expect(both).toEqual([[asked.words, expect.not.stringMatching(asked.words)]]);
});
