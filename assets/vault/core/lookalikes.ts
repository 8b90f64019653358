/**
 * Names that look like other names: said with a piece of the id, so that nobody is taken for somebody else. The
 * letters mapped here are those of other scripts that common fonts draw like Latin ones; it is no full list, and
 * the fingerprint remains what counts.
 */
const TWINS: Record<string, string> = Object.fromEntries(
  [
    ["а", "a"], ["ɑ", "a"], ["α", "a"], ["в", "b"], ["β", "b"], ["с", "c"], ["ϲ", "c"], ["ԁ", "d"], ["е", "e"], ["ε", "e"], ["һ", "h"], ["н", "h"],
    ["і", "i"], ["ι", "i"], ["ı", "i"], ["ј", "j"], ["к", "k"], ["κ", "k"], ["ӏ", "l"], ["1", "l"], ["|", "l"], ["м", "m"], ["п", "n"], ["η", "n"],
    ["о", "o"], ["ο", "o"], ["0", "o"], ["р", "p"], ["ρ", "p"], ["ԛ", "q"], ["г", "r"], ["ѕ", "s"], ["т", "t"], ["τ", "t"], ["υ", "u"], ["ν", "v"],
    ["ѵ", "v"], ["ԝ", "w"], ["ω", "w"], ["х", "x"], ["χ", "x"], ["у", "y"], ["γ", "y"], ["ʏ", "y"],
  ] as [string, string][],
);
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;
const FOREIGN = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;

/** What a name looks like: without case, accents, spaces and signs, each letter as its Latin twin; l and i are one. */
export function skeleton(name: string): string {
  const plain = name.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").replace(INVISIBLE, "");
  const letters = [...plain].map((each) => TWINS[each] ?? each).join("").replace(/[^\p{L}\p{N}]/gu, "");
  return letters.replaceAll("rn", "m").replaceAll("vv", "w").replaceAll("l", "i");
}

/** Whether one word mixes letters of scripts that are drawn alike. */
const mixes = (name: string): boolean => name.split(/\s+/).some((word) => /\p{Script=Latin}/u.test(word) && FOREIGN.test(word));

/** Each id with its name as it is shown: what is invisible made visible, look-alikes with the start of their id. */
export function shownNames(names: Iterable<readonly [string, string]>): Map<string, string> {
  const all = [...names];
  const counted = new Map<string, number>();
  for (const [, name] of all) counted.set(skeleton(name), (counted.get(skeleton(name)) ?? 0) + 1);
  return new Map(all.map(([id, name]) => {
    const plain = name.replace(INVISIBLE, "\ufffd");
    const alike = (counted.get(skeleton(name)) ?? 0) > 1 || mixes(name) || plain !== name;
    return [id, alike ? `${plain} (${id.slice(0, 4)} ${id.slice(4, 8)})` : plain];
  }));
}
