// Histories lead where the golden file says, and are refused for the same reason at the same place.
import assert from "node:assert/strict";
import { test } from "node:test";
import { golden, vault } from "./load.mjs";
import { view } from "./view.mjs";

const { bytes, Rejected, replay, state, statements } = vault;
const { notes, cases } = golden("replay");

async function retold({ history, hidden = [], log }) {
  const told = new state.State(log, hidden.length > 0);
  for (const [index, place] of history.entries()) {
    const note = bytes.utf8(notes[place]);
    try {
      if (!hidden.includes(index)) await replay.apply(told, { index, note });
      else {
        const [said] = await statements.parse(note);
        await replay.apply(told, { index, chain: statements.chainOf(said), id: said.id });
      }
    } catch (error) {
      if (error instanceof Rejected) return { refused: error.code, at: index };
      throw error;
    }
  }
  const made = view(told);
  for (const each of [...Object.values(made.persons), ...Object.values(made.organisations)]) each.age = each.age.slice(-32);
  return made;
}

async function continued({ history, log, earlier }) {
  const told = new state.State(log, false, earlier);
  for (const { index, note } of history) {
    try {
      await replay.apply(told, { index, note: bytes.utf8(note) });
    } catch (error) {
      if (error instanceof Rejected) return { refused: error.code, at: index };
      throw error;
    }
  }
  return view(told);
}

for (const each of golden("succession").cases)
  test(`succession: ${each.name}`, async () => assert.deepEqual(await continued(each.in), each.out));

for (const each of cases) test(each.name, async () => assert.deepEqual(await retold(each.in), each.out));
