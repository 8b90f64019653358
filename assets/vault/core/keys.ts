/**
 * Keys: everything a person or organisation needs follows from 32 bytes they can print. HKDF-SHA256 with an
 * empty salt and one info string a job; Ed25519 is WebCrypto's, under public keys that pass `checkPublic`.
 */
import { identityOf, recipientOf } from "./age";
import * as bech32 from "./bech32";
import { b64u, type Bytes, concat, own, unb64u, utf8 } from "./bytes";
import { checkPublic } from "./curve";
import { prove, require } from "./errors";

export const ROOT = "crosslab-root-";
export const ORG = "crosslab-org-";

export interface SigningKey {
  readonly public: Bytes;
  sign(message: Uint8Array): Promise<Bytes>;
}

/** What one root gives: a key that signs and an identity that receives. */
export interface Keys {
  readonly sign: SigningKey;
  readonly identity: string;
  readonly recipient: string;
}

export const personKeys = (root: Bytes): Promise<Keys> => keysOf(root, "sign", "age");
export const recoveryKeys = (root: Bytes): Promise<Keys> => keysOf(root, "org-sign", "org-age");

/** The key of an invitation, from the secret in its link: who can sign with it has the link. */
export const inviteKey = async (secret: Bytes): Promise<SigningKey> => signingKey(await derive(secret, "invite-sign"));

/** An Ed25519 key pair, made from its 32-byte seed. */
export async function signingKey(seed: Bytes): Promise<SigningKey> {
  const pkcs8 = concat(PKCS8, seed);
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", key);
  pkcs8.fill(0);
  return {
    public: unb64u(x ?? "", 32),
    sign: async (message) => new Uint8Array(await crypto.subtle.sign("Ed25519", key, own(message))),
  };
}

/** Raises ProofError unless this acceptable key signed these bytes. */
export async function verify(publicKey: Bytes, message: Uint8Array, signature: Bytes): Promise<void> {
  checkPublic(publicKey);
  const key = await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
  const holds = await crypto.subtle.verify("Ed25519", key, signature, own(message));
  prove(holds, "the signature is not by this key over these bytes");
}

/** What is printed: `CROSSLAB-ROOT-1…` for a person, `CROSSLAB-ORG-1…` for an organisation. */
export const recoveryString = (root: Bytes, kind = ROOT): string => bech32.encode(kind, root).toUpperCase();

/** The root from what was printed; white space and lower case are forgiven, a wrong letter is not. */
export function parseRecoveryString(text: string, kind = ROOT): Bytes {
  const { prefix, data } = bech32.decode(text.replace(/\s+/g, "").toUpperCase());
  require(prefix === kind && data.length === 32, "this is not a recovery key of this kind");
  return data;
}

export const publicFields = (keys: Keys): { sign: string; age: string } => ({
  sign: b64u(keys.sign.public),
  age: keys.recipient,
});

const PKCS8 = new Uint8Array([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]);

async function keysOf(root: Bytes, sign: string, age: string): Promise<Keys> {
  const identity = identityOf(await derive(root, age));
  return { sign: await signingKey(await derive(root, sign)), identity, recipient: await recipientOf(identity) };
}

async function derive(secret: Bytes, job: string): Promise<Bytes> {
  require(secret.length === 32, "a root or secret has 32 bytes");
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8(`crosslab/v1/${job}`) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}
