/** Rules for who was given access to what. */
import type { Statement } from "../statements/statement";
import { member } from "./consortia";
import { ofVersion, ownerOrgs } from "./ownership";
import { person, speaksFor } from "./people";
import { type Reason, found, holds, Rejected } from "./refusals";
import * as releases from "./releases";
import type { Access, Consortium, Contribution, Disclosure, Moment, Release, State } from "./state";

const word = (said: Statement, key: string): string => said.body[key] as string;
const named = (said: Statement): string[] => (said.body.items as { version: string }[]).map((item) => item.version);
const none = (): Access => ({ grants: new Map(), acks: new Map(), under: new Map(), revoked: false });
const WHY_NOT: Record<string, Reason> = { waiting: "not-in-force", blocked: "not-in-force", expired: "expired" };

/** An owner opens versions under the newest key of a member, one of its people, or whom they are released to. */
export function grant(state: State, said: Statement, index: number): void {
  const [consortium, org] = member(state, said);
  const to = word(said, "to");
  const opened = named(said).map((version) => [version, ofVersion(state, consortium, version)] as const);
  for (const [, contribution] of opened) holds(ownerOrgs(state, contribution).has(org.id), "not-an-owner");
  const release = releases.inside(state, consortium, to) ? null : releaseFor(state, consortium, said);
  const keys = (state.organisations.get(to) ?? state.persons.get(to))?.keys;
  holds(!keys || said.body.epoch === keys.length, "epoch");
  release?.grants.push(said.id);
  const moment = { id: said.id, index, at: said.at, by: org.id };
  for (const [version, contribution] of opened) give(contribution, to, version, release, moment);
}

/** An owner ends a party's access to what comes, also under releases; what they have read they have read. */
export function revoke(state: State, said: Statement, index: number): void {
  const [consortium, org] = member(state, said);
  const contribution = found(state.contributions.get(word(said, "contribution")), "contribution-unknown");
  holds(contribution.consortium === consortium.id, "contribution-unknown");
  const [owners, to] = [ownerOrgs(state, contribution), word(said, "to")];
  holds(owners.has(org.id), "not-an-owner");
  holds(!owners.has(to), "own-org");
  const access = contribution.access.get(to);
  const promised = releases
    .releasesTo(state, consortium, to)
    .filter((each) => !each.end && each.contributions.includes(contribution.id) && !each.revoked.has(contribution.id));
  holds((access && !access.revoked) || promised.length || state.partial, "no-access");
  const moment = { id: said.id, index, at: said.at, by: org.id };
  contribution.access.set(to, { ...(access ?? none()), revoked: true });
  for (const line of contribution.shown) if (line.to === to && !line.end) [line.end, line.ended] = ["revoked", moment];
  for (const release of promised) releases.revoke(state, release, contribution.id, moment);
}

/** Whoever was given access confirms having opened a version, once a grant; under a release, until its end. */
export function ack(state: State, said: Statement, index: number): void {
  const version = word(said, "version");
  const grantee = said.org ? speaksFor(state, said).id : person(state, said.by).id;
  if (state.partial && !state.versions.has(version)) return;
  const contribution = ofVersion(state, state.consortia.get(said.place.chain) as Consortium, version);
  const access = contribution.access.get(grantee) ?? none();
  holds(access.grants.has(version) || state.partial, "no-access");
  holds(!access.acks.has(version), "already-said");
  const release = state.releases.get(access.under.get(version) ?? "");
  if (release) {
    releases.openAt(release, said.at);
    holds(!release.revoked.has(contribution.id), "ended");
  }
  access.acks.set(version, said.id);
  contribution.access.set(grantee, access);
  const line = [...contribution.shown].reverse().find((each) => each.to === grantee && each.version === version && each.given);
  if (line) line.opened = { id: said.id, index, at: said.at, by: grantee };
}

/** Whether a party may be handed a version at a second: it was granted, not revoked, any release is in force. */
export function mayOpen(state: State, version: string, to: string, at: string): boolean {
  const contribution = state.contributions.get(state.versions.get(version)?.contribution ?? "");
  const access = contribution?.access.get(to);
  if (!contribution || !access?.grants.has(version) || access.revoked) return false;
  const release = state.releases.get(access.under.get(version) ?? "");
  return !release || releases.inForce(state, release, [contribution.id], at);
}

/** The disclosure log of a contribution: every version and party it was released or opened to, in log order. */
export const disclosures = (state: State, contribution: string): Disclosure[] => [
  ...(state.contributions.get(contribution)?.shown ?? []),
];

function give(contribution: Contribution, to: string, version: string, under: Release | null, given: Moment): void {
  const access = contribution.access.get(to) ?? none();
  access.grants.set(version, given.id);
  access.revoked = false;
  access.acks.delete(version); // what is opened under a new grant is confirmed anew
  access.under.delete(version);
  if (under) access.under.set(version, under.id);
  contribution.access.set(to, access);
  const release = under?.id ?? "";
  const promised = contribution.shown.find(
    (line) => line.to === to && line.version === version && line.release === release && !line.given,
  );
  if (promised) promised.given = given;
  else contribution.shown.push({ to, version, release, released: null, given, opened: null, ended: null, end: null });
}

/** The newest release to the grantee that names all these versions and is in force. */
function releaseFor(state: State, consortium: Consortium, said: Statement): Release {
  const versions = named(said);
  const contributions = versions.map((version) => state.versions.get(version)?.contribution ?? "");
  const naming = releases
    .releasesTo(state, consortium, word(said, "to"))
    .filter((each) => versions.every((version) => each.versions.includes(version)));
  const release = naming.find((each) => releases.inForce(state, each, contributions, said.at));
  if (release) return release;
  const newest = found(naming[0], "grantee-unknown");
  throw new Rejected(WHY_NOT[releases.standing(state, newest, said.at)] ?? "ended");
}
