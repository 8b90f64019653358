/** Generated passphrases: six words of a list of 7776, 77.5 bits. Nobody chooses one. */
import { digest, textOf } from "./bytes";
import type { Bytes } from "./bytes";
import { prove } from "./errors";

const WORDS = 6;
/** The hash of the list, so that a swapped list cannot weaken what is drawn from it. */
const LIST = "6d557f0693958fb5e650b68b5bee585eb82cf4da32965505c789e924743bc522";

/** The words in the list's file, if it is the list. */
export async function readWords(data: Bytes): Promise<string[]> {
  prove((await digest(data)) === LIST, "the word list is not the one this program knows");
  return textOf(data).split("\n").filter(Boolean);
}

/** A fresh passphrase, drawn evenly. */
export function generate(words: string[]): string {
  return Array.from({ length: WORDS }, () => words[below(words.length)]).join(" ");
}

/** What a person typed, as it was generated: lower case, single spaces. */
export const tidy = (typed: string): string => typed.toLowerCase().trim().split(/\s+/).join(" ");

function below(limit: number): number {
  const most = 2 ** 32 - (2 ** 32 % limit);
  for (;;) {
    const drawn = crypto.getRandomValues(new Uint32Array(1))[0] as number;
    if (drawn < most) return drawn % limit;
  }
}
