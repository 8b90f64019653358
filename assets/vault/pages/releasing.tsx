/** Releasing to somebody outside: whom, what for, until when, which versions; who must consent; what follows. */
import { useEffect, useState } from "preact/hooks";
import { ask } from "../ask";
import type { RecipientView, ReleasesView } from "../engine/releases";
import type { Here } from "../ui/app";
import { Crumbs } from "../ui/crumbs";
import { useLoaded } from "../ui/loaded";
import { Button, Failure, Field, Form, Icon, Notice, Org } from "../ui/parts";
import { PURPOSES } from "../ui/releases";
import { go } from "../ui/route";
import { wordFor } from "../ui/sentences";
import { day, t } from "../words";

interface Draft {
  to: string;
  purpose: string;
  until: string;
  versions: string[];
  terms: string;
}

const OTHER = "other";
const ID = /^[0-9a-f]{64}$/;

export function ReleasingPage({ here }: { here: Here }) {
  const { slug, id } = here.route;
  const { value, error } = useLoaded(() => ask("releases", slug, id), id, true);
  useEffect(() => here.stop(error), [error]);
  if (error) return <><h1>{t("Release to somebody outside")}</h1><Failure error={error} /></>;
  if (!value) return <p class="muted">{t("Checking the register…")}</p>;
  if (!value.shareAs || value.title === null) return <div class="refusal"><h1>{t("Release to somebody outside")}</h1><p>{t("Only an organisation that owns part of this can do that.")}</p><p><a class="btn" href={`#/w/${slug}/c/${id}`}>{t("Back")}</a></p></div>;
  return <Releasing here={here} value={value} />;
}

function Releasing({ here, value }: { here: Here; value: ReleasesView }) {
  const openable = value.versions.filter((each) => each.opens);
  const [draft, set] = useState<Draft>({ to: value.recipients[0]?.id ?? OTHER, purpose: "challenge_review", until: "", versions: openable.slice(0, 1).map((each) => each.id), terms: "" });
  const [pasted, paste] = useState("");
  const [tried, tryIt] = useState(false);
  const [error, fail] = useState<unknown>(null);
  const change = (part: Partial<Draft>): void => set((now) => ({ ...now, ...part }));
  const to = draft.to === OTHER ? pasted.trim().toLowerCase() : draft.to;
  const wrong = mistakes(draft, to);
  const submit = async (): Promise<void> => {
    tryIt(true);
    if (Object.keys(wrong).length) return;
    await ask("release", { slug: value.slug, org: value.shareAs, to, purpose: draft.purpose, until: endOf(draft.until), versions: draft.versions, terms: draft.terms.trim().replaceAll("\r\n", "\n") });
    here.say(t("Entered. The receipt was checked."));
    go(`w/${value.slug}/c/${value.id}/sharing`);
  };
  const shown = (field: string): string | undefined => (tried ? wrong[field] : undefined);
  return (
    <>
      <Crumbs here={here} value={value} />
      <header class="head"><div><h1>{t("Release to somebody outside")}</h1><p class="state">{value.title}</p></div></header>
      <Form submit={submit} failed={fail}>
        <Whom value={value} to={draft.to} set={(next) => change({ to: next })} pasted={pasted} paste={paste} error={shown("to")} />
        <fieldset class="field"><legend class="name">{t("What for")}</legend><div class="choices">{Object.keys(PURPOSES).map((each) => (
          <div class="choice" key={each}><input type="radio" name="purpose" id={`pu-${each}`} checked={draft.purpose === each} onChange={() => change({ purpose: each })} /><label for={`pu-${each}`}>{wordFor(PURPOSES, each)}</label></div>
        ))}</div></fieldset>
        <Until value={draft.until} set={(until) => change({ until })} error={shown("until")} />
        <fieldset class={`field${shown("versions") ? " wrong" : ""}`}><legend class="name">{t("Which versions")}</legend>
          {shown("versions") && <p class="error"><Icon name="circle-alert" />{shown("versions")}</p>}
          <div class="choices">{openable.map((each) => (
            <div class="choice" key={each.id}><input type="checkbox" id={`v-${each.id}`} checked={draft.versions.includes(each.id)} onChange={(event) => change({ versions: event.currentTarget.checked ? [...draft.versions, each.id] : draft.versions.filter((one) => one !== each.id) })} /><label for={`v-${each.id}`}>{t("version {n}", { n: each.number })} <span class="muted">{day(each.at)}</span></label></div>
          ))}</div></fieldset>
        <Field label={t("Terms")} kind="long" value={draft.terms} set={(terms) => change({ terms })} max={2000} optional hint={t("Not sealed: partners, the recipient and the operator can read it.")} />
        <Consents value={value} />
        <Failure error={error} />
        <div class="buttons"><Submit many={value.others.length} /><a class="btn quiet" href={`#/w/${value.slug}/c/${value.id}/sharing`}>{t("Not now")}</a></div>
      </Form>
    </>
  );
}

