/** Names as they are shown, by the signed history: look-alikes told apart. */
import { shownNames } from "../core/lookalikes";
import type { State } from "../replay/state";

const kept = new WeakMap<State, { orgs: Map<string, string>; persons: Map<string, string> }>();

function namesIn(state: State): { orgs: Map<string, string>; persons: Map<string, string> } {
  let names = kept.get(state);
  if (!names) {
    const of = (all: Iterable<{ id: string; name: string }>) => shownNames([...all].map(({ id, name }) => [id, name] as const));
    kept.set(state, (names = { orgs: of(state.organisations.values()), persons: of(state.persons.values()) }));
  }
  return names;
}

/** An organisation's name, or nothing when its chain is not known here. */
export const orgName = (state: State, id: string): string => namesIn(state).orgs.get(id) ?? "";
export const personName = (state: State, id: string): string => namesIn(state).persons.get(id) ?? "";
