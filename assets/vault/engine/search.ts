/**
 * Search in what this reader may open: titles, texts, file names and small text files, here in the worker. What was
 * read for it stays in memory until this device is locked; the words looked for go nowhere.
 */
import { textOf } from "../core/bytes";
import { FormatError, ProofError } from "../core/errors";
import { latest, type Contribution, type Version } from "../replay/state";
import { grantee, openFile } from "./opening";
import { Trouble } from "./troubles";
import type { OpenedVersion } from "./opened";
import type { Vault } from "./vault";
import { newestOpened, orgView, type OrgView, tried } from "./workspace";

export type Where = "title" | "text" | "file" | "inside";

/** One place where it was found: before, the words, after; `name` is the file. */
export interface HitView {
  where: Where;
  name: string;
  snippet: [string, string, string];
}

export interface FoundView {
  id: string;
  title: string;
  klass: string;
  maker: OrgView;
  hits: HitView[];
}

export interface SearchView {
  found: FoundView[];
  /** Files that were not looked into: no text, or too large. */
  skipped: number;
  looked: number;
}

const TEXT = /^(?:text\/|application\/(?:json|xml|x-yaml|yaml|toml|javascript|sql|rtf)$)/;
const ENDING = /\.(?:txt|md|csv|tsv|json|xml|html?|svg|ya?ml|toml|ini|log|tex|rst|py|ts|js|css|sql|srt|vtt)$/i;
const MOST_FILE = 256 * 1024;
const MOST_KEPT = 16 * 1024 * 1024;
const AROUND = 60;

/** Finds every contribution that holds all of the words somewhere. A newer search ends an older one. */
export async function search(vault: Vault, slug: string, typed: string, inside: boolean): Promise<SearchView> {
  const stop = vault.newSearch();
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const result: SearchView = { found: [], skipped: 0, looked: 0 };
  const consortium = vault.state.consortia.get(vault.together(slug).vault_id ?? "");
  for (const id of words.length ? consortium?.contributions ?? [] : []) {
    if (stop.aborted) throw new Trouble("cancelled");
    const known = vault.state.contributions.get(id) as Contribution;
    const [opened] = await tried(() => newestOpened(vault, known));
    if (!opened) continue;
    result.looked++;
    const texts = await textsOf(vault, known, opened, inside, stop, result);
    const hits = hitsIn(texts, words);
    const version = vault.state.versions.get(latest(known)) as Version;
    if (hits.length) result.found.push({ id, title: opened.title, klass: version.klass, maker: orgView(vault, vault.together(slug), version.org), hits });
  }
  return result;
}

interface Text {
  where: Where;
  name: string;
  text: string;
}

async function textsOf(
  vault: Vault, known: Contribution, opened: OpenedVersion, inside: boolean, stop: AbortSignal, result: SearchView,
): Promise<Text[]> {
  const texts: Text[] = [{ where: "title", name: "", text: opened.title }, { where: "text", name: "", text: opened.description }];
  const version = [...known.versions].reverse().map((id) => vault.state.versions.get(id) as Version).find((each) => grantee(vault, each));
  for (const file of opened.files) {
    texts.push({ where: "file", name: file.name, text: file.name });
    if (!inside || !version) continue;
    const text = await insideOf(vault, version.id, file, stop);
    if (text === null) result.skipped++;
    else texts.push({ where: "inside", name: file.name, text });
  }
  return texts;
}

/** The text of a small text file, verified like any file; null when it is none. */
async function insideOf(vault: Vault, version: string, file: OpenedVersion["files"][number], stop: AbortSignal): Promise<string | null> {
  const held = vault.texts.get(file.blob);
  if (held !== undefined) return held;
  if (file.size > MOST_FILE || !(TEXT.test(file.type) || ENDING.test(file.name))) return null;
  if ([...vault.texts.values()].reduce((sum, each) => sum + each.length, 0) > MOST_KEPT) return null;
  if (stop.aborted) throw new Trouble("cancelled");
  try {
    const text = textOf(new Uint8Array(await (await openFile(vault, version, file.blob)).data.arrayBuffer()));
    vault.texts.set(file.blob, text);
    return text;
  } catch (error) {
    if (error instanceof ProofError || error instanceof FormatError || error instanceof TypeError) return null;
    throw error;
  }
}

/** Where the words stand, when each of them stands somewhere. */
function hitsIn(texts: Text[], words: string[]): HitView[] {
  const ready = texts.map((each) => ({ ...each, plain: folded(each.text) }));
  if (!words.every((word) => ready.some((each) => each.plain.includes(word)))) return [];
  return ready.flatMap(({ where, name, text, plain }) => {
    const word = words.find((each) => plain.includes(each));
    return word ? [{ where, name, snippet: around(text, plain.indexOf(word), word.length) }] : [];
  });
}

function around(text: string, at: number, length: number): HitView["snippet"] {
  const flat = text.replace(/\s/g, " ");
  const from = Math.max(0, at - AROUND);
  const before = flat.slice(from, at);
  const after = flat.slice(at + length, at + length + AROUND);
  return [(from ? "…" : "") + before, flat.slice(at, at + length), after + (at + length + AROUND < flat.length ? "…" : "")];
}

/** Without case and accents, letter for letter, so that a place in it is the place in the text. */
const folded = (text: string): string =>
  [...text.normalize("NFC")].map((each) => {
    const plain = each.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return plain.length === each.length ? plain : each;
  }).join("");
