/** Reading the parts of a bundle: strict JSON with exactly the fields that the format names, each of its form. */
import { Wrong } from "./findings";
import { parseStrictly, type Json } from "./strictJson";
import type { Bytes } from "./zip";

export type Is<T extends Json> = (value: Json) => value is T;

const matching =
  (pattern: RegExp): Is<string> =>
  (value): value is string =>
    typeof value === "string" && pattern.test(value);

export const ROOM = "(?:papers|talks|joint|caucus-(?:business|client)|team-(?:business|client)|private-[a-z0-9][a-z0-9-]{0,54})";

export const isHex32 = matching(/^[0-9a-f]{32}$/);
export const isHex64 = matching(/^[0-9a-f]{64}$/);
export const isHex128 = matching(/^[0-9a-f]{128}$/);
export const isKind = matching(/^[A-Za-z][A-Za-z0-9._-]{0,63}$/);
export const isActor = matching(/^(?:system|[0-9a-f]{32})$/);
export const isRoom = matching(new RegExp(`^${ROOM}$`));
const looksLikeTime = matching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/);
const isBase64 = matching(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$/);

/** A moment that there was: the 30th of February is none. */
export const isTime: Is<string> = (value): value is string => {
  if (!looksLikeTime(value)) return false;
  const moment = new Date(value);
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === value && !value.startsWith("0000");
};
export const isText: Is<string> = (value): value is string => typeof value === "string";
export const isCount: Is<number> = (value): value is number => typeof value === "number" && value >= 0;
export const isNumber: Is<number> = (value): value is number => typeof value === "number" && value > 0;
export const isList: Is<readonly Json[]> = (value): value is readonly Json[] => Array.isArray(value);
export type JsonObject = { readonly [name: string]: Json };
export const isObject: Is<JsonObject> = (value): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);
export const orNull =
  <T extends Json>(is: Is<T>): Is<T | null> =>
  (value): value is T | null =>
    value === null || is(value);
export const isStamp = orNull(isBase64);
export const exactly =
  <T extends string | number>(one: T): Is<T> =>
  (value): value is T =>
    value === one;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function json(content: Bytes | string, where: string): Json {
  try {
    return parseStrictly(typeof content === "string" ? content : utf8.decode(content));
  } catch {
    throw new Wrong("form", where);
  }
}

/** A `.jsonl` file as values; it ends with a line end, and only the byte 0x0A ends a line. */
export function lines(content: Bytes, file: string): Json[] {
  const all: Json[] = [];
  for (let from = 0; from < content.byteLength; ) {
    const end = content.indexOf(0x0a, from);
    const where = `${file}, ${all.length + 1}`;
    // Something was cut off.
    if (end < 0) throw new Wrong("form", where);
    all.push(json(content.subarray(from, end), where));
    from = end + 1;
  }
  return all;
}

type Fields<F extends Record<string, Is<Json>>> = { readonly [K in keyof F]: F[K] extends Is<infer T> ? T : never };

/** The value as an object with these fields and no others. */
export function fields<F extends Record<string, Is<Json>>>(value: Json, where: string, form: F): Fields<F> {
  if (!isObject(value)) throw new Wrong("form", where);
  const names = Object.keys(form);
  if (Object.keys(value).length !== names.length) throw new Wrong("form", where);
  for (const name of names) {
    const inner = value[name];
    if (inner === undefined || form[name]?.(inner) !== true) throw new Wrong("form", `${where}: ${name}`);
  }
  return value as unknown as Fields<F>;
}
