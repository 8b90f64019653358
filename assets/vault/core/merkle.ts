/** RFC 6962 tree maths (as RFC 9162, section 2.1 words it): roots of what we hold, proofs of what we do not. */
import { type Bytes, concat, same, sha256 } from "./bytes";
import { prove } from "./errors";

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

export const leafHash = (entry: Bytes): Promise<Bytes> => sha256(concat(LEAF, entry));
export const nodeHash = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(concat(NODE, left, right));

/** The root over these leaf hashes. */
export async function root(leaves: Bytes[]): Promise<Bytes> {
  if (!leaves.length) return sha256(new Uint8Array());
  let row = leaves;
  while (row.length > 1) {
    const pairs = [];
    for (let at = 0; at < row.length; at += 2) {
      const right = row[at + 1];
      pairs.push(right ? nodeHash(row[at] as Bytes, right) : (row[at] as Bytes));
    }
    row = await Promise.all(pairs);
  }
  return row[0] as Bytes;
}

/** The proof that the leaf at this index stands under the root over all of these. */
export async function inclusionProof(leaves: Bytes[], index: number): Promise<Bytes[]> {
  if (leaves.length < 2) return [];
  const split = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  const below = index < split ? await inclusionProof(left, index) : await inclusionProof(right, index - split);
  return [...below, await root(index < split ? right : left)];
}

/** Raises ProofError unless the leaf stands at this index under this root. */
export async function verifyInclusion(
  leaf: Bytes, index: number, size: number, proof: Bytes[], expected: Bytes,
): Promise<void> {
  prove(index >= 0 && index < size && [leaf, ...proof].every(whole), "the proof is not for a leaf of this tree");
  let [place, last, value] = [index, size - 1, leaf];
  for (const each of proof) {
    prove(last > 0, "the proof is too long");
    if (place % 2 === 1 || place === last) {
      value = await nodeHash(each, value);
      while (place > 0 && place % 2 === 0) [place, last] = [half(place), half(last)];
    } else value = await nodeHash(value, each);
    [place, last] = [half(place), half(last)];
  }
  prove(last === 0, "the proof is too short");
  prove(same(value, expected), "the entry is not in the log at this place");
}

/** Raises ProofError unless the newer tree begins with the older one. */
export async function verifyConsistency(
  old: number, size: number, oldRoot: Bytes, newRoot: Bytes, proof: Bytes[],
): Promise<void> {
  const fits = old > 0 && old <= size && [oldRoot, newRoot, ...proof].every(whole);
  prove(fits, "the proof does not lead from a smaller tree to a larger one");
  if (old === size) {
    prove(!proof.length && same(oldRoot, newRoot), "two roots for one size: the log was forked");
    return;
  }
  const steps = isPowerOfTwo(old) ? [oldRoot, ...proof] : proof;
  prove(steps.length > 0, "the log does not begin with what it showed before");
  const [older, newer] = await climb(old, size, steps);
  const holds = same(older, oldRoot) && same(newer, newRoot);
  prove(holds, "the log does not begin with what it showed before");
}

async function climb(old: number, size: number, steps: Bytes[]): Promise<[Bytes, Bytes]> {
  let [place, last] = [old - 1, size - 1];
  while (place % 2 === 1) [place, last] = [half(place), half(last)];
  let [older, newer] = [steps[0] as Bytes, steps[0] as Bytes];
  for (const each of steps.slice(1)) {
    prove(last > 0, "the proof is too long");
    if (place % 2 === 1 || place === last) {
      [older, newer] = [await nodeHash(each, older), await nodeHash(each, newer)];
      while (place > 0 && place % 2 === 0) [place, last] = [half(place), half(last)];
    } else newer = await nodeHash(newer, each);
    [place, last] = [half(place), half(last)];
  }
  prove(last === 0, "the proof is too short");
  return [older, newer];
}

const whole = (hash: Bytes): boolean => hash.length === 32;
const half = (value: number): number => Math.floor(value / 2);
const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value));
