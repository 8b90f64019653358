// However often the bell rings, the register is looked at seldom, one look at a time, and never by a page that nobody sees.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { vault } from "./load.mjs";

const { atEase, listen } = vault.bell;
const SECOND = 1_000, MINUTE = 60 * SECOND;
const settled = async () => { for (let n = 0; n < 20; n++) await Promise.resolve(); };
const pass = async (milliseconds) => {
  for (let gone = 0; gone < milliseconds; gone += 100) {
    mock.timers.tick(100);
    await settled();
  }
};

/** A line that the test rings, cuts and opens. */
class Line extends EventTarget {
  static all = [];
  constructor(path) {
    super();
    Line.all.push(Object.assign(this, { path, closed: false }));
  }
  close() { this.closed = true; }
  say(type, data = "") { this.dispatchEvent(Object.assign(new Event(type), { data })); }
}
const open = () => Line.all.filter((each) => !each.closed);

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  Line.all = [];
  const window = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), { hidden: false });
  Object.assign(globalThis, { window: globalThis, EventSource: Line, addEventListener: window.addEventListener.bind(window) });
});

const seen = (yes) => {
  document.hidden = !yes;
  document.dispatchEvent(new Event("visibilitychange"));
};

test("a hundred rings are one look, and a hundred during it one more", async () => {
  let looks = 0, done = () => undefined;
  const [soon] = atEase(() => (looks++, new Promise((end) => (done = end))));
  for (let n = 0; n < 100; n++) soon();
  await pass(SECOND);
  for (let n = 0; n < 100; n++) soon();
  await pass(MINUTE);
  assert.equal(looks, 1);
  done();
  await pass(10 * SECOND);
  assert.equal(looks, 2);
});

test("a bell that never stops is looked after at most every two seconds", async () => {
  let looks = 0;
  const [soon, end] = atEase(async () => void looks++);
  for (let n = 0; n < 600; n++) {
    soon();
    await pass(100);
  }
  assert.ok(looks > 20 && looks <= 31, String(looks));
  end();
  soon();
  await pass(MINUTE);
  assert.ok(looks <= 31);
});

test("while looking fails it is tried ever more seldom, and once it succeeds no more", async () => {
  let tries = 0, fails = true;
  const [soon] = atEase(async () => { tries++; if (fails) throw new Error("offline"); });
  soon();
  await pass(10 * MINUTE);
  assert.ok(tries > 5 && tries < 20, String(tries));
  fails = false;
  await pass(2 * MINUTE);
  const until = tries;
  await pass(10 * MINUTE);
  assert.equal(tries, until);
});

test("a page that nobody sees holds no line, and asks once when it is seen again", async () => {
  let rings = 0;
  listen("a,b", () => rings++);
  open()[0].say("open");
  seen(false);
  await pass(10 * MINUTE);
  assert.deepEqual([rings, open().length], [1, 0]);
  seen(true);
  open()[0].say("open");
  assert.deepEqual([rings, open().length, open()[0].path], [2, 1, "/bell?places=a,b"]);
});

test("a line that is cut, refused or merely silent is opened anew, later each time", async () => {
  const end = listen("a", () => undefined);
  await pass(43 * SECOND);
  assert.equal(Line.all.length, 2);
  for (let n = 0; n < 600; n++) {
    open()[0]?.say("error");
    await pass(SECOND);
  }
  assert.ok(Line.all.length > 5 && Line.all.length < 40, String(Line.all.length));
  end();
  await pass(10 * MINUTE);
  assert.equal(open().length, 0);
});

test("a line that is alive stays, and rings for what bears on the vault alone", async () => {
  let rings = 0;
  listen("a", () => rings++);
  for (let n = 0; n < 20; n++) {
    await pass(15 * SECOND);
    open()[0].say("still", ".");
  }
  for (const verb of ["challenges.publish", "workspace.record", "consortia.describe", "again", "workshops.write", "<script>"]) open()[0].say("message", verb);
  assert.deepEqual([Line.all.length, rings], [1, 3]);
});
