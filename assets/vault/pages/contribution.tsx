/** One contribution: its text and files, who owns it, what is still to be agreed, who can read it. */
import { useEffect, useState } from "preact/hooks";
import { ask } from "../ask";
import type { ContributionView, MatterView, ShareView } from "../engine/contribution";
import type { Here } from "../ui/app";
import { Bars, Button, Failure, Icon, Notice, Org, Standing, useLoaded } from "../ui/parts";
import { save } from "../ui/sheet";
import { DERIVATIONS, KINDS, RIGHTS, wordFor } from "../ui/sentences";
import { Sharing } from "../ui/sharing";
import { list, moment, size, t } from "../words";

export function ContributionPage({ here }: { here: Here }) {
  const { slug, id } = here.route;
  const { value, error, again } = useLoaded(() => ask("contribution", slug, id), id);
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
      <nav class="crumbs" aria-label={t("You are here")}><ol role="list"><li><a href={`#/w/${slug}`}>{here.session.consortia.find((each) => each.slug === slug)?.name}</a></li></ol></nav>
      <header class="head"><div><h1>{value.title ?? t("Sealed from you")}</h1><p class="state row"><span class="tag">{wordFor(KINDS, value.klass)}</span><Standing state={value.standing} /><span>{t("version {n}", { n: value.versions.length })}</span></p></div>
        {value.shareAs && value.title !== null && <a class="btn" href={`#/w/${slug}/add/${id}`}><Icon name="plus" />{t("Add a new version")}</a>}</header>
      <div class="opened">
        <div class="opened-main"><Content value={value} /><Owners value={value} /><Matters value={value} again={again} here={here} /><Rests value={value} /><Versions value={value} /></div>
        <Sharing value={value} again={again} here={here} />
      </div>
    </article>
  );
}

function Content({ value }: { value: ContributionView }) {
  const [error, fail] = useState<unknown>(null);
  if (value.title === null) return <Notice icon="lock"><p>{t("This is in the register, but nobody has shared it with you. Ask one of its owners.")}</p></Notice>;
  const take = (blob: string) => async (): Promise<void> => {
    const { name, data } = await ask("openFile", value.version, blob);
    save(name, new Blob([data], { type: "application/octet-stream" }));
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
    <Rights rights={value.rights} />
  </section>
);

const Rights = ({ rights }: { rights: MatterView["rights"] }) => (
  <dl class="rights">{rights.map((right) => <div key={right.type}><dt>{wordFor(RIGHTS, right.type)}</dt><dd><ShareBar owners={right.owners} /></dd></div>)}</dl>
);

/** Exact shares as words, and as a bar for the eye. */
function ShareBar({ owners }: { owners: ShareView[] }) {
  let at = 0;
  return (
    <div class="share">
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" width="100%" height="22" aria-hidden="true">{owners.map((each) => { const x = at; at += each.part; return <g key={each.id} class={`c${each.colour}`}><rect x={x + 0.2} width={Math.max(each.part - 0.4, 0.4)} height="6" /></g>; })}</svg>
      <ul role="list">{owners.map((each) => <li key={each.id}><Org org={each}> <b class="num">{each.share}</b></Org></li>)}</ul>
    </div>
  );
}

const VOICES: Record<string, () => string> = {
  made: () => t("said so"), approved: () => t("agrees"), objected: () => t("objects"), waiting: () => t("has not said"),
};

function Matters({ value, again, here }: { value: ContributionView; again(): Promise<void>; here: Here }) {
  if (!value.matters.length) return null;
  return (
    <section class="stack"><h2>{t("Agreeing on the owners")}</h2>
      {value.matters.map((matter) => <Matter key={matter.id} matter={matter} slug={value.slug} again={again} here={here} />)}
    </section>
  );
}

function Matter({ matter, slug, again, here }: { matter: MatterView; slug: string; again(): Promise<void>; here: Here }) {
  const [error, fail] = useState<unknown>(null);
  const speak = (type: string, org: string, of: string, said: string) => async (): Promise<void> => {
    await ask("speak", slug, type, org, of);
    await again();
    here.say(said);
  };
  const { mayApprove, mayObject, mayWithdraw } = matter;
  const button = { failed: fail, busy: t("Signing, checking the receipt…") };
  return (
    <div class="panel">
      <div class="row between"><h3>{matter.kind === "version" ? t("Owners as of version {n}", { n: matter.number }) : t("Change of owners")}</h3><Standing state={matter.standing} /></div>
      {matter.kind === "transfer" && <Rights rights={matter.rights} />}
      <ul class="voices" role="list">{matter.voices.map((each) => <li key={each.id}><Org org={each} /><span class={`voice ${each.said}`}>{VOICES[each.said]?.()}</span></li>)}</ul>
      <div class="buttons">
        {mayApprove && <Button kind="primary" icon="check" {...button} act={speak("approve", mayApprove, matter.id, t("Your organisation agrees."))}>{t("We agree")}</Button>}
        {mayObject && <Button icon="x" {...button} act={speak("object", mayObject, matter.id, t("Your organisation objects."))}>{t("We object")}</Button>}
        {mayWithdraw && <Button icon="undo-2" {...button} act={speak("withdraw", mayWithdraw.org, mayWithdraw.of, t("What your organisation said was taken back."))}>{t("Take back what we said")}</Button>}
      </div>
      <Failure error={error} />
    </div>
  );
}

const Rests = ({ value }: { value: ContributionView }) =>
  value.rests.length ? (
    <section class="stack"><h2>{t("Rests on")}</h2><ul class="rests" role="list">{value.rests.map((each) => (
      <li key={each.id}><Org org={each.org} /><span>{each.title === null ? <span class="muted">{t("something sealed from you")}</span> : <a href={`#/w/${value.slug}/c/${each.id}`}>{each.title}</a>}</span><span class="muted t-s">{wordFor(DERIVATIONS, each.kind)}</span></li>
    ))}</ul></section>
  ) : null;

const Versions = ({ value }: { value: ContributionView }) => (
  <section class="stack"><h2>{t("Versions")}</h2><ol class="log" role="list">{value.versions.map((each) => (
    <li key={each.id}><span class="when">{t("version {n}", { n: each.number })}</span><span>{t("{person} for {org}, {when}", { person: each.by, org: each.org.name, when: moment(each.at) })} · {size(each.size)}{!each.opens && ` · ${t("sealed from you")}`}<code>{t("entry {n}", { n: each.index })} · {each.id.slice(0, 4)} {each.id.slice(4, 8)}</code></span></li>
  ))}</ol><p class="muted t-s">{t("Times are what the maker's device said. The order is the register's.")}</p></section>
);
