/** What is read out of a bundle that holds: plain facts, for the page to put into words. */
import type { Bytes } from "../core/bytes";
import { type Facts, N_, ProofError, prove } from "../core/errors";
import type { Manifest } from "../core/manifest";
import { writeShare } from "../core/shares";
import { disputed } from "../replay/ownership";
import { Rejected } from "../replay/refusals";
import { latest, membersNow, type State, standing, type Version } from "../replay/state";
import type { Statement } from "../statements/statement";
import type { Log } from "./logs";
import type { Doubt } from "./stamp";

/** A statement with its note, at its line of the log. */
export interface Text {
  said: Statement;
  note: Bytes;
  index: number;
}

/** The links of the chain, in the order in which they are checked. */
export const LINKS = ["files", "log", "lines", "statements", "chains", "signatures", "sealed", "hand", "stamp"] as const;
export type LinkName = (typeof LINKS)[number];

/** The link that does not hold, and why. */
export class BrokenLink extends Error {
  constructor(readonly link: LinkName, why: string, readonly says: string, readonly facts: Facts) {
    super(why);
  }

  /** The reason as a marked sentence with its facts, where it has one; the code of a rule that was not kept. */
  static by(link: LinkName, error: unknown): BrokenLink {
    if (error instanceof ProofError) return new BrokenLink(link, error.message, error.says, error.facts);
    if (error instanceof Rejected) return new BrokenLink(link, error.message, AGAINST_THE_RULES, { code: error.code });
    return new BrokenLink(link, error instanceof Error ? error.message : String(error), "", {});
  }
}

const AGAINST_THE_RULES = N_("A statement in it is against the rules of the register ({code}).");

export type Shares = Record<string, string>;
export interface Register {
  name: string;
  members: string[];
  contributions: Listed[];
}

export interface Listed {
  id: string;
  versions: number;
  standing: string;
  rights: Record<string, Shares>;
}

/** A file that the reader asked about: found, not on the list that is shown, or there is no list to look in. */
export type Hand = "found" | "other" | "untold";

/** One log of the bundle: whose lines are which places of the register, by which key, and whether the reader named that. */
export interface ListedLog {
  name: string;
  vkey: string;
  named: boolean;
  first: number;
  last: number;
}

export interface Verdict {
  kind: "claim" | "register";
  /** The newest log, and how many lines it has; how many all have together. */
  log: string;
  size: number;
  end: number;
  logs: ListedLog[];
  /** The links that hold; a link that the bundle has nothing for is missing. */
  links: LinkName[];
  counts: { files: number; statements: number; chains: number };
  /** What a time stamp says whose signature leads to a root that the reader knows, and that root's fingerprint. */
  stamped: string | null;
  root: string | null;
  /** Why a time that the bundle names does not count. */
  doubt: Doubt | null;
  /** Whether a file in hand was found; nothing when none was asked about. It says nothing about the bundle. */
  hand: Hand | null;
  /** Texts that are not shown though they are not for their parties alone, by their lines; and how many are for these. */
  missing: number[];
  apart: number;
  claim: Claim | null;
  register: Register | null;
}

export interface Claim {
  org: string;
  person: string;
  said: string;
  /** The line, counted within its log. */
  line: number;
  log: string;
  version: number;
  klass: string;
  rights: Record<string, Shares>;
  approved: string[];
  silent: string[];
  title: string | null;
  files: string[];
}

/** What a claim says: who entered what, who agreed, what is shown. */
export function claimOf(state: State, { said, index }: Text, approvals: string[], manifest: Manifest | null, files: string[], { base, signer }: Log): Claim {
  const name = namer(state);
  const stated = said.body.rights as { type: string; owners: { party: string; share: string }[] }[];
  const rights = stated.map(({ type, owners }) => [type, Object.fromEntries(owners.map((own) => [name(own.party), own.share]))] as const);
  const named = new Set(stated.flatMap(({ owners }) => owners.map((own) => own.party)));
  const silent = [...named].filter((org) => org !== said.org && !approvals.includes(org));
  return {
    org: name(said.org), person: state.persons.get(said.by)?.name ?? "", said: said.at, line: index - base, log: signer.name, version: said.body.version as number,
    klass: said.body.class as string, rights: Object.fromEntries(rights), approved: approvals.map(name), silent: silent.map(name),
    title: manifest?.title ?? null, files,
  };
}

/** What a register says: who is in it, and who owns what. */
export function registerOf(state: State, subject: string): Register {
  const consortium = state.consortia.get(subject);
  prove(consortium, N_("The consortium that the register is about is not in the bundle."));
  const name = namer(state);
  const members = membersNow(consortium).map((member) => name(member.org));
  return { name: consortium.name, members, contributions: consortium.contributions.map((id) => listed(state, id, name)) };
}

function listed(state: State, id: string, name: (org: string) => string): Listed {
  const known = state.contributions.get(id);
  prove(known, N_("A contribution is not in the bundle."));
  const newest = state.versions.get(latest(known)) as Version;
  const held = known.rights.size ? [...known.rights].map(([type, { owners }]) => [type, owners] as const) : [...newest.rights];
  const rights = held.map(([type, owners]) => [type, Object.fromEntries([...owners].map(([party, share]) => [name(party), writeShare(share)]))] as const);
  return { id, versions: known.versions.length, standing: disputed(state, known) ? "disputed" : standing(newest), rights: Object.fromEntries(rights) };
}

const namer = (state: State) => (org: string): string => state.organisations.get(org)?.name ?? `${org.slice(0, 12)}…`;
