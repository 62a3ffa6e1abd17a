import { i18n } from "@lingui/core";
import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { messages as english } from "./locales/en.po";
import { messages as german } from "./locales/de.po";
import { explain } from "./problems";

const source = readFileSync(new URL("../../../src/mediation/case/refusals.py", import.meta.url), "utf8");

/** Code, title and next step of every refusal that the server words itself. */
const refusals = [...source.matchAll(/^class (\w+)\((?:Refusal|NotForYou)\):.*?\n([\s\S]*?)(?=^class |^def |(?![\s\S]))/gm)].flatMap(([, name = "", body = ""]) => {
  const title = /^ {4}title = "(.*)"$/m.exec(body)?.[1];
  const next = /^ {4}next_step = "(.*)"$/m.exec(body)?.[1];
  const code = name.replace(/([A-Z])/g, "-$1").toLowerCase().slice(1);
  return title === undefined || next === undefined ? [] : [{ code, title, next }];
});

function speak(locale: "en" | "de") {
  i18n.loadAndActivate({ locale, messages: locale === "en" ? english : german });
}

describe("a refusal", () => {
  beforeEach(() => speak("en"));

  test("is known to the catalogue in the server's own words", () => {
    expect(refusals.length).toBeGreaterThan(30);
    const differing = refusals.filter((one) => {
      const ours = explain({ code: one.code, title: "", next: "" });
      return ours.title !== one.title || ours.next !== one.next;
    });
    expect(differing).toEqual([]);
  });

  test("speaks German to whoever reads German", () => {
    speak("de");
    const untold = refusals.filter((one) => explain(one).title === one.title);
    expect(untold).toEqual([]);
  });

  test("of a code we do not know is said as the server said it", () => {
    expect(explain({ code: "brand-new", title: "Not today.", next: "Come back." })).toEqual({ title: "Not today.", next: "Come back." });
  });

  test("without any words still gets some", () => {
    expect(explain({ code: "http-418", title: "", next: "" }).title).toBe("That did not work.");
  });
});
