// A sealed file on its way over lines that break: it is sent on where it stopped, and sent only when it is whole.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { vault } from "./load.mjs";

const { send } = vault.onward;
const SIZE = 70 * 2 ** 20, PART = 32 * 2 ** 20, PATH = "/vault/blobs/name";
const settled = async () => { for (let n = 0; n < 50; n++) await Promise.resolve(); };

/** A house that takes in parts as the draft has it; `breaks` says of each request how it ends, if not well. */
let house;
class Sending {
  upload = {};
  #headers = {};
  open(method) { this.method = method; }
  setRequestHeader(name, value) { this.#headers[name] = value; }
  getResponseHeader(name) { return this.told?.[name] ?? null; }
  send(body) {
    const at = Number(this.#headers["upload-offset"] ?? 0), last = this.#headers["upload-complete"] !== "?0", how = house.breaks.shift() ?? {};
    house.asked.push([this.method, at, body.size]);
    if (at === house.come) house.come += how.keeps ?? body.size;
    else [this.status, this.told, this.responseText] = [409, { "upload-complete": "?0" }, "{}"];
    if (!this.status && last && how.keeps === undefined) house.whole = true;
    this.status ??= how.status ?? 201;
    queueMicrotask(() => ("keeps" in how && !how.status ? this.onerror() : this.onload(), this.onloadend()));
  }
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  house = { come: 0, whole: false, asked: [], breaks: [] };
  globalThis.self ??= globalThis;
  const here = new EventTarget();
  Object.assign(globalThis, {
    XMLHttpRequest: Sending,
    addEventListener: here.addEventListener.bind(here),
    removeEventListener: here.removeEventListener.bind(here),
    fetch: async () => {
      house.asked.push(["HEAD"]);
      return new Response(null, { headers: { "upload-offset": String(house.come), "upload-complete": house.whole ? "?1" : "?0" } });
    },
  });
});

/** Sends while time passes; what came of it. */
async function sent(size = SIZE, signal = new AbortController().signal) {
  const steps = [];
  let over = false;
  const done = send(PATH, new Blob([new Uint8Array(size)]), (at, waiting) => steps.push(waiting), signal).finally(() => (over = true));
  done.catch(() => undefined);
  for (let n = 0; n < 400 && !over; n++) {
    await settled();
    mock.timers.tick(500);
  }
  await done;
  return steps;
}

test("a small file goes in one, a large one in parts, and nobody asks how far it is", async () => {
  await sent(5);
  assert.deepEqual(house.asked, [["PUT", 0, 5]]);
  house = { come: 0, whole: false, asked: [], breaks: [] };
  await sent();
  assert.deepEqual(house.asked, [["PATCH", 0, PART], ["PATCH", PART, PART], ["PATCH", 2 * PART, SIZE - 2 * PART]]);
  assert.ok(house.whole);
});

test("what came before the line broke is not sent again, and the reader hears that it waits", async () => {
  house.breaks = [{}, { keeps: 1000 }];
  const steps = await sent();
  assert.deepEqual(house.asked.slice(1, 4), [["PATCH", PART, PART], ["HEAD"], ["PATCH", PART + 1000, PART]]);
  assert.ok(steps.includes(true) && house.whole);
});

test("a file whose bytes all came is not whole until the server has put it together", async () => {
  house.breaks = [{}, {}, { keeps: SIZE - 2 * PART }];
  await sent();
  assert.deepEqual(house.asked.slice(-2), [["HEAD"], ["PATCH", SIZE, 0]]);
  assert.ok(house.whole);
});

test("a last answer that was lost is not asked for by sending anything", async () => {
  house.breaks = [{}, {}, { keeps: SIZE - 2 * PART }];
  const going = sent();
  house.whole = true;
  await going;
  assert.deepEqual(house.asked.at(-1), ["HEAD"]);
});

test("a server that is busy is asked again, and one that takes nothing is given up", async () => {
  house.breaks = [{ keeps: 0, status: 429 }, { keeps: 0, status: 503 }];
  await sent();
  assert.ok(house.whole);
  house = { come: 0, whole: false, asked: [], breaks: Array.from({ length: 40 }, () => ({ keeps: 0 })) };
  await assert.rejects(sent(), /offline/);
  assert.equal(house.asked.filter(([method]) => method === "PATCH").length, 6);
});

test("whoever stops while the line is lost is heard at once", async () => {
  house.breaks = Array.from({ length: 40 }, () => ({ keeps: 0 }));
  const stop = new AbortController();
  const going = sent(SIZE, stop.signal);
  going.catch(() => undefined);
  await settled();
  stop.abort();
  await assert.rejects(going, /cancelled/);
  assert.equal(house.asked.filter(([method]) => method === "PATCH").length, 1);
});
