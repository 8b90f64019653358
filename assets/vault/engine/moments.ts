/** When something happened: what the maker's device said at a place of the log. The place is proven, the time is said. */
import type { Vault } from "./vault";

const kept = new WeakMap<Vault["known"], Map<number, string>>();

/** The time said by the statement at this place of the log, or nothing when its text is not ours to read. */
export function whenAt(vault: Vault, index: number): string {
  let times = kept.get(vault.known);
  if (!times) kept.set(vault.known, (times = new Map([...vault.known.values()].map((each) => [each.index, each.said.at]))));
  return times.get(index) ?? "";
}
