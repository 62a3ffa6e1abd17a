// Random settlements built as a browser builds them, and their canonical JSON as the browser sees it.
// Evaluated by node in the frontend's folder. Prints {"seed", "updates": [hex], "canonical", "hash"} for each.
import { prosemirrorToYXmlFragment, updateYFragment, yXmlFragmentToProseMirrorRootNode } from "y-prosemirror";
import * as Y from "yjs";

const { schema } = await import(`${process.cwd()}/src/drafting/schema.ts`);
const { canonical, textHash } = await import(`${process.cwd()}/src/drafting/canonical.ts`);

const [first, count] = process.env.AGREEMENT.split(" ").map(Number);

// A small generator, so that a seed says it all (mulberry32).
function chance(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS = ["Zahlung", "of € 1.200,00", "until 31 March", "naïve", "📄", "שלום", "—", " ", "the supplier", "\u2028", "\"quoted\"", "\\", "e\u0301", "ﬀ", "'", "<b>"];

function generator(seed) {
  const next = chance(seed);
  const below = (n) => Math.floor(next() * n);
  const pick = (list) => list[below(list.length)];
  const many = (least, most, make) => Array.from({ length: least + below(most - least + 1) }, make);
  const id = () => Array.from({ length: 32 }, () => pick("0123456789abcdef")).join("");
  const marks = () => {
    const chosen = [];
    if (next() < 0.3) chosen.push(schema.mark("strong"));
    if (next() < 0.3) chosen.push(schema.mark("em"));
    if (next() < 0.2) chosen.push(schema.mark("link", { href: pick(["https://example.org/a?b=c#d", "mailto:anna@example.org"]) }));
    if (next() < 0.1) chosen.push(schema.mark("amount", { minor: below(1e9), currency: pick(["EUR", "JPY"]) }));
    if (next() < 0.1) chosen.push(schema.mark("date", { on: "2027-03-31" }));
    return chosen.reduce((set, mark) => mark.addToSet(set), []);
  };
  const reference = () => schema.node("clause_ref", { clause: id() });
  const inline = () => many(0, 5, () => (next() < 0.15 ? pick([() => schema.node("hard_break"), reference])() : schema.text(pick(WORDS) + (next() < 0.5 ? pick(WORDS) : ""), marks())));
  const paragraph = () => schema.node("paragraph", null, inline());
  const item = (depth) => schema.node("list_item", null, [paragraph(), ...(depth > 0 ? many(0, 2, () => pick([paragraph, () => list(depth - 1)])()) : [])]);
  const list = (depth) =>
    next() < 0.5
      ? schema.node("bullet_list", null, many(1, 3, () => item(depth)))
      : schema.node("ordered_list", { order: 1 + below(9) }, many(1, 3, () => item(depth)));
  const cell = () =>
    schema.node(pick(["table_cell", "table_header"]), next() < 0.3 ? { colspan: 2, rowspan: 1, colwidth: [100, 80] } : null, many(1, 2, paragraph));
  const table = () => schema.node("table", null, many(1, 3, () => schema.node("table_row", null, many(1, 3, cell))));
  const heading = () => schema.node("heading", { level: 1 + below(3) }, inline());
  const clause = () =>
    schema.node("clause", { id: id(), from: pick([null, `statement:${id()}`, `offer:${id()}`]) }, [
      paragraph(),
      ...many(0, 3, () => pick([paragraph, () => list(2), table])()),
    ]);
  const block = () => pick([paragraph, heading, clause, clause, () => list(2), table])();
  return { document: () => schema.node("doc", null, many(1, 6, block)), block, below, pick };
}

const NONSENSE = [true, 7, "soon", {}, { minor: "x" }, { minor: -1, currency: "EUR", more: [1, 2] }, { on: "31.03.2027" }, { on: ["2027"] }];

// What a browser of somebody's own may write: values that make no amount, no day and no reference.
function writeNonsense(parent, pick) {
  for (const child of parent.toArray()) {
    if (child instanceof Y.XmlText) {
      if (child.length > 0) child.format(0, child.length, { [pick(["amount", "date"])]: pick(NONSENSE) });
    } else {
      if (child.nodeName === "clause_ref") pick([() => child.setAttribute("clause", pick(NONSENSE)), () => child.removeAttribute("clause")])();
      writeNonsense(child, pick);
    }
  }
}

const meta = () => ({ mapping: new Map(), isOMark: new Map() });

for (let seed = first; seed < first + count; seed += 1) {
  const make = generator(seed);
  const document = new Y.Doc();
  document.clientID = seed + 1;
  const updates = [];
  document.on("update", (update) => updates.push(Buffer.from(update).toString("hex")));
  const fragment = document.getXmlFragment("prosemirror");
  prosemirrorToYXmlFragment(make.document(), fragment);
  // Then edited as the binding edits: replaced bit by bit, and by a second person at the same time.
  const other = new Y.Doc();
  other.clientID = seed + 1_000_000;
  Y.applyUpdate(other, Y.encodeStateAsUpdate(document));
  for (const side of [document, other]) {
    const root = side.getXmlFragment("prosemirror");
    const before = yXmlFragmentToProseMirrorRootNode(root, schema);
    const blocks = [];
    before.forEach((block) => blocks.push(block));
    blocks.splice(make.below(blocks.length), make.below(2), make.block());
    updateYFragment(side, root, schema.node("doc", null, blocks), meta());
  }
  Y.applyUpdate(document, Y.encodeStateAsUpdate(other));
  if (seed % 4 === 0) writeNonsense(fragment, make.pick);
  // Reading repairs what two people made impossible, and its repairs are updates like any other.
  yXmlFragmentToProseMirrorRootNode(fragment, schema);
  const json = yXmlFragmentToProseMirrorRootNode(fragment, schema).toJSON();
  process.stdout.write(JSON.stringify({ seed, updates, canonical: canonical(json), hash: await textHash(json) }) + "\n");
}
