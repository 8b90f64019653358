/** Why a statement has no place in history: the same codes as the server and the verifier use. */
export type Reason =
  | "malformed" | "unproven" | "order" | "other-log" | "duplicate" | "chain-unknown" | "chain-kind" | "stale-place"
  | "person-unknown" | "org-unknown" | "not-in-org" | "role" | "not-own-chain" | "same-key" | "invite-unknown"
  | "invite-spent" | "request-unknown" | "already-member" | "last-admin" | "epoch" | "not-a-member" | "not-founding"
  | "own-org" | "org-head" | "previous" | "version-unknown" | "contribution-unknown" | "party-unknown"
  | "not-an-owner" | "author-unknown" | "derivation" | "grantee-unknown" | "no-access" | "already-said"
  | "right-unknown" | "stale-basis" | "disputed" | "matter-unknown" | "not-concerned" | "settled"
  | "inside" | "not-in-force" | "expired" | "ended";

/** A statement that history has no place for. */
export class Rejected extends Error {
  constructor(readonly code: Reason, detail = "") {
    super(detail ? `${code}: ${detail}` : code);
  }
}

export function holds(what: unknown, code: Reason): asserts what {
  if (!what) throw new Rejected(code);
}

/** The thing a lookup found, or the reason why there must be one. */
export function found<T>(thing: T | undefined, code: Reason): T {
  if (thing === undefined) throw new Rejected(code);
  return thing;
}
