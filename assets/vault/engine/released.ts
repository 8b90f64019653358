/** What others released to us: by whom, for what, until when; opened like everything else, every check made. */
import * as acts from "../acts";
import { standing, type Standing } from "../replay/releases";
import type { Release, Version } from "../replay/state";
import { nameOf } from "./houses";
import { orgName } from "./names";
import { acknowledge, grantee, openVersion } from "./opening";
import { nowSaid } from "./releases";
import { Trouble } from "./troubles";
import type { OpenedVersion } from "./opened";
import type { Vault } from "./vault";

export interface ReleasedVersion {
  id: string;
  number: number;
  klass: string;
  title: string | null;
  description: string;
  files: { name: string; size: number; blob: string }[];
}

export interface ReleasedView {
  id: string;
  chain: string;
  consortium: string;
  by: string;
  person: string;
  to: string;
  purpose: string;
  until: string;
  terms: string;
  made: { index: number; at: string };
  state: Standing;
  given: boolean;
  opened: boolean;
  mayDecline: boolean;
  versions: ReleasedVersion[];
}

/** Everything that is or was released to us, newest first; nothing is opened before somebody asks for it. */
export async function released(vault: Vault): Promise<ReleasedView[]> {
  vault.forget();
  await vault.refresh();
  const ours = new Set([...vault.state.organisations.values()].filter((org) => org.people.has(vault.me.person)).map((org) => org.id));
  const mine = [...vault.state.releases.values()].filter((each) => each.to === vault.me.person || ours.has(each.to));
  const told = mine.filter((each) => each.grants.length || standing(vault.state, each, nowSaid()) === "in_force");
  return told.sort((one, two) => two.index - one.index).map((each) => view(vault, each));
}

/** Opens what was released, whole, and says so once. */
export async function openRelease(vault: Vault, id: string): Promise<ReleasedView> {
  const about = vault.state.releases.get(id);
  if (!about || standing(vault.state, about, nowSaid()) !== "in_force") throw new Trouble("unreadable");
  for (const version of about.versions.flatMap((each) => vault.state.versions.get(each) ?? [])) {
    if (!grantee(vault, version) || !(await openVersion(vault, version))) throw new Trouble("unreadable");
    await acknowledge(vault, version);
  }
  return view(vault, vault.state.releases.get(id) as Release);
}

/** Wants nothing of it, or no more. */
export async function decline(vault: Vault, id: string): Promise<void> {
  const about = vault.state.releases.get(id);
  if (!about) throw new Trouble("unreadable");
  const org = about.to === vault.me.person ? "" : about.to;
  await vault.say(async (pen) => [await acts.decline(pen, org, about.consortium, id)]);
  for (const version of about.versions) vault.opened.delete(version);
}

function view(vault: Vault, about: Release): ReleasedView {
  const said = vault.known.get(about.id)?.said;
  const versions = about.versions.flatMap((each) => vault.state.versions.get(each) ?? []);
  const access = (each: Version) => vault.state.contributions.get(each.contribution)?.access.get(about.to);
  const state = standing(vault.state, about, nowSaid());
  return {
    id: about.id, chain: about.consortium, consortium: vault.state.consortia.get(about.consortium)?.name ?? "",
    by: orgName(vault.state, about.org) || about.org.slice(0, 8), person: nameOf(vault, said?.by ?? ""),
    to: orgName(vault.state, about.to) || nameOf(vault, about.to),
    purpose: about.purpose, until: about.until, terms: about.terms, made: { index: about.index, at: said?.at ?? "" }, state,
    given: versions.some((each) => access(each)?.under.get(each.id) === about.id),
    opened: versions.some((each) => access(each)?.acks.has(each.id)),
    mayDecline: state === "in_force" && (about.to === vault.me.person || vault.mayBind(about.to)),
    versions: versions.map((each) => versionView(each, state === "in_force" ? vault.opened.get(each.id) ?? null : null)),
  };
}

const versionView = (version: Version, opened: OpenedVersion | null): ReleasedVersion => ({
  id: version.id, number: version.number, klass: version.klass, title: opened?.title ?? null, description: opened?.description ?? "",
  files: opened?.files.map(({ name, size, blob }) => ({ name, size, blob })) ?? [],
});
