/** Two wordings made of the same one, put together where they do not touch the same words. */
import { canonical, type NodeJson } from "./canonical";

/** More pairs than this are not looked at: nobody reads a clause of that length as one change. */
const MOST_PAIRS = 4_000_000;

/** For every part of `base` its place in `other`, along the longest common subsequence; null where it is not there. */
function matches(base: readonly string[], other: readonly string[]): (number | null)[] | null {
  if (base.length * other.length > MOST_PAIRS) return null;
  const wide = other.length + 1;
  const longest = new Uint16Array((base.length + 1) * wide);
  const cell = (i: number, j: number) => longest[i * wide + j] ?? 0;
  for (let i = base.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      longest[i * wide + j] = base[i] === other[j] ? cell(i + 1, j + 1) + 1 : Math.max(cell(i + 1, j), cell(i, j + 1));
    }
  }
  const found: (number | null)[] = base.map(() => null);
  for (let i = 0, j = 0; i < base.length && j < other.length; ) {
    if (base[i] === other[j]) found[i++] = j++;
    else if (cell(i + 1, j) >= cell(i, j + 1)) i += 1;
    else j += 1;
  }
  return found;
}

/** Parts of three lists between two places at which all three agree; `decide` is asked where both sides changed one. */
function mergeLists<T>(base: readonly T[], one: readonly T[], other: readonly T[], decide: (was: readonly T[], one: readonly T[], other: readonly T[]) => readonly T[] | null): T[] | null {
  const spelt = (all: readonly T[]) => all.map((part) => JSON.stringify(part));
  const [was, first, second] = [spelt(base), spelt(one), spelt(other)];
  const inOne = matches(was, first);
  const inOther = matches(was, second);
  if (inOne === null || inOther === null) return null;
  const isSame = (left: readonly string[], right: readonly string[]) => left.length === right.length && left.every((part, index) => part === right[index]);
  const result: T[] = [];
  let [i, j, k] = [0, 0, 0];
  for (let stable = 0; stable <= base.length; stable += 1) {
    const j2 = stable === base.length ? one.length : (inOne[stable] ?? null);
    const k2 = stable === base.length ? other.length : (inOther[stable] ?? null);
    if (j2 === null || k2 === null) continue;
    const parts = [was.slice(i, stable), first.slice(j, j2), second.slice(k, k2)] as const;
    const [left, right] = [one.slice(j, j2), other.slice(k, k2)];
    const taken = isSame(parts[0], parts[1]) ? right : isSame(parts[0], parts[2]) || isSame(parts[1], parts[2]) ? left : decide(base.slice(i, stable), left, right);
    if (taken === null) return null;
    result.push(...taken);
    if (stable < base.length) result.push(one[j2] as T);
    [i, j, k] = [stable + 1, j2 + 1, k2 + 1];
  }
  return result;
}

/** Words, blanks and single signs, each with its marks; whatever is no text as it is. */
function pieces(block: NodeJson): NodeJson[] {
  return (block.content ?? []).flatMap((inner) =>
    inner.type === "text" ? [...(inner.text ?? "").matchAll(/\s+|[\p{L}\p{M}\p{N}]+|[^]/gu)].map(([text]): NodeJson => ({ ...inner, text })) : [inner],
  );
}

const isTextblock = (node: NodeJson | undefined): node is NodeJson => node?.type === "paragraph" || node?.type === "heading";

function mergeBlock(was: NodeJson, one: NodeJson, other: NodeJson): NodeJson | null {
  const head = ({ type, attrs }: NodeJson) => JSON.stringify([type, attrs ?? null]);
  if (head(was) !== head(one) || head(was) !== head(other)) return null;
  // Below a list or a table the same is done again, down to the words.
  const content = isTextblock(was) ? mergeLists(pieces(was), pieces(one), pieces(other), () => null) : mergeContent(was, one, other);
  return content === null ? null : { ...was, content };
}

function mergeContent(was: NodeJson, one: NodeJson, other: NodeJson): NodeJson[] | null {
  return mergeLists(was.content ?? [], one.content ?? [], other.content ?? [], (old, left, right) => {
    if (old.length !== left.length || old.length !== right.length) return null;
    const merged = old.map((block, index) => mergeBlock(block, left[index] as NodeJson, right[index] as NodeJson));
    return merged.every((block) => block !== null) ? merged : null;
  });
}

/** Both changes in one wording; null when both changed the same words, which only people can settle. */
export function merged(was: NodeJson, one: NodeJson, other: NodeJson): NodeJson | null {
  const content = mergeContent(canonical(was), canonical(one), canonical(other));
  return content === null || content.length === 0 ? null : canonical({ ...was, content });
}
