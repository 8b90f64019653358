/**
 * Bundles of evidence on this device: the public part comes from the server and is checked against what this
 * device has verified itself; what somebody chooses to show is opened and added here, and all of it checked again.
 */
import { digest, same, textOf, utf8 } from "../core/bytes";
import { decrypt, recipientOf } from "../core/age";
import { prove } from "../core/errors";
import { need, rebag, shownAt, under } from "../evidence/bag";
import { verify } from "../evidence/bundle";
import type { Verdict } from "../evidence/verdict";
import { type Files, readZip, writeZip } from "../evidence/zip";
import type { Version } from "../replay/state";
import { parse } from "../statements/statement";
import { getBytes } from "./net";
import { grantee, openFile, openVersion } from "./opening";
import { Trouble } from "./troubles";
import type { OpenedVersion } from "./opened";
import type { Vault } from "./vault";
import { ownOrgs } from "./workspace";

/** A version that one of our organisations may show. */
export interface Showable {
  id: string;
  contribution: string;
  number: number;
  title: string;
  files: { name: string; size: number; blob: string }[];
}

/** What may be shown here: the register, and every version that names an organisation of ours and that we can open. */
export interface EvidenceView {
  name: string;
  consortium: string;
  versions: Showable[];
}

/** What somebody chooses to show of a version. */
export interface Choice {
  list: boolean;
  files: string[];
  key: boolean;
}

export interface Made {
  name: string;
  zip: Blob;
  verdict: Verdict;
}

export async function evidence(vault: Vault, slug: string): Promise<EvidenceView> {
  await vault.refresh();
  const place = vault.together(slug);
  const known = vault.state.consortia.get(place.vault_id ?? "");
  const mine = new Set(ownOrgs(vault, place));
  const versions: Showable[] = [];
  for (const id of known?.contributions ?? []) {
    for (const each of vault.state.contributions.get(id)?.versions ?? []) {
      const version = vault.state.versions.get(each) as Version;
      const named = [version.org, ...[...version.rights.values()].flatMap((owners) => [...owners.keys()])];
      if (!named.some((org) => mine.has(org)) || !grantee(vault, version)) continue;
      const opened = await openVersion(vault, version);
      if (opened) versions.push(showable(version, opened));
    }
  }
  return { name: known?.name ?? place.name, consortium: known?.id ?? "", versions: versions.reverse() };
}

const showable = ({ id, contribution, number }: Version, { title, files }: OpenedVersion): Showable =>
  ({ id, contribution, number, title, files: files.map(({ name, size, blob }) => ({ name, size, blob })) });

/** Makes a bundle and checks it as its reader will; nothing is handed out that does not hold. */
export async function makeEvidence(vault: Vault, subject: string, choice: Choice): Promise<Made> {
  await vault.refresh();
  const { vkey, earlier = [] } = vault.session.log;
  const keys = [vkey, ...earlier].join(" ");
  const files = await readZip(await getBytes(`/vault/evidence/${subject}.zip`));
  const verdict = await verify(files, keys);
  await compare(vault, files, verdict, subject);
  const shown = verdict.kind === "claim" && (choice.list || choice.key || choice.files.length);
  const whole = shown ? await rebag(files, await reveal(vault, subject, choice)) : files;
  const name = `crosslab-${verdict.kind}-${subject.slice(0, 12)}`;
  return { name: `${name}.zip`, zip: writeZip(whole, name), verdict: shown ? await verify(whole, keys) : verdict };
}

/** The server's bundle is about what was asked for, and says what this device knows: no other text, no shorter chain. */
async function compare(vault: Vault, files: Files, verdict: Verdict, subject: string): Promise<void> {
  const { subject: named } = JSON.parse(textOf(need(files, "data/bundle.json"))) as { subject: string };
  prove(named === subject, "the bundle is about something else");
  for (const path of under(files, "data/statements/")) {
    const note = need(files, path);
    const known = vault.known.get((await parse(note))[0].id);
    prove(!known || same(known.note, note), "the bundle holds another text than this device has seen");
  }
  if (verdict.kind === "claim") return;
  const ids = textOf(need(files, `data/chains/${subject}.ids`)).trimEnd().split("\n");
  const known = vault.state.chains.get(subject)?.ids ?? [];
  prove(known.slice(0, ids.length).join() === ids.join(), "the bundle holds another history than this device has seen");
  prove(verdict.end <= vault.state.index || ids.length === known.length, "the bundle leaves out what this device has seen");
}

async function reveal(vault: Vault, subject: string, { list, files, key }: Choice): Promise<Files> {
  const version = vault.state.versions.get(subject);
  const opened = version && (await openVersion(vault, version));
  if (!version || !opened) throw new Trouble("unreadable");
  const more: Files = new Map();
  const manifest = await getBytes(`/vault/blobs/${version.manifest.sha256}`);
  prove((await digest(manifest)) === version.manifest.sha256, "a sealed file is not the one that was signed");
  if (list || files.length || key) more.set("data/reveal/manifest.json", await decrypt(manifest, opened.identity));
  for (const blob of files) {
    const { name, data } = await openFile(vault, subject, blob);
    const at = opened.files.findIndex((each) => each.blob === blob) + 1;
    more.set(shownAt(at, name), new Uint8Array(await data.arrayBuffer()));
  }
  if (!key) return more;
  more.set("data/reveal/content-key.txt", utf8(`# public key: ${await recipientOf(opened.identity)}\n${opened.identity}\n`));
  more.set(`data/blobs/${version.manifest.sha256}.age`, manifest);
  for (const { sha256 } of version.blobs) more.set(`data/blobs/${sha256}.age`, await getBytes(`/vault/blobs/${sha256}`));
  return more;
}
