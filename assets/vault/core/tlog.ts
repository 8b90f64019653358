/** The transparency log's texts (C2SP tlog formats): entries, tags, checkpoints, receipts, entry bundles. */
import { b64, type Bytes, concat, digest, hex, raw, sha256, textOf, unb64, utf8 } from "./bytes";
import { FormatError, ProofError, prove, require } from "./errors";
import { verify } from "./keys";
import { leafHash, verifyConsistency, verifyInclusion } from "./merkle";
import * as note from "./note";

const TAG_LABEL = utf8("crosslab.dev/tag/v1\n");
const EVEN: Record<string, string> = { 1: "0", 3: "2", 5: "4", 7: "6", 9: "8", b: "a", d: "c", f: "e" };
const NUMBER = /^(?:0|[1-9][0-9]{0,14})$/;

/** What the log vouches for: its name, size and root. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Bytes;
}

/** Where an entry stands, the proof, and the checkpoint (a whole note) it leads to. */
export interface Receipt {
  index: number;
  proof: Bytes[];
  checkpoint: Bytes;
}

/**
 * The tag of a place in a chain: from the link before it, or from the id itself at a chain's start. Its last bit is
 * turned for a statement of a kind whose text may be kept from all but its parties.
 */
export async function tag(statement: string, before: Bytes | null, forParties = false): Promise<string> {
  const made = (await sha256(concat(TAG_LABEL, before ?? raw(statement)))).slice(0, 16);
  if (forParties) made[15] = (made[15] as number) ^ 1;
  return hex(made);
}

/** What the tags of all statements at one place of a chain have in common: all but the last bit. */
export const place = (tag: string): string => tag.slice(0, -1) + (EVEN[tag.slice(-1)] ?? tag.slice(-1));

/** The public line of a statement: its id, the hash of text and signatures, its tag. */
export const statementEntry = async (id: string, wholeNote: Bytes, before: Bytes | null, forParties = false): Promise<Bytes> =>
  utf8(`s ${id} ${await digest(wholeNote)} ${await tag(id, before, forParties)}\n`);

/** The three lines of a checkpoint note; extension lines are refused. Verifies nothing. */
export function parseCheckpoint(data: Bytes): Checkpoint {
  const [origin = "", size = "", root = "", last, ...more] = textOf(note.parse(data).text).split("\n");
  require(last === "" && !more.length, "a checkpoint has exactly three lines");
  note.checkName(origin);
  return { origin, size: number(size), root: hash(root) };
}

/** The checkpoint, after its signature by this log's key was verified. */
export async function openCheckpoint(data: Bytes, log: note.Signer): Promise<Checkpoint> {
  const point = parseCheckpoint(data);
  prove(point.origin === log.name, "the checkpoint is of another log");
  await note.verifyOne(note.parse(data), log);
  return point;
}

/** Raises ProofError unless the newer checkpoint continues the pinned one. */
export async function checkExtends(pin: Checkpoint, newer: Checkpoint, proof: Bytes[]): Promise<void> {
  prove(newer.origin === pin.origin && newer.size >= pin.size, "the log is smaller than it was, or another one");
  if (pin.size > 0) await verifyConsistency(pin.size, newer.size, pin.root, newer.root, proof);
}

/** The receipt in a `.tlog-proof` file; extra data is refused. */
export function parseReceipt(data: Bytes): Receipt {
  const all = textOf(data);
  const end = all.indexOf("\n\n");
  const [title, index = "", ...proof] = all.slice(0, Math.max(end, 0)).split("\n");
  const fits = title === "c2sp.org/tlog-proof@v1" && index.startsWith("index ") && proof.length <= 64;
  require(end > 0 && fits, "this is not a receipt");
  const checkpoint = utf8(all.slice(end + 2));
  parseCheckpoint(checkpoint);
  return { index: number(index.slice(6)), proof: proof.map(hash), checkpoint };
}

/** A receipt as a `.tlog-proof` file. */
export const writeReceipt = ({ index, proof, checkpoint }: Receipt): string =>
  `c2sp.org/tlog-proof@v1\nindex ${index}\n${proof.map((each) => `${b64(each)}\n`).join("")}\n${textOf(checkpoint)}`;

/** The second at which this witness saw this checkpoint, or null without a line of its that holds. */
export async function cosignedAt(data: Bytes, witness: note.Signer): Promise<number | null> {
  const { text, signatures } = note.parse(data);
  const id = hex(await note.keyId(witness.name, witness.public, note.COSIGNATURE));
  const line = signatures.find((each) => each.name === witness.name && hex(each.keyId) === id && each.data.length === 72);
  if (!line) return null;
  const at = Number(new DataView(line.data.buffer, line.data.byteOffset, 8).getBigUint64(0));
  const said = concat(utf8(`cosignature/v1\ntime ${at}\n`), text);
  return (await holds(witness.public, said, line.data.slice(8))) ? at : null;
}

/** The checkpoint under which this entry provably stands at the receipt's index. */
export async function verifyReceipt(receipt: Receipt, entry: Bytes, log: note.Signer): Promise<Checkpoint> {
  const point = await openCheckpoint(receipt.checkpoint, log);
  await verifyInclusion(await leafHash(entry), receipt.index, point.size, receipt.proof, point.root);
  return point;
}

/** The hashes of a proof sent as lines of base64. */
export const parseProof = (text: string): Bytes[] => text.split("\n").filter(Boolean).map(hash);

/** Where a bundle of entries lies: `tile/entries/<N>[.p/<W>]`, the number in groups of three digits. */
export function entriesPath(index: number, width: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/.{3}/g) ?? [];
  const name = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
  return `tile/entries/${name}${width < 256 ? `.p/${width}` : ""}`;
}

/** The entries of a tlog-tiles bundle: each after its length in two bytes. */
export function unbundle(data: Bytes): Bytes[] {
  const entries: Bytes[] = [];
  for (let at = 0; at < data.length; ) {
    const stop = at + 2 + (data[at] as number) * 256 + (data[at + 1] ?? 0);
    require(at + 2 <= data.length && stop <= data.length, "the entry bundle is cut");
    entries.push(data.slice(at + 2, stop));
    at = stop;
  }
  return entries;
}

async function holds(key: Bytes, text: Bytes, signature: Bytes): Promise<boolean> {
  try {
    await verify(key, text, signature);
    return true;
  } catch (error) {
    if (error instanceof ProofError) return false;
    throw error;
  }
}

function number(text: string): number {
  require(NUMBER.test(text), "a size or index is not a plain number");
  return Number(text);
}

function hash(text: string): Bytes {
  const data = unb64(text);
  if (data.length !== 32 || b64(data) !== text) throw new FormatError("a hash is not 32 bytes of base64");
  return data;
}
