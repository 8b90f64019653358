/** Chains: each statement names the one before it, so a chain has one history, hidden texts included. */
import { type Bytes, concat, raw, sha256, utf8 } from "./bytes";

const LABEL = utf8("crosslab.dev/link/v1\n");

/** The link a statement makes: over its id alone at the start, else over the link before and its id. */
export const link = (before: Bytes | null, statement: string): Promise<Bytes> =>
  sha256(concat(LABEL, before ?? new Uint8Array(), raw(statement)));
