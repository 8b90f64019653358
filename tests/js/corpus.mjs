// What the browser's parsers make of bytes, one line each and empty when refused: the other half of
// tests/fuzz/parsers.py, which sends [parser, hex] pairs on standard input.
import { readFileSync } from "node:fs";
import { bytesOf, hexOf, vault } from "./load.mjs";

const { age, bytes, cj, filenames, grants, keys, manifest, merkle, note, shares, statements, tlog } = vault;
const { digest, textOf, utf8 } = bytes;
const { FormatError, ProofError } = vault.errors;
const KEY = age.identityOf(new Uint8Array(32).fill(7));
const RING = [KEY, age.identityOf(new Uint8Array(32).fill(8))];
const ID = "cd".repeat(32);
const recipients = await Promise.all(RING.map(age.recipientOf));
const unb64 = bytes.unb64;

function number(text) {
  if (!/^[0-9]{1,9}$/.test(text)) throw new FormatError("this is not a number");
  return Number(text);
}

const PARSERS = {
  age: async (data) => digest(await age.decrypt(data, KEY)),
  note: async (data) => {
    const parsed = note.parse(data);
    const lines = await Promise.all(parsed.signatures.map(async (each) => `${each.name} ${hexOf(each.keyId)} ${await digest(each.data)}`));
    return [await digest(parsed.text), ...lines].join(" ");
  },
  cj: (data) => digest(cj.encode(cj.decode(data))),
  statement: async (data) => {
    const [said, parsed] = await statements.parse(data);
    const { log, chain, seq, after } = said.place;
    const parts = [said.id, said.type, said.by, said.org, log, chain, seq, after ? hexOf(after) : ""];
    return [...parts, parsed.signatures.length, await digest(cj.encode(said.body))].join(" ");
  },
  manifest: async (data) => {
    const read = manifest.readManifest(data);
    const files = read.files.map((each) => [each.name, each.type, each.size, each.sha256, each.blob].join("|"));
    return digest(utf8([read.title, read.description, ...files].join("\n")));
  },
  grant: (data) => grants.readGrant(data, ID),
  identity: async (data) => {
    const read = await grants.readIdentityFile(data);
    return `${read.person} ${read.epoch} ${hexOf(read.root)}`;
  },
  ring: async (data) => (await grants.readOrgKeys(data, ID, recipients)).join(" "),
  checkpoint: (data) => {
    const point = tlog.parseCheckpoint(data);
    return `${point.origin} ${point.size} ${hexOf(point.root)}`;
  },
  receipt: async (data) => {
    const read = tlog.parseReceipt(data);
    return `${read.index} ${read.proof.length} ${await digest(read.checkpoint)} ${await digest(bytes.concat(...read.proof))}`;
  },
  bundle: async (data) => (await Promise.all(tlog.unbundle(data).map(digest))).join(" "),
  merkle: async (data) => {
    const lines = textOf(data).split("\n");
    const [index, size] = [number(lines[0]), number(lines[1] ?? "")];
    const [root, leaf, ...path] = lines.length > 3 ? lines.slice(2).map(unb64) : [new Uint8Array(), new Uint8Array()];
    await merkle.verifyInclusion(leaf, index, size, path, root);
    return "proven";
  },
  vkey: async (data) => {
    const signer = await note.parseVkey(textOf(data));
    return `${signer.name} ${hexOf(signer.public)}`;
  },
  owners: (data) => {
    const held = shares.parseOwners(textOf(data).split("\n").map((share, at) => ({ party: String(at), share })));
    return [...held.values()].map(shares.writeShare).join(" ");
  },
  file_name: (data) => {
    filenames.checkFileName(textOf(data));
    return "allowed";
  },
  recovery: (data) => hexOf(keys.parseRecoveryString(textOf(data))),
  recipient: async (data) => {
    age.checkRecipient(textOf(data));
    return digest(vault.bech32.decode(textOf(data)).data);
  },
};

async function verdict(name, data) {
  if (!PARSERS[name]) return null;
  try {
    return await PARSERS[name](data);
  } catch (error) {
    if (error instanceof FormatError || error instanceof ProofError) return "";
    return `fault: ${error.stack}`;
  }
}

const told = [];
for (const [name, data] of JSON.parse(readFileSync(0, "utf8"))) told.push(await verdict(name, bytesOf(data)));
console.log(JSON.stringify(told));
