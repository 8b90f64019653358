/** Who owns which share of what, on what basis, and what rests on what: read from the signed history alone. */
import { hex, unb64 } from "../core/bytes";
import { parseCheckpoint } from "../core/tlog";
import { disputed } from "../replay/ownership";
import { type Contribution, latest, type Version } from "../replay/state";
import { overtaken, type ShareView } from "./matters";
import { whenAt } from "./moments";
import type { Vault } from "./vault";
import { newestOpened, orgView, type OrgView, sharesOf, tried } from "./workspace";

export interface RightView {
  type: string;
  owners: ShareView[];
  /** What set these owners: place in the log and time as said; the claim itself while nothing is agreed. */
  basis: { id: string; index: number; at: string };
  /** A change of owners is proposed and still open. */
  pending: boolean;
}

export interface RegisterRow {
  id: string;
  title: string | null;
  broken: boolean;
  klass: string;
  version: number;
  maker: OrgView;
  standing: string;
  rights: RightView[];
  rests: { id: string; kind: string }[];
  index: number;
}

export interface RegisterView {
  slug: string;
  name: string;
  log: string;
  size: number;
  root: string;
  /** Who else has signed this state of the log, of those the log names. */
  witnesses: { seen: number; known: number };
  rows: RegisterRow[];
}

/** The whole register of a consortium, after a fresh sync. */
export async function register(vault: Vault, slug: string): Promise<RegisterView> {
  await vault.look();
  const place = vault.together(slug);
  const consortium = vault.state.consortia.get(place.vault_id ?? "");
  const rows: RegisterRow[] = [];
  for (const id of consortium?.contributions ?? []) rows.push(await row(vault, slug, vault.state.contributions.get(id) as Contribution));
  const point = parseCheckpoint(unb64(vault.pins?.checkpoint ?? ""));
  return { slug, name: consortium?.name ?? place.name, log: point.origin, size: point.size, root: hex(point.root), witnesses: vault.witnesses, rows };
}

/** Today's owners of each right; before anything is agreed, those the first version names. */
export function rightsOf(vault: Vault, slug: string, known: Contribution): RightView[] {
  const place = vault.together(slug);
  const org = (id: string): OrgView => orgView(vault, place, id);
  const first = vault.state.versions.get(known.versions[0] as string) as Version;
  const held = known.rights.size ? [...known.rights].map(([type, each]) => [type, each.owners, each.basis] as const)
    : [...first.rights].map(([type, owners]) => [type, owners, first.id] as const);
  const open = known.transfers.map((id) => vault.state.transfers.get(id));
  return held.map(([type, owners, basis]) => ({
    type, owners: sharesOf(owners, org), basis: { id: basis, ...settledOf(vault, basis) },
    pending: open.some((each) => each?.right === type && each.settled === null && !each.withdrawn && !overtaken(vault, each)),
  }));
}

async function row(vault: Vault, slug: string, known: Contribution): Promise<RegisterRow> {
  const version = vault.state.versions.get(latest(known)) as Version;
  const [opened, broken] = await tried(() => newestOpened(vault, known));
  const rests = known.versions.flatMap((id) => vault.state.versions.get(id)?.derivedFrom ?? []);
  const sources = new Map(rests.map(({ version: id, kind }) => [vault.state.versions.get(id)?.contribution ?? id, kind]));
  return {
    id: known.id, title: opened?.title ?? null, broken, klass: version.klass, version: version.number,
    maker: orgView(vault, vault.together(slug), version.org),
    standing: disputed(vault.state, known) ? "disputed" : known.rights.size ? "agreed" : "claimed",
    rights: rightsOf(vault, slug, known),
    rests: [...sources].filter(([id]) => id !== known.id).map(([id, kind]) => ({ id, kind })),
    index: vault.known.get(known.id)?.index ?? version.index,
  };
}

/** Where the owners that a statement names came into force: at its last approval. */
function settledOf(vault: Vault, basis: string): { index: number; at: string } {
  const matter = vault.state.versions.get(basis) ?? vault.state.transfers.get(basis);
  const index = matter?.settled ?? matter?.index ?? 0;
  return { index, at: whenAt(vault, index) };
}
