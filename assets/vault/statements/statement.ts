/**
 * A statement: a signed note whose text is a label and one line of canonical JSON. `compose` makes the unsigned
 * text, `sign` the note, `parse` reads one. Parsing proves nothing about who signed: `replay` does that.
 */
import { b64u, type Bytes, concat, digest, hex, isId, raw, same, unb64u, utf8 } from "../core/bytes";
import * as cj from "../core/cj";
import { require } from "../core/errors";
import type { SigningKey } from "../core/keys";
import * as note from "../core/note";
import { moment } from "./shape";
import { type Kind, TYPES } from "./types";

const LABEL = utf8("crosslab.dev/statement/v1\n");
export const MAX_SIZE = 60_000;
const KEYS = "after,at,body,by,chain,log,salt,seq,type,v";

/** Where a statement goes: which log, which chain, after which link. A genesis has only the log. */
export interface Place {
  log: string;
  chain: string;
  seq: number;
  after: Bytes | null;
}

/** The parts of a statement. `org` is the organisation it is made for, or empty. */
export interface Statement {
  id: string;
  text: Bytes;
  place: Place;
  type: string;
  by: string;
  org: string;
  at: string;
  body: cj.Fields;
}

export const kindOf = (statement: Statement): Kind => TYPES.get(statement.type) as Kind;
/** The chain it stands on; a genesis starts one named after itself. */
export const chainOf = (statement: Statement): string => statement.place.chain || statement.id;
/** Whoever makes it; a person's first statement makes the person. */
export const personOf = (statement: Statement): string => statement.by || statement.id;

/** The names on its signature lines, in order. */
export function namesOf(statement: Statement): string[] {
  const log = statement.place.log;
  const own = `${log}/p/${personOf(statement)}`;
  switch (kindOf(statement).cosigner) {
    case "new key": return [own, own];
    case "invite": return [own, `${log}/i/${String(statement.body.invite)}`];
    case "recovery": return [own, `${log}/r/${chainOf(statement)}`];
    default: return [own];
  }
}

export interface Words {
  type: string;
  body: cj.Fields;
  by: string;
  at: string;
  salt: Bytes;
  org?: string;
}

/** The unsigned text of a statement, checked as a reader will check it. */
export async function compose(place: Place, words: Words): Promise<Bytes> {
  const { type, body, by, at, salt, org } = words;
  const after = place.after ? hex(place.after) : "";
  const fields = { v: 1, log: place.log, chain: place.chain, seq: place.seq, after, type, by, at, salt: b64u(salt), body };
  const text = concat(LABEL, cj.encode(org ? { ...fields, for: org } : fields), utf8("\n"));
  await readText(text);
  return text;
}

/** The note: one key a signature line, the person's own first. */
export async function sign(text: Bytes, ...keys: SigningKey[]): Promise<Bytes> {
  const names = namesOf(await readText(text));
  require(names.length === keys.length, "a statement has one key a signature line");
  const signed = await note.sign(text, names.map((name, at) => [name, keys[at] as SigningKey]));
  require(signed.length <= MAX_SIZE, "a statement is at most 60 000 bytes");
  return signed;
}

/** The statement in a note, and the note. Signatures are not verified here. */
export async function parse(data: Bytes): Promise<[Statement, note.Note]> {
  require(data.length <= MAX_SIZE, "a statement is at most 60 000 bytes");
  const parsed = note.parse(data);
  return [await readText(parsed.text), parsed];
}

/** The statement in an unsigned text; anything outside the closed schema is refused. */
export async function readText(text: Bytes): Promise<Statement> {
  const labelled = same(text.subarray(0, LABEL.length), LABEL) && text[text.length - 1] === 10;
  require(labelled, "this is not a statement");
  const fields = cj.decode(text.slice(LABEL.length, -1));
  require(cj.isObject(fields), "a statement has not exactly the keys it must have");
  const keys = Object.keys(fields).filter((key) => key !== "for").sort().join();
  require(keys === KEYS && fields.v === 1, "a statement has not exactly the keys it must have");
  const type = checkWords(fields);
  const kind = TYPES.get(type) as Kind;
  const place = placeOf(fields, kind);
  checkMakers(fields, kind);
  kind.body(fields.body);
  const org = String(fields.for ?? "");
  const body = fields.body as cj.Fields;
  return { id: await digest(text), text, place, type, by: String(fields.by), org, at: String(fields.at), body };
}

function checkWords(fields: cj.Fields): string {
  for (const key of ["after", "at", "by", "chain", "log", "salt", "type"])
    require(typeof fields[key] === "string", `${key} is not a text`);
  note.checkName(fields.log as string);
  unb64u(fields.salt as string, 16);
  require(TYPES.has(fields.type as string), "there is no such type of statement");
  moment(fields.at);
  return fields.type as string;
}

function placeOf(fields: cj.Fields, kind: Kind): Place {
  const { seq, chain, after, log } = fields as { seq: number; chain: string; after: string; log: string };
  require(Number.isInteger(seq) && seq >= 0 && seq < 2 ** 40, "seq is not a number");
  if (kind.genesis) {
    require(seq === 0 && chain === "" && after === "", "a chain starts with nothing before it");
    return { log, chain: "", seq: 0, after: null };
  }
  require(seq > 0 && isId(chain) && isId(after), "a statement stands on a chain, after a link");
  return { log, chain, seq, after: raw(after) };
}

function checkMakers(fields: cj.Fields, kind: Kind): void {
  const { by, for: org } = fields;
  const creates = fields.type === "person.create";
  require((by === "") === creates && (by === "" || isId(by)), "by is not the person who makes the statement");
  const placed = org === undefined ? kind.actsFor !== "always" : kind.actsFor !== "never";
  require(placed, "for is missing or out of place");
  require(org === undefined || isId(org), "for is not an organisation");
}
