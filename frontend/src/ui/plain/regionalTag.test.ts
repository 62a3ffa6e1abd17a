import { afterEach, expect, test, vi } from "vitest";
import { regionalTag } from "./regionalTag";

afterEach(() => vi.restoreAllMocks());

function browserSpeaks(...tags: string[]): void {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(tags);
}

test("the region is the person's own", () => {
  browserSpeaks("fr-FR", "en-GB");
  expect(regionalTag("en")).toBe("en-GB");
});

test("a tag that is none is passed over", () => {
  browserSpeaks("en-US@posix");
  expect(regionalTag("en")).toBe("en");
});
