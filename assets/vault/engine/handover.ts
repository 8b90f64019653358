/** Handing an organisation's keys on: to its people and its printed sheet, as its own chain names them, to nobody else. */
import * as acts from "../acts";
import * as age from "../core/age";
import { random } from "../core/bytes";
import { type Organisation, currentKey } from "../replay/state";
import { Rejected } from "../replay/refusals";
import type { Place } from "../statements/statement";
import { orgKeysOf } from "./houses";
import { Trouble } from "./troubles";
import type { Vault } from "./vault";

/** A statement names two hundred wrapped keys at most. */
const MOST = 150;

interface To {
  person: string;
  recipient: string;
}

/** Everybody in the organisation but who is leaving, and its recovery sheet. */
export function everybody(pen: acts.Pen, org: Organisation, leaving = ""): To[] {
  const people = [...org.people.keys()].filter((each) => each !== leaving);
  return [...people.map((person) => ({ person, recipient: ageOf(pen, person) })), { person: "", recipient: org.recoveryAge }];
}

/** The key somebody receives with: one's own as it is about to be, everybody else's as their chain says it. */
export function ageOf(pen: acts.Pen, person: string): string {
  if (person === pen.person) return pen.keys.recipient;
  const known = pen.state.persons.get(person);
  if (!known) throw new Trouble("org-key");
  return currentKey(known).age;
}

/** Every key of the organisation, sealed to each of these, in as many statements as it takes. */
export async function wrapTo(pen: acts.Pen, org: string, identities: string[], to: To[], place?: Place): Promise<acts.Said[]> {
  const said: acts.Said[] = [];
  for (let at = 0; at < to.length; at += MOST) {
    const last = said[said.length - 1];
    const where = last ? await acts.placeBehind(last) : place;
    said.push(await acts.wrapKeys(pen, org, identities, to.slice(at, at + MOST), where));
  }
  return said;
}

/** The organisation's next key and its hand-over, the old ones with it, so that what was granted before stays open. */
export async function rekey(pen: acts.Pen, org: string, old: string[], to: To[], place?: Place): Promise<acts.Said[]> {
  const fresh = age.identityOf(random(32));
  const next = await acts.nextOrgKey(pen, org, await age.recipientOf(fresh), place);
  return [next, ...(await wrapTo(pen, org, [...old, fresh], to, await acts.placeBehind(next)))];
}

/** Every key of the organisation, or a refusal: who cannot open them all cannot hand them on. */
export async function allKeysOf(vault: Vault, org: string): Promise<string[]> {
  const keys = await orgKeysOf(vault, org);
  if (keys.length !== vault.organisation(org).keys.length) throw new Trouble("org-key");
  return keys;
}

/** The next key of an organisation. Whoever was second finds it made and adds none. */
export async function renewOrgKey(vault: Vault, org: string): Promise<void> {
  const before = vault.organisation(org).keys.length;
  await vault.say(async (pen) => {
    const known = vault.organisation(org);
    if (known.keys.length > before) return [];
    return rekey(pen, org, await allKeysOf(vault, org), everybody(pen, known));
  });
}

/** Hands every key to these people ("" is the recovery sheet), under the keys they have today. */
export async function handOver(vault: Vault, org: string, people: string[]): Promise<void> {
  await vault.say(async (pen) => {
    const to = everybody(pen, vault.organisation(org)).filter((each) => people.includes(each.person));
    return to.length ? wrapTo(pen, org, await allKeysOf(vault, org), to) : [];
  });
}

/**
 * A person goes: removed, the next key made and handed to the rest, in one envelope, all or none. Who removes
 * themselves cannot make that key: it stays open as a task that every other manager's device works out.
 */
export async function removePerson(vault: Vault, org: string, person: string): Promise<void> {
  await vault.say(async (pen) => {
    const known = vault.organisation(org);
    if (!known.people.has(person)) return [];
    refuseLastAdmin(known, person);
    const old = await orgKeysOf(vault, org);
    const removed = await acts.removeFromOrg(pen, org, { person });
    if (person === vault.me.person || old.length !== known.keys.length) return [removed];
    return [removed, ...(await rekey(pen, org, old, everybody(pen, known, person), await acts.placeBehind(removed)))];
  });
}

export async function changeRole(vault: Vault, org: string, person: string, role: string): Promise<void> {
  if (role !== "admin") refuseLastAdmin(vault.organisation(org), person);
  await vault.say(async (pen) => [await acts.changeRole(pen, org, person, role)]);
}

/** Takes back an invitation that nobody has used. */
export async function withdrawInvite(vault: Vault, org: string, invite: string): Promise<void> {
  await vault.say(async (pen) => [await acts.removeFromOrg(pen, org, { invite })]);
}

function refuseLastAdmin(org: Organisation, person: string): void {
  const others = [...org.people].some(([id, role]) => role === "admin" && id !== person);
  if (!others) throw new Rejected("last-admin");
}
