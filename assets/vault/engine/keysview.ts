/** What the pages about keys show: oneself, this device, and each of one's organisations with its people. */
import { unb64 } from "../core/bytes";
import { fingerprint } from "../core/fingerprint";
import { parseCheckpoint } from "../core/tlog";
import { currentKey, type Organisation } from "../replay/state";
import { chainOf } from "../statements/statement";
import { couldRecover, type Facts, type Finding, findings, holds, sheetSince } from "./health";
import { nameOf, orgKeysOf } from "./houses";
import type { House } from "./session";
import type { Vault } from "./vault";

export interface HolderView {
  id: string;
  name: string;
  role: string;
  since: string;
  fingerprint: string;
  compared: boolean;
  /** Has the newest keys under the key they have today. */
  holds: boolean;
  me: boolean;
  key: number;
}

export interface RequestView {
  id: string;
  person: string;
  name: string;
  fingerprint: string;
  role: string;
  /** Somebody of this name holds the organisation's key already, with another key of their own. */
  twin: string;
}

export interface HouseView {
  id: string;
  name: string;
  vaultId: string | null;
  fingerprint: string;
  mayCreate: boolean;
  role: string;
  opens: boolean;
  people: HolderView[];
  requests: RequestView[];
  invites: { id: string; role: string; at: string; by: string }[];
  /** Who works for the organisation, as the platform says, and has no part in its keys. */
  colleagues: { name: string; keyed: boolean }[];
  key: number;
  sheetAt: string;
  sheetSeen: string;
  findings: (Finding & { names: string[] })[];
  recovers: boolean;
}

export interface KeysView {
  /** By which others name us when they release something. */
  id: string;
  name: string;
  email: string;
  fingerprint: string;
  epoch: number;
  place: number;
  since: string;
  ways: Record<string, string>;
  sheetSeen: string;
  device: { log: string; size: number; chains: number; compared: number };
  houses: HouseView[];
}

export async function keysView(vault: Vault): Promise<KeysView> {
  await vault.look();
  const { person, session, pins } = vault;
  const own = [...vault.known.values()].filter(({ said }) => chainOf(said) === person.id && ["person.create", "person.rotate"].includes(said.type));
  own.sort((one, two) => two.index - one.index);
  return {
    id: person.id,
    name: person.name,
    email: session.person.email,
    fingerprint: await fingerprint(person.id),
    epoch: person.keys.length,
    place: currentKey(person).since,
    since: own[0]?.said.at ?? "",
    ways: session.person.ways,
    sheetSeen: vault.sheetSeen(person.id),
    device: {
      log: session.log.origin, size: pins ? parseCheckpoint(unb64(pins.checkpoint)).size : 0,
      chains: Object.keys(pins?.heads ?? {}).length, compared: vault.checked.length,
    },
    houses: await Promise.all(session.organisations.map((house) => houseView(vault, house))),
  };
}

async function houseView(vault: Vault, house: House): Promise<HouseView> {
  const known = house.vault_id ? vault.state.organisations.get(house.vault_id) : undefined;
  const mayCreate = !known && house.roles.includes("signatory");
  const none = { fingerprint: known ? await fingerprint(known.id) : "", role: "", opens: false, people: [], requests: [], invites: [], key: 0, sheetAt: "", sheetSeen: "", findings: [], recovers: false };
  const colleagues = (house.people ?? []).filter((each) => !known?.people.has(each.vault_id ?? ""));
  const shared = { id: house.id, name: known?.name ?? house.name, vaultId: known?.id ?? null, mayCreate };
  const others = colleagues.map(({ name, vault_id }) => ({ name, keyed: !!vault_id }));
  return { ...none, ...shared, colleagues: others, ...(known && (await keyed(vault, house, known))) };
}

async function keyed(vault: Vault, house: House, org: Organisation) {
  const facts = factsOf(vault, house);
  const found = findings(facts, org);
  const role = org.people.get(vault.me.person) ?? "";
  return {
    role,
    opens: !!role && (await orgKeysOf(vault, org.id)).length === org.keys.length,
    people: await Promise.all([...org.people].map(([id, as]) => holder(vault, facts, org, id, as))),
    requests: role === "admin" ? await requests(vault, org) : [],
    invites: role === "admin" ? invites(vault, org) : [],
    key: org.keys.length,
    sheetAt: sheetSince(facts, org).at,
    sheetSeen: vault.sheetSeen(org.id),
    findings: found.map((each) => ({ ...each, names: each.people.map((id) => nameOf(vault, id)) })),
    recovers: couldRecover(found),
  };
}

const factsOf = (vault: Vault, house: House): Facts => ({
  state: vault.state, known: vault.known, me: vault.me.person, checked: vault.checked,
  seated: house.people?.map((each) => each.vault_id).filter((id): id is string => !!id) ?? null,
});

async function holder(vault: Vault, facts: Facts, org: Organisation, id: string, role: string): Promise<HolderView> {
  const came = [...vault.known.values()].filter(({ said }) => chainOf(said) === org.id && brings(said, id));
  came.sort((one, two) => two.index - one.index);
  return {
    id, role, name: nameOf(vault, id), since: came[0]?.said.at ?? "", fingerprint: await fingerprint(id),
    compared: vault.checked.includes(id), holds: holds(facts, org, id), me: id === vault.me.person,
    key: vault.state.persons.get(id)?.keys.length ?? 0,
  };
}

const brings = ({ type, by, body }: { type: string; by: string; body: Record<string, unknown> }, person: string): boolean =>
  (type === "org.add" && body.person === person) || (["org.create", "org.recover"].includes(type) && by === person);

/** Requests that can still be answered: the invitation is open, and the person is not in yet. */
async function requests(vault: Vault, org: Organisation): Promise<RequestView[]> {
  const { state } = vault;
  const open = [...state.requests.values()].filter(({ answered, invite, org: asked, person }) =>
    asked === org.id && !answered && !state.invites.get(invite)?.spent && !org.people.has(person));
  return Promise.all(open.map(async ({ id, person, invite }) => {
    const called = (each: string): string => state.persons.get(each)?.name.toLowerCase() ?? "";
    const twin = [...org.people.keys()].find((each) => called(each) === called(person)) ?? "";
    return { id, person, name: nameOf(vault, person), fingerprint: await fingerprint(person), role: state.invites.get(invite)?.role ?? "", twin };
  }));
}

function invites(vault: Vault, org: Organisation): HouseView["invites"] {
  const open = [...vault.state.invites.values()].filter((each) => each.chain === org.id && !each.spent);
  return open.map(({ id, role }) => {
    const said = vault.known.get(id)?.said;
    return { id, role, at: said?.at ?? "", by: nameOf(vault, said?.by ?? "") };
  });
}
