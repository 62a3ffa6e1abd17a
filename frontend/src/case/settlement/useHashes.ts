/** The text hash of every clause on the screen, counted in the browser: what an agreement is given to. */
import { useEffect, useState } from "react";
import { type NodeJson, textHash } from "../../drafting/canonical";
import type { ClauseInfo, TextNow } from "../../drafting/clauses";

/** Nodes of the editor never change; a clause that did is another node. */
const known = new WeakMap<object, Promise<string>>();

function hashOf(clause: ClauseInfo): Promise<string> {
  let hash = known.get(clause.node);
  if (hash === undefined) {
    hash = textHash(clause.node.toJSON() as NodeJson);
    known.set(clause.node, hash);
  }
  return hash;
}

/** Of the clauses as they were given last; while a new text is counted, nothing is claimed of what changed. */
export function useHashes(clauses: readonly ClauseInfo[]): ReadonlyMap<string, string> {
  const [counted, setCounted] = useState<{ nodes: ReadonlyMap<string, object>; hashes: ReadonlyMap<string, string> }>({ nodes: new Map(), hashes: new Map() });
  useEffect(() => {
    let gone = false;
    void Promise.all(clauses.map(async (one) => [one, await hashOf(one)] as const)).then((all) => {
      if (gone) return;
      setCounted({ nodes: new Map(all.map(([one]) => [one.id, one.node])), hashes: new Map(all.map(([one, hash]) => [one.id, hash])) });
    });
    return () => {
      gone = true;
    };
  }, [clauses]);
  const isCurrent = clauses.every((one) => counted.nodes.get(one.id) === one.node);
  if (isCurrent) return counted.hashes;
  return new Map(clauses.flatMap((one) => (counted.nodes.get(one.id) === one.node ? [[one.id, counted.hashes.get(one.id) ?? ""] as const] : [])));
}

/** The text hash of the whole text, or null while it is counted. */
export function useTextHash(text: TextNow | null): string | null {
  const [counted, setCounted] = useState<{ node: NodeJson; hash: string } | null>(null);
  const node = text?.node ?? null;
  useEffect(() => {
    if (node === null) return;
    let gone = false;
    void textHash(node).then((hash) => {
      if (!gone) setCounted({ node, hash });
    });
    return () => {
      gone = true;
    };
  }, [node]);
  return counted !== null && counted.node === node ? counted.hash : null;
}
