/**
 * C2SP signed notes: a text, an empty line, signature lines. Ed25519 only. Who must have signed is the
 * caller's rule: `verifyExactly` for statements, `verifyOne` for checkpoints.
 */
import { b64, type Bytes, concat, hex, same, sha256, textOf, unb64, utf8 } from "./bytes";
import { checkPublic } from "./curve";
import { prove, require } from "./errors";
import { type SigningKey, verify } from "./keys";

const ED25519 = 1;
/** A witness's key under a checkpoint (C2SP tlog-cosignature). */
export const COSIGNATURE = 4;
const MAX_LINES = 32;
const SPACE = /[\x00-\x20\x7f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000+]/;
const CONTROL = /[\x00-\x09\x0b-\x1f]/;

export interface Signature {
  name: string;
  keyId: Bytes;
  data: Bytes;
}

export interface Note {
  text: Bytes;
  signatures: Signature[];
}

/** A name and the public key that must have signed under it. */
export interface Signer {
  name: string;
  public: Bytes;
}

/** Four bytes that tell keys of one name apart; not a fingerprint. */
export const keyId = async (name: string, key: Bytes, kind = ED25519): Promise<Bytes> =>
  (await sha256(concat(utf8(`${name}\n`), new Uint8Array([kind]), key))).slice(0, 4);

export function checkName(name: string): void {
  require(name && !SPACE.test(name), "a key name is empty or holds a space or a plus");
}

/** The whole note: the text, signed by each name with its key, in this order. */
export async function sign(text: Bytes, signers: [string, SigningKey][]): Promise<Bytes> {
  let whole = concat(text, utf8("\n"));
  for (const [name, key] of signers) {
    checkName(name);
    const body = concat(await keyId(name, key.public), await key.sign(text));
    whole = concat(whole, utf8(`— ${name} ${b64(body)}\n`));
  }
  parse(whole);
  return whole;
}

/** The note in these bytes; anything but the one strict form is refused. */
export function parse(data: Bytes): Note {
  const all = textOf(data);
  require(!CONTROL.test(all), "a note holds a control character");
  const end = all.lastIndexOf("\n\n");
  const tail = all.slice(end + 2);
  require(end >= 0 && tail.endsWith("\n"), "a note has a text, an empty line and signature lines");
  const lines = tail.slice(0, -1).split("\n");
  require(lines.length <= MAX_LINES, "a note has more than 32 signature lines");
  const signatures = lines.map(signature);
  const names = new Set(signatures.map((each) => `${each.name} ${hex(each.keyId)}`));
  require(names.size === signatures.length, "a key signed twice");
  return { text: utf8(all.slice(0, end + 1)), signatures };
}

/** Raises ProofError unless exactly these signed, in this order. */
export async function verifyExactly(note: Note, signers: Signer[]): Promise<void> {
  const complaint = "the note is not signed by exactly those who must sign";
  prove(note.signatures.length === signers.length, complaint);
  for (const [at, signer] of signers.entries()) {
    const line = note.signatures[at] as Signature;
    prove(await isBy(line, signer), "a signature line is not by the key that must sign here");
    await verify(signer.public, note.text, line.data);
  }
}

/** Raises ProofError unless this key signed; other lines are nobody's business. */
export async function verifyOne(note: Note, signer: Signer): Promise<void> {
  for (const line of note.signatures) if (await isBy(line, signer)) return verify(signer.public, note.text, line.data);
  prove(false, "the note is not signed by the key it must be signed by");
}

/** The name and key of a verifier key `name+id+base64(type and key)`, checked as at registration. */
/** A log's key as it is written down: name, key id, key. */
export async function vkeyOf({ name, public: key }: Signer): Promise<string> {
  return `${name}+${hex(await keyId(name, key))}+${b64(concat(new Uint8Array([ED25519]), key))}`;
}

export async function parseVkey(text: string, kind = ED25519): Promise<Signer> {
  const [name = "", id = "", ...rest] = text.split("+");
  const data = unb64(rest.join("+"));
  const signer = { name, public: data.slice(1) };
  checkName(name);
  require(rest.length && data[0] === kind, "a verifier key has a name, an id and a key");
  require(id === hex(await keyId(name, signer.public, kind)), "the verifier key's parts do not belong together");
  checkPublic(signer.public);
  return signer;
}

const isBy = async (line: Signature, signer: Signer): Promise<boolean> =>
  line.name === signer.name && same(line.keyId, await keyId(signer.name, signer.public));

function signature(line: string): Signature {
  const [mark, name = "", encoded = "", ...more] = line.split(" ");
  require(mark === "—" && !more.length, "a line under a note's text is not a signature line");
  checkName(name);
  const data = unb64(encoded);
  require(data.length >= 5, "a signature line is too short");
  return { name, keyId: data.slice(0, 4), data: data.slice(4) };
}
