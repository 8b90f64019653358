/**
 * Rules for releases: showing versions to somebody outside the consortium, with every owner's consent. A release never
 * settles. It is in force at a moment when every organisation that owns any of it then agrees and none objects.
 */
import type { Statement } from "../statements/statement";
import { member } from "./consortia";
import { disputed, ofVersion, ownerOrgs } from "./ownership";
import { person, speaksFor } from "./people";
import { found, holds } from "./refusals";
import { type Consortium, type Contribution, type End, has, membersNow, type Moment, type Release, type State, type Version } from "./state";

export type Standing = "waiting" | "blocked" | "in_force" | "expired" | End;
const word = (said: Statement, key: string): string => said.body[key] as string;
const contributionOf = (state: State, id: string): Contribution => state.contributions.get(id) as Contribution;
const versionOf = (state: State, id: string): Version => state.versions.get(id) as Version;

/** Whose consent it takes: today's owners of each contribution, and whom a version not yet agreed names. */
export function asked(state: State, release: Release): Set<string> {
  const owners = new Set(release.contributions.flatMap((id) => [...ownerOrgs(state, contributionOf(state, id))]));
  for (const version of release.versions.map((id) => versionOf(state, id)))
    if (version.settled === null) for (const parties of version.rights.values()) for (const party of parties.keys()) owners.add(party);
  owners.delete(release.org);
  return owners;
}

/** Where a release stands at a second. Its last second is `until`. */
export function standing(state: State, release: Release, at: string): Standing {
  if (release.end) return release.end;
  if (at > release.until) return "expired";
  const needed = [...asked(state, release)];
  const blocked = needed.some((org) => release.objections.has(org));
  if (blocked || release.contributions.some((id) => disputed(state, contributionOf(state, id)))) return "blocked";
  return needed.every((org) => release.approvals.has(org)) ? "in_force" : "waiting";
}

/** Whether these contributions may be handed over under a release at a second. */
export const inForce = (state: State, release: Release, contributions: string[], at: string): boolean =>
  !contributions.some((id) => release.revoked.has(id)) && standing(state, release, at) === "in_force";

/** Whether this is a member organisation of today, or a person of one. */
export const inside = (state: State, consortium: Consortium, to: string): boolean =>
  has(consortium, to) || membersNow(consortium).some(({ org }) => state.organisations.get(org)?.people.has(to));

/** The releases to a party, the newest first. */
export const releasesTo = (state: State, consortium: Consortium, to: string): Release[] =>
  [...consortium.releases].reverse().map((id) => state.releases.get(id) as Release).filter((each) => each.to === to);

/** Refuses what is said of a release after its end. */
export function openAt(release: Release, at: string): void {
  holds(release.end === null, "ended");
  holds(at <= release.until, "expired");
}

/** An owner of everything it names proposes to show versions to somebody outside, until a second to come. */
export function release(state: State, said: Statement, index: number): void {
  const [consortium, org] = member(state, said);
  const [to, until, purpose, terms] = ["to", "until", "purpose", "terms"].map((key) => word(said, key)) as [string, string, string, string];
  const versions = said.body.versions as string[];
  holds(said.at < until, "expired");
  holds(!inside(state, consortium, to), "inside");
  holds(state.organisations.has(to) || state.persons.has(to) || state.partial, "grantee-unknown");
  const contributions = [...new Set(versions.map((version) => ofVersion(state, consortium, version).id))];
  for (const each of contributions.map((id) => contributionOf(state, id))) {
    holds(ownerOrgs(state, each).has(org.id), "not-an-owner");
    holds(!disputed(state, each), "disputed");
  }
  state.releases.set(said.id, {
    id: said.id, consortium: consortium.id, org: org.id, index, to, purpose, until, terms, versions, contributions,
    approvals: new Map(), objections: new Map(), revoked: new Map(), grants: [], end: null, ended: null,
  });
  consortium.releases.push(said.id);
  const released = { id: said.id, index, at: said.at, by: org.id };
  for (const version of versions) {
    const line = { to, version, release: said.id, released, given: null, opened: null, ended: null, end: null };
    contributionOf(state, versionOf(state, version).contribution).shown.push(line);
  }
}

/** Whoever something is released to wants nothing of it, or no more. */
export function decline(state: State, said: Statement, index: number): void {
  if (state.partial && !state.releases.has(word(said, "of"))) return;
  const about = ofChain(state, said, word(said, "of"));
  const by = said.org ? speaksFor(state, said).id : person(state, said.by).id;
  holds(by === about.to, "not-concerned");
  openAt(about, said.at);
  finish(state, about, "declined", { id: said.id, index, at: said.at, by });
}

/** An owner agrees that something is shown outside. */
export function approve(state: State, said: Statement): void {
  const [about, org] = owned(state, said);
  about.approvals.set(org, said.id);
}

/** An owner objects: nothing more is handed over while the objection stands. */
export function objectTo(state: State, said: Statement): void {
  const [about, org] = owned(state, said);
  about.objections.set(org, said.id);
}

/** An organisation takes back its approval, its objection, or its own release, which ends it. */
export function withdraw(state: State, said: Statement, index: number): void {
  const org = speaksFor(state, said).id;
  const taken = word(said, "of");
  const about = ofChain(state, said, state.spoken.get(taken) ?? taken);
  openAt(about, said.at);
  if (taken === about.approvals.get(org)) about.approvals.delete(org);
  else if (taken === about.objections.get(org)) about.objections.delete(org);
  else {
    holds(taken === about.id && org === about.org, "matter-unknown");
    finish(state, about, "withdrawn", { id: said.id, index, at: said.at, by: org });
  }
}

/** A contribution is taken out of a release; the last one ends it. */
export function revoke(state: State, about: Release, contribution: string, moment: Moment): void {
  about.revoked.set(contribution, moment.id);
  if (about.contributions.every((id) => about.revoked.has(id))) finish(state, about, "revoked", moment);
}

/** Ends a release and every line of the disclosure log that rests on it. */
function finish(state: State, about: Release, end: End, moment: Moment): void {
  [about.end, about.ended] = [end, moment.index];
  for (const contribution of about.contributions)
    for (const line of contributionOf(state, contribution).shown)
      if (line.release === about.id && !line.end) [line.end, line.ended] = [end, moment];
}

/** What an owner, still a member or not, may say something of; once, until it is taken back. */
function owned(state: State, said: Statement): [Release, string] {
  const org = speaksFor(state, said).id;
  const about = ofChain(state, said, word(said, "of"));
  openAt(about, said.at);
  holds(asked(state, about).has(org), "not-concerned");
  holds(!about.approvals.has(org) && !about.objections.has(org), "already-said");
  return [about, org];
}

function ofChain(state: State, said: Statement, id: string): Release {
  const about = found(state.releases.get(id), "matter-unknown");
  holds(about.consortium === said.place.chain, "matter-unknown");
  return about;
}
