/** One contribution in full: its versions, files, owners, what is still to be agreed, and who can open it. */
import * as acts from "../acts";
import { disputed, ownerOrgs } from "../replay/ownership";
import { type Contribution, type Matter, membersNow, standing, type Version } from "../replay/state";
import { nameOf } from "./houses";
import { acknowledge, grantee, openVersion } from "./opening";
import { Trouble } from "./troubles";
import type { Vault } from "./vault";
import { homeNow, type MemberView, orgView, type OrgView, ownOrgs, sharesOf } from "./workspace";

export type ShareView = OrgView & { share: string; part: number };

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

export interface VoiceView extends OrgView {
  said: "made" | "approved" | "objected" | "waiting";
}

export interface MatterView {
  id: string;
  kind: "version" | "transfer";
  number: number;
  standing: string;
  rights: { type: string; owners: ShareView[] }[];
  voices: VoiceView[];
  mayApprove: string;
  mayObject: string;
  mayWithdraw: { org: string; of: string } | null;
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
  rights: { type: string; owners: ShareView[] }[];
  agreed: boolean;
  matters: MatterView[];
  versions: VersionView[];
  readers: ReaderView[];
  rests: { id: string; title: string | null; kind: string; org: OrgView }[];
  shareAs: string;
  /** Whether only we can give access: then we see every grant, and `readers` is the whole truth. */
  complete: boolean;
}

/** What the page of a contribution shows; opening it the first time is acknowledged. */
export async function contribution(vault: Vault, slug: string, id: string): Promise<ContributionView> {
  await vault.refresh();
  const known = vault.state.contributions.get(id);
  if (!known) throw new Trouble("unreadable");
  const versions = known.versions.map((each) => vault.state.versions.get(each) as Version);
  const shown = [...versions].reverse().find((each) => grantee(vault, each)) ?? (versions[versions.length - 1] as Version);
  const opened = await openVersion(vault, shown);
  if (opened) await acknowledge(vault, shown);
  return view(vault, slug, vault.state.contributions.get(id) as Contribution, shown.id);
}

/** Approve, object, or take back what was said. */
export async function speak(vault: Vault, slug: string, type: string, org: string, of: string): Promise<void> {
  const consortium = vault.together(slug).vault_id ?? "";
  await vault.say(async (pen) => [await acts.speak(pen, type, org, consortium, of)]);
}

export async function stopSharing(vault: Vault, slug: string, id: string, org: string, to: string): Promise<void> {
  const consortium = vault.together(slug).vault_id ?? "";
  await vault.say(async (pen) => [await acts.revoke(pen, org, consortium, id, to)]);
}

async function view(vault: Vault, slug: string, known: Contribution, shown: string): Promise<ContributionView> {
  const place = vault.together(slug);
  const version = vault.state.versions.get(shown) as Version;
  const opened = vault.opened.get(shown) ?? null;
  const org = (id: string): OrgView => orgView(vault, place, id);
  const { members, acting } = await homeNow(vault, slug);
  const owners = ownerOrgs(vault.state, known);
  const today = known.rights.size ? new Map([...known.rights].map(([type, held]) => [type, held.owners])) : version.rights;
  const matters: Matter[] = [
    ...known.versions.map((id) => vault.state.versions.get(id) as Matter),
    ...known.transfers.map((id) => vault.state.transfers.get(id) as Matter),
  ];
  return {
    id: known.id, slug, title: opened?.title ?? null, description: opened?.description ?? "", klass: version.klass, version: shown,
    standing: disputed(vault.state, known) ? "disputed" : standing(version),
    files: opened?.files.map(({ name, size, blob }) => ({ name, size, blob })) ?? [],
    rights: [...today].map(([type, held]) => ({ type, owners: sharesOf(held, org) })),
    agreed: known.rights.size > 0,
    matters: matters.filter((each) => each.needed.size || each.objections.size).map((each) => matterView(vault, slug, each)).reverse(),
    versions: known.versions.map((id) => versionView(vault, id, org)).reverse(),
    readers: readers(vault, place.vault_id ?? "", known, members, owners),
    rests: await rests(vault, version, org),
    shareAs: acting.find((each) => owners.has(each.id))?.id ?? "",
    complete: [...owners].every((id) => ownOrgs(vault, place).includes(id)),
  };
}

function versionView(vault: Vault, id: string, org: (id: string) => OrgView): VersionView {
  const version = vault.state.versions.get(id) as Version;
  const size = [version.manifest, ...version.blobs].reduce((sum, each) => sum + each.size, 0);
  const { number, at, index } = version;
  return { id, number, at, by: nameOf(vault, version.by), org: org(version.org), size, opens: !!grantee(vault, version), index };
}

function matterView(vault: Vault, slug: string, matter: Matter): MatterView {
  const place = vault.together(slug);
  const org = (id: string): OrgView => orgView(vault, place, id);
  const mine = ownOrgs(vault, place).filter((id) => vault.mayBind(id));
  const open = matter.settled === null && !matter.withdrawn;
  const silent = mine.filter((id) => !matter.approvals.has(id) && !matter.objections.has(id));
  const said = mine.flatMap((id) => [matter.objections.get(id), open ? matter.approvals.get(id) : undefined].map((of) => ({ org: id, of })));
  const back = said.find((each) => each.of);
  const rights = matter.matter === "version" ? [...matter.rights] : [[matter.right, matter.owners] as const];
  const voices = [matter.org, ...new Set([...matter.needed, ...matter.objections.keys()])];
  return {
    id: matter.id, kind: matter.matter, number: matter.matter === "version" ? matter.number : 0, standing: standing(matter),
    rights: rights.map(([type, owners]) => ({ type, owners: sharesOf(owners, org) })),
    voices: voices.map((id) => ({ ...org(id), said: voice(matter, id) })),
    mayApprove: (open && silent.find((id) => matter.needed.has(id))) || "",
    mayObject: ((matter.matter === "version" || open) && silent.find((id) => id !== matter.org)) || "",
    mayWithdraw: back?.of ? { org: back.org, of: back.of } : null,
  };
}

const voice = (matter: Matter, org: string): VoiceView["said"] =>
  org === matter.org ? "made" : matter.objections.has(org) ? "objected" : matter.approvals.has(org) ? "approved" : "waiting";

function readers(vault: Vault, consortium: string, known: Contribution, members: MemberView[], owners: Set<string>): ReaderView[] {
  const current = vault.state.consortia.get(consortium);
  const inside = new Set(current ? membersNow(current).map((each) => each.org) : []);
  const newest = known.versions[known.versions.length - 1] as string;
  return members.filter((each) => inside.has(each.id)).map((each) => {
    const access = known.access.get(each.id);
    return { ...each, reads: !!access?.grants.has(newest) && !access.revoked, opened: !!access?.acks.size, owner: owners.has(each.id) };
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
