import { randomBytes } from "node:crypto";
import { expect, test, vi } from "vitest";
import { firstLoad } from "../../firstLoad.ts";

interface Chunk {
  type: "chunk";
  fileName: string;
  code: string;
  imports: string[];
  moduleIds: string[];
  isEntry: boolean;
}

/** `kilobytes` of what cannot be packed. */
function chunk(fileName: string, kilobytes: number, more: Partial<Chunk> = {}): Chunk {
  return { type: "chunk", fileName, code: randomBytes(kilobytes * 750).toString("base64"), imports: [], moduleIds: [`/src/${fileName}`], isEntry: false, ...more };
}

const BUNDLE = [
  chunk("entry.js", 40, { isEntry: true, imports: ["shared.js"] }),
  chunk("join.js", 10, { moduleIds: ["/src/invitation/Join.tsx"], imports: ["shared.js", "words.js"] }),
  chunk("shared.js", 20),
  chunk("words.js", 5),
  chunk("en.js", 8, { moduleIds: ["/src/text/locales/en.po"] }),
  chunk("de.js", 12, { moduleIds: ["/src/text/locales/de.po"] }),
  chunk("workspace.js", 500, { imports: ["shared.js"] }),
];

/** What a build says, and the fault that ends it. */
function build(budget: number) {
  const said: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => said.push(line));
  const plugin = firstLoad({ pages: { "/join": "src/invitation/Join.tsx" }, catalogues: /\/locales\/\w+\.po$/, budget });
  const { handler } = plugin.generateBundle as unknown as { handler: (this: { error: (fault: string) => never }, options: object, bundle: object) => void };
  const error = (fault: string): never => {
    throw new Error(fault);
  };
  try {
    handler.call({ error }, {}, Object.fromEntries(BUNDLE.map((one) => [one.fileName, one])));
  } finally {
    vi.restoreAllMocks();
  }
  return said;
}

test("the first load is the entry, the page, one catalogue and what they import, each once", () => {
  const files = build(150_000).slice(1).map((line) => line.trim().split(/\s+/u).at(-1));
  expect(files.sort()).toEqual(["de.js", "entry.js", "join.js", "shared.js", "words.js"]);
});

test("a build whose first load is too heavy ends", () => {
  expect(() => build(60_000)).toThrow(/The first load of \/join is .* kB: more than 60\.0 kB/u);
});
