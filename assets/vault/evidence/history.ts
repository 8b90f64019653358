/**
 * The statements of a bundle in the log's order. People who sign nothing in it are not in it: where their
 * organisation admits them they stand as somebody without keys, who therefore cannot speak.
 */
import { N_, prove } from "../core/errors";
import * as note from "../core/note";
import { apply, signers } from "../replay/engine";
import { organisation, signKey, speaksFor } from "../replay/people";
import { State } from "../replay/state";
import { chainOf, namesOf, type Statement } from "../statements/statement";
import { endOf, type Log } from "./logs";
import type { Text } from "./verdict";

/** Where a statement without text stands; `apart` says that its tag calls it one for its parties alone. */
export interface Gap {
  index: number;
  chain: string;
  id: string;
  apart: boolean;
}

/** The state after these, and for a claim who approved. Raises Rejected or ProofError. */
export async function read(logs: Log[], texts: Text[], gaps: Gap[], subject: string, whole: boolean): Promise<{ state: State; approvals: string[] }> {
  const people = new Set(texts.filter(({ said }) => said.type === "person.create").map(({ said }) => said.id));
  const names = logs.map((log) => [log.signer.name, endOf(log)] as const);
  const state = new State(names[names.length - 1]?.[0] ?? "", true, names.slice(0, -1));
  const approvals: string[] = [];
  const together = new Set(texts.filter(({ said }) => said.type === "consortium.create").map(({ said }) => said.id));
  const complete = !gaps.some(({ chain, apart }) => !apart && together.has(chain));
  const all = [...texts, ...gaps].sort((one, two) => one.index - two.index);
  for (const each of all) {
    if (!("said" in each)) await apply(state, each);
    else if (!whole && isTogether(each.said)) approvals.push(...(await alone(state, each, subject)));
    else if (await isStranger(state, each, people)) await apply(state, { index: each.index, chain: chainOf(each.said), id: each.said.id });
    else {
      for (const author of (each.said.body.authors ?? []) as string[]) if (!state.persons.has(author)) state.persons.set(author, { id: author, name: `${author.slice(0, 12)}…`, keys: [] });
      if (complete) checkReference(state, each.said);
      await apply(state, { index: each.index, note: each.note });
    }
  }
  return { state, approvals };
}

const isTogether = (said: Statement): boolean => said.type === "version" || said.type === "approve" || said.type === "consortium.create";

/** Where no text is missing, nothing is said about what is not there. */
function checkReference(state: State, { type, body }: Statement): void {
  const of = typeof body.of === "string" ? body.of : type === "ack" ? String(body.version) : "";
  const matter = state.spoken.get(of) ?? of;
  const there = !of || state.versions.has(matter) || state.transfers.has(matter) || state.releases.has(matter);
  prove(there, N_("Something is said about what is not there."));
}

/** What a claim is about, and its approvals: their signatures, and that their makers may bind whom they sign for. */
async function alone(state: State, { said, note: whole, index }: Text, subject: string): Promise<string[]> {
  prove(said.type !== "consortium.create" && (said.id === subject || said.body.of === subject), N_("A claim holds a statement about something else."));
  await note.verifyExactly(note.parse(whole), signers(state, said));
  const org = speaksFor(state, said);
  prove(said.place.log === state.logAt(index), N_("A statement is for another log."));
  return said.type === "approve" ? [org.id] : [];
}

/** Somebody admitted, or asking elsewhere, who is none of this bundle's people: the statement still has to be signed. */
async function isStranger(state: State, { said, note: whole }: Text, people: Set<string>): Promise<boolean> {
  const parsed = note.parse(whole);
  if (said.type === "person.request" && !state.organisations.has(said.body.org as string)) {
    await note.verifyOne(parsed, { name: namesOf(said)[0] as string, public: signKey(state, said.by) });
    return true;
  }
  if (said.type !== "org.add" || state.requests.has(said.body.request as string)) return false;
  const [person, org] = [said.body.person as string, organisation(state, chainOf(said))];
  prove(!people.has(person) && !org.people.has(person), N_("Somebody is admitted who did not ask."));
  prove(org.people.get(said.by) === "admin", N_("Somebody is admitted by one who is not an admin."));
  await note.verifyExactly(parsed, signers(state, said));
  org.people.set(person, "admin");
  return true;
}
