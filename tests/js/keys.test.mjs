// How an organisation's keys stand, and which keys changed since they were last looked at: from signed history alone.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { vault } from "./load.mjs";

const { acts, age, bytes, changes, handover, health, keys, replay, state, statements } = vault;
let world;

async function say(...said) {
  for (const each of said) {
    const index = world.known.size;
    await replay.apply(world.state, { index, note: each.note });
    world.known.set(each.id, { said: (await statements.parse(each.note))[0], index });
  }
  return said[0].id;
}

async function arrive(name) {
  const pen = { state: world.state, keys: await keys.personKeys(bytes.random(32)), person: "" };
  pen.person = await say(await acts.createPerson(pen, name));
  return pen;
}

async function admit(pen, role) {
  const secret = bytes.random(32);
  const invite = await say(await acts.invitePerson(world.ane, world.org, secret, role));
  const asked = await say(await acts.requestPlace(pen, world.org, invite, secret));
  await say(await acts.addPerson(world.ane, world.org, pen.person, asked));
}

const org = () => world.state.organisations.get(world.org);
const everybody = () => handover.everybody(world.ane, org());
const hand = async (...people) =>
  say(...(await handover.wrapTo(world.ane, world.org, world.identities, everybody().filter(({ person }) => people.includes(person)))));

function amiss({ seated = null, checked = [] } = {}) {
  const facts = { state: world.state, known: world.known, me: world.ane.person, checked, seated };
  return health.findings(facts, org());
}
const codes = (more) => amiss(more).map(({ code }) => code);

async function renew() {
  const fresh = age.identityOf(bytes.random(32));
  await say(await acts.nextOrgKey(world.ane, world.org, await age.recipientOf(fresh)));
  world.identities = [...world.identities, fresh];
}

async function rotate(pen, reason) {
  const fresh = await keys.personKeys(bytes.random(32));
  await say(await acts.rotate(pen, fresh, reason));
  pen.keys = fresh;
}

beforeEach(async () => {
  world = { state: new state.State("vault.example/log1"), known: new Map(), identities: [age.identityOf(bytes.random(32))] };
  world.ane = await arrive("Ane");
  world.tom = await arrive("Tom");
  world.recovery = await keys.recoveryKeys(bytes.random(32));
  const recipient = await age.recipientOf(world.identities[0]);
  world.org = await say(await acts.createOrg(world.ane, "Fjordlys", { recipient }, world.recovery));
  await hand(world.ane.person, "");
});

test("one manager with a sheet that opens could recover, and is told to be two", () => {
  assert.deepEqual(codes(), ["one-admin"]);
  assert.equal(health.couldRecover(amiss()), true);
});

test("a key that was not handed to the sheet cannot be recovered with it", async () => {
  await renew();
  await hand(world.ane.person);
  assert.deepEqual(codes(), ["sheet-behind", "one-admin"]);
  assert.equal(health.couldRecover(amiss()), false);
});

test("who left makes the next key due, until it is made", async () => {
  await admit(world.tom, "signer");
  await hand(world.tom.person);
  await say(await acts.removeFromOrg(world.ane, world.org, { person: world.tom.person }));
  assert.deepEqual(amiss()[0], { code: "key-due-left", level: "warn", people: [world.tom.person] });
  await renew();
  await hand(world.ane.person, "");
  assert.deepEqual(codes(), ["one-admin"]);
});

test("a stolen key of a colleague makes the next key due, a lost device does not", async () => {
  await admit(world.tom, "admin");
  await hand(world.tom.person);
  await rotate(world.tom, "lost_device");
  assert.deepEqual(codes({ checked: [world.tom.person] }), ["not-handed"]);
  await hand(world.tom.person);
  await rotate(world.tom, "compromise");
  await hand(world.tom.person);
  assert.deepEqual(codes({ checked: [world.tom.person] }), ["key-due-stolen"]);
});

test("a key holder whom the platform does not know there is named, and not asked for a fingerprint", async () => {
  await admit(world.tom, "admin");
  await hand(world.tom.person);
  assert.deepEqual(codes(), ["not-compared"]);
  assert.deepEqual(codes({ seated: [world.ane.person] }), ["gone"]);
});

test("nobody holds the newest key after its only holder changed theirs", async () => {
  await rotate(world.ane, "routine");
  assert.deepEqual(codes(), ["nobody-opens", "not-handed", "one-admin"]);
});

test("a sheet that was replaced must be handed the keys anew", async () => {
  const fresh = await keys.recoveryKeys(bytes.random(32));
  await say(await acts.recoverOrg(world.ane, world.org, world.recovery, fresh));
  assert.deepEqual(codes(), ["sheet-behind", "key-due-left", "one-admin"]);
});

const pinned = () => Object.fromEntries([world.org, world.ane.person, world.tom.person].map((id) => [id, changes.markOf(world.state, id)]));
const steps = (id, marks) => changes.stepsSince(world.known.values(), id, marks[id]).map(({ what, reason }) => [what, reason]);

test("a key that changed is told with its reason, and what did not change is not", async () => {
  const marks = pinned();
  await rotate(world.tom, "routine");
  await rotate(world.tom, "compromise");
  assert.deepEqual(changes.changedSince(world.state, marks), [world.tom.person]);
  assert.deepEqual(steps(world.tom.person, marks), [["rotated", "routine"], ["rotated", "compromise"]]);
});

test("an organisation's new key says whether somebody left, and that its sheet was used", async () => {
  await admit(world.tom, "reader");
  const marks = pinned();
  await say(await acts.removeFromOrg(world.ane, world.org, { person: world.tom.person }));
  await renew();
  await say(await acts.recoverOrg(world.ane, world.org, world.recovery, await keys.recoveryKeys(bytes.random(32))));
  await renew();
  assert.deepEqual(changes.changedSince(world.state, marks), [world.org]);
  assert.deepEqual(steps(world.org, marks), [["renewed", "left"], ["recovered", ""], ["renewed", ""]]);
});

test("whom something is handed to is read off the statement itself", async () => {
  const wrapped = [...world.known.values()].find(({ said }) => said.type === "org.wrap").said;
  assert.deepEqual(changes.receivers(wrapped), [world.ane.person]);
});

test("one's next key is the one that one's organisation's keys are handed to", async () => {
  const next = { ...world.ane, keys: await keys.personKeys(bytes.random(32)) };
  assert.equal(handover.ageOf(next, world.ane.person), next.keys.recipient);
  assert.notEqual(handover.ageOf(next, world.tom.person), next.keys.recipient);
});
