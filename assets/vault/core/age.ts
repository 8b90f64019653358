/**
 * Age files as the vault uses them: binary, one stanza, post-quantum hybrid or passphrase. The encryption is
 * typage's; the profile (one stanza, its kind, the work factor) is checked here before any key is tried.
 */
import { Decrypter, Encrypter, identityToRecipient, webauthn } from "age-encryption";
import * as bech32 from "./bech32";
import { type Bytes, concat, own } from "./bytes";
import { FormatError, ProofError, require } from "./errors";

const LOG_N = 17;
const MAX_HEADER = 256 * 1024;
const MLKEM_PUBLIC = 1184;
const PIECE = 1024 * 1024;
const BREATH = 100;
const HYBRID = /^age-encryption\.org\/v1\n-> mlkem768x25519 [A-Za-z0-9+/]{1494}\n[A-Za-z0-9+/]{43}\n--- /;
const PASSPHRASE = /^age-encryption\.org\/v1\n-> scrypt [A-Za-z0-9+/]{22} (?:17|18)\n[A-Za-z0-9+/]{43}\n--- /;
const PASSKEY = /^age-encryption\.org\/v1\n-> age-encryption\.org\/fido2prf [A-Za-z0-9+/]{22}\n[A-Za-z0-9+/]{43}\n--- /;

/** The `AGE-SECRET-KEY-PQ-1…` line of a 32-byte seed. */
export const identityOf = (seed: Bytes): string => bech32.encode("age-secret-key-pq-", seed).toUpperCase();

export const recipientOf = (identity: string): Promise<string> => identityToRecipient(identity);

/** Refuses what is not an `AGE-SECRET-KEY-PQ-1…` line. */
export function checkIdentity(text: string): void {
  const { prefix, data } = bech32.decode(text);
  require(prefix === "age-secret-key-pq-" && data.length === 32 && text === text.toUpperCase(), "not an identity");
}

const accepted = new Set<string>();

/** Refuses what is not an `age1pq1…` recipient whose lattice half is reduced (FIPS 203, section 7.2). */
export function checkRecipient(text: string): void {
  if (accepted.has(text)) return;
  const { prefix, data } = bech32.decode(text);
  require(prefix === "age1pq" && data.length === 1216 && text === text.toLowerCase(), "not an age1pq1 recipient");
  for (let at = 0; at < MLKEM_PUBLIC - 32; at += 3) {
    const [a, b, c] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    require((a | ((b & 15) << 8)) < 3329 && ((b >> 4) | (c << 4)) < 3329, "the recipient is not a valid public key");
  }
  accepted.add(text);
}

export async function encrypt(plain: Bytes, recipient: string): Promise<Bytes> {
  checkRecipient(recipient);
  const writer = new Encrypter();
  writer.addRecipient(recipient);
  return own(await writer.encrypt(plain));
}

/** What passes by while a file is encrypted: its own bytes, and the sealed ones. Neither is kept here. */
export interface Passing {
  plain(piece: Uint8Array): void;
  sealed(piece: Uint8Array): void;
  told(done: number): void;
}

/** The same for a file of any size, piece by piece: lets others work in between, and stops when told to. */
export async function encryptPassing(file: Blob, recipient: string, passing: Passing, signal: AbortSignal): Promise<void> {
  checkRecipient(recipient);
  const writer = new Encrypter();
  writer.addRecipient(recipient);
  const reader = (await writer.encrypt(fed(file, passing, signal))).getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) passing.sealed(step.value);
}

/** The plaintext in pieces, the next one read ahead, with a breath for the rest of the program every few of them. */
function fed(file: Blob, passing: Passing, signal: AbortSignal): ReadableStream<Uint8Array> {
  let at = 0;
  let breath = 0;
  const read = (): Promise<ArrayBuffer> => file.slice(at, at + PIECE).arrayBuffer();
  let next = read();
  return new ReadableStream({
    async pull(stream) {
      if (performance.now() - breath > BREATH) {
        passing.told(at);
        await new Promise((go) => setTimeout(go));
        breath = performance.now();
      }
      if (signal.aborted) throw new DOMException("stopped", "AbortError");
      const piece = new Uint8Array(await next);
      at += PIECE;
      const last = at >= file.size;
      if (!last) next = read();
      passing.plain(piece);
      stream.enqueue(piece);
      if (last) stream.close();
    },
  });
}

/** The whole plaintext of a hybrid file, or an error and nothing. */
export async function decrypt(file: Bytes, ...identities: string[]): Promise<Bytes> {
  checkHead(file, HYBRID);
  const reader = new Decrypter();
  for (const identity of identities) reader.addIdentity(identity);
  return opened(reader, file);
}

/**
 * The same for a file of any size, piece by piece. What was handed on counts only once this has returned: a change
 * near the end shows at the end.
 */
export async function decryptPassing(file: Blob, identity: string, plain: (piece: Uint8Array) => void): Promise<void> {
  checkHead(new Uint8Array(await file.slice(0, 2048).arrayBuffer()), HYBRID);
  const opener = new Decrypter();
  opener.addIdentity(identity);
  await orProof(async () => {
    const reader = (await opener.decrypt(file.stream() as ReadableStream<Uint8Array>)).getReader();
    for (let step = await reader.read(); !step.done; step = await reader.read()) plain(step.value);
  });
}

export async function encryptWithPassphrase(plain: Bytes, passphrase: string): Promise<Bytes> {
  const writer = new Encrypter();
  writer.setScryptWorkFactor(LOG_N);
  writer.setPassphrase(passphrase);
  return own(await writer.encrypt(plain));
}

export async function decryptWithPassphrase(file: Bytes, passphrase: string): Promise<Bytes> {
  checkHead(file, PASSPHRASE);
  const reader = new Decrypter();
  reader.addPassphrase(passphrase);
  return opened(reader, file);
}

/** A new passkey for this site that can open files; the line that finds it again, which is no secret. */
export const newPasskey = (keyName: string, rpId: string): Promise<string> => webauthn.createCredential({ keyName, rpId });

export async function encryptWithPasskey(plain: Bytes, passkey: string): Promise<Bytes> {
  const writer = new Encrypter();
  writer.addRecipient(new webauthn.WebAuthnRecipient({ identity: passkey }));
  return own(await writer.encrypt(plain));
}

/** Opens with the passkey of this line, or, without one, with whichever of this site's its owner picks. */
export async function decryptWithPasskey(file: Bytes, passkey: string, rpId: string): Promise<Bytes> {
  checkHead(file, PASSKEY);
  const reader = new Decrypter();
  reader.addIdentity(new webauthn.WebAuthnIdentity(passkey ? { identity: passkey } : { rpId }));
  return own(await reader.decrypt(file));
}

function checkHead(file: Bytes, profile: RegExp): void {
  const start = String.fromCharCode(...file.subarray(0, Math.min(file.length, 2048, MAX_HEADER)));
  // age breaks a stanza body into lines of 64 letters; 32 bytes are one line of 43
  if (!profile.test(start)) throw new FormatError("the age file has not exactly one stanza of the required kind");
}

const opened = (reader: Decrypter, file: Bytes): Promise<Bytes> => orProof(async () => own(await reader.decrypt(file)));

async function orProof<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ProofError(`the file does not open: ${error instanceof Error ? error.message : "unknown"}`);
  }
}
