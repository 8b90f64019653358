/** Every kind of statement: on which chain, who signs, what it says. Unknown keys are refused. */
import { closed, each, either, empty, ident, matching, MAX_BLOB, moment, number, owners, publicKey, recipient, type Shape, text, word } from "./shape";

export type ChainKind = "person" | "organisation" | "consortium";

/** What the table says about one type of statement. */
export interface Kind {
  chain: ChainKind;
  body: Shape;
  actsFor: "never" | "always" | "maybe";
  cosigner: "" | "new key" | "invite" | "recovery";
  genesis: boolean;
}

export const ORG_ROLES = ["admin", "signer", "reader"] as const;
export const CLASSES = ["background", "sideground", "result"] as const;
export const DERIVATIONS = ["incorporates", "adapts", "requires", "uses_data", "inspired_by"] as const;
export const PURPOSES = ["evaluation", "challenge_review", "funding_assessment", "licence_talks", "due_diligence"] as const;
export const RIGHTS = [
  "copyright", "related_performer", "related_phonogram", "related_film", "press_publisher",
  "sui_generis_database", "patent", "utility_model", "registered_design", "unregistered_design", "trade_mark",
  "trade_secret", "plant_variety", "topography", "domain_name", "geographical_indication", "personality",
  "physical_property", "contract_only", "heritage_statute",
] as const;

const name = text(200);
const file = closed({ sha256: ident, size: number(1, MAX_BLOB) });
const small = number(1, 64 * 1024);
const about = closed({ of: ident });
const version = closed({
  contribution: either(empty, ident),
  version: number(1, 1_000_000),
  previous: either(empty, ident),
  derived_from: each(closed({ version: ident, kind: word(...DERIVATIONS) }), 64, { once: "version" }),
  class: word(...CLASSES),
  rights: each(closed({ type: word(...RIGHTS), owners }), 20, { least: 1, once: "type" }),
  authors: each(ident, 64, { once: "" }),
  content_key: ident,
  manifest: file,
  blobs: each(file, 64, { once: "sha256" }),
  commitment: ident,
});
const wraps = each(closed({ person: either(empty, ident), sha256: ident, size: small }), 200, { least: 1, once: "person" });
const grants = each(closed({ version: ident, sha256: ident, size: small }), 200, { least: 1, once: "version" });
const release = closed({
  to: ident, purpose: word(...PURPOSES), until: moment, versions: each(ident, 64, { least: 1, once: "" }),
  terms: text(2000, { least: 0, lines: true }),
});
const role = word(...ORG_ROLES);

const make =
  (chain: ChainKind, actsFor: Kind["actsFor"]) =>
  (body: Shape, more: Partial<Kind> = {}): Kind => ({ chain, body, actsFor, cosigner: "", genesis: false, ...more });
const person = make("person", "never");
const org = make("organisation", "never");
const consortium = make("consortium", "always");

/** Kinds whose text may be kept from all but its parties; the tag of each says so. */
export const FOR_PARTIES: ReadonlySet<string> = new Set(["org.wrap", "grant", "revoke", "ack", "person.request"]);

export const TYPES: ReadonlyMap<string, Kind> = new Map(
  Object.entries({
    "person.create": person(closed({ name: matching(/^[^@\n]{1,200}$/u), sign: publicKey, age: recipient }), { genesis: true }),
    "person.rotate": person(
      closed({ sign: publicKey, age: recipient, reason: word("routine", "lost_device", "compromise") }),
      { cosigner: "new key" },
    ),
    "person.request": person(closed({ org: ident, invite: ident }), { cosigner: "invite" }),
    "org.create": org(
      closed({ name, epoch: number(1, 1), age: recipient, recovery_sign: publicKey, recovery_age: recipient }),
      { cosigner: "recovery", genesis: true },
    ),
    "org.invite": org(closed({ invite: publicKey, role })),
    "org.add": org(closed({ person: ident, request: ident })),
    "org.role": org(closed({ person: ident, role })),
    "org.remove": org(either(closed({ person: ident }), closed({ invite: ident }))),
    "org.key": org(closed({ epoch: number(2, 1_000_000), age: recipient })),
    "org.wrap": org(closed({ items: wraps })),
    "org.recover": org(closed({ person: ident, recovery_sign: publicKey, recovery_age: recipient }), { cosigner: "recovery" }),
    "consortium.create": consortium(
      closed({ name, regime: matching(/^[a-z0-9][a-z0-9_.-]{0,63}$/), orgs: each(ident, 1, { least: 1 }) }),
      { genesis: true },
    ),
    "consortium.invite": consortium(closed({ invite: publicKey, note: text(2000, { least: 0, lines: true }) })),
    "consortium.remove": consortium(either(closed({ org: ident }), closed({ invite: ident }))),
    "consortium.join": consortium(closed({ org: ident, invite: ident, org_head: ident }), { cosigner: "invite" }),
    "consortium.leave": consortium(closed({ org: ident })),
    version: consortium(version),
    grant: consortium(closed({ to: ident, epoch: number(1, 1_000_000), items: grants })),
    revoke: consortium(closed({ contribution: ident, to: ident })),
    ack: consortium(closed({ version: ident }), { actsFor: "maybe" }),
    release: consortium(release),
    decline: consortium(about, { actsFor: "maybe" }),
    transfer: consortium(closed({ contribution: ident, right: word(...RIGHTS), basis: ident, owners })),
    approve: consortium(about),
    object: consortium(about),
    withdraw: consortium(about),
  }),
);
