/** Organisations: their keys, their people, and who can read on their behalf. */
import * as acts from "../acts";
import * as age from "../core/age";
import { b64u, type Bytes, digest, random, same } from "../core/bytes";
import { prove } from "../core/errors";
import { fingerprint } from "../core/fingerprint";
import { readOrgKeys } from "../core/grants";
import { inviteKey, recoveryKeys } from "../core/keys";
import { currentKey, type Organisation } from "../replay/state";
import { lastOf, orgRecovery, type Sheet } from "./doors";
import { getBytes } from "./net";
import { Trouble } from "./troubles";
import type { Vault } from "./vault";

export interface HouseView {
  id: string;
  name: string;
  initials: string;
  vaultId: string | null;
  mayCreate: boolean;
  role: string;
  opens: boolean;
  keyIsDue: boolean;
  people: { id: string; name: string; role: string; hasKeys: boolean; me: boolean }[];
  requests: { id: string; name: string; fingerprint: string }[];
}

export interface KeysView {
  name: string;
  fingerprint: string;
  epoch: number;
  place: number;
  houses: HouseView[];
}

let newHouse: { org: string; root: Bytes } | null = null;

export async function keysView(vault: Vault): Promise<KeysView> {
  await vault.refresh();
  const { person } = vault;
  return {
    name: person.name,
    fingerprint: await fingerprint(person.id),
    epoch: person.keys.length,
    place: currentKey(person).since,
    houses: await Promise.all(vault.session.organisations.map((house) => houseView(vault, house))),
  };
}

/** The organisation's keys, oldest first: unwrapped with our own, and only those its chain names. */
export async function orgKeysOf(vault: Vault, org: string): Promise<string[]> {
  const held = vault.orgKeys.get(org);
  const known = vault.organisation(org);
  if (held && held.length === known.keys.length) return held;
  const wraps = [...vault.known.values()].filter(({ said }) => said.type === "org.wrap" && said.place.chain === org);
  wraps.sort((one, two) => two.index - one.index);
  for (const { said } of wraps) {
    const items = said.body.items as { person: string; sha256: string }[];
    const mine = items.find((item) => item.person === vault.me.person);
    if (!mine) continue;
    const keys = await unwrapped(vault, known, mine.sha256);
    vault.orgKeys.set(org, keys);
    return keys;
  }
  return [];
}

/** A new organisation in the vault, its sheet to print first. */
export async function beginHouse(vault: Vault, id: string): Promise<Sheet> {
  const root = random(32);
  newHouse = { org: id, root };
  const house = vault.session.organisations.find((each) => each.id === id);
  const recovery = orgRecovery(root);
  return { kind: "organisation", name: house?.name ?? "", holder: vault.person.name, recovery, fingerprint: "" };
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
  const said = async (pen: acts.Pen): Promise<acts.Said[]> => {
    const created = await acts.createOrg(pen, name, { recipient }, recovery);
    return [created, await acts.wrapKeys(pen, created.id, [identity], to, await acts.placeBehind(created))];
  };
  await vault.say(said, { organisation: id });
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
  const identities = await orgKeysOf(vault, org);
  const to = [{ person: person.id, recipient: currentKey(person).age }];
  await vault.say(async (pen) => {
    const added = await acts.addPerson(pen, org, person.id, request);
    return [added, await acts.wrapKeys(pen, org, identities, to, await acts.placeBehind(added))];
  });
}

/** The next key of an organisation, wrapped to everyone in it and to its recovery sheet. */
export async function renewOrgKey(vault: Vault, org: string): Promise<void> {
  const old = await orgKeysOf(vault, org);
  const fresh = age.identityOf(random(32));
  const recipient = await age.recipientOf(fresh);
  const known = vault.organisation(org);
  const people = [...known.people.keys()].map((id) => ({ person: id, recipient: ageOf(vault, id) }));
  const to = [...people, { person: "", recipient: known.recoveryAge }];
  await vault.say(async (pen) => {
    const next = await acts.nextOrgKey(pen, org, recipient);
    return [next, await acts.wrapKeys(pen, org, [...old, fresh], to, await acts.placeBehind(next))];
  });
  vault.orgKeys.delete(org);
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

async function houseView(vault: Vault, house: Vault["session"]["organisations"][number]): Promise<HouseView> {
  const known = house.vault_id ? vault.state.organisations.get(house.vault_id) : undefined;
  const role = known?.people.get(vault.me.person) ?? "";
  const requests = [...vault.state.requests.values()].filter((each) => known && each.org === known.id && open(vault, each));
  return {
    id: house.id,
    name: known?.name ?? house.name,
    initials: house.initials,
    vaultId: known?.id ?? null,
    mayCreate: !known && house.roles.includes("signatory"),
    role,
    opens: known ? (await orgKeysOf(vault, known.id)).length === known.keys.length : false,
    keyIsDue: known?.keyIsDue ?? false,
    people: [...(known?.people ?? [])].map(([id, as]) => ({
      id, name: nameOf(vault, id), role: as, hasKeys: !!known?.wraps.has(id), me: id === vault.me.person,
    })),
    requests: role === "admin" ? await Promise.all(requests.map(async ({ id, person }) => ({
      id, name: nameOf(vault, person), fingerprint: await fingerprint(person),
    }))) : [],
  };
}

const open = (vault: Vault, { answered, invite, org, person }: { answered: boolean; invite: string; org: string; person: string }): boolean =>
  !answered && !vault.state.invites.get(invite)?.spent && !vault.organisation(org).people.has(person);

export const nameOf = (vault: Vault, person: string): string => vault.state.persons.get(person)?.name ?? "";

function ageOf(vault: Vault, id: string): string {
  const person = vault.state.persons.get(id);
  if (!person) throw new Trouble("org-key");
  return currentKey(person).age;
}

async function unwrapped(vault: Vault, org: Organisation, file: string): Promise<string[]> {
  const data = await getBytes(`/vault/attachments/${file}`);
  prove((await digest(data)) === file, "the organisation's keys are not in the file that was signed");
  const plain = await age.decrypt(data, vault.me.keys.identity);
  const many = new TextDecoder().decode(plain).trimEnd().split("\n").length - 1;
  prove(many > 0 && many <= org.keys.length, "these are not the keys the organisation's chain names");
  return readOrgKeys(plain, org.id, org.keys.slice(0, many));
}
