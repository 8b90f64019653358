/** The contribution that was chosen in the drawing: what the register says of it, and the way to it. */
import type { RegisterRow } from "../engine/register";
import { day, list, t } from "../words";
import type { Edge } from "./derivations";
import { Org, Standing } from "./parts";
import { titleOf } from "./rows";
import { KINDS, RIGHTS, wordFor } from "./sentences";

export function Chosen({ row, edges, slug }: { row: RegisterRow; edges: Edge[]; slug: string }) {
  const under = edges.filter(({ to }) => to === row).map(({ from }) => titleOf(from));
  const over = edges.filter(({ from }) => from === row).map(({ to }) => titleOf(to));
  return (
    <section class="panel chosen-one">
      <div class="row between"><h3><a href={`#/w/${slug}/c/${row.id}`}>{titleOf(row)}</a></h3><Standing state={row.standing} /></div>
      <p class="muted t-s">{[wordFor(KINDS, row.klass), t("version {n}", { n: row.version }), t("entry {n}", { n: row.index })].join(" · ")}</p>
      <dl class="facts">
        {row.rights.map(({ type, owners, basis }) => (
          <div key={type}><dt>{wordFor(RIGHTS, type)}</dt><dd><ul class="held" role="list">{owners.map((each) => <li key={each.id}><Org org={each}> <b class="num">{each.share}</b></Org></li>)}</ul><small class="muted">{day(basis.at)}</small></dd></div>
        ))}
        <div><dt>{t("Rests on")}</dt><dd>{under.length ? list(under) : t("nothing here")}</dd></div>
        <div><dt>{t("What rests on it")}</dt><dd>{over.length ? list(over) : t("nothing here")}</dd></div>
      </dl>
    </section>
  );
}
