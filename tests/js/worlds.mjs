// Reads histories from standard input and prints the state each leads to, for the Python side to compare.
import { readFileSync } from "node:fs";
import { vault } from "./load.mjs";
import { view } from "./view.mjs";

const { bytes, replay, state } = vault;
const { log, histories } = JSON.parse(readFileSync(0, "utf8"));

async function retold(history) {
  const told = new state.State(log, history.some((each) => !each.note));
  for (const each of history) await replay.apply(told, each.note ? { ...each, note: bytes.utf8(each.note) } : each);
  return view(told);
}

const told = [];
for (const history of histories) told.push(await retold(history));
console.log(JSON.stringify(told));
