/** Rules for versions of a contribution. */
import { parseOwners } from "../core/shares";
import type { Statement } from "../statements/statement";
import { member } from "./consortia";
import { matter, ownerOrgs, settle } from "./ownership";
import { found, holds } from "./refusals";
import { type Consortium, type Contribution, latest, type State, type Version } from "./state";

type Sealed = { sha256: string; size: number };

/** What a version says openly, as its schema admits it. */
export interface VersionBody {
  contribution: string;
  version: number;
  previous: string;
  derived_from: { version: string; kind: string }[];
  class: string;
  rights: { type: string; owners: { party: string; share: string }[] }[];
  authors: string[];
  content_key: string;
  manifest: Sealed;
  blobs: Sealed[];
  commitment: string;
}

/** An owner organisation adds a version; other owners it names, and every owner of today, must agree. */
export function version(state: State, said: Statement, index: number): void {
  const [consortium, org] = member(state, said);
  const body = said.body as unknown as VersionBody;
  const contribution = contributionOf(state, said, body, consortium);
  const rights = new Map(body.rights.map((each) => [each.type, parseOwners(each.owners)]));
  const needed = new Set([...rights.values()].flatMap((owners) => [...owners.keys()]));
  holds([...needed].every((party) => consortium.members.has(party)), "party-unknown");
  holds(needed.has(org.id), "not-an-owner");
  holds(body.authors.every((author) => state.persons.has(author)), "author-unknown");
  for (const source of body.derived_from) checkSource(state, source.version, consortium.id, org.id);
  if (contribution.versions.length) for (const owner of ownerOrgs(state, contribution)) needed.add(owner);
  needed.delete(org.id);
  const bases = new Map([...contribution.rights].map(([right, holding]) => [right, holding.basis]));
  const made: Version = {
    ...matter(said, contribution.id, org.id, index, needed, bases), ...told(said, body), matter: "version", rights,
  };
  record(state, consortium, contribution, made, index);
}

const told = (said: Statement, body: VersionBody) => ({
  number: body.version, authors: body.authors, derivedFrom: body.derived_from, klass: body.class,
  contentKey: body.content_key, manifest: body.manifest, blobs: body.blobs, commitment: body.commitment,
  by: said.by, at: said.at,
});

function record(state: State, consortium: Consortium, contribution: Contribution, made: Version, index: number): void {
  if (!contribution.versions.length) {
    consortium.contributions.push(contribution.id);
    state.contributions.set(contribution.id, contribution);
  }
  contribution.versions.push(made.id);
  state.versions.set(made.id, made);
  settle(state, contribution, index);
}

/** The contribution a version continues, or a new one named after this first version. */
function contributionOf(state: State, said: Statement, body: VersionBody, consortium: Consortium): Contribution {
  if (body.contribution === "") {
    holds(body.version === 1 && body.previous === "", "previous");
    const rights = new Map();
    return { id: said.id, consortium: consortium.id, versions: [], transfers: [], rights, access: new Map(), shown: [] };
  }
  const known = found(state.contributions.get(body.contribution), "contribution-unknown");
  holds(known.consortium === consortium.id, "contribution-unknown");
  holds(body.version === known.versions.length + 1 && body.previous === latest(known), "previous");
  holds(ownerOrgs(state, known).has(said.org), "not-an-owner");
  return known;
}

/** What a version builds on comes from this consortium, or was opened to its maker in another. */
function checkSource(state: State, source: string, consortium: string, org: string): void {
  const known = state.versions.get(source);
  if (!known || state.partial) return holds(known || state.partial, "derivation");
  const origin = state.contributions.get(known.contribution) as Contribution;
  if (origin.consortium === consortium || ownerOrgs(state, origin).has(org)) return;
  holds(origin.access.get(org)?.grants.has(source), "derivation");
}
