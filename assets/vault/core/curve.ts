/**
 * Which 32 bytes may be an Ed25519 public key here: canonical, not of small order, free of torsion (RFC 8032,
 * section 5.1). Signatures are verified by WebCrypto, never by this arithmetic; it touches public values only.
 */
import { hex } from "./bytes";
import { ProofError, prove } from "./errors";

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = mod(-121665n * power(121666n, P - 2n));
const ROOT = power(2n, (P - 1n) / 4n);
type Point = readonly [bigint, bigint, bigint, bigint];
const ZERO: Point = [0n, 1n, 1n, 0n];
const known = new Map<string, ProofError | null>();

/** Refuses a public key that may not be registered. */
export function checkPublic(key: Uint8Array): void {
  const name = hex(key);
  let verdict = known.get(name);
  if (verdict === undefined) known.set(name, (verdict = judge(key)));
  if (verdict) throw verdict;
}

function judge(key: Uint8Array): ProofError | null {
  try {
    prove(key.length === 32, "a public key has 32 bytes");
    const point = decode(key);
    prove(!equal(times(8n, point), ZERO), "the public key is of small order");
    prove(equal(times(L, point), ZERO), "the public key has a torsion component");
    return null;
  } catch (error) {
    if (error instanceof ProofError) return error;
    throw error;
  }
}

function decode(key: Uint8Array): Point {
  const number = BigInt(`0x${hex(key.slice().reverse())}`);
  const sign = number >> 255n;
  const y = number & ((1n << 255n) - 1n);
  prove(y < P, "the public key is not canonical");
  const [top, bottom] = [mod(y * y - 1n), mod(D * y * y + 1n)];
  let x = mod(top * power(bottom, 3n) * power(mod(top * power(bottom, 7n)), (P - 5n) / 8n));
  if (mod(bottom * x * x - top)) x = mod(x * ROOT);
  prove(!mod(bottom * x * x - top), "the public key is not a point of the curve");
  prove(x || !sign, "the public key is not canonical");
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

function add(one: Point, two: Point): Point {
  const a = mod((one[1] - one[0]) * (two[1] - two[0]));
  const b = mod((one[1] + one[0]) * (two[1] + two[0]));
  const c = mod(2n * one[3] * two[3] * D);
  const d = mod(2n * one[2] * two[2]);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

function times(factor: bigint, point: Point): Point {
  let result = ZERO;
  for (let left = factor, doubled = point; left; left >>= 1n, doubled = add(doubled, doubled))
    if (left & 1n) result = add(result, doubled);
  return result;
}

function mod(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let left = exponent, square = mod(base); left; left >>= 1n, square = mod(square * square))
    if (left & 1n) result = mod(result * square);
  return result;
}

const equal = (one: Point, two: Point): boolean =>
  mod(one[0] * two[2] - two[0] * one[2]) === 0n && mod(one[1] * two[2] - two[1] * one[2]) === 0n;
