/** DER, as far as time stamps and certificates need it: definite lengths, tags of one byte, nothing repaired. */
import { type Bytes, concat, own, textOf } from "../core/bytes";
import { prove } from "../core/errors";

/** One value: its tag, its content, and the whole of it as it stands. */
export interface Item {
  tag: number;
  body: Bytes;
  whole: Bytes;
}

export const [INTEGER, BITS, OCTETS, NAME, SEQUENCE, SET] = [0x02, 0x03, 0x04, 0x06, 0x30, 0x31];
const [UTC_TIME, GENERALIZED_TIME] = [0x17, 0x18];

/** The one value that these bytes are. Raises ProofError. */
export function only(data: Bytes): Item {
  const found = items(data);
  prove(found.length === 1, "this is not one DER value");
  return found[0] as Item;
}

/** The values inside one, in order. */
export const parts = ({ body }: Item): Item[] => items(body);

/** The value at a place inside another, which must have this tag. */
export function part(inside: Item[], at: number, tag: number): Item {
  const found = inside[at];
  prove(found?.tag === tag, "a DER value is missing");
  return found as Item;
}

function items(data: Bytes): Item[] {
  const found: Item[] = [];
  for (let at = 0; at < data.length; at += (found[found.length - 1] as Item).whole.length) found.push(item(data, at));
  return found;
}

function item(data: Bytes, at: number): Item {
  const first = data[at + 1] ?? 0x80;
  const more = first & 0x80 ? first & 0x7f : 0;
  prove(first !== 0x80 && more <= 4 && at + 2 + more <= data.length, "a DER value is cut");
  const size = more ? data.subarray(at + 2, at + 2 + more).reduce((sum, each) => sum * 256 + each, 0) : first;
  const from = at + 2 + more;
  prove(from + size <= data.length, "a DER value is cut");
  return { tag: data[at] as number, body: own(data.subarray(from, from + size)), whole: own(data.subarray(at, from + size)) };
}

/** An object identifier with its dots. */
export function oid(name: Item | undefined): string {
  prove(name?.tag === NAME && name.body.length > 0, "an identifier is missing");
  const numbers: number[] = [];
  let value = 0;
  for (const each of name.body) {
    value = value * 128 + (each & 0x7f);
    if (each & 0x80) continue;
    numbers.push(value);
    value = 0;
  }
  const [first = 0, ...rest] = numbers;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - 40 * root, ...rest].join(".");
}

/** The second that a value names, as 2026-11-22T10:00:00Z. */
export function time({ tag, body }: Item): string {
  const year = tag === UTC_TIME ? /^(\d\d)/ : /^(\d{4})/;
  const found = new RegExp(`${year.source}(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(?:\\.\\d+)?Z$`).exec(textOf(body));
  prove(found && (tag === UTC_TIME || tag === GENERALIZED_TIME), "a time cannot be read");
  const [, years = "", month, day, hour, minute, second] = found;
  const century = tag === GENERALIZED_TIME ? "" : Number(years) < 50 ? "20" : "19";
  return `${century}${years}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

/** The bytes of a bit string that has no loose bits. */
export function bits({ tag, body }: Item): Bytes {
  prove(tag === BITS && body[0] === 0, "a bit string is none");
  return own(body.subarray(1));
}

/** A number without its leading zeros, in so many bytes. */
export function padded({ tag, body }: Item, size: number): Bytes {
  const start = body.findIndex((each) => each !== 0);
  const plain = start < 0 ? new Uint8Array() : body.subarray(start);
  prove(tag === INTEGER && plain.length <= size, "a number is too large");
  return concat(new Uint8Array(size - plain.length), plain);
}

/** The content of the octet string at a place inside another value. */
export const octets = (inside: Item[], at: number): Bytes => part(inside, at, OCTETS).body;
