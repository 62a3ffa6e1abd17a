/** Weighs what a phone loads before an invitation can be read, and fails a build in which that has grown too heavy. */
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

interface Part {
  file: string;
  bytes: number;
}

interface Chunk {
  fileName: string;
  code: string;
  imports: readonly string[];
  moduleIds: readonly string[];
}

const weigh = (code: string) => gzipSync(code, { level: 9 }).byteLength;
const inKilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

/** A chunk and everything that is fetched with it. */
function withImports(chunks: ReadonlyMap<string, Chunk>, fileName: string, found = new Set<string>()): Set<string> {
  if (found.has(fileName)) return found;
  found.add(fileName);
  for (const other of chunks.get(fileName)?.imports ?? []) withImports(chunks, other, found);
  return found;
}

/**
 * `pages` are the modules shown first (paths that end so); each is weighed with the entry and with the heaviest of the
 * catalogues, of which one is loaded. `budget` is in bytes of gzip.
 */
export function firstLoad({ pages, catalogues, budget }: { pages: Readonly<Record<string, string>>; catalogues: RegExp; budget: number }): Plugin {
  return {
    name: "first-load",
    apply: "build",
    // Last, when the code is as it will be written; and before it is written, so that a build too heavy leaves nothing.
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const all = Object.values(bundle).filter((one) => one.type === "chunk");
        const chunks = new Map<string, Chunk>(all.map((one) => [one.fileName, one]));
        const entry = all.find((one) => one.isEntry);
        if (entry === undefined) throw new Error("The build has no entry.");
        const bytes = (fileName: string) => weigh(chunks.get(fileName)?.code ?? "");
        const heaviestCatalogue = all
          .filter((one) => one.moduleIds.length === 1 && one.moduleIds.some((id) => catalogues.test(id)))
          .map((one) => one.fileName)
          .sort((one, other) => bytes(other) - bytes(one))[0];
        if (heaviestCatalogue === undefined) throw new Error("The build has no catalogue of its own chunk.");
        for (const [address, module] of Object.entries(pages)) {
          const page = all.find((one) => one.moduleIds.some((id) => id.endsWith(module)));
          if (page === undefined) throw new Error(`The build has no ${module}.`);
          const files = new Set([entry.fileName, page.fileName, heaviestCatalogue].flatMap((one) => [...withImports(chunks, one)]));
          const parts: Part[] = [...files].map((file) => ({ file, bytes: bytes(file) })).sort((one, other) => other.bytes - one.bytes);
          const total = parts.reduce((sum, one) => sum + one.bytes, 0);
          console.log(`\nFirst load of ${address}: ${inKilobytes(total)} of JavaScript (gzip), ${inKilobytes(budget)} allowed`);
          for (const part of parts) console.log(`  ${inKilobytes(part.bytes).padStart(9)}  ${part.file}`);
          if (total > budget) this.error(`The first load of ${address} is ${inKilobytes(total)}: more than ${inKilobytes(budget)}.`);
        }
      },
    },
  };
}
