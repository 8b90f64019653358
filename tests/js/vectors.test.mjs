// The public test vectors, seen by the browser's code: Merkle proofs, Ed25519 edge cases, age files.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { bytesOf, file, vault, vectors } from "./load.mjs";

const { age, bytes, errors, keys, merkle } = vault;
const TWELVE_BYTE_ROOTS = "sizes-are-equal-one-and-proof-is-empty";
const decoded = (text) => new Uint8Array(Buffer.from(text ?? "", "base64"));
const cases = (suite) =>
  readdirSync(file("merkle", suite), { recursive: true })
    .filter((name) => name.endsWith(".json"))
    .map((name) => [name, vectors("merkle", suite, name)]);

for (const [name, each] of cases("inclusion"))
  test(`inclusion ${name}`, async () => {
    const proof = (each.proof ?? []).map(decoded);
    const run = () => merkle.verifyInclusion(decoded(each.leafHash), each.leafIdx, each.treeSize, proof, decoded(each.root));
    await (each.wantErr ? assert.rejects(run) : run());
  });

for (const [name, each] of cases("consistency"))
  test(`consistency ${name}`, async () => {
    const proof = (each.proof ?? []).map(decoded);
    const run = () => merkle.verifyConsistency(each.size1, each.size2, decoded(each.root1), decoded(each.root2), proof);
    await (each.wantErr || name.includes(TWELVE_BYTE_ROOTS) ? assert.rejects(run) : run());
  });

test("of the Ed25519 edge cases the same two verify as on the server", async () => {
  let verified = 0;
  for (const each of vectors("ed25519", "ed25519vectors.json"))
    verified += await keys.verify(bytesOf(each.key), bytes.utf8(each.msg), bytesOf(each.sig)).then(() => 1, () => 0);
  assert.equal(verified, 2);
});

test("an age file with a second stanza, another kind or a changed byte does not open", async () => {
  const identity = age.identityOf(bytes.random(32));
  const sealed = await age.encrypt(bytes.utf8("a plan"), await age.recipientOf(identity));
  assert.equal(bytes.textOf(await age.decrypt(sealed, identity)), "a plan");
  const doubled = bytes.textOf(sealed.slice(0, 1600)).replace(/\n(-> [^]*?\n[^\n]{43}\n)/, "\n$1$1");
  await assert.rejects(age.decrypt(bytes.concat(bytes.utf8(doubled), sealed.slice(1600)), identity));
  for (const at of [30, 600, 1530, 1600, sealed.length - 1]) {
    const changed = sealed.slice();
    changed[at] ^= 1;
    await assert.rejects(age.decrypt(changed, identity), `byte ${at}`);
  }
});

test("a large file is sealed in pieces, says how far it is, and stops when told to", async () => {
  const identity = age.identityOf(bytes.random(32));
  const recipient = await age.recipientOf(identity);
  const plain = new Uint8Array(3_000_000).fill(7);
  const said = [];
  const stop = new AbortController();
  const [own, pieces] = [[], []];
  const passing = { plain: (piece) => own.push(piece), sealed: (piece) => pieces.push(piece), told: (done) => said.push(done) };
  await age.encryptPassing(new Blob([plain]), recipient, passing, stop.signal);
  assert.deepEqual(bytes.concat(...own), plain);
  assert.deepEqual(await age.decrypt(bytes.concat(...pieces), identity), plain);
  assert.ok(said.length > 0 && said.every((done, at) => done >= (said[at - 1] ?? 0)));
  const stopping = { ...passing, told: () => stop.abort() };
  await assert.rejects(age.encryptPassing(new Blob([plain]), recipient, stopping, stop.signal), { name: "AbortError" });
});

test("a large file is opened in pieces, and a changed byte near its end opens nothing", async () => {
  const identity = age.identityOf(bytes.random(32));
  const plain = new Uint8Array(300_000).fill(7);
  const sealed = await age.encrypt(plain, await age.recipientOf(identity));
  const pieces = [];
  await age.decryptPassing(new Blob([sealed]), identity, (piece) => pieces.push(piece));
  assert.deepEqual(bytes.concat(...pieces), plain);
  sealed[sealed.length - 20] ^= 1;
  await assert.rejects(age.decryptPassing(new Blob([sealed]), identity, () => undefined), errors.ProofError);
});

test("a file name somebody picked becomes one that is safe everywhere", () => {
  const { checkFileName, safeFileName } = vault.filenames;
  for (const name of ["../x", "CON.txt", ".hidden", "a:b?.pdf", "exe\u202ecod", "x".repeat(300) + ".pdf", "é.txt", "…"])
    checkFileName(safeFileName(name));
  assert.equal(safeFileName("plan.pdf"), "plan.pdf");
});

test("a passphrase is six words of the list, and no other list is taken", async () => {
  const { generate, readWords, tidy } = vault.passphrase;
  const { readFileSync } = await import("node:fs");
  const list = new Uint8Array(readFileSync(join(file(), "../../src/crosslab/ip_vault/data/words.txt")));
  const words = await readWords(list);
  const drawn = generate(words).split(" ");
  assert.equal(drawn.length, 6);
  assert.ok(drawn.every((word) => words.includes(word)));
  assert.equal(tidy("  Abacus   ABDOMEN "), "abacus abdomen");
  await assert.rejects(readWords(list.slice(1)));
});
