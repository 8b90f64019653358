/**
 * How an organisation's keys stand: whether it could come back today if everyone lost everything but its printed
 * sheet, and what should be mended. Worked out on this device from the signed history; the server only says who
 * works where, and is believed in that alone.
 */
import { currentKey, type Organisation, type State } from "../replay/state";
import { chainOf } from "../statements/statement";
import type { Known } from "./sync";

export type Code =
  | "sheet-behind" | "nobody-opens" | "key-due-left" | "key-due-stolen" | "not-handed" | "one-admin" | "gone" | "not-compared";

/** Something that is not as it should be. `stop`: the organisation could not recover today because of it. */
export interface Finding {
  code: Code;
  level: "stop" | "warn" | "tell";
  people: string[];
}

type Reads = Pick<Known, "said" | "index">;

export interface Facts {
  state: State;
  known: ReadonlyMap<string, Reads>;
  me: string;
  checked: string[];
  /** The keys of those who work for the organisation, as the platform says; null when it does not say. */
  seated: string[] | null;
}

/** Everything that is amiss, worst first. */
export function findings(facts: Facts, org: Organisation): Finding[] {
  const people = [...org.people.keys()];
  const holding = people.filter((each) => holds(facts, org, each));
  const due = keyDue(facts, org);
  const gone = facts.seated ? people.filter((each) => !facts.seated?.includes(each)) : [];
  const strangers = people.filter((each) => each !== facts.me && !facts.checked.includes(each) && !gone.includes(each));
  const found: (Finding | false)[] = [
    !sheetOpens(facts, org) && { code: "sheet-behind", level: "stop", people: [] },
    !holding.length && { code: "nobody-opens", level: "stop", people: [] },
    !!due && { code: due.reason === "left" ? "key-due-left" : "key-due-stolen", level: "warn", people: due.people },
    gone.length > 0 && { code: "gone", level: "warn", people: gone },
    holding.length < people.length && { code: "not-handed", level: "warn", people: people.filter((each) => !holding.includes(each)) },
    admins(org).length === 1 && { code: "one-admin", level: "warn", people: admins(org) },
    strangers.length > 0 && { code: "not-compared", level: "tell", people: strangers },
  ];
  return found.filter((each): each is Finding => !!each);
}

/** Whether everything could be brought back with the printed sheet alone. */
export const couldRecover = (found: Finding[]): boolean => !found.some((each) => each.level === "stop");

export const admins = (org: Organisation): string[] =>
  [...org.people].filter(([, role]) => role === "admin").map(([person]) => person);

/** Whether somebody was handed the newest keys under the key they have today. */
export function holds({ state, known }: Facts, org: Organisation, person: string): boolean {
  const wrap = known.get(org.wraps.get(person) ?? "");
  const owner = state.persons.get(person);
  return !!wrap && !!owner && wrap.index > currentKey(owner).since;
}

/** Whether the newest keys were handed to the sheet that counts today. */
export function sheetOpens({ known }: Pick<Facts, "known">, org: Organisation): boolean {
  const wrap = known.get(org.wraps.get("") ?? "");
  return !!wrap && wrap.index > sheetSince({ known }, org).index;
}

/** The statement that made today's sheet: nobody's program says it before its last characters were typed. */
export function sheetSince({ known }: Pick<Facts, "known">, org: Organisation): { at: string; index: number } {
  const made = newest(known, org.id, ["org.create", "org.recover"]);
  return { at: made?.said.at ?? "", index: made?.index ?? -1 };
}

/** Why the organisation needs its next key, and whose doing that is. */
export function keyDue({ state, known }: Facts, org: Organisation): { reason: "left" | "stolen"; people: string[] } | null {
  const since = newest(known, org.id, ["org.create", "org.key"])?.index ?? -1;
  const after = [...known.values()].filter(({ index }) => index > since);
  const stolen = after.filter(({ said }) => said.type === "person.rotate" && said.body.reason === "compromise" && org.people.has(said.by));
  if (org.keyIsDue) {
    const left = after.filter(({ said }) => said.type === "org.remove" && chainOf(said) === org.id && said.body.person);
    return { reason: "left", people: left.map(({ said }) => String(said.body.person)) };
  }
  return stolen.length ? { reason: "stolen", people: [...new Set(stolen.map(({ said }) => said.by))].filter((id) => state.persons.has(id)) } : null;
}

function newest(known: ReadonlyMap<string, Reads>, chain: string, types: string[]): Reads | undefined {
  const found = [...known.values()].filter(({ said }) => types.includes(said.type) && chainOf(said) === chain);
  return found.sort((one, two) => two.index - one.index)[0];
}
