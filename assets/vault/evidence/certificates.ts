/** X.509 certificates, as far as the path from a time stamp to a root that the reader knows asks for it. */
import { type Bytes, digest, hex, own, same, textOf, unb64 } from "../core/bytes";
import { bits, INTEGER, type Item, oid, OCTETS, only, part, parts, SEQUENCE, time } from "./der";
import { isSigned } from "./signed";

const [BASIC, USAGE, PURPOSES, POLICIES] = ["2.5.29.19", "2.5.29.15", "2.5.29.37", "2.5.29.32"];
const [STAMPING, ANY] = ["1.3.6.1.5.5.7.3.8", "2.5.29.37.0"];
const KNOWN = new Set([BASIC, USAGE, PURPOSES, POLICIES]);
const [SIGNS, SIGNS_FOR_GOOD, SIGNS_CERTIFICATES] = [0x80, 0x40, 0x04];
const [MOST, DEEPEST] = [24, 6];

interface Extension {
  critical: boolean;
  value: Item;
}

export interface Certificate {
  der: Bytes;
  fingerprint: string;
  issuer: Bytes;
  subject: Bytes;
  serial: Bytes;
  from: string;
  until: string;
  key: Item;
  signed: Bytes;
  algorithm: Item;
  signature: Bytes;
  more: Map<string, Extension>;
}

/** The fingerprints among what somebody typed or pasted: 64 hex digits, with or without colons, or whole certificates. */
export async function fingerprintsIn(text: string): Promise<string[]> {
  const typed = text.replace(/-----BEGIN[^]*?-----END CERTIFICATE-----/g, "\n").replaceAll(":", "").toLowerCase().match(/\b[0-9a-f]{64}\b/g) ?? [];
  return [...typed, ...(await Promise.all(pem(text).map(digest)))];
}

/** The certificates in a PEM file. */
export function pem(text: string): Bytes[] {
  const found = text.matchAll(/-----BEGIN CERTIFICATE-----\s([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g);
  return [...found].map(([, body = ""]) => unb64(body.replace(/\s/g, "")));
}

/** Those that can be read, each once; of a great many, the first few. */
export async function readable(all: Bytes[]): Promise<Certificate[]> {
  const found = new Map<string, Certificate>();
  for (const der of all.slice(0, MOST)) {
    const made = await read(der).catch(() => null);
    if (made) found.set(made.fingerprint, made);
  }
  return [...found.values()];
}

async function read(der: Bytes): Promise<Certificate> {
  const [body, algorithm, signature] = parts(only(der)) as [Item, Item, Item];
  const all = parts(body).filter(({ tag }) => tag !== 0xa0);
  const [from, until] = parts(part(all, 3, SEQUENCE)) as [Item, Item];
  const more = parts(body).find(({ tag }) => tag === 0xa3);
  return {
    der, fingerprint: await digest(der), algorithm, signature: bits(signature), signed: body.whole,
    serial: part(all, 0, INTEGER).body, issuer: part(all, 2, SEQUENCE).whole, subject: part(all, 4, SEQUENCE).whole,
    from: time(from), until: time(until), key: part(all, 5, SEQUENCE),
    more: new Map(more ? parts(only(more.body)).map(extension) : []),
  };
}

function extension(item: Item): [string, Extension] {
  const inside = parts(item);
  return [oid(inside[0]), { critical: inside.length > 2 && inside[1]?.body[0] === 0xff, value: only(part(inside, inside.length - 1, OCTETS).body) }];
}

/** For nothing but time stamps, and saying so as strictly as the standard asks. */
export function isStamper({ more }: Certificate): boolean {
  const [purposes, usage] = [more.get(PURPOSES), usageOf(more)];
  const alone = !!purposes?.critical && purposesOf(purposes).join() === STAMPING;
  return alone && understood(more) && (usage === null || (usage & (SIGNS | SIGNS_FOR_GOOD)) !== 0);
}

/** May issue others, with so many between. */
function isIssuer({ more }: Certificate, between: number): boolean {
  const [authority, most] = more.has(BASIC) ? parts((more.get(BASIC) as Extension).value) : [];
  const [usage, purposes] = [usageOf(more), more.get(PURPOSES)];
  const fits = !purposes || purposesOf(purposes).some((each) => each === STAMPING || each === ANY);
  const deep = !most || (most.body.length === 1 && (most.body[0] as number) >= between);
  return authority?.tag === 0x01 && authority.body[0] === 0xff && deep && fits && understood(more) && (usage === null || (usage & SIGNS_CERTIFICATES) !== 0);
}

const purposesOf = ({ value }: Extension): string[] => parts(value).map(oid);
const usageOf = (more: Certificate["more"]): number | null => (more.has(USAGE) ? ((more.get(USAGE) as Extension).value.body[1] ?? 0) : null);
const understood = (more: Certificate["more"]): boolean => [...more].every(([name, { critical }]) => !critical || KNOWN.has(name));

/** The fingerprint of the root that a certificate leads to, every step signed and valid at that second; "" when none. */
export async function leadsTo(start: Certificate, known: Certificate[], roots: ReadonlySet<string>, at: string, between = 0): Promise<string> {
  if (at < start.from || at > start.until || between >= DEEPEST) return "";
  for (const above of known.filter((each) => same(each.subject, start.issuer) && each !== start && isIssuer(each, between))) {
    if (!(await isSigned(above.key, start.algorithm, start.signature, start.signed).catch(() => false))) continue;
    const valid = at >= above.from && at <= above.until;
    if (valid && roots.has(above.fingerprint)) return above.fingerprint;
    const found = await leadsTo(above, known.filter((each) => each !== start), roots, at, between + 1);
    if (found) return found;
  }
  return "";
}

/** Whether a signer is named by its issuer and number. */
export const isNamed = ({ issuer, serial }: Certificate, name: Item): boolean => {
  const [by, number] = parts(name);
  return name.tag === SEQUENCE && !!by && !!number && same(by.whole, issuer) && hex(own(number.body)) === hex(serial);
};

/** A file that should be text, as text; "" when it is none. */
export function asText(data: Bytes): string {
  try {
    return textOf(data);
  } catch {
    return "";
  }
}
