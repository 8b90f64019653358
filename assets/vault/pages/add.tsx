/** Putting work in: what it is, its files, who owns it, what it rests on, who can read it. Sealed before it leaves. */
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, hearing, type Progress } from "../ask";
import type { ContributionView } from "../engine/contribution";
import type { HomeView } from "../engine/workspace";
import type { Here } from "../ui/app";
import { useLoaded } from "../ui/loaded";
import { Failure, Field, Icon, Notice } from "../ui/parts";
import { FilesField, Sending } from "../ui/files";
import { type RightDraft, RightsField, wholes } from "../ui/rights";
import { go } from "../ui/route";
import { DERIVATIONS, KINDS, wordFor } from "../ui/sentences";
import { t } from "../words";

interface Loaded {
  home: HomeView;
  known: ContributionView | null;
}

export interface Draft {
  org: string;
  title: string;
  description: string;
  klass: string;
  files: File[];
  rights: RightDraft[];
  derivedFrom: { version: string; kind: string }[];
  readers: string[];
}

export function AddPage({ here }: { here: Here }) {
  const { slug, id } = here.route;
  const load = async (): Promise<Loaded> => ({ home: await ask("home", slug), known: id ? await ask("contribution", slug, id) : null });
  const { value, error } = useLoaded(load, `${slug}/${id}`, true);
  useEffect(() => here.stop(error), [error]);
  const words = id ? t("Add a new version") : t("Add work");
  if (error) return <><h1>{words}</h1><Failure error={error} /></>;
  if (!value) return <p class="muted">{t("Checking the register…")}</p>;
  if (!value.home.acting.length) return <div class="refusal"><h1>{words}</h1><p>{t("Your organisation is not in this sealed workspace, or you may not sign for it.")}</p><p><a class="btn" href={`#/w/${slug}`}>{t("Overview")}</a></p></div>;
  return <Editor here={here} loaded={value} heading={words} />;
}

function Editor({ here, loaded: { home, known }, heading }: { here: Here; loaded: Loaded; heading: string }) {
  const [draft, set] = useState<Draft>(() => begun(home, known));
  const [tried, tryIt] = useState(false);
  const [progress, told] = useState<Progress[] | null>(null);
  const [error, fail] = useState<unknown>(null);
  const summary = useRef<HTMLDivElement>(null);
  const change = (part: Partial<Draft>): void => set((now) => ({ ...now, ...part }));
  const wrong = mistakes(draft, home);
  useLeaveWarning(!!progress);
  useEffect(() => here.readers(readersSaid(draft, home)), [draft.readers, draft.org]);
  useEffect(() => { if (tried && Object.keys(wrong).length) summary.current?.focus(); }, [tried]);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    tryIt(false);
    fail(null);
    if (Object.keys(wrong).length) return void setTimeout(() => tryIt(true));
    told([]);
    hearing.progress = (heard) => told((all) => { const next = [...(all ?? [])]; next[heard.file] = heard; return next; });
    try {
      const { rights, ...rest } = draft;
      const id = await ask("seal", { ...rest, slug: home.slug, contribution: known?.id ?? "", rights: wholes(rights), title: draft.title.trim(), description: draft.description.trim().replaceAll("\r\n", "\n") });
      here.say(t("Sealed and entered. The receipt was checked."));
      go(`w/${home.slug}/c/${id}`);
    } catch (failed) {
      here.stop(failed);
      fail(failed);
    }
    told(null);
  };
  if (progress) return <Sending heading={heading} files={draft.files} progress={progress} cancel={() => void ask("cancel")} />;
  return (
    <>
      <header class="head"><div><h1>{known?.title ? `${heading}: ${known.title}` : heading}</h1><p class="state">{t("Everything is sealed on this device before it is sent.")}</p></div></header>
      <form class="form editor" noValidate onSubmit={submit}>
        {error !== null && <div role="alert"><Notice kind="bad" title={t("Nothing was entered. What you typed is still here.")}><Failure error={error} /></Notice></div>}
        {tried && Object.keys(wrong).length > 0 && <div class="summary" ref={summary} tabIndex={-1} role="alert"><h2><Icon name="circle-alert" />{t("Before this can be sealed")}</h2><ul role="list">{Object.values(wrong).map((words) => <li key={words}>{words}</li>)}</ul></div>}
        <Field label={t("Title")} value={draft.title} set={(title) => change({ title })} max={200} error={tried ? wrong["title"] : undefined} hint={t("Sealed too. The server never sees it.")} />
        <Field label={t("Text")} kind="long" value={draft.description} set={(description) => change({ description })} max={20_000} optional />
        <FilesField files={draft.files} set={(files) => change({ files })} limit={here.session.limits.blob} error={wrong["files"]} />
        {!known && <KindField value={draft.klass} set={(klass) => change({ klass })} />}
        {home.acting.length > 1 && !known && <OrgField home={home} value={draft.org} set={(org) => change({ org })} />}
        <RightsField rights={draft.rights} set={(rights) => change({ rights })} members={home.members} tried={tried} />
        <RestsField home={home} not={known?.id ?? ""} value={draft.derivedFrom} set={(derivedFrom) => change({ derivedFrom })} />
        <ReadersField home={home} org={draft.org} value={draft.readers} set={(readers) => change({ readers })} />
        <div class="buttons"><button class="btn primary"><Icon name="lock" />{t("Seal and enter")}</button><a class="btn quiet" href={known ? `#/w/${home.slug}/c/${known.id}` : `#/w/${home.slug}`}>{t("Not now")}</a></div>
      </form>
    </>
  );
}

