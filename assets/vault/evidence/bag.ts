/** The bag (BagIt, RFC 8493): every file listed with its hash, and nothing else there. */
import { type Bytes, digest, textOf, utf8 } from "../core/bytes";
import { N_, prove } from "../core/errors";
import type { Files } from "./zip";

const BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
const [PAYLOAD, TAGS] = ["manifest-sha256.txt", "tagmanifest-sha256.txt"];

/** A file that must be there. */
export function need(files: Files, name: string): Bytes {
  const data = files.get(name);
  prove(data, N_("A file is missing: {name}."), { name });
  return data as Bytes;
}

/** The names of the files in a folder, in order. */
export const under = (files: Files, folder: string): string[] => [...files.keys()].filter((name) => name.startsWith(folder)).sort();

/**
 * Where a shown file lies, the `at`-th of its version's list. Bags escape `%`, so a name that holds one is written
 * without it, in a folder of its own: no two names of a list ever share a path.
 */
export const shownAt = (at: number, name: string): string =>
  name.includes("%") ? `data/reveal/renamed/${at}/${name.replaceAll("%", "_")}` : `data/reveal/files/${name}`;

/** Raises ProofError unless the files are exactly those that were packed. */
export async function checkBag(files: Files): Promise<void> {
  prove(textOf(need(files, "bagit.txt")) === BAGIT, N_("This is not a bundle: bagit.txt is another one."));
  const payload = under(files, "data/");
  await checkList(files, PAYLOAD, payload);
  await checkList(files, TAGS, [...files.keys()].filter((name) => !name.startsWith("data/") && name !== TAGS));
}

async function checkList(files: Files, list: string, expected: string[]): Promise<void> {
  const listed = new Map<string, string>();
  for (const line of textOf(need(files, list)).replace(/\n$/, "").split("\n")) {
    const [, hash = "", name = ""] = /^([0-9a-f]{64}) {2}(\S.*)$/.exec(line) ?? [];
    prove(name && !listed.has(name), N_("{list} names no file, or one twice."), { list });
    listed.set(name, hash);
  }
  for (const name of expected) prove(listed.has(name), N_("A file is in the bundle that {list} does not name: {name}."), { list, name });
  prove(listed.size === expected.length, N_("A file is missing that {list} names."), { list });
  for (const [name, hash] of listed) prove((await digest(need(files, name))) === hash, N_("A file is not the one that was packed: {name}."), { name });
}

/** The bag with more files in it, its lists written anew. */
export async function rebag(files: Files, more: Files): Promise<Files> {
  const made: Files = new Map([...files, ...more]);
  const payload = under(made, "data/");
  const size = payload.reduce((sum, name) => sum + need(made, name).length, 0);
  made.set("bag-info.txt", utf8(`Bag-Software-Agent: crosslab\nPayload-Oxum: ${size}.${payload.length}\n`));
  made.set(PAYLOAD, await sums(made, payload));
  made.set(TAGS, await sums(made, [...made.keys()].filter((name) => !name.startsWith("data/") && name !== TAGS)));
  return made;
}

async function sums(files: Files, names: string[]): Promise<Bytes> {
  const lines = await Promise.all(names.sort().map(async (name) => `${await digest(need(files, name))}  ${name}\n`));
  return utf8(lines.join(""));
}
