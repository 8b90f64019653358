// The browser's vault must agree with the golden files, byte for byte and verdict for verdict.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf, golden, hexOf, vault } from "./load.mjs";

const { age, bytes, chains, cj, curve, filenames, fingerprint, grants, keys, manifest, merkle, note, shares, statements, tlog } = vault;
const { utf8, textOf } = bytes;

/** Runs every case of a golden file: what comes out, or that it is refused. */
function suite(name, run) {
  for (const each of golden(name).cases)
    test(`${name}: ${each.name}`, async () => {
      if (each.out.refused) await assert.rejects(async () => run(each.in, each.out));
      else assert.deepEqual(await run(each.in, each.out), each.out);
    });
}

suite("canonical_json", ({ text }) => ({ text: textOf(cj.encode(cj.decode(utf8(text)))) }));

suite("public_keys", ({ key_hex }) => {
  curve.checkPublic(bytesOf(key_hex));
  return { accepted: true };
});

suite("derivation", async (told, out) => {
  const secret = bytesOf(told.root_hex ?? told.secret_hex);
  if (told.secret_hex) return { sign_public_hex: hexOf((await keys.inviteKey(secret)).public) };
  const organisation = out.recovery_string.startsWith("CROSSLAB-ORG");
  const own = await (organisation ? keys.recoveryKeys : keys.personKeys)(secret);
  const found = {
    sign_seed_hex: out.sign_seed_hex,
    sign_public_hex: hexOf(own.sign.public),
    sign_public: bytes.b64u(own.sign.public),
    age_identity: own.identity,
    age_recipient: own.recipient,
    recovery_string: keys.recoveryString(secret, organisation ? keys.ORG : keys.ROOT),
  };
  return Object.fromEntries(Object.keys(out).map((key) => [key, found[key]]));
});

suite("entry", async (told) => {
  if (!told.id) return { entry: `${told.manifest ? "r" : "p"} ${await bytes.digest(utf8(told.manifest ?? told.checkpoint))}\n` };
  const entry = await tlog.statementEntry(told.id, utf8(told.note), bytesOf(told.link_before_hex), told.for_parties);
  return { entry: textOf(entry), leaf_hash_hex: hexOf(await merkle.leafHash(entry)) };
});

suite("link", async ({ ids }) => {
  const links = [];
  for (const id of ids) links.push(await chains.link(links.at(-1) ?? null, id));
  return { links_hex: links.map(hexOf) };
});

suite("tag", async ({ id, link_before_hex, for_parties }) => {
  const tag = await tlog.tag(id, link_before_hex ? bytesOf(link_before_hex) : null, for_parties);
  assert.equal(tlog.place(tag), tlog.place(await tlog.tag(id, link_before_hex ? bytesOf(link_before_hex) : null)));
  return { tag };
});

suite("fingerprint", async ({ person }) => ({ fingerprint: await fingerprint.fingerprint(person) }));

suite("file_names", ({ file }) => {
  filenames.checkFileName(file);
  return { allowed: true };
});

suite("shares", (told) => {
  shares.parseOwners(told.shares.map((share, at) => ({ party: String(at), share })));
  return { whole: true };
});

suite("note", async (told) => {
  if (told.note) return note.verifyExactly(note.parse(utf8(told.note)), [await note.parseVkey(told.vkey)]);
  const key = await keys.signingKey(bytesOf(told.seed_hex));
  const id = hexOf(await note.keyId(told.name, key.public));
  const vkey = `${told.name}+${id}+${bytes.b64(bytes.concat(new Uint8Array([1]), key.public))}`;
  assert.deepEqual((await note.parseVkey(vkey)).public, key.public);
  return { note: textOf(await note.sign(utf8(told.text), [[told.name, key]])), vkey, key_id_hex: id };
});

suite("checkpoint", async (told, out) => {
  const key = await keys.signingKey(bytesOf(told.seed_hex));
  const point = await tlog.openCheckpoint(utf8(out.checkpoint), { name: told.origin, public: key.public });
  const root = await merkle.root(await Promise.all(told.entries.map((entry) => merkle.leafHash(utf8(entry)))));
  assert.equal(hexOf(point.root), hexOf(root));
  const text = utf8(`${told.origin}\n${told.entries.length}\n${bytes.b64(root)}\n`);
  return { checkpoint: textOf(await note.sign(text, [[told.origin, key]])) };
});

suite("consistency", async (told, out) => {
  const proof = out.proof_hex.map(bytesOf);
  const [old, fresh] = [bytesOf(told.old_root_hex), bytesOf(told.new_root_hex)];
  await merkle.verifyConsistency(told.old, told.new, old, fresh, proof);
  await assert.rejects(merkle.verifyConsistency(told.old, told.new, fresh, old, [...proof, old]));
  return out;
});

suite("receipt", async (told) => {
  const log = await note.parseVkey(told.vkey);
  const point = await tlog.verifyReceipt(tlog.parseReceipt(utf8(told.receipt)), utf8(told.entry), log);
  return { size: point.size };
});

suite("private_files", async (told) => {
  if (told.identity) return { text: textOf(grants.writeGrant(told.version, told.identity)) };
  if (told.org) {
    const file = grants.writeOrgKeys(told.org, told.identities);
    const recipients = await Promise.all(told.identities.map(age.recipientOf));
    assert.deepEqual(await grants.readOrgKeys(file, told.org, recipients), told.identities);
    return { text: textOf(file) };
  }
  const file = await grants.writeIdentityFile({ ...told, root: bytesOf(told.root_hex) });
  assert.equal((await grants.readIdentityFile(file)).person, told.person);
  return { text: textOf(file) };
});

suite("manifest", async (told) => {
  const { title, description, files } = told;
  const data = manifest.writeManifest({ title, description, files }, bytesOf(told.salt_hex));
  const committed = await bytes.digest(data);
  const again = await manifest.openManifest(data, committed, files.map((file) => file.blob));
  assert.equal(again.title, title);
  return { plaintext: textOf(data), commitment: committed };
});

suite("statement", async (told) => {
  if (told.text) return statements.readText(utf8(told.text));
  const salt = bytesOf(told.salt_hex);
  const text = await statements.compose({ log: told.log, chain: "", seq: 0, after: null }, { ...told, salt });
  const key = (await keys.personKeys(bytesOf(told.root_hex))).sign;
  const { id } = await statements.readText(text);
  return { text: textOf(text), id, note: textOf(await statements.sign(text, key)) };
});

test("a bundle of entries lies where the standard says", () => {
  const places = [[0, 256], [0, 17], [999, 256], [1234067, 3]].map(([index, width]) => tlog.entriesPath(index, width));
  assert.deepEqual(places, ["tile/entries/000", "tile/entries/000.p/17", "tile/entries/999", "tile/entries/x001/x234/067.p/3"]);
});
