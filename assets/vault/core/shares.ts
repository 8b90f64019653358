/** Shares of a right: exact fractions that add up to one. No floats, no decimals, ever. */
import { require } from "./errors";

export interface Share {
  readonly n: bigint;
  readonly d: bigint;
}

const SHARE = /^([1-9][0-9]{0,9})\/([1-9][0-9]{0,9})$/;
const MAX_DENOMINATOR = 10n ** 9n;
export const NOTHING: Share = { n: 0n, d: 1n };
export const WHOLE: Share = { n: 1n, d: 1n };

/** A reduced fraction above 0 and at most 1, written `n/d`. */
export function parseShare(text: string): Share {
  const found = SHARE.exec(text);
  require(found, "a share is written n/d, both whole and above zero");
  const share = reduce(BigInt(found[1] as string), BigInt(found[2] as string));
  require(writeShare(share) === text, "a share is written in lowest terms");
  const fits = share.n <= share.d && share.d <= MAX_DENOMINATOR;
  require(fits, "a share is at most the whole, in parts not finer than a billionth");
  return share;
}

/** What a person typed as a share: `1/2`, `2/4` or a whole number of percent; null when it is none. */
export function readShare(typed: string): Share | null {
  const tidy = typed.replace(/\s+/g, "");
  const fraction = /^(\d{1,9})\/(\d{1,9})$/.exec(tidy) ?? /^(\d{1,3})%$/.exec(tidy)?.concat("100") ?? /^(1)$/.exec(tidy)?.concat("1");
  if (!fraction || Number(fraction[1]) === 0 || Number(fraction[2]) === 0) return null;
  const share = reduce(BigInt(fraction[1] as string), BigInt(fraction[2] as string));
  return share.n <= share.d ? share : null;
}

export const writeShare = (share: Share): string => `${share.n}/${share.d}`;
export const sum = (shares: Share[]): Share => shares.reduce(plus, NOTHING);
export const less = (one: Share, two: Share): Share => reduce(one.n * two.d - two.n * one.d, one.d * two.d);
export const equal = (one: Share, two: Share): boolean => one.n * two.d === two.n * one.d;

/** Who owns how much of one right: each party once, adding up to exactly 1. */
export function parseOwners(owners: { party: string; share: string }[]): Map<string, Share> {
  const held = new Map(owners.map((each) => [each.party, parseShare(each.share)]));
  require(held.size === owners.length, "a party is named twice as an owner of one right");
  require(equal(sum([...held.values()]), WHOLE), "the shares of a right do not add up to 1");
  return held;
}

/** The owners as they stand in a statement, by party id. */
export const writeOwners = (held: ReadonlyMap<string, Share>): { party: string; share: string }[] =>
  [...held].sort(([one], [two]) => (one < two ? -1 : 1)).map(([party, share]) => ({ party, share: writeShare(share) }));

export const sameOwners = (one: ReadonlyMap<string, Share>, two: ReadonlyMap<string, Share>): boolean =>
  one.size === two.size && [...one].every(([party, share]) => { const other = two.get(party); return other && equal(share, other); });

const plus = (one: Share, two: Share): Share => reduce(one.n * two.d + two.n * one.d, one.d * two.d);

function reduce(n: bigint, d: bigint): Share {
  let [a, b] = [n, d];
  while (b) [a, b] = [b, a % b];
  return a ? { n: n / a, d: d / a } : NOTHING;
}
