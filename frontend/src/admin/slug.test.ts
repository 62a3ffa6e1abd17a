import { expect, test } from "vitest";
import { isSlug, slugOf } from "./slug";

test.each([
  ["Larkspur Studio GmbH", "larkspur-studio-gmbh"],
  ["Bäckerei Müller & Söhne", "baeckerei-mueller-soehne"],
  ["  Café «Été» ", "cafe-ete"],
  ["東京", ""],
])("%s becomes %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test("every proposal that is not empty or a single letter can be an address", () => {
  for (const name of ["A B", "x".repeat(59) + " yz", "--a--b--", "1&1"]) expect(isSlug(slugOf(name))).toBe(true);
});

test("what cannot stand in a link is no address", () => {
  for (const text of ["", "a", "Big", "a--b", "-a", "a-", "a b", "ä"]) expect(isSlug(text)).toBe(false);
});
