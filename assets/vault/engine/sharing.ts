/**
 * Who can read which version of a contribution, and what is still to be given. What is due is worked out here from
 * the signed history; the server does not tell.
 */
import * as acts from "../acts";
import { mayOpen } from "../replay/access";
import { ownerOrgs } from "../replay/ownership";
import { inside as within } from "../replay/releases";
import { type Access, type Contribution, currentKey, has, latest, type State } from "../replay/state";
import { whenAt } from "./moments";
import { openVersion } from "./opening";
import { nowSaid } from "./releases";
import { Trouble } from "./troubles";
import type { Vault } from "./vault";
import { homeNow, orgView, type OrgView } from "./workspace";

/** One version and one party: what was given and what became of it. */
export interface CellView {
  version: string;
  state: "none" | "given" | "opened" | "ended";
  /** The key it was given under is not the party's newest. */
  older: boolean;
  index: number;
  at: string;
}

export interface PartyView extends OrgView {
  kind: "organisation" | "person";
  owner: boolean;
  mine: boolean;
  /** In the consortium today: only then can more be given. */
  here: boolean;
  /** Shown it by a release, which has consents and an end of its own. */
  outside: boolean;
  revoked: boolean;
  cells: CellView[];
}

export interface DueView {
  why: "version" | "key" | "left";
  to: string[];
  names: string[];
  versions: string[];
  number: number;
}

export interface SharingView {
  id: string;
  slug: string;
  title: string | null;
  shareAs: string;
  complete: boolean;
  versions: { id: string; number: number; at: string; opens: boolean }[];
  parties: PartyView[];
  people: { id: string; name: string; org: string }[];
  due: DueView[];
}

export type Give = { to: string; versions: string[] };

/** The whole table, after a fresh sync. */
export async function sharing(vault: Vault, slug: string, id: string): Promise<SharingView> {
  await vault.look();
  const known = vault.state.contributions.get(id);
  if (!known) throw new Trouble("unreadable");
  const { members, acting } = await homeNow(vault, slug);
  const owners = ownerOrgs(vault.state, known);
  const shareAs = acting.find((each) => owners.has(each.id))?.id ?? "";
  const versions = [];
  for (const version of known.versions.flatMap((each) => vault.state.versions.get(each) ?? []))
    versions.push({ id: version.id, number: version.number, at: version.at, opens: !!(await openVersion(vault, version)) });
  const people = members.filter((each) => each.state === "joined").flatMap((each) => each.people.map(({ id, name }) => ({ id, name, org: each.name })));
  const parties = partiesOf(vault, slug, known);
  return {
    id, slug, title: vault.opened.get(latest(known))?.title ?? null, shareAs,
    complete: vault.owns(known),
    versions, parties, people, due: shareAs ? dueOf(vault.state, known, parties) : [],
  };
}

/** Opens versions to partners, each under its newest key, as their chains say it; all or none. */
export async function give(vault: Vault, slug: string, org: string, gives: Give[]): Promise<void> {
  const consortium = vault.together(slug).vault_id ?? "";
  const ready: { to: string; keys: { version: string; identity: string }[] }[] = [];
  for (const { to, versions } of gives) ready.push({ to, keys: await keysOf(vault, versions) });
  await vault.say(async (pen) => {
    const said: acts.Said[] = [];
    for (const { to, keys } of ready) {
      const last = said[said.length - 1];
      said.push(await acts.grant(pen, org, consortium, to, keys, last && (await acts.placeBehind(last))));
    }
    return said;
  });
}

export async function stopSharing(vault: Vault, slug: string, id: string, org: string, to: string[]): Promise<void> {
  const consortium = vault.together(slug).vault_id ?? "";
  await vault.say(async (pen) => {
    const said: acts.Said[] = [];
    for (const each of to) {
      const last = said[said.length - 1];
      said.push(await acts.revoke(pen, org, consortium, id, each, last && (await acts.placeBehind(last))));
    }
    return said;
  });
}

/** The content keys of these versions, each opened and checked on the way. */
export async function keysOf(vault: Vault, versions: string[]): Promise<{ version: string; identity: string }[]> {
  const keys = [];
  for (const id of versions) {
    const version = vault.state.versions.get(id);
    const opened = version && (await openVersion(vault, version));
    if (!opened) throw new Trouble("unreadable");
    keys.push({ version: id, identity: opened.identity });
  }
  return keys;
}

function partiesOf(vault: Vault, slug: string, known: Contribution): PartyView[] {
  const { state } = vault;
  const place = vault.together(slug);
  const consortium = state.consortia.get(place.vault_id ?? "");
  const inside = [...(consortium?.members.keys() ?? [])].filter((org) => consortium && (has(consortium, org) || known.access.has(org)));
  const owners = ownerOrgs(state, known);
  return [...new Set([...inside, ...known.access.keys()])].map((id) => {
    const person = !state.organisations.has(id) && state.persons.has(id);
    const view = orgView(vault, place, id);
    const access = known.access.get(id);
    const here = !!consortium && within(state, consortium, id);
    return {
      ...view, kind: person ? ("person" as const) : ("organisation" as const),
      owner: owners.has(id), mine: id === vault.me.person || !!state.organisations.get(id)?.people.has(vault.me.person),
      here, outside: !here && !!access?.under.size, revoked: !!access?.revoked,
      cells: known.versions.map((version) => cell(vault, access, id, version)),
    };
  });
}

function cell(vault: Vault, access: Access | undefined, to: string, version: string): CellView {
  const grant = vault.known.get(access?.grants.get(version) ?? "");
  if (!access || !grant) return { version, state: "none", older: false, index: 0, at: "" };
  const state = !mayOpen(vault.state, version, to, nowSaid()) ? "ended" : access.acks.has(version) ? "opened" : "given";
  return { version, state, older: (grant.said.body.epoch as number) < epochOf(vault.state, to), index: grant.index, at: whenAt(vault, grant.index) };
}

function epochOf(state: State, to: string): number {
  const person = state.persons.get(to);
  return state.organisations.get(to)?.keys.length ?? (person ? person.keys.indexOf(currentKey(person)) + 1 : 0);
}

/** What those who read before are missing: the newest version, what was given under an older key, or an end. */
function dueOf(state: State, known: Contribution, parties: PartyView[]): DueView[] {
  const reads = (each: PartyView, at: number): boolean => ["given", "opened"].includes(each.cells[at]?.state ?? "");
  const last = known.versions.length - 1;
  const others = parties.filter((each) => !each.mine && !each.revoked);
  const behind = others.filter((each) => each.here && last > 0 && reads(each, last - 1) && !reads(each, last));
  const rekeyed = others.filter((each) => each.here && each.cells.some((cell) => cell.older && cell.state !== "none"));
  const gone = others.filter((each) => !each.here && !each.outside && !each.owner && each.cells.some((_, at) => reads(each, at)));
  const due = (why: DueView["why"], to: PartyView[], versions: string[]): DueView[] =>
    to.length ? [{ why, to: to.map((each) => each.id), names: to.map((each) => each.name), versions, number: last + 1 }] : [];
  const older = rekeyed.flatMap((each) => due("key", [each], each.cells.filter((cell) => cell.older).map((cell) => cell.version)));
  return [...due("version", behind, [latest(known)]), ...older, ...due("left", gone, [])];
}
