// What is said, in the reader's language: the page brings the sentences, scripts fill in notes, companies and numbers.

export type Facts = Record<string, string | number>;

export function word(name: string, facts: Facts = {}): string {
  const words = document.querySelector(`[data-word="${CSS.escape(name)}"]`)?.textContent ?? "";
  return words.replace(/#([a-z]+)/g, (whole, fact: string) => (fact in facts ? String(facts[fact]) : whole));
}
