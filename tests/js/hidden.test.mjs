// A log as one reader is shown it: the browser calls every lie by the name that the golden file has for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf, golden, vault } from "./load.mjs";

const { bytes, Follower, keys, merkle, note, statements, tlog } = vault;
const { notes, cases } = golden("hidden");
const read = await Promise.all(notes.map(async (text) => ({ text, said: (await statements.parse(bytes.utf8(text)))[0] })));
const ofParties = new Set(["ack", "grant", "org.wrap", "person.request", "revoke"]);

/** The log's lines: one for each note, some again, some with the last bit of their tag turned. */
async function lines({ again = [], turned = [] }) {
  const made = await Promise.all(read.map(({ text, said }) => tlog.statementEntry(said.id, bytes.utf8(text), said.place.after, ofParties.has(said.type))));
  const all = [...made, ...again.map((at) => made[at])].map(bytes.textOf);
  for (const at of turned) all[at] = `${all[at].slice(0, -2)}${(Number.parseInt(all[at].at(-2), 16) ^ 1).toString(16)}\n`;
  return all.map(bytes.utf8);
}

/** The chains, without what is withheld, and without the texts that are hidden. */
function chains({ hidden = [], withheld = [] }) {
  const found = new Map();
  for (const [index, { text, said }] of read.entries()) {
    const rows = found.get(statements.chainOf(said)) ?? [];
    if (!withheld.includes(index)) rows.push({ id: said.id, seq: rows.length, index, note: hidden.includes(index) ? null : text });
    found.set(statements.chainOf(said), rows);
  }
  return found;
}

/** The server's doors for one case. */
async function served(told) {
  const entries = await lines(told);
  const root = await merkle.root(await Promise.all(entries.map(merkle.leafHash)));
  const key = await keys.signingKey(bytesOf(told.seed_hex));
  const point = await note.sign(bytes.utf8(`${told.log}\n${entries.length}\n${bytes.b64(root)}\n`), [[told.log, key]]);
  const bundle = bytes.concat(...entries.flatMap((each) => [new Uint8Array([each.length >> 8, each.length & 255]), each]));
  const doors = new Map([["/vault/log/checkpoint", point], [`/vault/log/${tlog.entriesPath(0, entries.length)}`, bundle]]);
  for (const [id, rows] of chains(told)) doors.set(`/vault/chains/${id}?after=0`, bytes.utf8(JSON.stringify({ size: rows.length, ids: rows.map((row) => row.id), statements: rows })));
  return { doors, log: { name: told.log, public: key.public } };
}

for (const each of cases)
  test(`hidden: ${each.name}`, async () => {
    const { doors, log } = await served(each.in);
    globalThis.fetch = async (path) => new Response(doors.get(path) ?? "{}", { status: doors.has(path) ? 200 : 404 });
    const { roots, own, inside } = each.in;
    const seen = await new Follower(log, null).sync(roots, [], own, inside).then(({ state }) => ({ statements: state.seen.size }), (error) => {
      if (!error.lie) throw error;
      return { trouble: error.lie };
    });
    assert.deepEqual(seen, each.out);
  });
