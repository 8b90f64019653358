/** Signatures as time stamp authorities make them: RSA (PKCS#1 v1.5 and PSS, from 2048 bits) and ECDSA, over SHA-2. */
import { type Bytes, concat, own } from "../core/bytes";
import { type Item, oid, only, padded, part, parts, SEQUENCE } from "./der";

export const HASHES: Record<string, string> = {
  "2.16.840.1.101.3.4.2.1": "SHA-256",
  "2.16.840.1.101.3.4.2.2": "SHA-384",
  "2.16.840.1.101.3.4.2.3": "SHA-512",
};
const WITH_HASH: Record<string, [string, string]> = {
  "1.2.840.113549.1.1.11": ["RSASSA-PKCS1-v1_5", "SHA-256"],
  "1.2.840.113549.1.1.12": ["RSASSA-PKCS1-v1_5", "SHA-384"],
  "1.2.840.113549.1.1.13": ["RSASSA-PKCS1-v1_5", "SHA-512"],
  "1.2.840.10045.4.3.2": ["ECDSA", "SHA-256"],
  "1.2.840.10045.4.3.3": ["ECDSA", "SHA-384"],
  "1.2.840.10045.4.3.4": ["ECDSA", "SHA-512"],
};
const [RSA, PSS, MGF1] = ["1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10", "1.2.840.113549.1.1.8"];
const CURVES: Record<string, [string, number]> = {
  "1.2.840.10045.3.1.7": ["P-256", 32],
  "1.3.132.0.34": ["P-384", 48],
  "1.3.132.0.35": ["P-521", 66],
};
const FEWEST_BITS = 2048;

interface Way {
  name: string;
  hash: string;
  salt: number;
}

/** Whether a key, as it stands in a certificate, signed this. False as well for ways of signing that are not known here. */
export async function isSigned(key: Item, algorithm: Item, signature: Bytes, data: Bytes, hash = ""): Promise<boolean> {
  const way = wayOf(algorithm, hash);
  if (!way || (hash && way.hash !== hash)) return false;
  const curve = way.name === "ECDSA" ? CURVES[oid(parts(part(parts(key), 0, SEQUENCE))[1])] : undefined;
  if (way.name === "ECDSA" && !curve) return false;
  const how = { name: way.name, hash: way.hash, saltLength: way.salt, namedCurve: curve?.[0] ?? "" };
  const public_ = await crypto.subtle.importKey("spki", key.whole, how, false, ["verify"]);
  const size = (public_.algorithm as RsaHashedKeyAlgorithm).modulusLength ?? FEWEST_BITS;
  return size >= FEWEST_BITS && crypto.subtle.verify(how, public_, curve ? flat(signature, curve[1]) : signature, data);
}

/** How it was signed; `hash` is what the signer says apart, where the algorithm names none. */
function wayOf(algorithm: Item, hash: string): Way | null {
  const [name, facts] = parts(algorithm);
  const plain = oid(name);
  if (plain === PSS) return facts ? pss(facts) : null;
  const [kind, named] = WITH_HASH[plain] ?? (plain === RSA && hash ? ["RSASSA-PKCS1-v1_5", hash] : []);
  return kind && named ? { name: kind, hash: named, salt: 0 } : null;
}

/** PSS with one hash for both of its uses. */
function pss(facts: Item): Way | null {
  const given = new Map(parts(facts).map((each) => [each.tag, only(each.body)]));
  const [hash, mask, salt] = [given.get(0xa0), given.get(0xa1), given.get(0xa2)];
  if (!hash || !mask || given.has(0xa3)) return null;
  const [name, under] = [HASHES[oid(parts(hash)[0])], parts(mask)[1]];
  const fits = name && under && oid(parts(mask)[0]) === MGF1 && HASHES[oid(parts(under)[0])] === name;
  return fits ? { name: "RSA-PSS", hash: name, salt: salt ? (padded(salt, 1)[0] as number) : 20 } : null;
}

/** An ECDSA signature as WebCrypto wants it: both numbers in full length, one after the other. */
function flat(signature: Bytes, size: number): Bytes {
  const [r, s] = parts(only(signature));
  return r && s ? concat(padded(r, size), padded(s, size)) : own(new Uint8Array());
}
