/** Zip, as far as a bundle needs it: written stored and dateless, read within limits, names that stay inside. */
import { type Bytes, concat, own, textOf, utf8 } from "../core/bytes";
import { N_, prove } from "../core/errors";

export type Files = Map<string, Bytes>;

const MOST_FILES = 10_000;
const MOST_BYTES = 2 * 1024 ** 3;
const MOST_RATIO = 100;
const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];
const [STORED, DEFLATED] = [0, 8];
const NEVER = 33; // 1 January 1980, the oldest date a zip can hold

const TABLE = Uint32Array.from({ length: 256 }, (_, at) => {
  let value = at;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

export function crc32(data: Uint8Array): number {
  let value = 0xffffffff;
  for (const each of data) value = (TABLE[(value ^ each) & 0xff] as number) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** The files as a zip with one folder in it, in order: the same files give the same bytes. */
export function writeZip(files: Files, folder: string): Blob {
  const parts: Bytes[] = [];
  const index: Bytes[] = [];
  let at = 0;
  for (const name of [...files.keys()].sort()) {
    const data = files.get(name) as Bytes;
    const path = utf8(`${folder}/${name}`);
    const flags = path.length === folder.length + 1 + name.length ? 0 : 0x800;
    const shared = [20, flags, STORED, 0, NEVER].map(two).concat([crc32(data), data.length, data.length].map(four));
    const head = concat(four(LOCAL), ...shared, two(path.length), two(0), path);
    const attributes = [two(path.length), two(0), two(0), two(0), two(0), four(0o100644 * 65_536), four(at)];
    parts.push(head, data);
    index.push(concat(four(CENTRAL), two(20 | (3 << 8)), ...shared, ...attributes, path));
    at += head.length + data.length;
  }
  const list = concat(...index);
  const end = concat(four(END), two(0), two(0), two(files.size), two(files.size), four(list.length), four(at), two(0));
  return new Blob([...parts, list, end], { type: "application/zip" });
}

interface Entry {
  name: string;
  method: number;
  packed: number;
  size: number;
  crc: number;
  at: number;
}

/** The files in a zip, without the folder around them. Raises ProofError for whatever is no honest zip of files. */
export async function readZip(data: Bytes): Promise<Files> {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const entries = directory(view, data).filter((each) => !each.name.endsWith("/"));
  prove(entries.reduce((sum, each) => sum + each.size, 0) <= MOST_BYTES, N_("The bundle is larger than 2 GiB."));
  const tops = new Set(entries.map((each) => each.name.split("/")[0] as string));
  const inside = tops.size === 1 && entries.every((each) => each.name.includes("/"));
  const cut = inside ? ([...tops][0] as string).length + 1 : 0;
  const files: Files = new Map();
  for (const each of entries) {
    checkName(each.name);
    const name = each.name.slice(cut);
    prove(!files.has(name), N_("The zip holds two files of one name."));
    files.set(name, await content(view, data, each));
  }
  return files;
}

/** A path inside the bundle and nowhere else. */
export function checkName(name: string): void {
  const parts = name.split("/");
  const stays = name.length > 0 && name.length <= 1000 && parts.every((part) => !["", ".", ".."].includes(part));
  prove(stays, N_("A path leaves the bundle: {name}."), { name });
  prove(!/[\\:\x00-\x1f\x7f]/.test(name), N_("A path holds a character it must not: {name}."), { name });
}

function directory(view: DataView, data: Bytes): Entry[] {
  let end = data.length - 22;
  while (end >= Math.max(0, data.length - 65_557) && view.getUint32(end, true) !== END) end--;
  prove(end >= 0 && view.getUint32(end, true) === END, N_("This is no zip."));
  const count = view.getUint16(end + 10, true);
  prove(count <= MOST_FILES, N_("The zip holds more than 10,000 files."));
  prove(view.getUint16(end + 8, true) === count && view.getUint16(end + 20, true) === data.length - end - 22, N_("The zip’s directory is damaged."));
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let left = count; left; left--) {
    prove(at + 46 <= end && view.getUint32(at, true) === CENTRAL, N_("The zip’s directory is damaged."));
    const [long, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true)) as [number, number, number];
    const mode = (view.getUint32(at + 38, true) >>> 28) & 0xf;
    prove(mode === 0 || mode === 8 || mode === 4, N_("The zip holds a link to another file."));
    prove(!(view.getUint16(at + 8, true) & 1), N_("The zip is encrypted."));
    entries.push({
      name: textOf(data.subarray(at + 46, at + 46 + long)), method: view.getUint16(at + 10, true), crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true), size: view.getUint32(at + 24, true), at: view.getUint32(at + 42, true),
    });
    at += 46 + long + extra + comment;
  }
  return entries;
}

async function content(view: DataView, data: Bytes, entry: Entry): Promise<Bytes> {
  const { name, method, packed, size, crc, at } = entry;
  prove(at + 30 <= data.length && view.getUint32(at, true) === LOCAL, N_("A file in the zip is damaged: {name}."), { name });
  prove(size <= MOST_RATIO * Math.max(packed, 1), N_("The zip unpacks to far more than it holds."));
  const [long, extra] = [view.getUint16(at + 26, true), view.getUint16(at + 28, true)];
  prove(textOf(data.subarray(at + 30, at + 30 + long)) === name, N_("A file in the zip has two names: {name}."), { name });
  const start = at + 30 + long + extra;
  prove(start + packed <= data.length, N_("A file in the zip is cut: {name}."), { name });
  const raw = data.slice(start, start + packed);
  prove(method === STORED || method === DEFLATED, N_("The zip is packed in an unknown way."));
  const made = method === STORED ? raw : await inflated(raw, size);
  prove(made.length === size && crc32(made) === crc, N_("A file in the zip is damaged: {name}."), { name });
  return made;
}

/** Unpacks to exactly so many bytes; stops as soon as there are more. */
async function inflated(raw: Bytes, size: number): Promise<Bytes> {
  const made = new Uint8Array(size);
  const reader = new Blob([raw]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  let at = 0;
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (at + piece.value.length > size) break;
      made.set(piece.value, at);
      at += piece.value.length;
    }
    await reader.cancel();
  } catch {
    return own(new Uint8Array());
  }
  return own(at === size ? made : made.subarray(0, at));
}

const two = (value: number): Bytes => own(new Uint8Array([value & 0xff, (value >>> 8) & 0xff]));
const four = (value: number): Bytes => concat(two(value & 0xffff), two(Math.floor(value / 65_536)));
