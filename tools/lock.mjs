// Takes every address out of package-lock.json: versions and integrity hashes stay, hosts do not.
import { readFileSync, writeFileSync } from "node:fs";

const ADDRESSES = ["resolved", "funding", "homepage", "bugs", "repository"];
const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
for (const entry of Object.values(lock.packages)) for (const key of ADDRESSES) delete entry[key];
writeFileSync(file, JSON.stringify(lock, null, 2) + "\n");
