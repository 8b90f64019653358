/**
 * Opening what was granted, in the one order that proves it: the grant's statement and receipt (sync has them),
 * the grant file's hash, its key against the version's, the blobs' hashes, the manifest's commitment, the files.
 */
import * as acts from "../acts";
import * as age from "../core/age";
import { digest, utf8 } from "../core/bytes";
import { prove } from "../core/errors";
import { readGrant } from "../core/grants";
import { openManifest } from "../core/manifest";
import { mayOpen } from "../replay/access";
import type { Version } from "../replay/state";
import { orgKeysOf } from "./houses";
import { get, getBytes } from "./net";
import { hashOf, Parts, passed } from "./pieces";
import { nowSaid } from "./releases";
import { Trouble } from "./troubles";
import type { OpenedVersion } from "./opened";
import type { Vault } from "./vault";

/** Who of us was granted a version: an organisation of ours, or ourselves; empty when nobody. */
export function grantee(vault: Vault, version: Version): string {
  const access = vault.state.contributions.get(version.contribution)?.access;
  const mine = [...vault.state.organisations.values()].filter((org) => org.people.has(vault.me.person));
  return [...mine.map((org) => org.id), vault.me.person].find((id) => access?.get(id)?.grants.has(version.id)) ?? "";
}

/**
 * A version's key, title and file list; null when it was never granted to us, our keys do not reach it, or our access
 * ended: then the house hands out none of its files any more, and that is no fault of anybody's.
 */
export async function openVersion(vault: Vault, version: Version): Promise<OpenedVersion | null> {
  const held = vault.opened.get(version.id);
  if (held) return held;
  const identity = await contentKey(vault, version);
  if (!identity) return null;
  const sealed = await handedOut(vault, version);
  if (!sealed) return null;
  const plain = await age.decrypt(new Uint8Array(await sealed.arrayBuffer()), identity);
  const manifest = await openManifest(plain, version.commitment, version.blobs.map((blob) => blob.sha256));
  const opened = { identity, ...manifest };
  vault.opened.set(version.id, opened);
  return opened;
}

/** One file of a version, whole and verified, or an error and nothing. */
export async function openFile(vault: Vault, version: string, blob: string): Promise<{ name: string; data: Blob }> {
  const known = vault.state.versions.get(version);
  const opened = known && (await openVersion(vault, known));
  const file = opened?.files.find((each) => each.blob === blob);
  const sealed = known?.blobs.find((each) => each.sha256 === blob);
  if (!opened || !file || !sealed) throw new Trouble("unreadable");
  const [hash, parts] = [passed(file.size), new Parts()];
  const each = (piece: Uint8Array): void => { hash.take(piece); parts.take(piece); };
  await age.decryptPassing(await fetched(sealed), opened.identity, each);
  const data = parts.blob();
  prove(data.size === file.size && (await hash.hash()) === file.sha256, "a file is not the one the manifest names");
  return { name: file.name, data };
}

/** Whether opening a version is to be told: it was given by others, and we may say so and have not. */
export function isToBeTold(vault: Vault, version: Version): boolean {
  const to = grantee(vault, version);
  const access = vault.state.contributions.get(version.contribution)?.access.get(to);
  return !!access && to !== version.org && !access.acks.has(version.id) && (to === vault.me.person || vault.mayBind(to));
}

/** Says, once, that a version given by others was opened. */
export async function acknowledge(vault: Vault, version: Version): Promise<void> {
  if (!isToBeTold(vault, version)) return;
  const to = grantee(vault, version);
  const consortium = vault.state.contributions.get(version.contribution)?.consortium ?? "";
  await vault.say(async (pen) => [await acts.acknowledge(pen, to === vault.me.person ? "" : to, consortium, version.id)]);
}

async function contentKey(vault: Vault, version: Version): Promise<string | null> {
  const to = grantee(vault, version);
  const granted = vault.state.contributions.get(version.contribution)?.access.get(to)?.grants.get(version.id);
  const said = granted && vault.known.get(granted)?.said;
  if (!said) return null;
  const keys = to === vault.me.person ? [vault.me.keys.identity] : await orgKeysOf(vault, to);
  if (keys.length < (said.body.epoch as number) && to !== vault.me.person) return null;
  const item = (said.body.items as { version: string; sha256: string }[]).find((each) => each.version === version.id);
  const file = await getBytes(`/vault/attachments/${item?.sha256}`);
  prove((await digest(file)) === item?.sha256, "the grant file is not the one that was signed for this version");
  const identity = readGrant(await age.decrypt(file, ...keys), version.id);
  const named = await digest(utf8(await age.recipientOf(identity)));
  prove(named === version.contentKey, "the key in the grant is not the version's key");
  return identity;
}

async function handedOut(vault: Vault, version: Version): Promise<Blob | null> {
  try {
    return await fetched(version.manifest);
  } catch (error) {
    const over = !mayOpen(vault.state, version.id, grantee(vault, version), nowSaid());
    if (over && error instanceof Trouble && error.code === "server") return null;
    throw error;
  }
}

/** A sealed file as it was signed; large ones lie in the browser's store for blobs and not in memory. */
async function fetched(said: { sha256: string; size: number }): Promise<Blob> {
  const data = await (await get(`/vault/blobs/${said.sha256}`)).blob();
  const right = data.size === said.size && (await hashOf(data)) === said.sha256;
  prove(right, "a sealed file is missing or not the one that was signed");
  return data;
}
