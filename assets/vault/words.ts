/** The page's words: English in the source, the reader's language from a catalogue, facts filled into braces. */
import { type Facts, filled } from "./core/errors";

let catalogue: Record<string, string | string[]> = {};
let language = "en-GB";

export async function learn(lang: string): Promise<void> {
  language = lang;
  document.documentElement.lang = lang;
  if (lang.startsWith("en")) return;
  const answer = await fetch(`/vault/words?lang=${encodeURIComponent(lang)}`);
  if (answer.ok) catalogue = (await answer.json()) as typeof catalogue;
}

export function t(sentence: string, facts: Facts = {}): string {
  const found = catalogue[sentence];
  return filled(typeof found === "string" ? found : sentence, facts);
}

/** Whether a sentence can be said in the reader's language. */
export const isKnown = (sentence: string): boolean => language.startsWith("en") || typeof catalogue[sentence] === "string";

export function tn(one: string, many: string, n: number, facts: Facts = {}): string {
  const found = catalogue[one];
  const [single, several] = Array.isArray(found) ? found : [one, many];
  return filled((n === 1 ? single : several) ?? many, { n, ...facts });
}

export const day = (when: string | Date): string =>
  new Date(when).toLocaleDateString(language, { day: "numeric", month: "short", year: "numeric" });

/** A moment by this device's clock, and by which zone that is. */
export const moment = (when: string): string =>
  new Date(when).toLocaleString(language, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });

/** A moment as everybody reads it, wherever they are. */
export const utc = (when: string): string =>
  `${new Date(when).toLocaleString(language, { timeZone: "UTC", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" })} UTC`;

/** A size in kB or MB, as the reader's language writes it. */
export function size(bytes: number): string {
  const mega = bytes >= 1_000_000;
  const value = mega ? bytes / 1_000_000 : Math.max(bytes / 1000, 1);
  const digits = mega && value < 10 ? 1 : 0;
  return `${value.toLocaleString(language, { maximumFractionDigits: digits })} ${mega ? "MB" : "kB"}`;
}

/** "a, b and c" in the reader's language. */
export const list = (items: string[]): string => new Intl.ListFormat(language, { type: "conjunction" }).format(items);
