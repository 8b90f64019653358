/** Showing versions to somebody outside the consortium: who must consent, what is due, what came of it. */
import * as acts from "../acts";
import { fingerprint } from "../core/fingerprint";
import { ownerOrgs } from "../replay/ownership";
import { asked, standing, type Standing } from "../replay/releases";
import { type Contribution, latest, type Moment, type Release } from "../replay/state";
import { nameOf } from "./houses";
import { whenAt } from "./moments";
import { orgName } from "./names";
import { keysOf } from "./sharing";
import { Trouble } from "./troubles";
import type { Vault } from "./vault";
import { homeNow, newestOpened, orgView, type OrgView, ownOrgs, sees } from "./workspace";

export interface PlaceView {
  index: number;
  at: string;
}

export interface RecipientView {
  id: string;
  name: string;
  fingerprint: string;
  /** Whether its own chain says who it is; otherwise only the id is known. */
  known: boolean;
}

export interface ReleaseView {
  id: string;
  to: RecipientView;
  purpose: string;
  until: string;
  terms: string;
  state: Standing;
  org: OrgView;
  by: string;
  made: PlaceView;
  versions: number[];
  voices: (OrgView & { said: "made" | "approved" | "objected" | "waiting" })[];
  given: PlaceView | null;
  opened: PlaceView | null;
  ended: PlaceView | null;
  /** Whether what is missing of these did not happen; otherwise it may only be hidden from us. */
  seen: boolean;
  /** Ours to press: an organisation of ours, or nothing. */
  mayApprove: string;
  mayObject: string;
  mayWithdraw: { org: string; of: string; own: boolean } | null;
  mayGive: string;
  mayRevoke: string;
}

export interface ReleasesView {
  id: string;
  slug: string;
  title: string | null;
  shareAs: string;
  releases: ReleaseView[];
  recipients: RecipientView[];
  versions: { id: string; number: number; at: string; opens: boolean }[];
  /** Who besides us must consent to a release of this contribution. */
  others: OrgView[];
}

export interface NewRelease {
  slug: string;
  org: string;
  to: string;
  purpose: string;
  until: string;
  versions: string[];
  terms: string;
}

export const nowSaid = (): string => new Date().toISOString().replace(/\.\d+Z$/, "Z");

/** Everything about showing a contribution outside, after a fresh sync. */
export async function releases(vault: Vault, slug: string, id: string): Promise<ReleasesView> {
  await vault.look();
  const known = vault.state.contributions.get(id);
  if (!known) throw new Trouble("unreadable");
  const place = vault.together(slug);
  const { acting } = await homeNow(vault, slug);
  const owners = ownerOrgs(vault.state, known);
  const shareAs = acting.find((each) => owners.has(each.id))?.id ?? "";
  const consortium = vault.state.consortia.get(known.consortium);
  const mine = [...(consortium?.releases ?? [])].reverse().flatMap((each) => vault.state.releases.get(each) ?? []).filter((each) => each.contributions.includes(id));
  const named = new Map(place.recipients.map((each) => [each.vault_id, each.name]));
  return {
    id, slug, shareAs, title: (await newestOpened(vault, known))?.title ?? null,
    releases: await Promise.all(mine.map((each) => releaseView(vault, slug, known, each))),
    recipients: await Promise.all([...named.keys()].map((each) => recipient(vault, each))),
    versions: known.versions.flatMap((each) => vault.state.versions.get(each) ?? []).map((each) => ({ id: each.id, number: each.number, at: each.at, opens: vault.opened.has(each.id) })).reverse(),
    others: consenting(vault, known, shareAs).map((each) => orgView(vault, place, each)),
  };
}

/** Proposes a release; when nobody else needs to consent, the keys follow at once. */
export async function release(vault: Vault, { slug, org, ...what }: NewRelease): Promise<void> {
  const consortium = vault.together(slug).vault_id ?? "";
  const [said] = await vault.say(async (pen) => [await acts.release(pen, org, consortium, what)]);
  const made = vault.state.releases.get(said?.id ?? "");
  if (made && standing(vault.state, made, nowSaid()) === "in_force" && isKnown(vault, made.to)) await handOver(vault, slug, org, made.id);
}

