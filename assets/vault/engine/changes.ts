/**
 * Keys that changed since this device last saw them. What was seen is pinned; whatever differs stops the next
 * grant and the next hand-over to that party, until its owner looked and decided.
 */
import { b64u } from "../core/bytes";
import { fingerprint } from "../core/fingerprint";
import { chainOf, type Statement } from "../statements/statement";
import type { State } from "../replay/state";
import type { Known } from "./sync";
import type { Vault } from "./vault";

/** One change of a key: by whom, when, where in the log, why. */
export interface KeyStep {
  what: "rotated" | "renewed" | "recovered";
  reason: string;
  by: string;
  at: string;
  index: number;
}

export interface KeyChange {
  id: string;
  kind: "person" | "organisation";
  name: string;
  /** For a person: the organisations in which they hold a key. */
  of: string[];
  before: number;
  now: number;
  steps: KeyStep[];
  /** A person's fingerprint stays the same through every change of key. */
  fingerprint: string;
  compared: boolean;
}

type Reads = Pick<Known, "said" | "index">;

/** What is pinned of a party: the number of its key, and for an organisation its printed sheet's key too. */
export function markOf(state: State, id: string): string {
  const person = state.persons.get(id);
  if (person) return String(person.keys.length);
  const org = state.organisations.get(id);
  return org ? `${org.keys.length} ${b64u(org.recoverySign)}` : "";
}

/** The parties whose key is not the one that was pinned. Who was never seen before is no change. */
export const changedSince = (state: State, pinned: Record<string, string>): string[] =>
  Object.keys(pinned).filter((id) => markOf(state, id) && markOf(state, id) !== pinned[id]);

/** What happened to a party's key after the mark that was pinned, in log order. */
export function stepsSince(history: Iterable<Reads>, id: string, pinned: string): KeyStep[] {
  const [seen = "0", sheet = ""] = pinned.split(" ");
  const own = [...history].filter(({ said }) => chainOf(said) === id).sort((one, two) => one.index - two.index);
  const steps: KeyStep[] = [];
  let keys = 0;
  let left = false;
  let recovered = !sheet;
  for (const { said, index } of own) {
    if (said.type === "org.remove" && said.body.person) left = true;
    const fresh = said.type.endsWith(".create") || said.type === "org.key" || said.type === "person.rotate";
    if (fresh && ++keys > Number(seen)) steps.push(step(said, index, left ? "left" : ""));
    if (fresh) left = false;
    if (said.type === "org.recover" && recovered) steps.push(step(said, index, ""));
    if (said.body.recovery_sign === sheet) recovered = true;
  }
  return steps;
}

/** Every change that this device was not told to go on with. */
export async function keyChanges(vault: Vault): Promise<KeyChange[]> {
  const { state, seenKeys, known } = vault;
  const changed = changedSince(state, seenKeys).map((id) => ({ id, steps: stepsSince(known.values(), id, seenKeys[id] ?? "") }));
  return Promise.all(changed.map(({ id, steps }) => changeOf(vault, id, steps)));
}

/** The changes that bear on these parties: their own, and those of the people of an organisation among them. */
export async function changesFor(vault: Vault, parties: Iterable<string>): Promise<KeyChange[]> {
  const wanted = new Set(parties);
  for (const id of [...wanted]) for (const person of vault.state.organisations.get(id)?.people.keys() ?? []) wanted.add(person);
  return (await keyChanges(vault)).filter(({ id }) => wanted.has(id));
}

/** Whom a statement hands something to: a grant's receiver, or the people that an organisation's keys are sealed to. */
export function receivers({ type, body }: Statement): string[] {
  if (type === "grant") return [String(body.to)];
  if (type !== "org.wrap") return [];
  return (body.items as { person: string }[]).map(({ person }) => person).filter(Boolean);
}

async function changeOf(vault: Vault, id: string, steps: KeyStep[]): Promise<KeyChange> {
  const { state } = vault;
  const person = state.persons.get(id);
  const houses = [...state.organisations.values()].filter((org) => org.people.has(id)).map((org) => org.name);
  const named = steps.map((each) => ({ ...each, by: state.persons.get(each.by)?.name ?? "" }));
  return {
    id, kind: person ? "person" : "organisation", name: person?.name ?? state.organisations.get(id)?.name ?? "", of: houses,
    before: Number((vault.seenKeys[id] ?? "").split(" ")[0]), now: Number(markOf(state, id).split(" ")[0]), steps: named,
    fingerprint: person ? await fingerprint(id) : "", compared: vault.checked.includes(id),
  };
}

function step(said: Statement, index: number, reason: string): KeyStep {
  const what = said.type === "person.rotate" ? "rotated" : said.type === "org.recover" ? "recovered" : "renewed";
  return { what, reason: String(said.body.reason ?? reason), by: said.by, at: said.at, index };
}
