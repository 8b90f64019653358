/** Contributions of one title, told apart by the first letters of their ids, as the register has them. */
export const markOf = (id: string): string => `${id.slice(0, 4)} ${id.slice(4, 8)}`;

/** The titles that more than one contribution has. */
export function twins(all: { id: string; title: string | null }[]): Set<string> {
  const first = new Map<string, string>();
  const found = new Set<string>();
  for (const { id, title } of all) {
    if (title && first.has(title) && first.get(title) !== id) found.add(title);
    if (title) first.set(title, id);
  }
  return found;
}
