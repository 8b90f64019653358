/** Small checks that closed schemas are made of. A shape takes a value and refuses it or says nothing. */
import { checkRecipient } from "../core/age";
import { isId, unb64u } from "../core/bytes";
import { type Fields, isObject } from "../core/cj";
import { checkPublic } from "../core/curve";
import { FormatError, require } from "../core/errors";
import { parseOwners } from "../core/shares";

export type Shape = (value: unknown) => void;
export const MAX_BLOB = 2 ** 40;

const when =
  (holds: (value: unknown) => unknown, complaint: string): Shape =>
  (value) =>
    require(holds(value), complaint);

export const word = (...choices: string[]): Shape =>
  when((value) => typeof value === "string" && choices.includes(value), "is none of the known words");

export const matching = (pattern: RegExp): Shape =>
  when((value) => typeof value === "string" && pattern.test(value), "has not the form it must have");

/** A text of so many characters, on one line unless `lines`, not padded with white space. */
export const text = (most: number, { least = 1, lines = false } = {}): Shape =>
  when((value) => {
    if (typeof value !== "string") return false;
    const size = [...value].length;
    return size >= least && size <= most && value === value.trim() && (lines || !value.includes("\n"));
  }, "is not a text of the right length");

export const number = (least: number, most: number): Shape =>
  when((value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most, "is not a number in its range");

export const either =
  (one: Shape, two: Shape): Shape =>
  (value) => {
    try {
      one(value);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      two(value);
    }
  };

/** A list of so many; with `once`, no two share that key (or are equal, for ""). */
export const each =
  (shape: Shape, most: number, { least = 0, once }: { least?: number; once?: string } = {}): Shape =>
  (value) => {
    const fits = Array.isArray(value) && value.length >= least && value.length <= most;
    require(fits, "a list is missing, too short or too long");
    value.forEach(shape);
    if (once === undefined) return;
    const seen = new Set(value.map((item) => (once ? (item as Fields)[once] : item)));
    require(seen.size === value.length, "a list names something twice");
  };

/** An object with exactly these keys. */
export const closed =
  (fields: Record<string, Shape>): Shape =>
  (value) => {
    require(isObject(value), "an object has not exactly the keys it must have");
    const same = Object.keys(value).sort().join() === Object.keys(fields).sort().join();
    require(same, "an object has not exactly the keys it must have");
    for (const [key, shape] of Object.entries(fields)) shape(value[key]);
  };

const MOMENT = /^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** A UTC second in its one spelling. */
function isMoment(value: unknown): boolean {
  const when = typeof value === "string" && MOMENT.test(value) ? new Date(value) : new Date(NaN);
  return !Number.isNaN(when.getTime()) && when.toISOString().replace(".000Z", "Z") === value;
}

export const moment: Shape = when(isMoment, "is not a UTC second");
export const ident: Shape = when(isId, "is not an id");
export const empty: Shape = word("");

export const publicKey: Shape = (value) => {
  require(typeof value === "string", "is not a public key");
  checkPublic(unb64u(value, 32));
};

export const recipient: Shape = (value) => {
  require(typeof value === "string" && value.length <= 2100, "is not an age1pq recipient");
  checkRecipient(value);
};

export const owners: Shape = (value) => {
  each(closed({ party: ident, share: matching(/^[0-9/]{3,21}$/) }), 64, { least: 1, once: "party" })(value);
  parseOwners(value as { party: string; share: string }[]);
};
