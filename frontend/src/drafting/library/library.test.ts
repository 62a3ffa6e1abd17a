import { setupI18n } from "@lingui/core";
import { expect, test } from "vitest";
import { clauseOfWords, isEmptyWording, wordsOf } from "../clauseJson";
import { oneClauseState, wordingOf } from "../oneClause";
import { blanksOf, partsOf } from "./blanks";
import { LIBRARY } from "./clauses";
import { followedBy } from "./following";

const i18n = setupI18n({ locale: "en", messages: { en: {} } });

test("holds the kinds of clause that a settlement usually needs, each once", () => {
  const ids = LIBRARY.map((one) => one.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const kind of ["release", "confidentiality", "payment-in-instalments", "governing-law", "full-and-final", "public-statements", "handover", "apology"]) expect(ids).toContain(kind);
});

test.each(LIBRARY.map((one) => [one.id, one] as const))("%s says what it means, and becomes an ordinary clause word for word", (_id, one) => {
  const words = i18n._(one.words);
  for (const said of [one.name, one.use, one.means]) expect(i18n._(said).length).toBeGreaterThan(3);
  const clause = clauseOfWords("a".repeat(32), words);
  expect(isEmptyWording(clause)).toBe(false);
  expect(wordsOf(wordingOf(oneClauseState(clause)))).toBe(words);
});

test("what takes something from a consumer is said with a warning", () => {
  const warned = LIBRARY.filter((one) => one.warning !== null).map((one) => one.id);
  expect(warned).toEqual(expect.arrayContaining(["release", "full-and-final", "confidentiality", "public-statements", "governing-law"]));
});

test("what is to be filled in stands in brackets, and nothing else counts as that", () => {
  expect(blanksOf("[Who] pays [amount] by [date]; [Who] keeps [] and a [line\nbreak].")).toEqual(["[Who]", "[amount]", "[date]"]);
  expect(partsOf("Pay [5]!").map(({ text }) => text).join("")).toBe("Pay [5]!");
});

test("a wording is known again with its blanks filled in and words of it changed, and not when it says something else", () => {
  const ready = LIBRARY.map((one) => ({ id: one.id, words: i18n._(one.words) }));
  for (const { id, words } of ready) expect(followedBy(words.replaceAll(/\[[^\]]+\]/gu, "Osteria Pirelli"), ready)?.id, id).toBe(id);
  const confidential = ready.find(({ id }) => id === "confidentiality")?.words ?? "";
  const changed = confidential.replace("may speak", "may always speak").replace("has been settled", "was settled").replaceAll(" ", "\n ");
  expect(changed).not.toContain("has been");
  expect(followedBy(`Firstly: ${changed} And no more.`, ready)?.id).toBe("confidentiality");
  expect(followedBy(confidential.slice(0, confidential.length / 2), ready), "half of it is another clause").toBeNull();
  expect(followedBy("The website is put right by 31 March, and the business pays 500 euros.", ready)).toBeNull();
  expect(followedBy("", [...ready, { id: "blank", words: "[all of it]" }])).toBeNull();
  expect(followedBy("All of it is new.", [{ id: "blank", words: "[all of it]" }])).toBeNull();
});
