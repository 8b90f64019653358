/** Rules for who belongs to a consortium, and who may open what in it. */
import { hex, unb64u } from "../core/bytes";
import type { Statement } from "../statements/statement";
import { ownerOrgs } from "./ownership";
import { openInvite, organisation, person, speaksFor } from "./people";
import { found, holds, Rejected } from "./refusals";
import { type Consortium, type Contribution, has, membersNow, type Organisation, type State } from "./state";

const word = (said: Statement, key: string): string => said.body[key] as string;
const consortiumOf = (state: State, said: Statement): Consortium => state.consortia.get(said.place.chain) as Consortium;

/** The consortium and the organisation spoken for, which must be a member now. */
export function member(state: State, said: Statement): [Consortium, Organisation] {
  const [consortium, org] = [consortiumOf(state, said), speaksFor(state, said)];
  holds(has(consortium, org.id), "not-a-member");
  return [consortium, org];
}

export function createConsortium(state: State, said: Statement, index: number): void {
  const org = speaksFor(state, said);
  holds((said.body.orgs as string[])[0] === org.id, "not-concerned");
  const members = new Map([[org.id, { org: org.id, leads: true, since: index, until: null }]]);
  const { name, regime } = said.body as { name: string; regime: string };
  state.consortia.set(said.id, { id: said.id, name, regime, members, contributions: [] });
}

export function inviteOrg(state: State, said: Statement): void {
  const [consortium] = led(state, said);
  const key = unb64u(word(said, "invite"), 32);
  state.invites.set(said.id, { id: said.id, chain: consortium.id, public: key, role: "", spent: false });
}

export function join(state: State, said: Statement, index: number): void {
  const [consortium, org] = [consortiumOf(state, said), speaksFor(state, said)];
  holds(said.body.org === org.id, "not-concerned");
  holds(!has(consortium, org.id), "already-member");
  const links = state.chains.get(org.id)?.links ?? [];
  holds(links.some((link) => hex(link) === said.body.org_head), "org-head");
  openInvite(state, word(said, "invite"), consortium.id).spent = true;
  consortium.members.set(org.id, { org: org.id, leads: false, since: index, until: null });
}

export function leave(state: State, said: Statement, index: number): void {
  const [consortium, org] = member(state, said);
  holds(said.body.org === org.id, "not-concerned");
  end(consortium, org.id, index);
}

export function removeOrg(state: State, said: Statement, index: number): void {
  const [consortium, org] = led(state, said);
  if ("invite" in said.body) {
    openInvite(state, word(said, "invite"), consortium.id).spent = true;
    return;
  }
  holds(has(consortium, word(said, "org")), "not-a-member");
  holds(said.body.org !== org.id, "own-org");
  end(consortium, word(said, "org"), index);
}

export function grant(state: State, said: Statement): void {
  const [consortium, org] = member(state, said);
  const to = word(said, "to");
  holds(said.body.epoch === epoch(state, consortium, to), "epoch");
  const opened = (said.body.items as { version: string }[]).map(
    ({ version }) => [version, ofVersion(state, consortium, version)] as const,
  );
  for (const [, contribution] of opened) holds(ownerOrgs(state, contribution).has(org.id), "not-an-owner");
  for (const [version, contribution] of opened) {
    const access = contribution.access.get(to) ?? { grants: new Map(), acks: new Map(), revoked: false };
    access.grants.set(version, said.id);
    access.revoked = false;
    contribution.access.set(to, access);
  }
}

export function revoke(state: State, said: Statement): void {
  const [consortium, org] = member(state, said);
  const contribution = found(state.contributions.get(word(said, "contribution")), "contribution-unknown");
  holds(contribution.consortium === consortium.id, "contribution-unknown");
  const owners = ownerOrgs(state, contribution);
  holds(owners.has(org.id), "not-an-owner");
  holds(!owners.has(word(said, "to")), "own-org");
  const access = contribution.access.get(word(said, "to"));
  if (!access || access.revoked) throw new Rejected("no-access");
  access.revoked = true;
}

export function ack(state: State, said: Statement): void {
  const version = word(said, "version");
  const contribution = ofVersion(state, consortiumOf(state, said), version);
  const grantee = said.org ? speaksFor(state, said).id : person(state, said.by).id;
  const access = contribution.access.get(grantee);
  if (!access?.grants.has(version)) throw new Rejected("no-access");
  holds(!access.acks.has(version), "already-said");
  access.acks.set(version, said.id);
}

/** The number of the grantee's newest key: a member organisation's, or a person's in one. */
function epoch(state: State, consortium: Consortium, to: string): number {
  if (has(consortium, to)) return organisation(state, to).keys.length;
  const inside = membersNow(consortium).some((each) => organisation(state, each.org).people.has(to));
  holds(inside, "grantee-unknown");
  return person(state, to).keys.length;
}

function ofVersion(state: State, consortium: Consortium, version: string): Contribution {
  const known = found(state.versions.get(version), "version-unknown");
  holds(consortium.contributions.includes(known.contribution), "version-unknown");
  return state.contributions.get(known.contribution) as Contribution;
}

function led(state: State, said: Statement): [Consortium, Organisation] {
  const [consortium, org] = member(state, said);
  holds(consortium.members.get(org.id)?.leads, "not-founding");
  return [consortium, org];
}

/** Ends a membership; when nobody is left to lead, the longest-standing member does. */
function end(consortium: Consortium, org: string, index: number): void {
  const ended = consortium.members.get(org);
  if (ended) ended.until = index;
  const remaining = membersNow(consortium);
  if (remaining[0] && !remaining.some((each) => each.leads)) remaining[0].leads = true;
}
