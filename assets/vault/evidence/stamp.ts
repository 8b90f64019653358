/** A time stamp (RFC 3161): which bytes it is over, when, and whether a root that the reader knows vouches for it. */
import { type Bytes, digest, hex, own, same } from "../core/bytes";
import { N_, prove } from "../core/errors";
import { asText, type Certificate, isNamed, isStamper, leadsTo, pem, readable } from "./certificates";
import { type Item, NAME, OCTETS, octets, oid, only, part, parts, SEQUENCE, SET, time } from "./der";
import { HASHES, isSigned } from "./signed";

const [SIGNED_DATA, TST_INFO, SHA_256] = ["1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4", "2.16.840.1.101.3.4.2.1"];
const [CONTENT_TYPE, DIGEST] = ["1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"];
const [ESS, ESS_2] = ["1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"];

/** Why a time is not believed: no root that the reader knows is named, or what leads there does not hold. */
export type Doubt = "unknown-root" | "unproven" | "too-early";

export interface Read {
  imprint: string;
  time: string;
  /** What was signed, for `vouched`. */
  info: Bytes;
  signed: Item[];
}

/** The hash a token is over and the second it names, whoever wrote it. Raises ProofError for what is no granted token. */
export function readStamp(token: Bytes): Read {
  const [status, content] = parts(only(token)) as [Item, Item];
  prove(content && parts(status)[0]?.body.join() === "0", N_("The time stamp was not granted."));
  const [kind, wrapped] = parts(content);
  prove(wrapped && oid(kind) === SIGNED_DATA, N_("The time stamp is none."));
  const signed = parts(only(wrapped.body));
  const [type, inside] = parts(part(signed, 2, SEQUENCE));
  prove(inside && oid(type) === TST_INFO, N_("The time stamp is none."));
  const info = only(inside.body);
  prove(info.tag === OCTETS, N_("The time stamp is none."));
  const said = parts(only(info.body));
  const [algorithm, hash] = parts(part(said, 2, SEQUENCE));
  prove(algorithm && hash && oid(parts(algorithm)[0]) === SHA_256, N_("The time stamp is over another kind of hash."));
  return { imprint: hex(hash.body), time: time(part(said, 4, 0x18)), info: info.body, signed };
}

/** The fingerprint of the root that vouches for a stamp, or why none does. Certificates may lie beside the token. */
export async function vouched(read: Read, beside: Bytes, roots: ReadonlySet<string>): Promise<{ root: string } | { doubt: Doubt }> {
  const carried = read.signed.filter(({ tag }) => tag === 0xa0).flatMap((each) => parts(each).map(({ whole }) => whole));
  const known = await readable([...carried, ...pem(asText(beside))]);
  if (!known.some(({ fingerprint }) => roots.has(fingerprint))) return { doubt: "unknown-root" };
  const root = await path(read, known, roots).catch(() => "");
  return root ? { root } : { doubt: "unproven" };
}

async function path(read: Read, known: Certificate[], roots: ReadonlySet<string>): Promise<string> {
  const signers = parts(part(read.signed, read.signed.length - 1, SET));
  prove(signers.length === 1, "a time stamp has one signer");
  const [, name, digests, attributes, algorithm, signature] = parts(signers[0] as Item);
  prove(name && digests && attributes?.tag === 0xa0 && algorithm && signature?.tag === OCTETS, "a time stamp is signed with attributes");
  const said = attributesOf(attributes);
  const hash = HASHES[oid(parts(digests)[0])] ?? "";
  prove(hash && oid(said.get(CONTENT_TYPE)) === TST_INFO, "a time stamp is signed as another thing");
  const imprint = new Uint8Array(await crypto.subtle.digest(hash, read.info));
  prove(same(said.get(DIGEST)?.body ?? new Uint8Array(), imprint), "a time stamp's text is not the one that was signed");
  const signer = await signerOf(said, known.filter((each) => isNamed(each, name)));
  prove(signer && isStamper(signer), "a time stamp's signer is not in it, or not for time stamps");
  const whole = own(Uint8Array.from(attributes.whole));
  whole[0] = SET;
  prove(await isSigned(signer.key, algorithm, signature.body, whole, hash), "a time stamp's signature does not hold");
  return leadsTo(signer, known, roots, read.time);
}

/** What was signed beside the text, each thing once. */
function attributesOf(attributes: Item): Map<string, Item> {
  const found = new Map<string, Item>();
  for (const each of parts(attributes)) {
    const [name, values] = [part(parts(each), 0, NAME), part(parts(each), 1, SET)];
    prove(!found.has(oid(name)) && parts(values).length === 1, "a signed attribute stands twice");
    found.set(oid(name), parts(values)[0] as Item);
  }
  return found;
}

/** The certificate that the signature itself names by its hash, so that no other of the same name can stand in for it. */
async function signerOf(said: ReadonlyMap<string, Item>, known: Certificate[]): Promise<Certificate | undefined> {
  const newer = said.get(ESS_2);
  const first = parts(parts(newer ?? (said.get(ESS) as Item))[0] as Item);
  const ids = parts(first[0] as Item);
  const named = ids[0]?.tag === SEQUENCE ? HASHES[oid(parts(ids[0])[0])] : newer ? "SHA-256" : "SHA-1";
  const wanted = octets(ids, ids[0]?.tag === SEQUENCE ? 1 : 0);
  for (const each of known) {
    if (named && same(new Uint8Array(await crypto.subtle.digest(named, each.der)), wanted)) return each;
  }
  return undefined;
}

/** Whether a token is over these bytes. */
export const isOver = async ({ imprint }: Read, data: Bytes): Promise<boolean> => imprint === (await digest(data));
