import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DocumentView } from "../../api/types";
import type { NodeJson } from "../../drafting/canonical";
import { aCase } from "../../testing/aCase";
import { show } from "../../testing/show";
import { BringDialog } from "./PrivateDraftBring";

const SETTLEMENT: DocumentView = { kind: "settlement", name: "settlement.1", epoch: 1, can_edit: false, frozen: false };
const SECRET = "At the very most two thousand.";
const clause = (letter: string, text: string): NodeJson => ({ type: "clause", attrs: { id: letter.repeat(32) }, content: [{ type: "paragraph", content: [{ type: "text", text }] }] });
const TABLE: NodeJson = { type: "doc", content: [clause("a", "Nine hundred euros.")] };
const DRAFT: NodeJson = { type: "doc", content: [clause("a", "Nine hundred and fifty euros."), clause("b", SECRET), clause("c", "Mended by Friday.")] };

let sent: { path: string; body: string }[] = [];
let refuses = false;

beforeEach(() => {
  sent = [];
  refuses = false;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    if (init.method === "GET") return Promise.resolve(Response.json({ document: "settlement.1", text_hash: "", node: TABLE }));
    sent.push({ path, body: typeof init.body === "string" ? init.body : "" });
    if (refuses && sent.length === 2) {
      return Promise.resolve(Response.json({ status: 409, code: "too-many-suggestions", title: "There are too many open suggestions.", next: "Decide some of them first." }, { status: 409 }));
    }
    return Promise.resolve(Response.json({ command_id: "", written: [] }, { status: 201 }));
  });
});
afterEach(() => vi.unstubAllGlobals());

async function opened(canEdit: boolean) {
  const onClose = vi.fn();
  show(<BringDialog view={aCase()} document={{ ...SETTLEMENT, can_edit: canEdit }} draft={DRAFT} onClose={onClose} />);
  await screen.findByText("Everyone at the table will see this.");
  return onClose;
}

const choose = (name: RegExp) => fireEvent.click(screen.getByRole("checkbox", { name }));
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

describe("bringing clauses to the table", () => {
  it("sends nothing of what was not chosen, and no id of the draft", async () => {
    const onClose = await opened(false);
    choose(/Clause 3/);
    press("Suggest this clause");
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent.map(({ path }) => path.split("/").at(-1))).toEqual(["suggestions"]);
    const all = sent.map(({ body }) => body).join(" ");
    expect(all).toContain("Mended by Friday.");
    expect(all).not.toContain(SECRET);
    expect(all).not.toContain("fifty");
    for (const letter of ["b", "c"]) expect(all).not.toContain(letter.repeat(32));
  });

  it("shows what would change in a clause that is on the table", async () => {
    await opened(false);
    expect(screen.getByText("another wording of clause 1")).toBeTruthy();
    choose(/Clause 1/);
    expect(screen.getByRole("group", { name: "What would change" }).textContent).toContain("and fifty");
  });

  it("offers to write at once only to whoever may write, and then takes up what it suggests", async () => {
    const onClose = await opened(true);
    choose(/Clause 1/);
    choose(/Clause 3/);
    press("Write into the text");
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent.map(({ path }) => path.split("/").at(-1))).toEqual(["suggestions", "suggestion-acceptances", "suggestions", "suggestion-acceptances"]);
  });

  it("says how far it came when the table refuses", async () => {
    refuses = true;
    const onClose = await opened(false);
    expect(screen.queryByRole("button", { name: "Write into the text" })).toBeNull();
    choose(/Clause 1/);
    choose(/Clause 3/);
    press("Suggest these 2 clauses");
    expect(await screen.findByText(/1 of 2 are at the table already/)).toBeTruthy();
    expect(onClose).not.toHaveBeenCalled();
  });
});
