import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const [light = "", dark = ""] = css.split("prefers-color-scheme: dark");

function colours(part: string): Record<string, string> {
  return Object.fromEntries([...part.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{3,6})\b/g)].map(([, name = "", value = ""]) => [name, value]));
}

function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.slice(1).replace(/./g, "$&$&") : hex.slice(1);
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const channel = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

const GROUNDS = ["paper", "sheet"];
const ACCENTS = ["moss", "plum", "slate", "ochre", "stone", "olive"];
const WASHED = [...ACCENTS, "good", "warn", "bad"];

test.each([
  ["light", colours(light)],
  ["dark", { ...colours(light), ...colours(dark.split("[data-accent")[0] ?? "") }],
])("in %s colours all text keeps a contrast of 4.5 to 1 (WCAG AA)", (_name, token) => {
  const of = (name: string) => {
    const value = token[name];
    if (value === undefined) throw new Error(`no colour named ${name}`);
    return value;
  };
  const pairs = [
    ...GROUNDS.flatMap((ground) => ["ink", "ink-soft", ...WASHED].map((text) => [text, ground] as const)),
    ...WASHED.flatMap((tone) => [[tone, `${tone}-wash`] as const, ["ink", `${tone}-wash`] as const, ["ink-soft", `${tone}-wash`] as const]),
    ...ACCENTS.map((accent) => ["on-accent", accent] as const),
    ["ink", "sheet-sunk"] as const,
    ["ink-soft", "sheet-sunk"] as const,
  ];
  const faint = pairs.filter(([text, ground]) => contrast(of(text), of(ground)) < 4.5).map(([text, ground]) => `${text} on ${ground}: ${contrast(of(text), of(ground)).toFixed(2)}`);
  expect(faint).toEqual([]);
  // Borders of fields and buttons: 3 to 1.
  expect(contrast(of("rule-strong"), of("sheet"))).toBeGreaterThanOrEqual(3);
});
