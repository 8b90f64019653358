// Tells a short story with the browser's own acts and prints it, for the Python side to judge.
import { vault } from "./load.mjs";

const { acts, age, bytes, keys, manifest, replay, shares, state } = vault;
const told = { notes: [], attachments: {}, blobs: {} };
const history = new state.State("vault.example/log1");
const pens = {};

const hex = async (data) => bytes.digest(data);
const b64 = (data) => bytes.b64(data);

async function say(...said) {
  for (const each of said) {
    for (const file of each.files) told.attachments[await hex(file)] = b64(file);
    await replay.apply(history, { index: told.notes.length, note: each.note });
    told.notes.push(bytes.textOf(each.note));
  }
  return said[0].id;
}

async function arrive(name) {
  const root = bytes.random(32);
  const pen = { state: history, keys: await keys.personKeys(root), person: "" };
  pen.person = await say(await acts.createPerson(pen, name));
  const identity = age.identityOf(bytes.random(32));
  const recipient = await age.recipientOf(identity);
  const recovery = await keys.recoveryKeys(bytes.random(32));
  const created = await acts.createOrg(pen, `${name} Ltd`, { recipient }, recovery);
  const to = [{ person: pen.person, recipient: pen.keys.recipient }, { person: "", recipient: recovery.recipient }];
  await say(created, await acts.wrapKeys(pen, created.id, [identity], to, await acts.placeBehind(created)));
  pens[name] = { pen, org: created.id, identity, root };
}

async function seal(consortium, files) {
  const { pen, org } = pens.ane;
  const identity = age.identityOf(bytes.random(32));
  const recipient = await age.recipientOf(identity);
  const named = [];
  const blobs = [];
  for (const [name, data] of files) {
    const blob = await age.encrypt(data, recipient);
    const sha256 = await hex(blob);
    told.blobs[sha256] = b64(blob);
    blobs.push({ sha256, size: blob.length });
    named.push({ name, type: "text/plain", size: data.length, sha256: await hex(data), blob: sha256 });
  }
  const plain = manifest.writeManifest({ title: "Grünes Licht", description: "Zwei\nZeilen.", files: named });
  const sealed = await age.encrypt(plain, recipient);
  told.blobs[await hex(sealed)] = b64(sealed);
  const parts = { identity, manifest: { sha256: await hex(sealed), size: sealed.length }, blobs, commitment: await hex(plain) };
  const rights = new Map([["copyright", shares.parseOwners([{ party: org, share: "2/3" }, { party: pens.tom.org, share: "1/3" }])]]);
  const claim = { org, consortium, contribution: "", klass: "background", rights, derivedFrom: [] };
  return say(...(await acts.stateVersion(pen, claim, parts, [org, pens.tom.org])));
}

await arrive("ane");
await arrive("tom");
const { ane, tom } = pens;
const consortium = await say(await acts.createConsortium(ane.pen, ane.org, "Amphi Nights", "custom"));
const secret = bytes.random(32);
const invite = await say(await acts.inviteOrg(ane.pen, ane.org, consortium, secret, ""));
await say(await acts.join(tom.pen, tom.org, consortium, invite, secret));
const version = await seal(consortium, [["plan.txt", bytes.utf8("the plan")]]);
await say(await acts.acknowledge(tom.pen, tom.org, consortium, version));
await say(await acts.speak(tom.pen, "approve", tom.org, consortium, version));
await say(await acts.revoke(ane.pen, ane.org, consortium, version, tom.org)).then(
  () => (told.refused = ""),
  (error) => (told.refused = error.code),
);
console.log(JSON.stringify({ ...told, version, reader: tom.org, identity: tom.identity }));
