// Follows a register of two logs that standard input holds, path by path, and prints what it leads to, or the lie.
import { readFileSync } from "node:fs";
import { vault } from "./load.mjs";

const { Follower, note, bytes } = vault;
const { files, vkeys, chain, pins } = JSON.parse(readFileSync(0, "utf8"));

globalThis.fetch = async (path) => {
  const found = files[path];
  return new Response(found === undefined ? "{}" : Buffer.from(found, "base64"), { status: found === undefined ? 404 : 200 });
};

const told = async () => {
  const logs = await Promise.all(vkeys.map((each) => note.parseVkey(each)));
  const newest = logs.pop();
  const before = await Follower.heritage(logs, pins);
  const follower = new Follower(newest, pins, undefined, before);
  const { state, pins: kept } = await follower.sync([chain]);
  return { keys: state.persons.get(chain).keys.length, log: state.log, size: kept.heads[chain].size };
};
console.log(JSON.stringify(await told().catch((error) => ({ lie: error.trouble ?? error.proof?.trouble ?? error.code ?? String(error) }))));
