import { describe, expect, it } from "vitest";
import type { CaseView, FileView } from "../../api/types";
import { filesIn, mayBeDrawn, sizeWords } from "./files";

function file(room: string, name: string, minute: number): FileView {
  return {
    file: name,
    room,
    name,
    media_type: "application/pdf",
    size: 10,
    sha256: "0".repeat(64),
    origin: "existed-before",
    by: "a".repeat(32),
    at: `2026-11-21T10:0${minute}:00.000Z`,
    can: [],
  };
}

describe("the size of a file", () => {
  it("is said as people say it", () => {
    expect(sizeWords(2_412_000, "en-GB")).toBe("2.4 MB");
    expect(sizeWords(84_300, "en-GB")).toBe("84 kB");
    expect(sizeWords(2_412_000, "de-DE")).toBe("2,4 MB");
  });

  it("is never nothing", () => {
    expect(sizeWords(12, "en-GB")).toBe("1 kB");
  });
});

describe("the files of a room", () => {
  it("are its own alone, the latest first", () => {
    const view = { files: [file("joint", "early", 1), file("caucus-client", "private", 2), file("joint", "late", 3)] } as unknown as CaseView;
    expect(filesIn(view, "joint").map((one) => one.name)).toEqual(["late", "early"]);
  });
});

describe("looking at a file here", () => {
  it("is offered for pictures and PDFs", () => {
    expect(["image/png", "application/pdf", "text/html", "application/zip"].map(mayBeDrawn)).toEqual([true, true, false, false]);
  });
});
