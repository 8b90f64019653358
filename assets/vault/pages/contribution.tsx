/** One contribution: its text and files, who owns it, what is still to be agreed, who can read it. */
import { useEffect, useState } from "preact/hooks";
import { ask } from "../ask";
import type { ContributionView } from "../engine/contribution";
import type { Here } from "../ui/app";
import { Crumbs } from "../ui/crumbs";
import { Matters } from "../ui/matters";
import { useLoaded } from "../ui/loaded";
import { Bars, Button, Failure, Icon, Notice, Org, Standing } from "../ui/parts";
import { save } from "../ui/sheet";
import { DERIVATIONS, KINDS, RIGHTS, wordFor } from "../ui/sentences";
import { PartsOf } from "../ui/partsof";
import { ShareBar } from "../ui/rights";
import { Sharing } from "../ui/sharing";
import { day, list, moment, size, t } from "../words";

export function ContributionPage({ here }: { here: Here }) {
  const { slug, id } = here.route;
  const { value, error, again } = useLoaded((quietly) => ask("contribution", slug, id, !quietly), id);
  useEffect(() => here.stop(error), [error]);
  useEffect(() => {
    if (!value) return;
    const orgs = list(value.readers.filter((each) => each.reads).map((each) => each.name));
    here.readers(value.complete ? t("{orgs} can read this.", { orgs }) : t("Those its owners shared it with can read this."));
  }, [value]);
  if (error) return <><h1>{t("Contribution")}</h1><Failure error={error} /></>;
  if (!value) return <><p class="muted" role="status">{t("Opening and checking…")}</p><Bars count={5} /></>;
  return (
    <article>
      <Crumbs here={here} />
      <header class="head"><div><h1>{value.title ?? (value.newer ? t("Not opened yet") : t("Sealed from you"))}</h1><p class="state row"><span class="tag">{wordFor(KINDS, value.klass)}</span><Standing state={value.standing} /><span>{t("version {n}", { n: value.versions.length })}</span></p></div>
        {value.shareAs && value.title !== null && <a class="btn" href={`#/w/${slug}/add/${id}`}><Icon name="plus" />{t("Add a new version")}</a>}</header>
      <PartsOf here={here} now="" />
      <div class="opened">
        <div class="opened-main">{value.newer && <Newer again={again} />}<Content value={value} /><Owners value={value} /><Matters value={value} again={again} here={here} /><Rests value={value} /><Versions value={value} /></div>
        <Sharing value={value} again={again} here={here} />
      </div>
    </article>
  );
}

/** What came in while the page was open. To open it is told to its owners, so nobody opens it but the reader. */
const Newer = ({ again }: { again(): Promise<void> }) => (
  <Notice icon="package" title={t("A version that you can open came in")}><p>{t("Its owners are told that your organisation opened it.")}</p><p><Button act={again} busy={t("Opening and checking…")}>{t("Open it")}</Button></p></Notice>
);

function Content({ value }: { value: ContributionView }) {
  const [error, fail] = useState<unknown>(null);
  if (value.title === null) return value.newer ? null : <Notice icon="lock"><p>{t("This is in the register, but nobody has shared it with you. Ask one of its owners.")}</p></Notice>;
  const take = (blob: string) => async (): Promise<void> => {
    const { name, data } = await ask("openFile", value.version, blob);
    save(name, data);
  };
  return (
    <section class="stack">
      {value.description && <p class="told">{value.description}</p>}
      <p class="ok t-s"><Icon name="shield-check" />{t("Signature, receipt, key and every hash were checked on this device.")}</p>
      {value.files.length > 0 && <><h2>{t("Files")}</h2><ul class="files" role="list">{value.files.map((file) => (
        <li key={file.blob}><Icon name="file" /><span>{file.name}</span><span class="muted t-s">{size(file.size)}</span>
          <Button kind="small" icon="download" act={take(file.blob)} failed={fail} busy={t("Opening…")} label={t("Download {name}", { name: file.name })}>{t("Download")}</Button></li>
      ))}</ul></>}
      <Failure error={error} />
    </section>
  );
}

const Owners = ({ value }: { value: ContributionView }) => (
  <section class="stack">
    <h2>{t("Who owns it")}</h2>
    {!value.agreed && <p class="muted">{t("As claimed. It counts as agreed when every owner named has said yes.")}</p>}
    <dl class="rights">{value.rights.map((right) => (
      <div key={right.type}>
        <dt class="row between"><span>{wordFor(RIGHTS, right.type)}</span>{value.mayTransfer && <a class="t-s" href={`#/w/${value.slug}/c/${value.id}/transfer/${right.type}`}>{t("Propose other owners")}<span class="vh">: {wordFor(RIGHTS, right.type)}</span></a>}</dt>
        <dd><ShareBar owners={right.owners} />
          <p class="muted t-s">{value.agreed ? t("Since entry {n}, {when}.", { n: right.basis.index, when: day(right.basis.at) }) : t("As named in entry {n}.", { n: right.basis.index })} {right.pending && t("Other owners are proposed.")}</p></dd>
      </div>
    ))}</dl>
    {value.agreed && value.standing === "disputed" && <p class="muted">{t("A version is disputed. Nobody can propose other owners until the objection is taken back.")}</p>}
  </section>
);

const Rests = ({ value }: { value: ContributionView }) =>
  value.rests.length ? (
    <section class="stack"><h2>{t("Rests on")}</h2><ul class="rests" role="list">{value.rests.map((each) => (
      <li key={each.id}><Org org={each.org} /><span>{each.title === null ? <span class="muted">{t("something sealed from you")}</span> : <a href={`#/w/${value.slug}/c/${each.id}`}>{each.title}</a>}</span><span class="muted t-s">{wordFor(DERIVATIONS, each.kind)}</span></li>
    ))}</ul></section>
  ) : null;

function Versions({ value }: { value: ContributionView }) {
  const [error, fail] = useState<unknown>(null);
  const receipt = (id: string) => async (): Promise<void> => save(`${id.slice(0, 12)}.tlog-proof`, new Blob([await ask("receipt", id)], { type: "text/plain" }));
  return (
  <section class="stack"><h2>{t("Versions")}</h2><ol class="log" role="list">{value.versions.map((each) => (
    <li key={each.id}><span class="when">{t("version {n}", { n: each.number })}</span><span>{t("{person} for {org}, {when}", { person: each.by, org: each.org.name, when: moment(each.at) })} · {size(each.size)}{!each.opens && ` · ${t("sealed from you")}`}<code>{t("entry {n}", { n: each.index })} · {each.id.slice(0, 4)} {each.id.slice(4, 8)}</code>
      <Button kind="small" icon="download" act={receipt(each.id)} failed={fail} busy={t("Checking the receipt…")} label={t("Save the receipt of version {n}", { n: each.number })}>{t("Save the receipt")}</Button></span></li>
  ))}</ol><Failure error={error} /><p class="muted t-s">{t("Times are what the maker's device said. The order is the register's.")} {t("A receipt proves a version's place in the register, and nothing of what it holds. Anybody can check it at {place}.", { place: `${location.host}/verify` })}</p></section>
  );
}
