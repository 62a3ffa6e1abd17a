// JSON as docs/record-format.md allows it. JSON.parse would keep the last of two equal names, round numbers, and let
// halves of surrogate pairs through.
import { hold, shown } from "./refusal.mjs";

const DEEPEST = 64;
const WHITE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?![\d.eE])/y;
const PLAIN = /[^"\\\u0000-\u001F]*/y;
const WORDS = [
  ["true", true],
  ["false", false],
  ["null", null],
];
const ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** The text that these bytes are in UTF-8, to the byte: a byte order mark stays. */
export function text(bytes, what) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return hold(false, `${what} is not UTF-8.`);
  }
}

/** The value of a JSON text. Objects come without a prototype, so that every name in them is the text's own. */
export function parse(source, what) {
  let at = 0;

  const fail = () => hold(false, `${what} is not JSON as the format has it, at character ${at}.`);
  const match = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0] ?? fail();
    at += found.length;
    return found;
  };
  const isNext = (character) => {
    match(WHITE);
    if (source[at] !== character) return false;
    at += 1;
    return true;
  };

  function value(depth) {
    hold(depth <= DEEPEST, `${what} is nested more than ${DEEPEST} levels deep.`);
    if (isNext("{")) return object(depth);
    if (isNext("[")) return list(depth);
    if (isNext('"')) return string();
    for (const [word, meaning] of WORDS) {
      if (source.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    }
    const number = Number(match(NUMBER));
    hold(Number.isSafeInteger(number), `${what} holds a number beyond 2^53−1.`);
    return Object.is(number, -0) ? fail() : number;
  }

  function object(depth) {
    const members = Object.create(null);
    if (isNext("}")) return members;
    do {
      if (!isNext('"')) fail();
      const name = string();
      hold(!(name in members), `${what} has the name ${shown(name)} twice in one object.`);
      if (!isNext(":")) fail();
      members[name] = value(depth + 1);
    } while (isNext(","));
    return isNext("}") ? members : fail();
  }

  function list(depth) {
    const items = [];
    if (isNext("]")) return items;
    do items.push(value(depth + 1));
    while (isNext(","));
    return isNext("]") ? items : fail();
  }

  function string() {
    let said = "";
    for (;;) {
      said += match(PLAIN);
      const next = source[at++];
      if (next === '"') break;
      if (next !== "\\") fail();
      const escape = source[at++];
      if (escape === "u") said += String.fromCharCode(Number.parseInt(match(/[\da-fA-F]{4}/y), 16));
      else said += ESCAPES[escape] ?? fail();
    }
    hold(said.isWellFormed() && !said.includes("\0"), `${what} holds U+0000 or half of a surrogate pair.`);
    return said;
  }

  const whole = value(1);
  match(WHITE);
  return at === source.length ? whole : fail();
}

/** The values of a `.jsonl` file, line by line. Only 0x0A ends a line, the last one too. */
export function lines(bytes, what) {
  const all = text(bytes, what).split("\n");
  hold(all.pop() === "", `${what} does not end in a line feed.`);
  return all.map((line, at) => parse(line, `Line ${at + 1} of ${what}`));
}

// ── forms of values ─────────────────────────────────────────────────────────────────────────────────────────────────

const matches = (pattern) => (value) => typeof value === "string" && pattern.test(value);
/** The rooms that are there from the beginning, in the order of their slots. */
export const NAMED_ROOMS = [
  "papers",
  "talks",
  "joint",
  "caucus-business",
  "caucus-client",
  "team-business",
  "team-client",
];
const TIME = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;

export const is = {
  text: (value) => typeof value === "string",
  count: (value) => Number.isSafeInteger(value) && value >= 0,
  one: (value) => value === 1,
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  id: matches(/^[\da-f]{32}$/u),
  hash: matches(/^[\da-f]{64}$/u),
  signature: matches(/^[\da-f]{128}$/u),
  room: (value) => NAMED_ROOMS.includes(value) || matches(/^private-[a-z\d][a-z\d-]{0,54}$/u)(value),
  kind: matches(/^[A-Za-z][A-Za-z\d._-]{0,63}$/u),
  actor: matches(/^(?:system|[\da-f]{32})$/u),
  base64: matches(/^(?!$)(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/u),
  time: (value) => matches(TIME)(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value,
  orNull: (form) => (value) => value === null || form(value),
  listOf: (form) => (value) => Array.isArray(value) && value.every((item) => form(item)),
  exactly: (word) => (value) => value === word,
  fields: (forms) => (value) =>
    is.object(value) &&
    Object.keys(value).length === Object.keys(forms).length &&
    Object.entries(forms).every(([name, form]) => name in value && form(value[name])),
  mapOf: (nameForm, form) => (value) =>
    is.object(value) && Object.entries(value).every(([name, item]) => nameForm(name) && form(item)),
};

/** `value`, when it has the form; else stops, naming the field that is wrong if it is one of the object's own. */
export function formed(value, forms, what) {
  hold(is.object(value), `${what} is not an object.`);
  for (const name of Object.keys(value)) {
    hold(Object.hasOwn(forms, name), `${what} has the field ${shown(name)}, which is not described.`);
  }
  for (const [name, form] of Object.entries(forms)) {
    hold(name in value, `${what} lacks the field "${name}".`);
    hold(form(value[name]), `${what} has another form of value in "${name}".`);
  }
  return value;
}
