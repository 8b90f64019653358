/** Which names a file may have: safe on every system it will be saved to. */
import { utf8 } from "./bytes";
import { checkText } from "./cj";
import { require } from "./errors";

const FORBIDDEN = /[/\\:*?"<>|\x00-\x1f\x7f]/;
const RESERVED = /^(?:con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?: *\.[^\n]*)?$/i;
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Refuses a name that could leave its folder, hide its ending or be reserved somewhere. */
export function checkFileName(name: unknown): void {
  require(typeof name === "string" && name !== "" && utf8(name).length <= 255, "a file name has 1 to 255 bytes");
  checkText(name);
  const plain = !FORBIDDEN.test(name) && !DIRECTION.test(name);
  require(plain, "a file name holds a character that is not allowed in one");
  const ends = name.startsWith(".") || name.endsWith(".") || name.endsWith(" ");
  require(!ends && !RESERVED.test(name), "a file name starts with a dot, ends with a dot or space, or is reserved");
  require(name.normalize("NFC") === name, "a file name is not in Unicode normal form C");
}

/** The nearest name that passes, for a file somebody picks; the original stays where it is. */
export function safeFileName(name: string): string {
  const tidy = name.normalize("NFC").replace(/[/\\:*?"<>|\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\x00-\x1f\x7f-\x9f]/g, "_");
  const bare = tidy.replace(/^\.+/, "").replace(/[. ]+$/, "") || "file";
  const free = RESERVED.test(bare) ? `_${bare}` : bare;
  return utf8(free).length <= 255 ? free : shortened(free);
}

function shortened(name: string): string {
  const dot = name.lastIndexOf(".");
  const ending = dot > 0 && name.length - dot <= 12 ? name.slice(dot) : "";
  let stem = [...name.slice(0, name.length - ending.length)];
  while (utf8(stem.join("") + ending).length > 255) stem = stem.slice(0, -1);
  return stem.join("") + ending;
}
