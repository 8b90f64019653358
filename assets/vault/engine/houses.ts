/** Organisations: their keys, how they come to have them, and who is let in. */
import * as acts from "../acts";
import * as age from "../core/age";
import { b64u, type Bytes, digest, random, same } from "../core/bytes";
import { prove } from "../core/errors";
import { fingerprint } from "../core/fingerprint";
import { readOrgKeys } from "../core/grants";
import { inviteKey, ORG, recoveryKeys, recoveryString } from "../core/keys";
import { currentKey, type Organisation } from "../replay/state";
import { allKeysOf } from "./handover";
import { lastOf, type Sheet } from "./making";
import { personName } from "./names";
import { getBytes } from "./net";
import { Trouble } from "./troubles";
import type { Vault } from "./vault";

let newHouse: { org: string; root: Bytes } | null = null;

export const orgRecovery = (root: Bytes): string => recoveryString(root, ORG);

/** The organisation's keys, oldest first: unwrapped with our own, and only those its chain names. */
export async function orgKeysOf(vault: Vault, org: string): Promise<string[]> {
  const held = vault.orgKeys.get(org);
  const known = vault.organisation(org);
  if (held && held.length === known.keys.length) return held;
  const since = currentKey(vault.person).since;
  const wraps = [...vault.known.values()].filter(({ said }) => said.type === "org.wrap" && said.place.chain === org);
  wraps.sort((one, two) => two.index - one.index);
  for (const { said, index } of wraps) {
    const items = said.body.items as { person: string; sha256: string }[];
    const mine = items.find((item) => item.person === vault.me.person);
    if (!mine || index < since) continue; // what was sealed to an earlier key of ours is closed to this one
    const keys = await unwrapped(known, mine.sha256, vault.me.keys.identity);
    vault.orgKeys.set(org, keys);
    return keys;
  }
  return [];
}

/** The organisation's keys in a wrapped file: its hash was signed, and its keys are those the chain names, oldest first. */
export async function unwrapped(org: Organisation, file: string, identity: string): Promise<string[]> {
  const data = await getBytes(`/vault/attachments/${file}`);
  prove((await digest(data)) === file, "the organisation's keys are not in the file that was signed");
  const plain = await age.decrypt(data, identity);
  const many = new TextDecoder().decode(plain).trimEnd().split("\n").length - 1;
  prove(many > 0 && many <= org.keys.length, "these are not the keys the organisation's chain names");
  return readOrgKeys(plain, org.id, org.keys.slice(0, many));
}

/** A new organisation in the vault, its sheet to print first. */
export async function beginHouse(vault: Vault, id: string): Promise<Sheet> {
  const root = random(32);
  newHouse = { org: id, root };
  const house = vault.session.organisations.find((each) => each.id === id);
  return { kind: "organisation", name: house?.name ?? "", holder: vault.person.name, recovery: orgRecovery(root), fingerprint: "" };
}

/** States the organisation and hands its key to its maker and to its recovery sheet. */
export async function endHouse(vault: Vault, typed: string): Promise<boolean> {
  if (!newHouse) throw new Trouble("locked");
  const { org: id, root } = newHouse;
  if (lastOf(orgRecovery(root)) !== lastOf(typed, true)) return false;
  const name = vault.session.organisations.find((each) => each.id === id)?.name ?? "";
  const recovery = await recoveryKeys(root);
  const identity = age.identityOf(random(32));
  const recipient = await age.recipientOf(identity);
  const to = [{ person: vault.me.person, recipient: vault.me.keys.recipient }, { person: "", recipient: recovery.recipient }];
  const [created] = await vault.say(async (pen) => {
    const created = await acts.createOrg(pen, name, { recipient }, recovery);
    return [created, await acts.wrapKeys(pen, created.id, [identity], to, await acts.placeBehind(created))];
  }, { organisation: id });
  if (created) vault.sawSheet(created.id);
  newHouse = null;
  return true;
}

/** A link for a colleague; the secret stands in its fragment alone. */
export async function inviteColleague(vault: Vault, org: string, role: string): Promise<string> {
  const secret = random(32);
  await vault.say(async (pen) => [await acts.invitePerson(pen, org, secret, role)]);
  return linkFor(vault, org, secret);
}

/** Admits somebody who asked with a link's secret, and hands them the organisation's keys. */
export async function admit(vault: Vault, org: string, request: string): Promise<void> {
  const asked = vault.state.requests.get(request);
  const person = asked && vault.state.persons.get(asked.person);
  if (!person) throw new Trouble("not-invited");
  await vault.say(async (pen) => {
    const identities = await allKeysOf(vault, org);
    const to = [{ person: person.id, recipient: currentKey(person).age }];
    const added = await acts.addPerson(pen, org, person.id, request);
    return [added, await acts.wrapKeys(pen, org, identities, to, await acts.placeBehind(added))];
  });
}

/** Asks to join an organisation with the secret of a link. */
export async function askToJoin(vault: Vault, org: string, secret: Bytes): Promise<void> {
  const invite = await openInvite(vault, org, secret);
  await vault.say(async (pen) => [await acts.requestPlace(pen, org, invite, secret)]);
}

/** The open invitation whose key is the one in the link: it came from the chain, not from the server's word. */
export async function openInvite(vault: Vault, chain: string, secret: Bytes): Promise<string> {
  const key = (await inviteKey(secret)).public;
  const invite = [...vault.state.invites.values()].find((each) => each.chain === chain && same(each.public, key));
  if (!invite || invite.spent) throw new Trouble("not-invited");
  return invite.id;
}

/** The end of an invitation link: log, chain, who invites, secret. */
export async function linkFor(vault: Vault, chain: string, secret: Bytes): Promise<string> {
  const digits = (await fingerprint(vault.me.person)).replaceAll(" ", "");
  return [vault.session.log.origin, chain, digits, b64u(secret)].join(".");
}

export const nameOf = (vault: Vault, person: string): string => personName(vault.state, person);
