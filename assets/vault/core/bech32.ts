/** Bech32 (BIP 173) without the 90 character limit, as age uses it for recipients and identities. */
import { bech32 } from "@scure/base";
import { type Bytes, own } from "./bytes";
import { FormatError } from "./errors";

export const encode = (prefix: string, data: Uint8Array): string => bech32.encode(prefix, bech32.toWords(data), false);

/** Prefix (lower case) and data; mixed case and wrong checksums are refused. */
export function decode(text: string): { prefix: string; data: Bytes } {
  try {
    const { prefix, words } = bech32.decode(text as `${string}1${string}`, false);
    return { prefix: prefix.toLowerCase(), data: own(bech32.fromWords(words)) };
  } catch {
    throw new FormatError("the key's checksum is wrong: a letter was mistyped");
  }
}
