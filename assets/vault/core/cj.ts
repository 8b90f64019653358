/**
 * CJ1: canonical JSON, a strict subset of RFC 8785. One value, one byte sequence. Reading is parse, write
 * again, compare, so whatever a lenient parser would repair is refused. No null, no floats.
 */
import { type Bytes, same, textOf, utf8 } from "./bytes";
import { FormatError, require } from "./errors";

export type Value = boolean | number | string | Value[] | { [key: string]: Value };
export type Fields = { [key: string]: Value };

const MAX_DEPTH = 16;
const KEY = /^[a-z][a-z0-9_]{0,63}$/;
const FORBIDDEN = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]/u;

/** The one byte sequence of a value; a value outside CJ1 is refused. */
export const encode = (value: Value): Bytes => utf8(text(value, 0));

/** The value of canonical bytes; bytes that are not exactly what `encode` writes are refused. */
export function decode(data: Uint8Array): Value {
  let value: Value;
  try {
    value = JSON.parse(textOf(data)) as Value;
  } catch {
    throw new FormatError("this is not JSON as the vault writes it");
  }
  require(same(encode(value), data), "the JSON is not canonical");
  return value;
}

/** Refuses control, direction and non-characters; a line feed is allowed. */
export function checkText(value: string): void {
  require(!FORBIDDEN.test(value), "a text holds a control or direction character");
}

export const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function text(value: Value, depth: number): string {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return number(value);
  if (typeof value === "string") return string(value);
  require(isObject(value) || Array.isArray(value), "the JSON holds a null, a float or something else not allowed");
  require(depth < MAX_DEPTH, "the JSON is nested more than 16 levels deep");
  if (Array.isArray(value)) return `[${value.map((item) => text(item, depth + 1)).join(",")}]`;
  const keys = Object.keys(value).sort();
  require(keys.every((key) => KEY.test(key)), "a key is not lower-case ASCII");
  return `{${keys.map((key) => `"${key}":${text(value[key] as Value, depth + 1)}`).join(",")}}`;
}

function number(value: number): string {
  require(Number.isSafeInteger(value), "a number is a float or beyond 2^53 - 1");
  return String(value);
}

function string(value: string): string {
  checkText(value);
  return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
