/** The register: who owns which share of what, since which entry, and what rests on what. Made to be printed. */
import { useEffect, useState } from "preact/hooks";
import { ask } from "../ask";
import type { RegisterRow, RegisterView } from "../engine/register";
import type { Here } from "../ui/app";
import { Crumbs } from "../ui/crumbs";
import { Derivations } from "../ui/derivations";
import { useLoaded } from "../ui/loaded";
import { Bars, Button, Failure, Org, Standing } from "../ui/parts";
import { Head, heads, inOrder, type Order, titleOf } from "../ui/rows";
import { DERIVATIONS, KINDS, RIGHTS, wordFor } from "../ui/sentences";
import { day, moment, t } from "../words";

export function RegisterPage({ here }: { here: Here }) {
  const { slug } = here.route;
  const { value, error } = useLoaded(() => ask("register", slug), slug);
  useEffect(() => here.stop(error), [error]);
  useEffect(() => { if (value) here.readers(t("Owners and shares are for all partners; titles only for those they are shared with.")); }, [value]);
  if (error) return <><h1>{t("Register")}</h1><Failure error={error} /></>;
  if (!value) return <><h1>{t("Register")}</h1><p class="muted" role="status">{t("Checking the register…")}</p><Bars count={6} /></>;
  return (
    <div class="register">
      <div class="noprint"><Crumbs here={here} /></div>
      <header class="head"><div><h1>{t("Register")}</h1><p class="state">{t("{name}: who owns which share of what", { name: value.name })}</p></div>
        {value.rows.length > 0 && <Button icon="printer" act={async () => window.print()}>{t("Print")}</Button>}</header>
      {value.rows.length ? <Whole value={value} /> : <p>{t("Nothing has been put in yet. Start with what each of you brings.")}</p>}
    </div>
  );
}

function Whole({ value }: { value: RegisterView }) {
  const [chosen, choose] = useState("");
  return (
    <>
      <p class="totals num">{Object.entries(counted(value.rows)).map(([state, n]) => <span key={state}><Standing state={state} /> {n}</span>)}</p>
      <Table value={value} chosen={chosen} />
      <Derivations rows={value.rows} slug={value.slug} chosen={chosen} choose={choose} />
      <p class="basis muted t-s">{t("Worked out on this device from the signed history of {log}, up to {n} entries, on {when}.", { log: value.log, n: value.size, when: moment(new Date().toISOString()) })} <code>{value.root.slice(0, 16)}</code>{value.witnesses.known > 0 && <> {t("{n} of {all} witnesses have signed it.", { n: value.witnesses.seen, all: value.witnesses.known })}</>}</p>
    </>
  );
}

const counted = (rows: RegisterRow[]): Record<string, number> =>
  Object.fromEntries(["agreed", "claimed", "disputed"].map((state) => [state, rows.filter((each) => each.standing === state).length] as const).filter(([, n]) => n));

function Table({ value, chosen }: { value: RegisterView; chosen: string }) {
  const [order, sort] = useState<Order | null>(null);
  return (
    <div class="scrolls" tabIndex={0} role="region" aria-label={t("Register")}>
      <table class="table assets">
        <thead><tr>{heads().map(([by, name]) => (by ? <Head key={by} by={by} name={name} order={order} sort={sort} /> : <th key="right" scope="col">{name}</th>))}</tr></thead>
        {inOrder(value.rows, order).map((row) => <Row key={row.id} row={row} all={value} chosen={row.id === chosen} />)}
      </table>
    </div>
  );
}

const Row = ({ row, all, chosen }: { row: RegisterRow; all: RegisterView; chosen: boolean }) => (
  <tbody class={chosen ? "chosen" : undefined}>{row.rights.map((right, at) => (
    <tr key={right.type}>
      {at === 0 && <th scope="rowgroup" rowSpan={row.rights.length}><What row={row} all={all} /></th>}
      {at === 0 && <td data-name={t("Kind")} rowSpan={row.rights.length}>{wordFor(KINDS, row.klass)}</td>}
      <td data-name={t("Right")}>{wordFor(RIGHTS, right.type)}</td>
      <td data-name={t("Owners")}><ul class="held" role="list">{right.owners.map((each) => <li key={each.id}><Org org={each}> <b class="num">{each.share}</b></Org></li>)}</ul></td>
      <td data-name={t("Since")}><span>{t("entry {n}", { n: right.basis.index })}<small>{day(right.basis.at)}</small></span></td>
      <td data-name={t("State")}><span><Standing state={row.standing} />{right.pending && <small>{t("other owners proposed")}</small>}</span></td>
    </tr>
  ))}</tbody>
);

function What({ row, all }: { row: RegisterRow; all: RegisterView }) {
  const nameOf = (id: string): string => titleOf(all.rows.find((each) => each.id === id));
  return (
    <>
      <a href={`#/w/${all.slug}/c/${row.id}`}>{titleOf(row)}</a>
      <small>{[t("version {n}", { n: row.version }), t("entry {n}", { n: row.index })].join(" · ")}</small>
      {row.rests.map((each) => <small key={each.id}>{t("Rests on {what} ({how})", { how: wordFor(DERIVATIONS, each.kind), what: nameOf(each.id) })}</small>)}
    </>
  );
}
