/**
 * What rests on what, drawn: layers from left to right, each edge a thread. Choosing one lights all that it rests on and
 * says what is known of it; the table beneath says of every edge the same in words.
 */
import { useRef } from "preact/hooks";
import type { RegisterRow } from "../engine/register";
import { t } from "../words";
import { Chosen } from "./chosen";
import { titleOf } from "./rows";
import { DERIVATIONS, wordFor } from "./sentences";

const WIDE = 196;
const HIGH = 46;
const GAP_X = 74;
const GAP_Y = 18;

interface Spot {
  row: RegisterRow;
  x: number;
  y: number;
}

export interface Edge {
  from: RegisterRow;
  to: RegisterRow;
  kind: string;
}

interface Props {
  rows: RegisterRow[];
  slug: string;
  chosen: string;
  choose(id: string): void;
}

export function Derivations({ rows, slug, chosen, choose }: Props) {
  const edges = rows.flatMap((row) => row.rests.map((each) => ({ from: rows.find((other) => other.id === each.id), to: row, kind: each.kind })));
  const drawn = edges.filter((each): each is Edge => !!each.from);
  const row = rows.find(({ id }) => id === chosen);
  if (!drawn.length) return null;
  return (
    <section class="stack"><h2>{t("What rests on what")}</h2>
      <p class="muted t-s noprint">{t("Choose one to see all that it rests on. The arrow keys go from one to the next.")}</p>
      <Drawing edges={drawn} rows={rows.filter((each) => drawn.some(({ from, to }) => from === each || to === each))} chosen={chosen} choose={choose} />
      <div role="status">{row && <Chosen row={row} edges={drawn} slug={slug} />}</div>
      <table class="table rests-table"><thead><tr><th scope="col">{t("What")}</th><th scope="col">{t("How")}</th><th scope="col">{t("Rests on")}</th></tr></thead>
        <tbody>{drawn.map(({ from, to, kind }) => <tr key={`${from.id}${to.id}`}><td data-name={t("What")}><a href={`#/w/${slug}/c/${to.id}`}>{titleOf(to)}</a></td><td data-name={t("How")}>{wordFor(DERIVATIONS, kind)}</td><td data-name={t("Rests on")}><a href={`#/w/${slug}/c/${from.id}`}>{titleOf(from)}</a></td></tr>)}</tbody></table>
    </section>
  );
}

function Drawing({ edges, rows, chosen, choose }: { edges: Edge[] } & Omit<Props, "slug">) {
  const place = useRef<SVGSVGElement>(null);
  const spots = placed(rows);
  const lit = beneath(chosen, edges);
  const [width, height] = [Math.max(...spots.map((each) => each.x)) + WIDE, Math.max(...spots.map((each) => each.y)) + HIGH];
  const first = spots.some(({ row }) => row.id === chosen) ? chosen : spots[0]?.row.id;
  const pressed = (event: KeyboardEvent, { row, x, y }: Spot): void => {
    const next = event.key === "Escape" ? (choose(""), null) : ["Enter", " "].includes(event.key) ? (choose(row.id), null) : beside(spots, x, y, event.key);
    if (next === undefined) return;
    event.preventDefault();
    if (next) place.current?.querySelector<SVGElement>(`[data-id="${next.row.id}"]`)?.focus();
  };
  return (
    <div class={`derivations${lit.size ? " lighted" : ""}`}>
      <svg ref={place} viewBox={`-3 -3 ${width + 6} ${height + 6}`} width={width} height={height} role="group" aria-label={t("What rests on what")}>
        {edges.map(({ from, to }) => <path key={`${from.id}${to.id}`} class={`edge${lit.has(to.id) && lit.has(from.id) ? " lit" : ""}`} d={curve(spotOf(spots, from), spotOf(spots, to))} aria-hidden="true" />)}
        {spots.map((spot) => {
          const { id, klass } = spot.row;
          return (
            <g key={id} data-id={id} class={`node ${klass}${lit.has(id) ? " lit" : ""}`} transform={`translate(${spot.x} ${spot.y})`} role="button" tabindex={id === first ? 0 : -1}
              aria-pressed={id === chosen} onClick={() => choose(id === chosen ? "" : id)} onKeyDown={(event) => pressed(event, spot)}><Node row={spot.row} /></g>
          );
        })}
      </svg>
    </div>
  );
}

const Node = ({ row }: { row: RegisterRow }) => (
  <>
    <rect width={WIDE} height={HIGH} rx="2" />
    <text x="10" y="19" class="name">{clipped(titleOf(row), 25)}</text>
    <text x="10" y="36" class="who">{clipped([...new Set(row.rights.flatMap(({ owners }) => owners.map(({ initials }) => initials)))].join(" "), 30)}</text>
  </>
);

/** What is chosen and everything that it rests on, however far down. */
function beneath(chosen: string, edges: Edge[]): Set<string> {
  const found = new Set(edges.some(({ from, to }) => from.id === chosen || to.id === chosen) ? [chosen] : []);
  for (const id of found) for (const { from, to } of edges) if (to.id === id) found.add(from.id);
  return found;
}

/** The nearest one in the direction of an arrow key; null where there is none, undefined for any other key. */
function beside(spots: Spot[], x: number, y: number, key: string): Spot | null | undefined {
  const right = Number(key === "ArrowRight") - Number(key === "ArrowLeft"), down = Number(key === "ArrowDown") - Number(key === "ArrowUp");
  if (!right && !down) return undefined;
  const ahead = spots.filter((each) => (each.x - x) * right + (each.y - y) * down > 0 && (right !== 0 || each.x === x));
  const far = (each: Spot): number => Math.abs(each.x - x) + Math.abs(each.y - y);
  return ahead.sort((one, two) => far(one) - far(two))[0] ?? null;
}

/** Whatever rests on nothing stands left; the rest one step right of the rightmost thing it rests on. */
function placed(rows: RegisterRow[]): Spot[] {
  const depth = new Map<string, number>();
  for (const row of [...rows].sort((one, two) => one.index - two.index))
    depth.set(row.id, Math.max(0, ...row.rests.map((each) => (depth.get(each.id) ?? -1) + 1)));
  const filled: number[] = [];
  return rows.map((row) => {
    const layer = depth.get(row.id) ?? 0;
    const at = filled[layer] ?? 0;
    filled[layer] = at + 1;
    return { row, x: layer * (WIDE + GAP_X), y: at * (HIGH + GAP_Y) + layer * 14 };
  });
}

const spotOf = (spots: Spot[], row: RegisterRow): Spot => spots.find((each) => each.row === row) as Spot;

function curve(from: Spot, to: Spot): string {
  const [x, y, tx, ty] = [from.x + WIDE, from.y + HIGH / 2, to.x, to.y + HIGH / 2];
  const middle = Math.max((tx - x) / 2, 30);
  return `M${x} ${y}C${x + middle} ${y} ${tx - middle} ${ty} ${tx} ${ty}`;
}

const clipped = (text: string, most: number): string => ([...text].length > most ? `${[...text].slice(0, most - 1).join("")}…` : text);
