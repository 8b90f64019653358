/**
 * The manifest: what a sealed version holds. Encrypted; only its commitment, the hash of the plaintext with
 * 32 random bytes of salt inside, stands in the statement.
 */
import { closed, each, ident, matching, MAX_BLOB, number, text } from "../statements/shape";
import { b64u, type Bytes, digest, random, unb64u } from "./bytes";
import * as cj from "./cj";
import { prove, require } from "./errors";
import { checkFileName } from "./filenames";

const STEP = 1024;

/** One file: name, media type, size and hash of its plaintext, hash of its sealed form. */
export type File = { name: string; type: string; size: number; sha256: string; blob: string };
export type Manifest = { title: string; description: string; files: File[] };

const TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/;
const file = closed({ name: checkFileName, type: matching(TYPE), size: number(1, MAX_BLOB), sha256: ident, blob: ident });
const shape = closed({
  v: number(1, 1),
  salt: matching(/^[A-Za-z0-9_-]{43}$/),
  title: text(200),
  description: text(20_000, { least: 0, lines: true }),
  files: each(file, 64, { once: "blob" }),
  pad: matching(/^0{0,1023}$/),
});

/** A media type the manifest can hold. */
export const mediaType = (said: string): string => (TYPE.test(said) ? said : "application/octet-stream");

/** The plaintext, padded with zeros in `pad` to a multiple of 1024 bytes so its size tells little. */
export function writeManifest(manifest: Manifest, salt = random(32)): Bytes {
  const fields = { ...manifest, v: 1, salt: b64u(salt), pad: "" };
  const rest = cj.encode(fields).length % STEP;
  const data = cj.encode({ ...fields, pad: "0".repeat(rest ? STEP - rest : 0) });
  readManifest(data);
  return data;
}

/** The manifest in its plaintext; names, sizes and padding are checked. */
export function readManifest(data: Bytes): Manifest {
  const fields = cj.decode(data);
  shape(fields);
  const { salt, title, description, files } = fields as unknown as Manifest & { salt: string };
  unb64u(salt, 32);
  const names = new Set(files.map((entry) => entry.name.toLowerCase().toUpperCase()));
  const fits = data.length % STEP === 0 && names.size === files.length;
  require(fits, "the manifest is not padded, or names a file twice");
  return { title, description, files };
}

/** The manifest, if it is the one the statement committed to and names only the statement's blobs. */
export async function openManifest(data: Bytes, committed: string, blobs: string[]): Promise<Manifest> {
  prove((await digest(data)) === committed, "the manifest is not the one the version committed to");
  const manifest = readManifest(data);
  const named = manifest.files.map((entry) => entry.blob).sort();
  const fits = named.length === blobs.length && [...blobs].sort().every((blob, at) => blob === named[at]);
  prove(fits, "the manifest's files are not the version's blobs");
  return manifest;
}
