/**
 * Rules for who owns what. A matter (a version's claim or a transfer) is settled at the log index where its last
 * obstacle falls: all needed approvals are there, nobody objects, and today's owners are those it was based on.
 */
import { parseOwners, sameOwners } from "../core/shares";
import type { Statement } from "../statements/statement";
import { member } from "./consortia";
import { speaksFor } from "./people";
import { found, holds } from "./refusals";
import { type Consortium, type Contribution, has, type Holding, type Matter, type Owners, type State, type Transfer, type Version } from "./state";

type Written = { party: string; share: string }[];
const word = (said: Statement, key: string): string => said.body[key] as string;

/** The organisations that own a right today; before any are agreed, those the first version names. */
export function ownerOrgs(state: State, contribution: Contribution): Set<string> {
  const rights = contribution.rights.size
    ? [...contribution.rights.values()].map((holding) => holding.owners)
    : [...((state.versions.get(contribution.versions[0] as string) as Version).rights.values())];
  return new Set(rights.flatMap((owners) => [...owners.keys()]));
}

/** Whether a version of it stands under an objection. */
export const disputed = (state: State, contribution: Contribution): boolean =>
  contribution.versions.some((each) => state.versions.get(each)?.objections.size);

/** The contribution of a version of this consortium. */
export function ofVersion(state: State, consortium: Consortium, version: string): Contribution {
  const known = found(state.versions.get(version), "version-unknown");
  holds(consortium.contributions.includes(known.contribution), "version-unknown");
  return state.contributions.get(known.contribution) as Contribution;
}

export function transfer(state: State, said: Statement, index: number): void {
  const [consortium, org] = member(state, said);
  const contribution = found(state.contributions.get(word(said, "contribution")), "contribution-unknown");
  holds(contribution.consortium === consortium.id, "contribution-unknown");
  holds(!disputed(state, contribution), "disputed");
  const right = word(said, "right");
  const today = found(contribution.rights.get(right), "right-unknown");
  holds(today.basis === said.body.basis, "stale-basis");
  holds(today.owners.has(org.id), "not-an-owner");
  const owners = parseOwners(said.body.owners as Written);
  holds([...owners.keys()].every((party) => consortium.members.has(party)), "party-unknown");
  const needed = new Set([...owners.keys(), ...today.owners.keys()]);
  needed.delete(org.id);
  const bases = new Map([[right, today.basis]]);
  const made = matter(said, contribution.id, org.id, index, needed, bases);
  state.transfers.set(said.id, { ...made, matter: "transfer", right, owners });
  contribution.transfers.push(said.id);
  settle(state, contribution, index);
}

export function approve(state: State, said: Statement, index: number): void {
  const [org, asked] = askedOf(state, said);
  if (!asked) return;
  holds(asked.settled === null && !asked.withdrawn, "settled");
  holds(asked.needed.has(org), "not-concerned");
  holds(!asked.approvals.has(org) && !asked.objections.has(org), "already-said");
  asked.approvals.set(org, said.id);
  settle(state, state.contributions.get(asked.contribution) as Contribution, index);
}

export function objectTo(state: State, said: Statement): void {
  const [org, asked] = askedOf(state, said);
  if (!asked) return;
  const open = asked.matter === "version" || asked.settled === null;
  holds(open && !asked.withdrawn, "settled");
  holds(org !== asked.org, "own-org");
  const approved = asked.settled === null && asked.approvals.has(org);
  holds(!asked.objections.has(org) && !approved, "already-said");
  asked.objections.set(org, said.id);
}

export function withdraw(state: State, said: Statement, index: number): void {
  const [consortium, org] = [state.consortia.get(said.place.chain) as Consortium, speaksFor(state, said)];
  holds(consortium.members.has(org.id), "not-a-member");
  const taken = word(said, "of");
  const about = matterOf(state, consortium, state.spoken.get(taken) ?? taken);
  if (!about) return;
  holds(takeBack(about, org.id, taken), "matter-unknown");
  settle(state, state.contributions.get(about.contribution) as Contribution, index);
}

/** Lets everything of a contribution take effect that now can, in the order it was said. */
export function settle(state: State, contribution: Contribution, index: number): void {
  for (const each of matters(state, contribution).sort((one, two) => one.index - two.index)) {
    if (each.settled !== null || each.withdrawn || each.objections.size) continue;
    if (each.matter === "version") settleVersion(contribution, each, index);
    else if (!disputed(state, contribution) && agreed(contribution, each)) {
      contribution.rights.set(each.right, { owners: each.owners, basis: each.id });
      each.settled = index;
    }
  }
}

export const matter = (
  said: Statement, contribution: string, org: string, index: number, needed: Set<string>, bases: Map<string, string>,
) => ({
  id: said.id, contribution, org, index, needed, bases,
  approvals: new Map<string, string>(), objections: new Map<string, string>(), settled: null, withdrawn: false,
});

function takeBack(each: Matter, org: string, taken: string): boolean {
  if (taken === each.objections.get(org)) return each.objections.delete(org);
  const approval = taken === each.approvals.get(org);
  const own = taken === each.id && each.matter === "transfer" && each.org === org;
  if (!approval && !own) return false;
  holds(each.settled === null && (approval || !each.withdrawn), "settled");
  if (approval) each.approvals.delete(org);
  else each.withdrawn = true;
  return true;
}

/** A version that names today's owners needs nobody's approval; one that names others sets them. */
function settleVersion(contribution: Contribution, version: Version, index: number): void {
  const today = contribution.rights;
  const unchanged = (right: string, owners: Owners | undefined): boolean => {
    const holding = today.get(right);
    return !!holding && !!owners && sameOwners(owners, holding.owners);
  };
  const all = version.rights.size === today.size && [...version.rights].every(([right, owners]) => unchanged(right, owners));
  if (!all && !agreed(contribution, version)) return;
  version.settled = index;
  if (all) return;
  const next = new Map<string, Holding>();
  for (const [right, owners] of version.rights)
    next.set(right, unchanged(right, owners) ? (today.get(right) as Holding) : { owners, basis: version.id });
  contribution.rights = next;
}

function agreed(contribution: Contribution, each: Matter): boolean {
  const rights = [...contribution.rights].filter(([right]) => each.matter === "version" || right === each.right);
  const based = rights.length === each.bases.size && rights.every(([right, held]) => each.bases.get(right) === held.basis);
  return based && [...each.needed].every((org) => each.approvals.has(org));
}

/** Who speaks about what: a member, or an owner who has left and is still asked. */
function askedOf(state: State, said: Statement): [string, Matter | null] {
  const [consortium, org] = [state.consortia.get(said.place.chain) as Consortium, speaksFor(state, said)];
  const asked = matterOf(state, consortium, word(said, "of"));
  holds(!asked || has(consortium, org.id) || asked.needed.has(org.id), "not-a-member");
  return [org.id, asked];
}

/** The version or transfer; nothing where its text is hidden from the reader. */
function matterOf(state: State, consortium: Consortium, id: string): Matter | null {
  const known = state.versions.get(id) ?? state.transfers.get(id);
  if (!known && state.partial) return null;
  const about = found(known, "matter-unknown");
  holds(state.contributions.get(about.contribution)?.consortium === consortium.id, "matter-unknown");
  return about;
}

const matters = (state: State, contribution: Contribution): Matter[] => [
  ...contribution.versions.map((id) => state.versions.get(id) as Version),
  ...contribution.transfers.map((id) => state.transfers.get(id) as Transfer),
];
