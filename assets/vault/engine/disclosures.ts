/** The disclosure log of a contribution: what was given to whom, opened, ended; read from the signed history. */
import { disclosures as linesOf } from "../replay/access";
import type { Disclosure, Moment } from "../replay/state";
import { nameOf } from "./houses";
import { nowSaid } from "./releases";
import { Trouble } from "./troubles";
import type { Vault } from "./vault";
import { newestOpened, orgView, sees } from "./workspace";

export interface MomentView {
  index: number;
  at: string;
  by: string;
}

export interface LineView {
  to: string;
  name: string;
  outside: boolean;
  version: number;
  /** Whether what is missing here did not happen; otherwise it may only be hidden from us. */
  seen: boolean;
  purpose: string;
  until: string;
  released: MomentView | null;
  given: MomentView | null;
  opened: MomentView | null;
  ended: MomentView | null;
  /** How it ended: declined, withdrawn, revoked, or expired by its date. */
  end: string;
}

export interface DisclosuresView {
  id: string;
  slug: string;
  title: string | null;
  complete: boolean;
  lines: LineView[];
}

export async function disclosures(vault: Vault, slug: string, id: string): Promise<DisclosuresView> {
  await vault.look();
  const known = vault.state.contributions.get(id);
  if (!known) throw new Trouble("unreadable");
  const lines = linesOf(vault.state, id).filter((each) => each.given?.by !== each.to);
  return {
    id, slug, title: (await newestOpened(vault, known))?.title ?? null,
    complete: vault.owns(known), lines: lines.map((each) => line(vault, slug, each, sees(vault, known, each.to))),
  };
}

function line(vault: Vault, slug: string, each: Disclosure, seen: boolean): LineView {
  const place = vault.together(slug);
  const view = (moment: Moment | null): MomentView | null => moment && { index: moment.index, at: moment.at, by: nameFor(moment.by) };
  const nameFor = (id: string): string => (vault.state.persons.has(id) ? nameOf(vault, id) : orgView(vault, place, id).name);
  const about = vault.state.releases.get(each.release);
  const expired = about && !each.end && nowSaid() > about.until;
  return {
    to: each.to, name: nameFor(each.to), outside: !!about, version: vault.state.versions.get(each.version)?.number ?? 0, seen,
    purpose: about?.purpose ?? "", until: about?.until ?? "",
    released: view(each.released), given: view(each.given), opened: view(each.opened), ended: view(each.ended),
    end: each.end ?? (expired ? "expired" : ""),
  };
}
