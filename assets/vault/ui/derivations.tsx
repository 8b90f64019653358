/** What rests on what, drawn: layers from left to right, each edge a thread. The table beside it says the same. */
import type { RegisterRow } from "../engine/register";
import { titleOf } from "../pages/register";
import { t } from "../words";
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

export function Derivations({ rows, slug }: { rows: RegisterRow[]; slug: string }) {
  const edges = rows.flatMap((row) => row.rests.map((each) => ({ from: rows.find((other) => other.id === each.id), to: row, kind: each.kind })));
  const drawn = edges.filter((each): each is { from: RegisterRow; to: RegisterRow; kind: string } => !!each.from);
  if (!drawn.length) return null;
  const spots = placed(rows.filter((row) => drawn.some((each) => each.from === row || each.to === row)));
  const [width, height] = [Math.max(...spots.map((each) => each.x)) + WIDE, Math.max(...spots.map((each) => each.y)) + HIGH];
  return (
    <section class="stack"><h2>{t("What rests on what")}</h2>
      <div class="derivations" aria-hidden="true">
        <svg viewBox={`-2 -2 ${width + 4} ${height + 4}`} width={width} height={height}>
          {drawn.map(({ from, to }) => <path key={`${from.id}${to.id}`} class="edge" d={curve(spotOf(spots, from), spotOf(spots, to))} />)}
          {spots.map(({ row, x, y }) => <Node key={row.id} row={row} x={x} y={y} />)}
        </svg>
      </div>
      <table class="table rests-table"><thead><tr><th scope="col">{t("What")}</th><th scope="col">{t("How")}</th><th scope="col">{t("Rests on")}</th></tr></thead>
        <tbody>{drawn.map(({ from, to, kind }) => <tr key={`${from.id}${to.id}`}><td data-name={t("What")}><a href={`#/w/${slug}/c/${to.id}`}>{titleOf(to)}</a></td><td data-name={t("How")}>{wordFor(DERIVATIONS, kind)}</td><td data-name={t("Rests on")}><a href={`#/w/${slug}/c/${from.id}`}>{titleOf(from)}</a></td></tr>)}</tbody></table>
    </section>
  );
}

function Node({ row, x, y }: Spot) {
  const owners = [...new Map(row.rights.flatMap((right) => right.owners).map((each) => [each.id, each.initials])).values()];
  return (
    <g class={`node ${row.klass}`} transform={`translate(${x} ${y})`}>
      <rect width={WIDE} height={HIGH} rx="2" />
      <text x="10" y="19" class="name">{clipped(titleOf(row), 25)}</text>
      <text x="10" y="36" class="who">{clipped(owners.join(" "), 30)}</text>
    </g>
  );
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
