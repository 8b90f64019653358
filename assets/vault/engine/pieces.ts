/** Large files without holding them: bytes go to the browser's store for blobs, hashes are taken as they pass by. */
import { sha256 as hashing } from "@noble/hashes/sha2.js";
import { concat, digest, hex } from "../core/bytes";

/** Up to this size a file is held in memory and hashed by the browser, which is quicker but takes only whole ones. */
export const WHOLE = 16 * 1024 * 1024;
const PART = 4 * 1024 * 1024;

/** A hash in the making, by the browser for what fits in memory, else as it passes by. */
export interface Passed {
  take(piece: Uint8Array): void;
  hash(): Promise<string>;
}

export function passed(size: number): Passed {
  const held: Uint8Array[] = [];
  if (size <= WHOLE) return { take: (piece) => void held.push(piece), hash: () => digest(concat(...held)) };
  const state = hashing.create();
  return { take: (piece) => void state.update(piece), hash: async () => hex(state.digest()) };
}

/** Hands bytes over to the browser's store for blobs, a few megabytes at a time. */
export class Parts {
  private readonly blobs: Blob[] = [];
  private held: Uint8Array[] = [];
  private size = 0;

  take(piece: Uint8Array): void {
    this.held.push(piece);
    this.size += piece.length;
    if (this.size >= PART) this.hand();
  }

  blob(): Blob {
    this.hand();
    return new Blob(this.blobs, { type: "application/octet-stream" });
  }

  private hand(): void {
    this.blobs.push(new Blob([concat(...this.held)]));
    [this.held, this.size] = [[], 0];
  }
}

/** The hash of a blob, read piece by piece when it is large. */
export async function hashOf(blob: Blob): Promise<string> {
  const hash = passed(blob.size);
  const reader = blob.stream().getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) hash.take(step.value);
  return hash.hash();
}