function begun(home: HomeView, known: ContributionView | null): Draft {
  const org = known?.shareAs || home.acting[0]?.id || "";
  const rights = known?.rights.map(({ type, owners }) => ({ type, shares: Object.fromEntries(owners.map((each) => [each.id, each.share])) }));
  const readers = known?.readers.filter((each) => each.reads && each.id !== org).map((each) => each.id) ?? [];
  return {
    org, title: known?.title ?? "", description: known?.description ?? "", klass: known?.klass ?? "background", files: [],
    rights: rights ?? [{ type: "copyright", shares: { [org]: "1/1" } }], derivedFrom: [], readers,
  };
}

function mistakes(draft: Draft, home: HomeView): Record<string, string> {
  const found: Record<string, string> = {};
  if (!draft.title.trim()) found["title"] = t("Give it a title.");
  const rights = wholes(draft.rights);
  if (rights.length !== draft.rights.length) found["rights"] = t("The shares of each right must add up to exactly 1.");
  const owner = draft.rights.some((right) => (right.shares[draft.org] ?? "").trim());
  const name = home.acting.find((each) => each.id === draft.org)?.name ?? "";
  if (!owner) found["owner"] = t("{name} enters this, so it must own a part of it.", { name });
  return found;
}

function KindField({ value, set }: { value: string; set(kind: string): void }) {
  const effects: Record<string, string> = {
    background: t("What you had before and bring along. It stays yours."),
    sideground: t("What you make during this time, but outside the common work."),
    result: t("What comes out of the common work."),
  };
  return (
    <fieldset class="field"><legend class="name">{t("Kind")}</legend>
      <div class="choices cards-c">{Object.entries(effects).map(([kind, effect]) => (
        <div class="choice" key={kind}><input type="radio" name="kind" id={`k-${kind}`} checked={value === kind} onChange={() => set(kind)} aria-describedby={`k-${kind}-effect`} /><label for={`k-${kind}`}>{wordFor(KINDS, kind)}</label><p class="effect" id={`k-${kind}-effect`}>{effect}</p></div>
      ))}</div>
    </fieldset>
  );
}

const OrgField = ({ home, value, set }: { home: HomeView; value: string; set(org: string): void }) => (
  <fieldset class="field"><legend class="name">{t("Which organisation enters it")}</legend>
    <div class="choices">{home.acting.map((org) => <div class="choice" key={org.id}><input type="radio" name="org" id={`o-${org.id}`} checked={value === org.id} onChange={() => set(org.id)} /><label for={`o-${org.id}`}>{org.name}</label></div>)}</div>
  </fieldset>
);

function RestsField({ home, not, value, set }: { home: HomeView; not: string; value: Draft["derivedFrom"]; set(rests: Draft["derivedFrom"]): void }) {
  const items = home.items.filter((item) => item.title !== null && item.id !== not);
  if (!items.length) return null;
  const kindOf = (version: string): string => value.find((each) => each.version === version)?.kind ?? "";
  const mark = (version: string, kind: string): void => {
    const rest = value.filter((each) => each.version !== version);
    set(kind ? [...rest, { version, kind }] : rest);
  };
  return (
    <fieldset class="field"><legend class="name">{t("Rests on")} <span class="optional">{t("(optional)")}</span></legend>
      <p class="hint">{t("What in this workspace does it build on? This is not sealed: partners see that the two belong together.")}</p>
      <ul class="rests-on" role="list">{items.map((item) => (
        <li key={item.latest}><label for={`d-${item.latest}`}>{item.title}</label>
          <span class="selected"><select class="input" id={`d-${item.latest}`} value={kindOf(item.latest)} onChange={(event) => mark(item.latest, event.currentTarget.value)}><option value="">{t("does not build on it")}</option>{Object.keys(DERIVATIONS).map((kind) => <option key={kind} value={kind}>{wordFor(DERIVATIONS, kind)}</option>)}</select><Icon name="chevron-down" /></span></li>
      ))}</ul>
    </fieldset>
  );
}

function ReadersField({ home, org, value, set }: { home: HomeView; org: string; value: string[]; set(readers: string[]): void }) {
  const joined = home.members.filter((each) => each.state === "joined");
  return (
    <fieldset class="field"><legend class="name">{t("Who can read it now")}</legend>
      <p class="hint">{t("You can share it later. What someone has opened, they may keep.")}</p>
      <div class="choices">{joined.map((each) => (
        <div class="choice" key={each.id}><input type="checkbox" id={`a-${each.id}`} checked={each.id === org || value.includes(each.id)} disabled={each.id === org} onChange={(event) => set(event.currentTarget.checked ? [...value, each.id] : value.filter((id) => id !== each.id))} /><label for={`a-${each.id}`}>{each.name} {each.id === org && <span class="muted">{t("(always)")}</span>}</label></div>
      ))}</div>
    </fieldset>
  );
}

function readersSaid(draft: Draft, home: HomeView): string {
  const names = home.members.filter((each) => each.id === draft.org || draft.readers.includes(each.id)).map((each) => each.name);
  return t("{orgs} will be able to read this.", { orgs: names.join(", ") });
}

/** Leaving warns only while something is on its way. */
function useLeaveWarning(on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [on]);
}
