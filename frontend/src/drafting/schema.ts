/**
 * What a settlement may hold. The server reads the same documents with the table in `drafting/canonical.py`;
 * a node, mark or attribute added here is added there, and the agreement test proves it.
 */
import { type DOMOutputSpec, type MarkSpec, type NodeSpec, Schema } from "prosemirror-model";
import { tableNodes } from "prosemirror-tables";
import { amountOf, dayOf, isClauseId, isSafeLink } from "./values.ts";

export { type Amount, amountOf, dayOf, isClauseId, isSafeLink } from "./values.ts";

/** Where a clause came from: the statement or offer it was made of. */
export type ClauseSource = `statement:${string}` | `offer:${string}`;

const SOURCE = /^(?:statement|offer):[0-9a-f]{32}$/;
function isSource(value: unknown): value is ClauseSource {
  return typeof value === "string" && SOURCE.test(value);
}

function refuseUnless(holds: boolean, what: string): void {
  if (!holds) throw new RangeError(what);
}

/** A heading's level from what another browser wrote, which may be anything. */
function level(value: unknown): 1 | 2 | 3 {
  return value === 2 || value === 3 ? value : 1;
}

const nodes = {
  doc: { content: "block+" },
  paragraph: {
    group: "block",
    content: "inline*",
    parseDOM: [{ tag: "p" }],
    toDOM: (): DOMOutputSpec => ["p", 0],
  },
  heading: {
    group: "block",
    content: "inline*",
    defining: true,
    attrs: { level: { default: 1, validate: (value) => refuseUnless([1, 2, 3].includes(value as number), "a level is 1, 2 or 3") } },
    parseDOM: [1, 2, 3].map((depth) => ({ tag: `h${depth}`, attrs: { level: depth } })),
    toDOM: (node): DOMOutputSpec => [`h${level(node.attrs["level"])}`, 0],
  },
  clause: {
    group: "block",
    content: "paragraph (paragraph | bullet_list | ordered_list | table)*",
    defining: true,
    isolating: true,
    attrs: {
      id: { default: null, validate: "string|null" },
      from: { default: null, validate: (value) => refuseUnless(value === null || isSource(value), "a clause comes from a statement or an offer") },
    },
    parseDOM: [
      {
        tag: "section[data-clause]",
        getAttrs: (element) => {
          const from = element.getAttribute("data-from");
          return { id: element.getAttribute("data-clause") ?? null, from: isSource(from) ? from : null };
        },
      },
    ],
    toDOM: (node): DOMOutputSpec => {
      const { id, from } = node.attrs as { id: unknown; from: unknown };
      return [
        "section",
        { class: "clause", "data-clause": typeof id === "string" ? id : "", ...(isSource(from) ? { "data-from": from } : {}) },
        0,
      ];
    },
  },
  bullet_list: {
    group: "block",
    content: "list_item+",
    parseDOM: [{ tag: "ul" }],
    toDOM: (): DOMOutputSpec => ["ul", 0],
  },
  ordered_list: {
    group: "block",
    content: "list_item+",
    attrs: { order: { default: 1, validate: "number" } },
    parseDOM: [{ tag: "ol", getAttrs: (element) => ({ order: Number.parseInt(element.getAttribute("start") ?? "1", 10) || 1 }) }],
    toDOM: (node): DOMOutputSpec => ["ol", { start: Number(node.attrs["order"]) || 1 }, 0],
  },
  list_item: {
    content: "paragraph (paragraph | bullet_list | ordered_list)*",
    defining: true,
    parseDOM: [{ tag: "li" }],
    toDOM: (): DOMOutputSpec => ["li", 0],
  },
  ...tableNodes({ tableGroup: "block", cellContent: "paragraph+", cellAttributes: {} }),
  text: { group: "inline" },
  hard_break: {
    group: "inline",
    inline: true,
    selectable: false,
    parseDOM: [{ tag: "br" }],
    toDOM: (): DOMOutputSpec => ["br"],
  },
  // A clause named by its id; the editor shows its number, which is never stored. Neither here nor in amounts and dates is
  // a value refused: y-prosemirror would throw the words around it away. It is looked at where it is shown and used.
  clause_ref: {
    group: "inline",
    inline: true,
    atom: true,
    attrs: { clause: { default: null } },
    parseDOM: [
      {
        tag: "span[data-clause-ref]",
        getAttrs: (element) => {
          const clause = element.getAttribute("data-clause-ref");
          return isClauseId(clause) ? { clause } : false;
        },
      },
    ],
    toDOM: (node): DOMOutputSpec => {
      const { clause } = node.attrs as { clause: unknown };
      return ["span", { class: "clause-ref", "data-clause-ref": isClauseId(clause) ? clause : "" }];
    },
  },
} satisfies Record<string, NodeSpec>;

const marks = {
  link: {
    inclusive: false,
    attrs: { href: { validate: (value) => refuseUnless(isSafeLink(value), "a link goes to https or a mail address") } },
    parseDOM: [
      {
        tag: "a[href]",
        getAttrs: (element) => {
          const href = element.getAttribute("href");
          return isSafeLink(href) ? { href } : false;
        },
      },
    ],
    // Another browser may have written any address; one that is not safe is shown as text.
    toDOM: (mark): DOMOutputSpec =>
      isSafeLink(mark.attrs["href"]) ? ["a", { href: mark.attrs["href"], rel: "noopener noreferrer nofollow" }, 0] : ["span", 0],
  },
  em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: (): DOMOutputSpec => ["em", 0] },
  strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: (): DOMOutputSpec => ["strong", 0] },
  amount: {
    inclusive: false,
    attrs: {
      minor: { default: null },
      currency: { default: null },
    },
    parseDOM: [
      {
        tag: "data.amount[value]",
        getAttrs: (element) => {
          const [currency, minor] = (element.getAttribute("value") ?? "").split(" ");
          const amount = amountOf({ minor: /^\d+$/.test(minor ?? "") ? Number(minor) : null, currency });
          return amount === null ? false : { ...amount };
        },
      },
    ],
    toDOM: (mark): DOMOutputSpec => {
      const amount = amountOf(mark.attrs);
      return amount === null ? ["span", 0] : ["data", { class: "amount", value: `${amount.currency} ${amount.minor}` }, 0];
    },
  },
  date: {
    inclusive: false,
    attrs: { on: { default: null } },
    parseDOM: [
      {
        tag: "time[datetime]",
        getAttrs: (element) => {
          const on = dayOf({ on: element.getAttribute("datetime") });
          return on === null ? false : { on };
        },
      },
    ],
    toDOM: (mark): DOMOutputSpec => {
      const on = dayOf(mark.attrs);
      return on === null ? ["span", 0] : ["time", { datetime: on }, 0];
    },
  },
} satisfies Record<string, MarkSpec>;

/** The settlement's schema. */
export const schema = new Schema({ nodes, marks });
