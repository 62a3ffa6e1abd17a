// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { inARow, type PageLink } from "./Pages";

function page(id: string, label: string): PageLink {
  return { id, href: `/${id}`, label, short: label, icon: "table" };
}

const few = [page("", "Table"), page("talk/joint", "Conversation"), page("people", "People"), page("papers", "Papers")];
const many = [
  ...few.slice(0, 2),
  page("talk/caucus-business", "Private: Larkspur Studio GmbH"),
  page("talk/caucus-client", "Private: Osteria Pirelli"),
  page("talk/private-0a1b2c3d", "Lawyer and management"),
  page("talk/talks", "Direct talks"),
  page("files", "Files"),
  ...few.slice(2),
];
const ids = (pages: readonly PageLink[]) => pages.map((one) => one.id);

describe("the pages of a case in a row", () => {
  it("all stand there while they fit", () => {
    const [near, far] = inARow(few, "wide", "");
    expect(ids(near)).toEqual(ids(few));
    expect(far).toEqual([]);
  });

  it("give way to People and Papers when there are many rooms, and stay behind More", () => {
    const [near, far] = inARow(many, "wide", "");
    expect(ids(near)).toContain("papers");
    expect(ids(far)).toContain("talk/private-0a1b2c3d");
    expect([...ids(near), ...ids(far)].sort()).toEqual(ids(many).sort());
  });

  it("never lose the one that is open", () => {
    const [near] = inARow(many, "narrow", "talk/private-0a1b2c3d");
    expect(ids(near)).toContain("talk/private-0a1b2c3d");
  });
});
