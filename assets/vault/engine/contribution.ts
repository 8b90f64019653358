/** One contribution in full: its versions, files, owners, what is still to be agreed, and who can open it. */
import { disputed, ownerOrgs } from "../replay/ownership";
import { type Contribution, membersNow, standing, type Version } from "../replay/state";
import { nameOf } from "./houses";
import { type MatterView, mattersOf } from "./matters";
import { acknowledge, grantee, isToBeTold, openVersion } from "./opening";
import { type RightView, rightsOf } from "./register";
import { Trouble } from "./troubles";
import type { Vault } from "./vault";
import { homeNow, type MemberView, orgView, type OrgView } from "./workspace";

export interface VersionView {
  id: string;
  number: number;
  at: string;
  by: string;
  org: OrgView;
  size: number;
  opens: boolean;
  index: number;
}

export interface ReaderView extends MemberView {
  reads: boolean;
  opened: boolean;
  owner: boolean;
}

export interface ContributionView {
  id: string;
  slug: string;
  title: string | null;
  description: string;
  klass: string;
  version: string;
  standing: string;
  files: { name: string; size: number; blob: string }[];
  rights: RightView[];
  agreed: boolean;
  /** Owners of ours that may propose other owners today. */
  mayTransfer: string;
  matters: MatterView[];
  versions: VersionView[];
  readers: ReaderView[];
  rests: { id: string; title: string | null; kind: string; org: OrgView }[];
  shareAs: string;
  /** Whether we own a part of it: then we see every grant, and `readers` is the whole truth. */
  complete: boolean;
  /** A newer version was given to us than the one that is shown. */
  newer: boolean;
}

/**
 * What the page of a contribution shows; opening it the first time is acknowledged. A ring of the bell signs nothing, so
 * what it brings is opened only when its reader asks.
 */
export async function contribution(vault: Vault, slug: string, id: string, asked = true): Promise<ContributionView> {
  await vault.look();
  const known = vault.state.contributions.get(id);
  if (!known) throw new Trouble("unreadable");
  const versions = known.versions.map((each) => vault.state.versions.get(each) as Version);
  const given = versions.filter((each) => grantee(vault, each)).reverse();
  const shown = given.find((each) => asked || !isToBeTold(vault, each));
  const opened = shown && (await openVersion(vault, shown));
  if (opened) await acknowledge(vault, shown);
  const now = await view(vault, slug, vault.state.contributions.get(id) as Contribution, (shown ?? (versions.at(-1) as Version)).id, !!shown);
  return { ...now, newer: given[0] !== shown };
}

async function view(vault: Vault, slug: string, known: Contribution, shown: string, may: boolean): Promise<Omit<ContributionView, "newer">> {
  const place = vault.together(slug);
  const version = vault.state.versions.get(shown) as Version;
  const opened = (may && vault.opened.get(shown)) || null;
  const org = (id: string): OrgView => orgView(vault, place, id);
  const { members, acting } = await homeNow(vault, slug);
  const owners = ownerOrgs(vault.state, known);
  return {
    id: known.id, slug, title: opened?.title ?? null, description: opened?.description ?? "", klass: version.klass, version: shown,
    standing: disputed(vault.state, known) ? "disputed" : standing(version),
    files: opened?.files.map(({ name, size, blob }) => ({ name, size, blob })) ?? [],
    rights: rightsOf(vault, slug, known),
    agreed: known.rights.size > 0,
    mayTransfer: (known.rights.size && !disputed(vault.state, known) && acting.find((each) => owners.has(each.id))?.id) || "",
    matters: mattersOf(vault, slug, known),
    versions: known.versions.map((id) => versionView(vault, id, org)).reverse(),
    readers: readers(vault, place.vault_id ?? "", known, members, owners),
    rests: await rests(vault, version, org),
    shareAs: acting.find((each) => owners.has(each.id))?.id ?? "",
    complete: vault.owns(known),
  };
}

function versionView(vault: Vault, id: string, org: (id: string) => OrgView): VersionView {
  const version = vault.state.versions.get(id) as Version;
  const size = [version.manifest, ...version.blobs].reduce((sum, each) => sum + each.size, 0);
  const { number, at, index } = version;
  return { id, number, at, by: nameOf(vault, version.by), org: org(version.org), size, opens: !!grantee(vault, version), index };
}

function readers(vault: Vault, consortium: string, known: Contribution, members: MemberView[], owners: Set<string>): ReaderView[] {
  const current = vault.state.consortia.get(consortium);
  const inside = new Set(current ? membersNow(current).map((each) => each.org) : []);
  const newest = known.versions[known.versions.length - 1] as string;
  return members.filter((each) => inside.has(each.id)).map((each) => {
    const access = known.access.get(each.id);
    return { ...each, reads: !!access?.grants.has(newest) && !access.revoked, opened: known.shown.some((line) => line.to === each.id && !!line.opened), owner: owners.has(each.id) };
  });
}

async function rests(vault: Vault, version: Version, org: (id: string) => OrgView): Promise<ContributionView["rests"]> {
  const found = [];
  for (const { version: id, kind } of version.derivedFrom) {
    const source = vault.state.versions.get(id);
    if (!source) continue;
    const opened = grantee(vault, source) ? await openVersion(vault, source) : null;
    found.push({ id: source.contribution, title: opened?.title ?? null, kind, org: org(source.org) });
  }
  return found;
}
