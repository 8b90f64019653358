/** The plaintexts of small private files: identity file, organisation keys, grant. Exactly these lines. */
import { checkIdentity, recipientOf } from "./age";
import { type Bytes, utf8 } from "./bytes";
import { FormatError, prove, require } from "./errors";
import { parseRecoveryString, personKeys, recoveryString } from "./keys";

const IDENTITY =
  /^# crosslab identity v1\n# person ([0-9a-f]{64})\n# epoch ([1-9][0-9]{0,6})\n# root (CROSSLAB-ROOT-1[0-9A-Z]+)\n(AGE-SECRET-KEY-PQ-1[0-9A-Z]+)\n$/;
const GRANT = /^# crosslab grant v1 ([0-9a-f]{64})\n(AGE-SECRET-KEY-PQ-1[0-9A-Z]+)\n$/;
const ORG = /^# crosslab org keys ([0-9a-f]{64})\n((?:AGE-SECRET-KEY-PQ-1[0-9A-Z]+\n)+)$/;

/** What every unlock file holds: whose root, at which key epoch, and the root. */
export interface IdentityFile {
  person: string;
  epoch: number;
  root: Bytes;
}

export async function writeIdentityFile(file: IdentityFile): Promise<Bytes> {
  const { identity } = await personKeys(file.root);
  const head = `# crosslab identity v1\n# person ${file.person}\n# epoch ${file.epoch}\n`;
  return utf8(`${head}# root ${recoveryString(file.root)}\n${identity}\n`);
}

/** The identity in an unlock file; its age key must be the one that follows from its root. */
export async function readIdentityFile(data: Bytes): Promise<IdentityFile> {
  const [, person = "", epoch, root = "", identity] = matched(data, IDENTITY, "this is not an identity file");
  const file = { person, epoch: Number(epoch), root: parseRecoveryString(root) };
  const derived = await personKeys(file.root);
  const fits = derived.identity === identity && recoveryString(file.root) === root;
  prove(fits, "the identity file's parts do not belong together");
  return file;
}

export const writeGrant = (version: string, identity: string): Bytes =>
  utf8(`# crosslab grant v1 ${version}\n${identity}\n`);

/** The content key in a grant for this version. */
export function readGrant(data: Bytes, version: string): string {
  const [, named, identity = ""] = matched(data, GRANT, "this is not a grant");
  prove(named === version, "the grant is for another version");
  checkIdentity(identity);
  return identity;
}

/** The plaintext of an organisation wrap: one key an epoch, oldest first. */
export const writeOrgKeys = (org: string, identities: string[]): Bytes =>
  utf8(`# crosslab org keys ${org}\n${identities.map((each) => `${each}\n`).join("")}`);

/** The organisation's keys, exactly those whose recipients its chain names, in order. */
export async function readOrgKeys(data: Bytes, org: string, recipients: string[]): Promise<string[]> {
  const [, named, lines = ""] = matched(data, ORG, "this is not a file of organisation keys");
  prove(named === org, "these are the keys of another organisation");
  const identities = lines.trimEnd().split("\n");
  identities.forEach(checkIdentity);
  const found = await Promise.all(identities.map(recipientOf));
  const fits = found.length === recipients.length && found.every((each, at) => each === recipients[at]);
  prove(fits, "these are not the keys the organisation's chain names");
  return identities;
}

function matched(data: Bytes, form: RegExp, complaint: string): string[] {
  require(data.every((value) => value < 128), "a key file is plain ASCII");
  const found = form.exec(String.fromCharCode(...data));
  if (!found) throw new FormatError(complaint);
  return found;
}
