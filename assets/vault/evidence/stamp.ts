/** What an RFC 3161 token says: which bytes it is over, and when. Its signature is not checked here. */
import { type Bytes, hex, textOf } from "../core/bytes";
import { prove } from "../core/errors";

interface Item {
  tag: number;
  from: number;
  to: number;
}

const SIGNED_DATA = "06092a864886f70d010702";
const TST_INFO = "060b2a864886f70d0109100104";
const SHA_256 = "0609608648016503040201";

/** The hash a token is over and the second it names. Raises ProofError for what is no granted token over SHA-256. */
export function readStamp(token: Bytes): { imprint: string; time: string } {
  const [status, content] = parts(token, whole(token)) as [Item, Item];
  const [granted] = parts(token, status);
  prove(granted && [0, 1].includes(token[granted.from] as number), "the time stamp was not granted");
  const [kind, signed] = parts(token, content);
  prove(kind && signed && coded(token, kind) === SIGNED_DATA, "the time stamp is none");
  const [data] = parts(token, signed as Item);
  const encapsulated = parts(token, data as Item).find((each) => each.tag === 0x30);
  const [type, wrapped] = parts(token, encapsulated as Item);
  prove(type && wrapped && coded(token, type) === TST_INFO, "the time stamp is none");
  const [octets] = parts(token, wrapped as Item);
  const info = parts(token, parts(token, octets as Item)[0] as Item);
  const [algorithm, hash] = parts(token, info[2] as Item);
  const [name] = parts(token, algorithm as Item);
  prove(name && coded(token, name) === SHA_256, "the time stamp is over another kind of hash");
  const time = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(textOf(token.subarray((info[4] as Item).from, (info[4] as Item).to)));
  prove(time && (info[4] as Item).tag === 0x18, "the time stamp's time cannot be read");
  const [, year, month, day, hour, minute, second] = time as RegExpExecArray;
  return { imprint: hex(token.subarray((hash as Item).from, (hash as Item).to)), time: `${year}-${month}-${day}T${hour}:${minute}:${second}Z` };
}

const coded = (data: Bytes, item: Item): string => hex(data.subarray(item.from - 2, item.to));

function whole(data: Bytes): Item {
  const found = item(data, 0, data.length);
  prove(found.tag === 0x30 && found.to === data.length, "the time stamp is none");
  return found;
}

function parts(data: Bytes, { from, to }: Item): Item[] {
  const found: Item[] = [];
  for (let at = from; at < to; at = (found[found.length - 1] as Item).to) found.push(item(data, at, to));
  return found;
}

/** One DER value: short or long definite length, inside what holds it. */
function item(data: Bytes, at: number, end: number): Item {
  const first = data[at + 1] ?? 0x80;
  const more = first & 0x80 ? first & 0x7f : 0;
  prove(first !== 0x80 && more <= 4 && at + 2 + more <= end, "the time stamp is cut");
  let size = more ? 0 : first;
  for (let place = 0; place < more; place++) size = size * 256 + (data[at + 2 + place] as number);
  const from = at + 2 + more;
  prove(from + size <= end, "the time stamp is cut");
  return { tag: data[at] as number, from, to: from + size };
}
