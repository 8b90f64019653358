/**
 * A member's acts as signed statements: from keys, history and randomness to bytes, nothing sent. The command
 * line writes the same ones.
 */
import * as age from "./core/age";
import { b64u, type Bytes, digest, hex, random, utf8 } from "./core/bytes";
import { link } from "./core/chains";
import type { Fields } from "./core/cj";
import { writeGrant, writeOrgKeys } from "./core/grants";
import { inviteKey, type Keys, publicFields, type SigningKey } from "./core/keys";
import { type Owners, type State, currentKey, headOf, latest, orgKey } from "./replay/state";
import { writeOwners } from "./core/shares";
import { compose, type Place, sign } from "./statements/statement";

/** A person at work: what they know of the log, their keys, who they are ("" before their first statement). */
export interface Pen {
  state: State;
  keys: Keys;
  person: string;
}

/** A signed statement ready to send: its id, its note, and the small files that travel with it. */
export interface Said {
  id: string;
  note: Bytes;
  files: Bytes[];
  place: Place;
}

interface Where {
  chain?: string;
  org?: string;
  cosigner?: SigningKey;
  place?: Place;
  files?: Bytes[];
}

/** What a version says openly, and where it belongs. */
export interface Claim {
  org: string;
  consortium: string;
  contribution: string;
  klass: string;
  rights: ReadonlyMap<string, Owners>;
  derivedFrom: { version: string; kind: string }[];
}

/** The sealed parts of a version, as its statement names them. */
export interface SealedParts {
  identity: string;
  manifest: { sha256: string; size: number };
  blobs: { sha256: string; size: number }[];
  commitment: string;
}

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, "Z");

/** A signed statement: after the chain's head, at the given place, or starting its own chain. */
export async function write(pen: Pen, type: string, body: Fields, where: Where = {}): Promise<Said> {
  const place = where.place ?? placeAfter(pen.state, where.chain ?? "");
  const org = where.org ? { org: where.org } : {};
  const text = await compose(place, { type, body, by: pen.person, at: now(), salt: random(16), ...org });
  const note = await sign(text, pen.keys.sign, ...(where.cosigner ? [where.cosigner] : []));
  return { id: await digest(text), note, files: where.files ?? [], place };
}

export const createPerson = (pen: Pen, name: string): Promise<Said> =>
  write(pen, "person.create", { name, ...publicFields(pen.keys) });

export const createOrg = (pen: Pen, name: string, identity: { recipient: string }, recovery: Keys): Promise<Said> =>
  write(
    pen, "org.create",
    { name, epoch: 1, age: identity.recipient, recovery_sign: b64u(recovery.sign.public), recovery_age: recovery.recipient },
    { cosigner: recovery.sign },
  );

/** The organisation's keys, oldest first, sealed to each of these people; "" is the recovery key. */
export async function wrapKeys(
  pen: Pen, org: string, identities: string[], to: { person: string; recipient: string }[], place?: Place,
): Promise<Said> {
  const plain = writeOrgKeys(org, identities);
  const files = await Promise.all(to.map((each) => age.encrypt(plain, each.recipient)));
  const items = await Promise.all(
    files.map(async (file, at) => ({ person: to[at]?.person ?? "", sha256: await digest(file), size: file.length })),
  );
  return write(pen, "org.wrap", { items }, { chain: org, files, ...(place ? { place } : {}) });
}

export const nextOrgKey = (pen: Pen, org: string, recipient: string, place?: Place): Promise<Said> => {
  const epoch = (pen.state.organisations.get(org)?.keys.length ?? 0) + 1;
  return write(pen, "org.key", { epoch, age: recipient }, { chain: org, ...(place ? { place } : {}) });
};

/** A person's next key, signed with the old and the new one. */
export const rotate = (pen: Pen, fresh: Keys, reason: string): Promise<Said> =>
  write(pen, "person.rotate", { ...publicFields(fresh), reason }, { chain: pen.person, cosigner: fresh.sign });

export const changeRole = (pen: Pen, org: string, person: string, role: string): Promise<Said> =>
  write(pen, "org.role", { person, role }, { chain: org });

/** Removes a person (`person`), or takes an invitation back that nobody has used (`invite`). */
export const removeFromOrg = (pen: Pen, org: string, what: { person: string } | { invite: string }): Promise<Said> =>
  write(pen, "org.remove", what, { chain: org });

/** Whoever holds the printed recovery root takes the organisation over and replaces the root. */
export const recoverOrg = (pen: Pen, org: string, held: Keys, fresh: Keys): Promise<Said> =>
  write(
    pen, "org.recover",
    { person: pen.person, recovery_sign: b64u(fresh.sign.public), recovery_age: fresh.recipient },
    { chain: org, cosigner: held.sign },
  );

export const invitePerson = async (pen: Pen, org: string, secret: Bytes, role: string): Promise<Said> =>
  write(pen, "org.invite", { invite: b64u((await inviteKey(secret)).public), role }, { chain: org });

export const requestPlace = async (pen: Pen, org: string, invite: string, secret: Bytes): Promise<Said> =>
  write(pen, "person.request", { org, invite }, { chain: pen.person, cosigner: await inviteKey(secret) });

export const addPerson = (pen: Pen, org: string, person: string, request: string): Promise<Said> =>
  write(pen, "org.add", { person, request }, { chain: org });

export const createConsortium = (pen: Pen, org: string, name: string, regime: string): Promise<Said> =>
  write(pen, "consortium.create", { name, regime, orgs: [org] }, { org });

