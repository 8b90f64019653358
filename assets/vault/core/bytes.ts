/** Bytes and the four ways the vault writes them as text. Every reader accepts one form only. */
import { base64, base64urlnopad, hex as hexCoder } from "@scure/base";
import { FormatError, require } from "./errors";

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const utf8 = (text: string): Bytes => encoder.encode(text) as Bytes;
export const own = (data: Uint8Array): Bytes => data as Bytes;

export function textOf(data: Uint8Array): string {
  try {
    return decoder.decode(data);
  } catch {
    throw new FormatError("this is not UTF-8");
  }
}

export function concat(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const same = (one: Uint8Array, two: Uint8Array): boolean =>
  one.length === two.length && one.every((value, at) => value === two[at]);

export const hex = (data: Uint8Array): string => hexCoder.encode(data);
export const isId = (text: unknown): text is string => typeof text === "string" && /^[0-9a-f]{64}$/.test(text);

/** The 32 bytes behind an id or hash. */
export function raw(text: string): Bytes {
  require(isId(text), "this is not 64 lower-case hex digits");
  return own(hexCoder.decode(text));
}

export const b64 = (data: Uint8Array): string => base64.encode(data);
export const b64u = (data: Uint8Array): string => base64urlnopad.encode(data);

/** Canonical, padded base64. */
export function unb64(text: string): Bytes {
  try {
    const data = own(base64.decode(text));
    if (base64.encode(data) === text) return data;
  } catch {
    // said below: both ways of being wrong are the same to a reader
  }
  throw new FormatError("a signature, key or hash is not canonical base64");
}

/** Exactly `size` bytes from canonical unpadded base64url. */
export function unb64u(text: string, size: number): Bytes {
  try {
    const data = own(base64urlnopad.decode(text));
    if (data.length === size && base64urlnopad.encode(data) === text) return data;
  } catch {
    // said below
  }
  throw new FormatError(`this is not ${size} bytes of canonical base64url`);
}

export const sha256 = async (data: Uint8Array): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", own(data)));

/** The hex SHA-256 of some bytes: how statements, files and checkpoints are named. */
export const digest = async (data: Uint8Array): Promise<string> => hex(await sha256(data));

export const random = (size: number): Bytes => crypto.getRandomValues(new Uint8Array(size));
