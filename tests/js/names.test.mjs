// Names that look like other names are told apart by the start of their ids.
import assert from "node:assert/strict";
import { test } from "node:test";
import { vault } from "./load.mjs";

const { shownNames, skeleton } = vault.lookalikes;
const [one, two, three] = ["a1b2c3d4", "e5f60718", "99887766"].map((start) => start + "0".repeat(56));
const shown = (...names) => [...shownNames(names).values()];

test("names that differ are shown as they are", () => {
  assert.deepEqual(shown([one, "Fjordlys AS"], [two, "Tinker & Tap Ltd"], [three, "Nordlyd AS"]), ["Fjordlys AS", "Tinker & Tap Ltd", "Nordlyd AS"]);
});

for (const [why, twin] of [
  ["another script", "Fjordlys А\u0405"], ["another case", "FJORDLYS AS"], ["an accent", "Fjördlys AS"], ["another space", "Fjordlys\u00a0A S"],
  ["a digit", "Fj0rdlys AS"], ["another letter", "FjordIys AS"], ["a sign", "Fjordlys A.S."], ["the same letters", "Fjordlys AS"],
])
  test(`a name that looks like another by ${why} is shown with its id, and so is the other`, () => {
    const [first, second] = shown([one, "Fjordlys AS"], [two, twin]);
    assert.equal(first, "Fjordlys AS (a1b2 c3d4)");
    assert.ok(second.endsWith(" (e5f6 0718)"));
  });

test("what is invisible in a name is made visible", () => {
  assert.deepEqual(shown([one, "Fjord\u200blys AS"], [two, "\u200fNordlyd"]), ["Fjord\ufffdlys AS (a1b2 c3d4)", "\ufffdNordlyd (e5f6 0718)"]);
});

test("a word of mixed scripts is shown with its id even when it stands alone", () => {
  assert.deepEqual(shown([one, "Nоrdlyd"]), ["Nоrdlyd (a1b2 c3d4)"]);
  assert.deepEqual(shown([one, "Αθήνα Lab"]), ["Αθήνα Lab"]);
});

test("a name without a letter is a name as well", () => {
  assert.equal(skeleton("–"), "");
  assert.deepEqual(shown([one, "株式会社"], [two, "–"]), ["株式会社", "–"]);
});
