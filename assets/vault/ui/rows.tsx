/** The register's rows: what each is called, and in which order the reader wants them. */
import type { RegisterRow } from "../engine/register";
import { t } from "../words";
import { Icon } from "./parts";
import { KINDS, STANDINGS, wordFor } from "./sentences";

/** Its title for those who may read it; for everyone else the mark it goes by. */
export const titleOf = (row: RegisterRow | undefined): string =>
  row?.broken ? t("This does not pass its checks") : row?.title ?? (row ? t("Sealed from you, {mark}", { mark: `${row.id.slice(0, 4)} ${row.id.slice(4, 8)}` }) : t("something sealed from you"));

export type Column = "what" | "kind" | "owners" | "since" | "state";

export interface Order {
  by: Column;
  up: boolean;
}

const KEYS: Record<Column, (row: RegisterRow) => string | number> = {
  what: titleOf,
  kind: (row) => wordFor(KINDS, row.klass),
  owners: (row) => row.rights.flatMap(({ owners }) => owners.map(({ name }) => name)).join(" "),
  since: (row) => Math.max(0, ...row.rights.map(({ basis }) => basis.index)),
  state: (row) => wordFor(STANDINGS, row.standing),
};

/** As the register has them where nothing is chosen or two are alike; what is sealed from the reader has no title to go by. */
export function inOrder(rows: RegisterRow[], order: Order | null): RegisterRow[] {
  if (!order) return rows;
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const key = KEYS[order.by], way = order.up ? 1 : -1;
  const untold = (row: RegisterRow): number => Number(order.by === "what" && row.title === null);
  const compare = (one: string | number, two: string | number): number => (typeof one === "number" ? one - Number(two) : words.compare(one, String(two)));
  return [...rows].sort((one, two) => untold(one) - untold(two) || way * compare(key(one), key(two)) || one.index - two.index);
}

/** A head that sorts by its column, and the other way round when it is pressed again. */
export function Head({ by, name, order, sort }: { by: Column; name: string; order: Order | null; sort(order: Order): void }) {
  const up = order?.by === by ? order.up : null;
  return (
    <th scope="col" aria-sort={up === null ? undefined : up ? "ascending" : "descending"}>
      <button type="button" class="sorts" onClick={() => sort({ by, up: !up })}>{name}<Icon name={up === null ? "chevrons-up-down" : up ? "arrow-up" : "arrow-down"} /></button>
    </th>
  );
}

/** The heads of the register, in their order. */
export const heads = (): [Column | "", string][] => [["what", t("What")], ["kind", t("Kind")], ["", t("Right")], ["owners", t("Owners")], ["since", t("Since")], ["state", t("State")]];
