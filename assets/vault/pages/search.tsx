/** Search in what is shared with us. The words stay on this page: in no address, no history, no request. */
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, Failed } from "../ask";
import type { FoundView, HitView, SearchView } from "../engine/search";
import type { Here } from "../ui/app";
import { Crumbs } from "../ui/crumbs";
import { Chip, Failure } from "../ui/parts";
import { KINDS, wordFor } from "../ui/sentences";
import { markOf, twins } from "../ui/twins";
import { t, tn } from "../words";

const PAUSE = 250;

export function SearchPage({ here }: { here: Here }) {
  const { slug } = here.route;
  const [typed, type] = useState("");
  const [value, set] = useState<SearchView | null>(null);
  const [inside, look] = useState(false);
  const [busy, work] = useState(false);
  const [error, fail] = useState<unknown>(null);
  const last = useRef(0);
  const search = async (): Promise<void> => {
    const mine = ++last.current;
    if (typed.trim().length < 2) return set(null);
    work(true);
    fail(null);
    try {
      const found = await ask("search", slug, typed, inside);
      if (mine === last.current) set(found);
    } catch (failed) {
      here.stop(failed);
      const newer = failed instanceof Failed && failed.code === "cancelled";
      if (!newer) fail(failed);
    }
    if (mine === last.current) work(false);
  };
  useEffect(() => { const soon = setTimeout(() => void search(), PAUSE); return () => clearTimeout(soon); }, [typed, inside]);
  useEffect(() => { here.readers(t("Only you see this. What you look for does not leave this device.")); void ask("home", slug).catch(here.stop); }, []);
  return (
    <>
      <Crumbs here={here} />
      <header class="head"><div><h1>{t("Search")}</h1><p class="state">{t("In what is shared with you: opened on this device, and forgotten when you lock it.")}</p></div></header>
      <form class="search-box" role="search" noValidate onSubmit={(event) => { event.preventDefault(); void search(); }}>
        <div class="field"><label class="name" for="words">{t("Words")}</label><input class="input" id="words" type="text" value={typed} autocomplete="off" autocapitalize="none" spellcheck={false} maxLength={200} onInput={(event) => type(event.currentTarget.value)} /></div>
      </form>
      <p class="choice"><input type="checkbox" id="inside" checked={inside} onChange={(event) => look(event.currentTarget.checked)} /><label for="inside">{t("Also inside text files. They are fetched and opened for it.")}</label></p>
      <p role="status" class="muted">{busy ? t("Looking…") : value ? said(value, inside) : ""}</p>
      <Failure error={error} />
      {value && <ul class="found" role="list">{value.found.map((each) => <Found key={each.id} found={each} slug={slug} twin={twins(value.found).has(each.title)} />)}</ul>}
    </>
  );
}

function said(value: SearchView, inside: boolean): string {
  const found = tn("{n} contribution found", "{n} contributions found", value.found.length);
  const looked = tn("{n} looked through", "{n} looked through", value.looked);
  const skipped = inside && value.skipped ? tn("{n} file is no text or too large", "{n} files are no text or too large", value.skipped) : "";
  return [found, looked, skipped].filter(Boolean).join(" · ");
}

const Found = ({ found, slug, twin }: { found: FoundView; slug: string; twin: boolean }) => (
  <li><span class="by"><Chip org={found.maker} /><a href={`#/w/${slug}/c/${found.id}`}>{found.title}</a>{twin && <code>{markOf(found.id)}</code>}<span class="tag">{wordFor(KINDS, found.klass)}</span></span>
    {found.hits.map((hit) => <span class="t-s" key={`${hit.where}${hit.name}`}><span class="muted">{whereSaid(hit)}</span> {hit.snippet[0]}<mark>{hit.snippet[1]}</mark>{hit.snippet[2]}</span>)}</li>
);

function whereSaid(hit: HitView): string {
  if (hit.where === "title") return t("In the title:");
  if (hit.where === "text") return t("In the text:");
  return hit.where === "file" ? t("File name:") : t("In {file}:", { file: hit.name });
}
