/**
 * Everything a log and its server can do wrong, by name, and the proof of it that can be shown to others. Names and
 * file are those of the command line (`ip_vault/client/troubles.py`), which can check such a file again.
 */
import { type Bytes } from "../core/bytes";
import { FormatError, ProofError } from "../core/errors";
import { type Signer, vkeyOf } from "../core/note";
import { Rejected } from "../replay/refusals";

export type Lie =
  | "checkpoint" | "other-log" | "smaller" | "split" | "rewritten" | "entries-withheld" | "entries-changed" | "witnesses"
  | "chain-missing" | "chain-incomplete" | "chain-shorter" | "chain-changed" | "too-many-chains" | "unlogged" | "wrong-id"
  | "wrong-note" | "wrong-place" | "mislabelled" | "forked" | "withheld" | "against-rules" | "receipt";

/** What was signed and shown: checkpoints, entries with their receipts, notes, a chain's ids, as texts as they came. */
export interface Shown {
  detail?: string;
  checkpoints?: Bytes[];
  receipts?: [string, string][];
  notes?: Bytes[];
  chain?: string[];
}

/** A check of the history failed: nothing is shown and nothing is signed any more. */
export class Tampered extends ProofError {
  constructor(readonly lie: Lie, readonly proof: Record<string, unknown>) {
    super(lie);
  }
}

/** The accusation, with everything that shows it. The page adds the sentence. */
export async function caught(log: Signer, lie: Lie, shown: Shown = {}): Promise<Tampered> {
  const texts = (all: Bytes[] = []): string[] => all.map((each) => new TextDecoder().decode(each));
  return new Tampered(lie, {
    v: 1, trouble: lie, log: await vkeyOf(log), detail: shown.detail ?? "", checkpoints: texts(shown.checkpoints),
    receipts: shown.receipts ?? [], notes: texts(shown.notes), chain: shown.chain ?? [],
  });
}

/** Names whatever a check of formats, proofs or rules complains about. */
export async function naming<T>(log: Signer, lie: Lie, shown: Shown, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Tampered) throw error;
    const known = error instanceof ProofError || error instanceof FormatError || error instanceof Rejected;
    if (known) throw await caught(log, lie, { detail: error.message, ...shown });
    throw error;
  }
}

