// Which pins a device goes on with when the server names a register, or what stops it; all of it from standard input.
import { readFileSync } from "node:fs";
import { vault } from "./load.mjs";

const { logs, note } = vault;
const { vkeys, pinned, accepted } = JSON.parse(readFileSync(0, "utf8"));
const kept = {};

const told = async () => {
  const earlier = await Promise.all(vkeys.map((each) => note.parseVkey(each)));
  const log = earlier.pop();
  const keep = (origin, pins) => (kept[origin] = pins);
  return { pins: await logs.pinsFor({ log, earlier, lang: "de" }, pinned, keep, accepted), kept };
};
console.log(JSON.stringify(await told().catch((error) => ({ stop: error.lie ?? error.code, detail: error.detail }))));