/** Gives the keys of what is released, once every consent is there. */
export async function handOver(vault: Vault, slug: string, org: string, id: string): Promise<void> {
  const about = vault.state.releases.get(id);
  if (!about || !isKnown(vault, about.to)) throw new Trouble("unreadable");
  const consortium = vault.together(slug).vault_id ?? "";
  const keys = await keysOf(vault, about.versions);
  await vault.say(async (pen) => [await acts.grant(pen, org, consortium, about.to, keys)]);
}

/** A recipient by its id, as its own chain says it; the digits follow from the id alone. */
export async function recipient(vault: Vault, id: string): Promise<RecipientView> {
  const name = orgName(vault.state, id) || nameOf(vault, id);
  return { id, name, fingerprint: await fingerprint(id), known: isKnown(vault, id) };
}

const isKnown = (vault: Vault, id: string): boolean => vault.state.organisations.has(id) || vault.state.persons.has(id);

/** Today's owners, and whom a version that is not agreed yet names. */
function consenting(vault: Vault, known: Contribution, org: string): string[] {
  const newest = vault.state.versions.get(latest(known));
  const named = newest && newest.settled === null ? [...newest.rights.values()].flatMap((owners) => [...owners.keys()]) : [];
  return [...new Set([...ownerOrgs(vault.state, known), ...named])].filter((each) => each !== org);
}

async function releaseView(vault: Vault, slug: string, known: Contribution, about: Release): Promise<ReleaseView> {
  const place = vault.together(slug);
  const org = (id: string): OrgView => orgView(vault, place, id);
  const said = vault.known.get(about.id)?.said;
  const needed = asked(vault.state, about);
  const lines = known.shown.filter((each) => each.release === about.id);
  const first = (which: "given" | "opened" | "ended"): PlaceView | null => placed(lines.map((each) => each[which]).find((each) => each) ?? null);
  const ended = about.ended === null ? null : { index: about.ended, at: whenAt(vault, about.ended) };
  const voice = (id: string) => (id === about.org ? "made" : about.objections.has(id) ? "objected" : about.approvals.has(id) ? "approved" : "waiting") as "made";
  return {
    id: about.id, to: await recipient(vault, about.to), purpose: about.purpose, until: about.until, terms: about.terms,
    state: standing(vault.state, about, nowSaid()), org: org(about.org), by: nameOf(vault, said?.by ?? ""), made: { index: about.index, at: said?.at ?? "" },
    versions: about.versions.flatMap((each) => vault.state.versions.get(each)?.number ?? []),
    voices: [about.org, ...needed].map((id) => ({ ...org(id), said: voice(id) })),
    given: first("given"), opened: first("opened"), ended: first("ended") ?? ended, seen: sees(vault, known, about.to),
    ...choices(vault, slug, about),
  };
}

const placed = (moment: Moment | null): PlaceView | null => moment && { index: moment.index, at: moment.at };

/** What of a release is ours to say or do now. */
export function choices(vault: Vault, slug: string, about: Release): Pick<ReleaseView, "mayApprove" | "mayObject" | "mayWithdraw" | "mayGive" | "mayRevoke"> {
  const mine = ownOrgs(vault, vault.together(slug)).filter((id) => vault.mayBind(id));
  const state = standing(vault.state, about, nowSaid());
  const open = ["waiting", "blocked", "in_force"].includes(state);
  const needed = asked(vault.state, about);
  const silent = mine.find((id) => open && needed.has(id) && !about.approvals.has(id) && !about.objections.has(id)) ?? "";
  const owner = mine.find((id) => about.contributions.every((each) => ownerOrgs(vault.state, vault.state.contributions.get(each) as Contribution).has(id))) ?? "";
  const owing = about.versions.some((each) => vault.state.contributions.get(vault.state.versions.get(each)?.contribution ?? "")?.access.get(about.to)?.under.get(each) !== about.id);
  return {
    mayApprove: silent, mayObject: silent, mayWithdraw: open ? takenBack(about, mine) : null,
    mayGive: state === "in_force" && owing && isKnown(vault, about.to) ? owner : "",
    mayRevoke: open && about.grants.length ? owner : "",
  };
}

function takenBack(about: Release, mine: string[]): ReleaseView["mayWithdraw"] {
  for (const org of mine) {
    const of = about.objections.get(org) ?? about.approvals.get(org) ?? (org === about.org && !about.grants.length ? about.id : undefined);
    if (of) return { org, of, own: of === about.id };
  }
  return null;
}
