/** Sealing a version: a fresh key, every file encrypted and sent, then one request that states it all. */
import * as acts from "../acts";
import * as age from "../core/age";
import { digest, random } from "../core/bytes";
import { safeFileName } from "../core/filenames";
import { type File as Named, mediaType, writeManifest } from "../core/manifest";
import { parseOwners } from "../core/shares";
import type { Owners } from "../replay/state";
import { send } from "./onward";
import { Parts, passed } from "./pieces";
import { Trouble } from "./troubles";
import type { Vault } from "./vault";

/** What the editor hands over. */
export interface Draft {
  slug: string;
  org: string;
  contribution: string;
  title: string;
  description: string;
  klass: string;
  files: File[];
  rights: { type: string; owners: { party: string; share: string }[] }[];
  derivedFrom: { version: string; kind: string }[];
  readers: string[];
}

export type Step = "encrypting" | "sending" | "waiting" | "sent";
export type Told = (file: number, step: Step, done: number, total: number) => void;

interface Sealed {
  name: Named;
  blob: { sha256: string; size: number };
}

/** Seals and sends; nothing of it stands anywhere before the last request, so giving up leaves nothing behind. */
export async function seal(vault: Vault, draft: Draft, told: Told): Promise<string> {
  vault.cancel = new AbortController();
  const { signal } = vault.cancel;
  await vault.stopAtChanges([draft.org, ...draft.readers]); // before anything is sent, not after
  const identity = age.identityOf(random(32));
  const recipient = await age.recipientOf(identity);
  const sealed: Sealed[] = [];
  for (const [at, file] of draft.files.entries()) {
    const tell = (step: Step, done: number): void => told(at, step, done, file.size);
    sealed.push(await sealFile(vault, file, recipient, tell, signal, sealed.map(({ name }) => name.name)));
  }
  const files = sealed.map(({ name }) => name);
  const plain = writeManifest({ title: draft.title, description: draft.description, files });
  const manifest = await age.encrypt(plain, recipient);
  const named = { sha256: await digest(manifest), size: manifest.length };
  await send(`/vault/blobs/${named.sha256}`, new Blob([manifest]), () => undefined, signal);
  const parts = { identity, manifest: named, blobs: sealed.map(({ blob }) => blob), commitment: await digest(plain) };
  return stated(vault, draft, parts);
}

async function stated(vault: Vault, draft: Draft, parts: acts.SealedParts): Promise<string> {
  const rights = new Map<string, Owners>(draft.rights.map((each) => [each.type, parseOwners(each.owners)]));
  const consortium = vault.together(draft.slug).vault_id ?? "";
  const { org, contribution, klass, derivedFrom } = draft;
  const claim = { org, consortium, contribution, klass, rights, derivedFrom };
  const readers = [org, ...draft.readers.filter((each) => each !== org)];
  const said = await vault.say((pen) => acts.stateVersion(pen, claim, parts, readers));
  return contribution || (said[0] as acts.Said).id;
}

/** A file sealed, with the hashes of both; the sealed bytes lie in the browser's store for blobs, not in memory. */
async function sealed(
  file: File, recipient: string, told: (done: number) => void, signal: AbortSignal,
): Promise<{ blob: Blob; sha256: string; plain: string }> {
  const [own, other] = [passed(file.size), passed(file.size)];
  const parts = new Parts();
  const passing = { plain: (piece: Uint8Array) => own.take(piece), sealed: (piece: Uint8Array) => { other.take(piece); parts.take(piece); }, told };
  await age.encryptPassing(file, recipient, passing, signal);
  return { blob: parts.blob(), sha256: await other.hash(), plain: await own.hash() };
}

async function sealFile(
  vault: Vault, file: File, recipient: string, told: (step: Step, done: number) => void, signal: AbortSignal, taken: string[],
): Promise<Sealed> {
  if (!file.size) throw new Trouble("empty-file", file.name);
  if (file.size + 4096 + file.size / 2048 > vault.session.limits.blob) throw new Trouble("too-large", file.name);
  const { blob, sha256, plain } = await sealed(file, recipient, (done) => told("encrypting", done), signal);
  await send(`/vault/blobs/${sha256}`, blob, (sent, waiting) => told(waiting ? "waiting" : "sending", Math.min(sent, file.size)), signal);
  told("sent", file.size);
  const name = free(safeFileName(file.name), taken.map((each) => each.toLowerCase()));
  return { name: { name, type: mediaType(file.type), size: file.size, sha256: plain, blob: sha256 }, blob: { sha256, size: blob.size } };
}

/** The name, or the name with the first number that makes it the only one. */
function free(name: string, taken: string[]): string {
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  for (let count = 1, tried = name; ; tried = `${stem}-${++count}${ending}`) if (!taken.includes(tried.toLowerCase())) return tried;
}
