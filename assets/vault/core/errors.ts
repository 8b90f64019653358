/** Text or JSON outside the vault's closed formats; nothing is repaired, nothing is guessed. */
export class FormatError extends Error {}

/** A signature, hash, proof or key that does not verify. Full stop, never a warning. */
export class ProofError extends Error {}

export function require(holds: unknown, complaint: string): asserts holds {
  if (!holds) throw new FormatError(complaint);
}

export function prove(holds: unknown, complaint: string): asserts holds {
  if (!holds) throw new ProofError(complaint);
}
