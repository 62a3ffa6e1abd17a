import { getCatalogs } from "@lingui/cli/api";
import { getConfig } from "@lingui/conf";
import { beforeAll, describe, expect, test } from "vitest";

interface Known {
  message?: string | undefined;
  translation?: string | undefined;
}

const catalogs = await getCatalogs(getConfig({ cwd: new URL("../..", import.meta.url).pathname }));

describe.each(catalogs.map((catalog) => ({ path: catalog.path, catalog })))("$path", ({ catalog }) => {
  let inCode: Record<string, Known>;
  let english: Record<string, Known>;
  let german: Record<string, Known>;

  beforeAll(async () => {
    const collected = (await catalog.collect()) as Record<string, Known> | undefined;
    if (collected === undefined) throw new Error("some screen cannot be read: see the messages above");
    inCode = collected;
    english = ((await catalog.read("en")) as Record<string, Known> | undefined) ?? {};
    german = ((await catalog.read("de")) as Record<string, Known> | undefined) ?? {};
  }, 60_000);

  test("the catalogue holds exactly what the screens say (npm run i18n)", () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(inCode).sort());
  });

  test("no message is missing in German", () => {
    const missing = Object.entries(german).filter(([, one]) => (one.translation ?? "") === "").map(([id, one]) => one.message ?? id);
    expect(missing).toEqual([]);
    expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
  });

  test("every translation names the same things in braces and tags", () => {
    const holes = (text: string) => [...new Set([...text.matchAll(/\{\w+(?=[,}])|<\d+/g)].map((match) => match[0]))].sort().join(" ");
    const wrong = Object.values(german)
      .filter((one) => (one.translation ?? "") !== "")
      .filter((one) => holes(one.message ?? "") !== holes(one.translation ?? ""))
      .map((one) => `${one.message ?? ""} → ${one.translation ?? ""}`);
    expect(wrong).toEqual([]);
  });
});
