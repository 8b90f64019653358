/** What came in since the page was last told: after a ring of the bell, which itself says nothing that is believed. */
import { changedSince } from "./changes";
import { nameOf } from "./houses";
import type { Session } from "./session";
import type { Vault } from "./vault";

/** Statements of others that we may read, by kind and by who signed them. */
export interface Entry {
  type: string;
  by: string;
}

export interface News {
  session: Session;
  /** Whether what is shown may be another by now. */
  moved: boolean;
  entries: Entry[];
  /** Keys that are others than when this device last looked. */
  changed: number;
}

/** Up to which place of the register the page was told. */
const told = new WeakMap<Vault, number>();

/** Follows the register after a ring. The first time nothing is news. A locked vault follows nothing. */
export async function follow(vault: Vault): Promise<News> {
  const me = vault.me.person;
  const moved = await vault.catchUp();
  const all = [...vault.known.values()];
  const end = all.reduce((most, { index }) => Math.max(most, index + 1), 0);
  const from = told.get(vault) ?? end;
  told.set(vault, end);
  const fresh = all.filter(({ index, said }) => index >= from && said.by !== me).sort((one, two) => one.index - two.index);
  const entries = fresh.map(({ said }) => ({ type: said.type, by: nameOf(vault, said.by) }));
  return { session: vault.session, moved, entries, changed: changedSince(vault.state, vault.seenKeys).length };
}
