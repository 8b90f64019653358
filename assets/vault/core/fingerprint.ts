/** What two people read to each other to be sure they mean the same key: 40 digits, 133 bits. */
import { concat, hex, raw, sha256, utf8 } from "./bytes";

export async function fingerprint(person: string): Promise<string> {
  const bits = (await sha256(concat(utf8("crosslab.dev/fingerprint/v1\n"), raw(person)))).slice(0, 17);
  const digits = (BigInt(`0x${hex(bits)}`) % 10n ** 40n).toString().padStart(40, "0");
  return (digits.match(/.{5}/g) ?? []).join(" ");
}
