/** Making a bundle of evidence: what it is to prove, what it shows to whoever gets it, and the download once it holds. */
import { useEffect, useId, useState } from "preact/hooks";
import { ask } from "../ask";
import type { Choice, EvidenceView, Made, Showable } from "../engine/evidence";
import type { Here } from "../ui/app";
import { Crumbs } from "../ui/crumbs";
import { PartsOf } from "../ui/partsof";
import { useLoaded } from "../ui/loaded";
import { Bars, Button, Failure, Icon, Notice } from "../ui/parts";
import { save } from "../ui/sheet";
import { markOf, twins } from "../ui/twins";
import { size, t, tn } from "../words";

const NOTHING: Choice = { list: false, files: [], key: false };

export function EvidencePage({ here }: { here: Here }) {
  const { slug, id } = here.route;
  const { value, error } = useLoaded(() => ask("evidence", slug), slug, true);
  useEffect(() => here.stop(error), [error]);
  if (error) return <><h1>{t("Evidence")}</h1><Failure error={error} /></>;
  if (!value) return <><p class="muted" role="status">{t("Opening and checking…")}</p><Bars count={4} /></>;
  return <Maker key={id} here={here} view={value} first={value.versions.find((each) => each.contribution === id)?.id ?? ""} />;
}

function Maker({ here, view, first }: { here: Here; view: EvidenceView; first: string }) {
  const [subject, choose] = useState(first || view.versions[0]?.id || view.consortium);
  const [choice, set] = useState<Choice>(NOTHING);
  const [made, setMade] = useState<Made | null>(null);
  const [error, fail] = useState<unknown>(null);
  const version = view.versions.find((each) => each.id === subject);
  const change = (work: () => void): void => { setMade(null); work(); };
  const make = async (): Promise<void> => {
    const done = await ask("makeEvidence", subject, choice);
    setMade(done);
    here.say(t("The bundle is made and was checked on this device."));
  };
  return (
    <article class="stack">
      <Crumbs here={here} />
      <header class="stack"><h1>{t("Evidence")}</h1><p class="lead">{t("A bundle proves to somebody outside, years from now and without Crosslab, what was entered here.")}</p></header>
      {here.route.id && <PartsOf here={here} now="evidence" />}
      <fieldset class="field"><legend class="name">{t("What is it to prove?")}</legend><div class="choices cards-c">
        {view.versions.length > 0 && <Option on={!!version} name={t("That we entered this")} hint={t("One version of one contribution, with who agreed to its owners.")} act={() => change(() => choose(view.versions[0]?.id ?? ""))} />}
        {view.consortium && <Option on={!version} name={t("Who owns what in {name}", { name: view.name })} hint={t("The whole register of this workspace, as far as you may read it.")} act={() => change(() => { choose(view.consortium); set(NOTHING); })} />}
      </div></fieldset>
      {version && <Shown view={view} version={version} choice={choice} set={(next) => change(() => set(next))} choose={(id) => change(() => { choose(id); set(NOTHING); })} />}
      <section class="panel stack near"><h2>{t("Whoever gets the bundle will see")}</h2><ul class="stack near">{(version ? claimShows(choice) : registerShows()).map((each) => <li key={each}>{each}</li>)}</ul>
        <p>{t("What you hand out you cannot take back.")}</p></section>
      <Failure error={error} />
      {made ? <Ready made={made} /> : <div class="buttons"><Button kind="primary" icon="archive" act={make} failed={(trouble) => { fail(trouble); here.stop(trouble); }} busy={t("Making it and checking every link…")}>{t("Make the bundle")}</Button></div>}
    </article>
  );
}

function Option({ on, name, hint, act }: { on: boolean; name: string; hint: string; act(): void }) {
  const id = useId();
  return <div class="choice"><input type="radio" name="proves" id={id} checked={on} onChange={act} aria-describedby={`${id}-hint`} /><label for={id}>{name}</label><p class="effect" id={`${id}-hint`}>{hint}</p></div>;
}

interface ShownProps {
  view: EvidenceView;
  version: Showable;
  choice: Choice;
  set(choice: Choice): void;
  choose(id: string): void;
}

