export type Facts = Record<string, string | number>;

/** Marks a sentence for translators; whoever shows it translates it. */
export const N_ = (sentence: string): string => sentence;

export function filled(sentence: string, facts: Facts): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}

/** Text or JSON outside the vault's closed formats; nothing is repaired, nothing is guessed. */
export class FormatError extends Error {}

/** A signature, hash, proof or key that does not verify. Full stop, never a warning. */
export class ProofError extends Error {
  constructor(readonly says: string, readonly facts: Facts = {}) {
    super(filled(says, facts));
  }
}

export function require(holds: unknown, complaint: string): asserts holds {
  if (!holds) throw new FormatError(complaint);
}

export function prove(holds: unknown, complaint: string, facts: Facts = {}): asserts holds {
  if (!holds) throw new ProofError(complaint, facts);
}