const Submit = ({ many }: { many: number }) => <button class="btn primary"><Icon name="send" />{many ? t("Sign and ask for consent") : t("Sign and hand the key over")}</button>;

/** The last second of the chosen day where the reader is. */
const endOf = (date: string): string => new Date(`${date}T23:59:59`).toISOString().replace(/\.\d+Z$/, "Z");

function mistakes(draft: Draft, to: string): Record<string, string> {
  const found: Record<string, string> = {};
  if (!ID.test(to)) found["to"] = t("An id is 64 letters and digits. Copy it from the recipient's page of keys.");
  if (!draft.until || new Date(endOf(draft.until)).getTime() < Date.now()) found["until"] = t("Choose a day from today on.");
  if (!draft.versions.length) found["versions"] = t("Choose at least one version.");
  return found;
}

interface WhomProps {
  value: ReleasesView;
  to: string;
  set(to: string): void;
  pasted: string;
  paste(id: string): void;
  error: string | undefined;
}

function Whom({ value, to, set, pasted, paste, error }: WhomProps) {
  const [found, show] = useState<RecipientView | null>(null);
  const look = async (): Promise<void> => { if (ID.test(pasted.trim().toLowerCase())) show(await ask("recipient", pasted.trim().toLowerCase())); };
  return (
    <fieldset class="field"><legend class="name">{t("To whom")}</legend>
      <div class="choices cards-c">
        {value.recipients.map((each) => <div class="choice" key={each.id}><input type="radio" name="to" id={`to-${each.id}`} checked={to === each.id} onChange={() => set(each.id)} /><label for={`to-${each.id}`}>{each.name}</label><p class="effect fingerprint">{each.fingerprint}</p></div>)}
        <div class="choice"><input type="radio" name="to" id="to-other" checked={to === OTHER} onChange={() => set(OTHER)} /><label for="to-other">{t("Somebody else, by their id")}</label><p class="effect">{t("They find it on their page of keys and send it to you.")}</p></div>
      </div>
      {to === OTHER && <>
        <Field label={t("Id of the person or organisation")} value={pasted} set={(next) => { paste(next); show(null); }} error={error} code max={80} />
        {found ? <Notice><p>{found.name || t("Their keys are not shown to you yet.")}</p><p class="fingerprint">{found.fingerprint}</p><p>{t("Let them read you these numbers, by telephone, before you go on.")}</p></Notice> : <p><Button kind="small" icon="fingerprint" act={look}>{t("Show its fingerprint")}</Button></p>}
      </>}
    </fieldset>
  );
}

function Until({ value, set, error }: { value: string; set(date: string): void; error: string | undefined }) {
  const least = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  return (
    <div class={`field${error ? " wrong" : ""}`}><label class="name" for="until">{t("Until the end of")}</label>
      <p class="hint" id="until-hint">{t("After this day the server hands out nothing of it any more.")}</p>
      {error && <p class="error" id="until-error"><Icon name="circle-alert" />{error}</p>}
      <input class="input" type="date" id="until" value={value} min={least} aria-invalid={error ? true : undefined} aria-describedby="until-hint" onInput={(event) => set(event.currentTarget.value)} /></div>
  );
}

const Consents = ({ value }: { value: ReleasesView }) => (
  <div class="stack near"><h2>{t("Who must consent")}</h2>
    {value.others.length ? <ul class="voices" role="list">{value.others.map((each) => <li key={each.id}><Org org={each} /><span class="voice">{t("has not said")}</span></li>)}</ul> : <p class="muted">{t("Nobody else: you own all of it.")}</p>}
    <Notice kind="warn"><p>{t("Once opened, they can keep a copy, show it to others, and nobody can call it back: not you, not Crosslab, not the date. What you get is a signed record of what was shown, to whom, and what for.")}</p>
      <p>{t("That somebody is shown this, for which purpose and until when, is not sealed.")}</p></Notice>
  </div>
);
