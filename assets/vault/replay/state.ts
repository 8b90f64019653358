/** What the statements of a log, read in order, make true. */
import type { Bytes } from "../core/bytes";
import type { Share } from "../core/shares";
import type { ChainKind } from "../statements/types";

export interface Key {
  sign: Bytes;
  age: string;
  since: number;
}

export interface ChainState {
  kind: ChainKind;
  ids: string[];
  links: Bytes[];
}

export interface Person {
  id: string;
  name: string;
  keys: Key[];
}

export interface Invite {
  id: string;
  chain: string;
  public: Bytes;
  role: string;
  spent: boolean;
}

export interface Request {
  id: string;
  person: string;
  org: string;
  invite: string;
  answered: boolean;
}

export interface Organisation {
  id: string;
  name: string;
  people: Map<string, string>;
  keys: string[];
  recoverySign: Bytes;
  recoveryAge: string;
  keyIsDue: boolean;
  /** Person (or "" for the recovery key) to the newest org.wrap for them. */
  wraps: Map<string, string>;
}

export interface Member {
  org: string;
  leads: boolean;
  since: number;
  until: number | null;
}

export type Owners = ReadonlyMap<string, Share>;

/** Something organisations approve or object to. `needed` are those whose approval it takes. */
interface Said {
  id: string;
  contribution: string;
  org: string;
  index: number;
  needed: ReadonlySet<string>;
  /** Right to the statement that set its owners when this was said. */
  bases: ReadonlyMap<string, string>;
  approvals: Map<string, string>;
  objections: Map<string, string>;
  settled: number | null;
  withdrawn: boolean;
}

export interface Version extends Said {
  matter: "version";
  number: number;
  rights: ReadonlyMap<string, Owners>;
  authors: string[];
  derivedFrom: { version: string; kind: string }[];
  klass: string;
  contentKey: string;
  manifest: { sha256: string; size: number };
  blobs: { sha256: string; size: number }[];
  commitment: string;
  by: string;
  at: string;
}

export interface Transfer extends Said {
  matter: "transfer";
  right: string;
  owners: Owners;
}

export type Matter = Version | Transfer;

export interface Holding {
  owners: Owners;
  basis: string;
}

export interface Access {
  /** Version to the grant that opened it. */
  grants: Map<string, string>;
  acks: Map<string, string>;
  /** Version to the release it rests on, for a party outside. */
  under: Map<string, string>;
  revoked: boolean;
}

export interface Contribution {
  id: string;
  consortium: string;
  versions: string[];
  transfers: string[];
  rights: Map<string, Holding>;
  access: Map<string, Access>;
  /** The disclosure log. */
  shown: Disclosure[];
}

export interface Consortium {
  id: string;
  name: string;
  regime: string;
  members: Map<string, Member>;
  contributions: string[];
  releases: string[];
}

/** A statement that did something: which, where in the log, when by its own words, and who spoke. */
export interface Moment {
  id: string;
  index: number;
  at: string;
  by: string;
}

export type End = "declined" | "withdrawn" | "revoked";

/** Versions to be shown to somebody outside: what for, until which second, and who of the owners agrees. */
export interface Release {
  id: string;
  consortium: string;
  org: string;
  index: number;
  to: string;
  purpose: string;
  until: string;
  terms: string;
  versions: string[];
  contributions: string[];
  approvals: Map<string, string>;
  objections: Map<string, string>;
  /** Contribution to the revoke that took it out. */
  revoked: Map<string, string>;
  grants: string[];
  end: End | null;
  ended: number | null;
}

/** A version and a party: released, given, opened, ended. `release` is empty inside the consortium. */
export interface Disclosure {
  to: string;
  version: string;
  release: string;
  released: Moment | null;
  given: Moment | null;
  opened: Moment | null;
  ended: Moment | null;
  end: End | null;
}

/** Everything that is so after the statements read. */
export class State {
  index = -1;
  chains = new Map<string, ChainState>();
  seen = new Set<string>();
  persons = new Map<string, Person>();
  organisations = new Map<string, Organisation>();
  invites = new Map<string, Invite>();
  requests = new Map<string, Request>();
  consortia = new Map<string, Consortium>();
  contributions = new Map<string, Contribution>();
  versions = new Map<string, Version>();
  transfers = new Map<string, Transfer>();
  releases = new Map<string, Release>();
  /** What was said of a matter or a release, to that one. */
  spoken = new Map<string, string>();

  /** `partial`: the reader is not entitled to other consortia and to some texts. */
  /** `earlier`: the logs before this one, with the index of the register that each ended before. */
  constructor(readonly log: string, readonly partial = false, readonly earlier: readonly (readonly [string, number])[] = []) {}

  /** The log in which an index of the register stands: indices count on over all logs. */
  logAt(index: number): string {
    return this.earlier.find(([, end]) => index < end)?.[0] ?? this.log;
  }
}

export const currentKey = (person: Person): Key => person.keys[person.keys.length - 1] as Key;
export const orgKey = (org: Organisation): string => org.keys[org.keys.length - 1] as string;
export const headOf = (chain: ChainState): Bytes => chain.links[chain.links.length - 1] as Bytes;
export const has = (consortium: Consortium, org: string): boolean => consortium.members.get(org)?.until === null;
export const latest = (contribution: Contribution): string => contribution.versions[contribution.versions.length - 1] as string;

/** Today's members, longest standing first. */
export const membersNow = (consortium: Consortium): Member[] =>
  [...consortium.members.values()]
    .filter((each) => each.until === null)
    .sort((one, two) => one.since - two.since || (one.org < two.org ? -1 : 1));

/** Said by one, agreed by all, or disputed. */
export function standing(matter: Matter): string {
  if (matter.matter === "version") {
    if (matter.objections.size) return "disputed";
    return matter.settled === null ? "claimed" : "agreed";
  }
  if (matter.settled !== null) return "effective";
  if (matter.withdrawn) return "withdrawn";
  return matter.objections.size ? "disputed" : "pending";
}