export const inviteOrg = async (pen: Pen, org: string, consortium: string, secret: Bytes, note: string): Promise<Said> =>
  write(pen, "consortium.invite", { invite: b64u((await inviteKey(secret)).public), note }, { chain: consortium, org });

export async function join(pen: Pen, org: string, consortium: string, invite: string, secret: Bytes): Promise<Said> {
  const chain = pen.state.chains.get(org);
  const body = { org, invite, org_head: chain ? hex(headOf(chain)) : "" };
  return write(pen, "consortium.join", body, { chain: consortium, org, cosigner: await inviteKey(secret) });
}

/** `approve`, `object` or `withdraw`, of a version, a transfer or something said about one. */
export const speak = (pen: Pen, type: string, org: string, consortium: string, of: string): Promise<Said> =>
  write(pen, type, { of }, { chain: consortium, org });

export const revoke = (
  pen: Pen, org: string, consortium: string, contribution: string, to: string, place?: Place,
): Promise<Said> =>
  write(pen, "revoke", { contribution, to }, { chain: consortium, org, ...(place ? { place } : {}) });

/** Proposes new owners of one right, on the basis the proposer has seen: the statement that set today's. */
export const transfer = (
  pen: Pen, org: string, consortium: string, contribution: string, right: string, basis: string, owners: Owners,
): Promise<Said> =>
  write(pen, "transfer", { contribution, right, basis, owners: writeOwners(owners) }, { chain: consortium, org });

/** Ends another organisation's membership (`org`), or takes an invitation back that nobody has used (`invite`). */
export const removeFrom = (pen: Pen, org: string, consortium: string, what: { org: string } | { invite: string }): Promise<Said> =>
  write(pen, "consortium.remove", what, { chain: consortium, org });

export const leave = (pen: Pen, org: string, consortium: string): Promise<Said> =>
  write(pen, "consortium.leave", { org }, { chain: consortium, org });

/** Proposes to show versions to somebody outside; keys follow by `grant` once every other owner has approved. */
export const release = (
  pen: Pen, org: string, consortium: string,
  what: { to: string; purpose: string; until: string; versions: string[]; terms: string },
): Promise<Said> => write(pen, "release", { ...what }, { chain: consortium, org });

/** Wants nothing of a release, or no more; an empty `org` means that it was to the person. */
export const decline = (pen: Pen, org: string, consortium: string, of: string): Promise<Said> =>
  write(pen, "decline", { of }, { chain: consortium, ...(org ? { org } : {}) });

export const acknowledge = (pen: Pen, org: string, consortium: string, version: string): Promise<Said> =>
  write(pen, "ack", { version }, { chain: consortium, ...(org ? { org } : {}) });

/** States a version, its parts sealed already, with a grant to each reader: sent together, all or none. */
export async function stateVersion(pen: Pen, claim: Claim, parts: SealedParts, readers: string[]): Promise<Said[]> {
  const known = pen.state.contributions.get(claim.contribution);
  const rights = [...claim.rights].sort(([one], [two]) => (one < two ? -1 : 1));
  const body = {
    contribution: claim.contribution,
    version: known ? known.versions.length + 1 : 1,
    previous: known ? latest(known) : "",
    derived_from: claim.derivedFrom,
    class: claim.klass,
    rights: rights.map(([type, owners]) => ({ type, owners: writeOwners(owners) })),
    authors: [pen.person],
    content_key: await digest(utf8(await age.recipientOf(parts.identity))),
    manifest: parts.manifest,
    blobs: parts.blobs,
    commitment: parts.commitment,
  };
  const said = [await write(pen, "version", body, { chain: claim.consortium, org: claim.org })];
  const key = { version: (said[0] as Said).id, identity: parts.identity };
  for (const to of readers)
    said.push(await grant(pen, claim.org, claim.consortium, to, [key], await placeBehind(said[said.length - 1] as Said)));
  return said;
}

/** Opens versions, given with their content keys, to an organisation or person under their newest key. */
export async function grant(
  pen: Pen, org: string, consortium: string, to: string, keys: { version: string; identity: string }[], place?: Place,
): Promise<Said> {
  const { recipient, epoch } = granteeOf(pen.state, to);
  const files = await Promise.all(keys.map((each) => age.encrypt(writeGrant(each.version, each.identity), recipient)));
  const items = await Promise.all(
    files.map(async (file, at) => ({ version: keys[at]?.version ?? "", sha256: await digest(file), size: file.length })),
  );
  return write(pen, "grant", { to, epoch, items }, { chain: consortium, org, files, ...(place ? { place } : {}) });
}

/** Where the statement after this one goes, on the same chain. */
export async function placeBehind({ id, place }: Said): Promise<Place> {
  return { log: place.log, chain: place.chain || id, seq: place.seq + 1, after: await link(place.after, id) };
}

/** The newest key of an organisation or person, from the verified history alone. */
function granteeOf(state: State, to: string): { recipient: string; epoch: number } {
  const org = state.organisations.get(to);
  if (org) return { recipient: orgKey(org), epoch: org.keys.length };
  const person = state.persons.get(to);
  if (!person) throw new Error("a grantee is always somebody the history knows");
  return { recipient: currentKey(person).age, epoch: person.keys.length };
}

function placeAfter(state: State, id: string): Place {
  const chain = state.chains.get(id);
  if (!chain) return { log: state.log, chain: "", seq: 0, after: null };
  return { log: state.log, chain: id, seq: chain.ids.length, after: headOf(chain) };
}