function Shown({ view, version, choice, set, choose }: ShownProps) {
  const same = twins(view.versions.map(({ contribution, title }) => ({ id: contribution, title })));
  const flip = (blob: string): string[] => (choice.files.includes(blob) ? choice.files.filter((each) => each !== blob) : [...choice.files, blob]);
  return (
    <>
      <div class="field"><label class="name" for="evidence-version">{t("Which contribution")}</label>
        <select class="input" id="evidence-version" value={version.id} onChange={(event) => choose(event.currentTarget.value)}>
          {view.versions.map((each) => <option key={each.id} value={each.id}>{t("{title}, version {n}", { title: each.title, n: each.number })}{same.has(each.title) && ` · ${markOf(each.contribution)}`}</option>)}
        </select></div>
      <fieldset class="field"><legend class="name">{t("What is opened in it?")} <span class="optional">{t("(optional)")}</span></legend>
        <p class="hint">{t("Without any of this the bundle proves that something was entered, and not what. You can show it later: the same statement fits.")}</p>
        <Tick on={choice.list || choice.files.length > 0 || choice.key} fixed={choice.files.length > 0 || choice.key} name={t("Title, description and the list of files")} act={() => set({ ...choice, list: !choice.list })} />
        {version.files.map((file) => <Tick key={file.blob} on={choice.files.includes(file.blob)} name={file.name} more={size(file.size)} act={() => set({ ...choice, files: flip(file.blob) })} />)}
        <Tick on={choice.key} name={t("The key of this version, and its sealed files")} more={t("opens all of it, with age 1.3")} act={() => set({ ...choice, key: !choice.key })} />
      </fieldset>
    </>
  );
}

function Tick({ on, fixed, name, more, act }: { on: boolean; fixed?: boolean; name: string; more?: string; act(): void }) {
  const id = useId();
  return <div class="choice"><input type="checkbox" id={id} checked={on} disabled={fixed} onChange={act} /><label for={id}>{name}{more && <span class="muted t-s"> {more}</span>}</label></div>;
}

function claimShows(choice: Choice): string[] {
  return [
    t("The version’s statement: which kinds of rights, which organisations with which shares, who signed, and the time your device said."),
    t("The names and public keys of the people who signed it and who approved it, and the names of their organisations."),
    choice.list || choice.files.length || choice.key ? t("Its title, its description, and the names and sizes of all its files.") : t("Nothing of what it is called or holds."),
    ...(choice.files.length ? [tn("{n} file in full.", "{n} files in full.", choice.files.length)] : []),
    ...(choice.key ? [t("Every file of this version, opened with its key. Other versions stay sealed.")] : []),
    t("Nothing that others brought, and nothing of who was given access."),
  ];
}

const registerShows = (): string[] => [
  t("Every contribution by its number, with its kinds of rights, its owners and their shares, and who approved or objected."),
  t("The names of all members, and the names and public keys of the people who signed for them."),
  t("Whom your organisation gave access, and what others gave to you."),
  t("Nothing of what anything is called or holds."),
];

function Ready({ made }: { made: Made }) {
  const { verdict } = made;
  return (
    <Notice kind="good" icon="shield-check" title={t("The bundle is made and was checked on this device.")}>
      <p>{verdict.claim ? t("It proves that {org} entered this as line {line} of the log {log}.", { org: verdict.claim.org, line: verdict.claim.line, log: verdict.claim.log }) : t("It proves who owns what, as of line {line} of the log {log}.", { line: verdict.size - 1, log: verdict.log })} {verdict.doubt ? t("There is a time stamp in it. Its reader checks it against the authorities that they know.") : t("There is no time stamp for it yet, so it does not prove when.")}</p>
      {verdict.missing.length > 0 && <p>{tn("{n} statement in it is sealed from you and not shown. Its reader is told.", "{n} statements in it are sealed from you and not shown. Its reader is told.", verdict.missing.length)}</p>}
      <p class="buttons"><button type="button" class="btn primary" onClick={() => save(made.name, made.zip)}><Icon name="download" /><span>{t("Download the bundle")}</span></button></p>
      <p class="t-s">{t("Whoever gets it can check it at {place}, or with the program inside it.", { place: `${location.host}/verify` })}</p>
    </Notice>
  );
}
