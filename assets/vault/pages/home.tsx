/** A consortium's sealed workspace: what is next, who is in it, what has been put in. */
import { useEffect, useState } from "preact/hooks";
import { ask } from "../ask";
import type { HomeView, ItemView, MemberView } from "../engine/workspace";
import type { Here } from "../ui/app";
import { useLoaded } from "../ui/loaded";
import { Bars, Button, Chip, Failure, Icon, Orgs, Standing } from "../ui/parts";
import { LinkToSend } from "../ui/link";
import { KINDS, wordFor } from "../ui/sentences";
import { markOf, twins } from "../ui/twins";
import { day, list, size, t, tn } from "../words";

export function HomePage({ here }: { here: Here }) {
  const { slug } = here.route;
  const { value, error, again } = useLoaded(() => ask("home", slug), slug);
  const place = here.session.consortia.find((each) => each.slug === slug);
  useEffect(() => here.stop(error), [error]);
  useEffect(() => { if (value) { here.readers(sealWords(value)); here.heard(value.changed); } }, [value]);
  return (
    <>
      <header class="head"><div><h1>{place?.name}</h1><p class="state">{place?.challenge}</p></div></header>
      <Failure error={error} />
      {!value && !error && <><p class="muted" role="status">{t("Checking the register and opening what is shared with you…")}</p><Bars count={6} /></>}
      {value && <Home value={value} again={again} here={here} />}
    </>
  );
}

function Home({ value, again, here }: { value: HomeView; again(): Promise<void>; here: Here }) {
  return (
    <div class="home">
      <Next value={value} again={again} />
      <div class="b"><Contributions value={value} /></div>
      <div class="a"><Members value={value} here={here} /></div>
    </div>
  );
}

/** The one thing that waits. */
function Next({ value, again }: { value: HomeView; again(): Promise<void> }) {
  const [error, fail] = useState<unknown>(null);
  const waiting = (what: ItemView["waits"]): ItemView[] => value.items.filter((each) => each.waits === what);
  const [owners, releases, keys] = [waiting("owners"), waiting("release"), waiting("key")];
  const founder = value.mayStart[0];
  const begin = async (): Promise<void> => { if (founder) await ask("start", value.slug, founder.id); await again(); };
  if (!value.started) return (
    <section class="next"><div><h2>{t("Open the sealed workspace")}</h2><p>{founder ? t("You lead this consortium. Open the workspace for {name}, then send each partner a link.", { name: founder.name }) : t("The leading organisation opens the workspace and sends you a link.")}</p><Failure error={error} /></div>
      {founder ? <Button act={begin} failed={fail} busy={t("Opening, checking the receipt…")}>{t("Open the workspace")}</Button> : !value.members.some((each) => each.mine && each.state !== "no-keys") && <a class="btn" href="#/keys">{t("Your keys")}</a>}
    </section>
  );
  if (!value.joined) return <section class="next"><div><h2>{t("Your organisation is not in yet")}</h2><p>{t("Open the link that the leading organisation sent you. Your organisation needs keys first.")}</p></div><a class="btn" href="#/keys">{t("Your keys")}</a></section>;
  const [owned, asked, owed] = [owners[0], releases[0], keys[0]];
  if (owned) return <Waiting item={owned} slug={value.slug} title={t("Say whether you agree")} words={tn("{n} contribution names your organisation as an owner and waits for your word.", "{n} contributions name your organisation as an owner and wait for your word.", owners.length)} />;
  if (asked) return <Waiting item={asked} slug={value.slug} page="/sharing" title={t("Say whether it may be shown outside")} words={tn("{n} contribution of yours is to be released to somebody outside and waits for your consent.", "{n} contributions of yours are to be released to somebody outside and wait for your consent.", releases.length)} />;
  if (owed) return <Waiting item={owed} slug={value.slug} page="/sharing" title={t("Hand a key over")} words={tn("All owners consent to a release of {n} contribution. The recipient waits for its key.", "All owners consent to releases of {n} contributions. The recipients wait for their keys.", keys.length)} />;
  if (!value.items.length && value.acting.length) return <section class="next"><div><h2>{t("Put in what each of you brings")}</h2><p>{t("Start with your own background: what you had before. Only your organisation can read it until you share it.")}</p></div><a class="btn" href={`#/w/${value.slug}/add`}><Icon name="plus" />{t("Add work")}</a></section>;
  return null;
}

const Waiting = ({ item, slug, page = "", title, words }: { item: ItemView; slug: string; page?: string; title: string; words: string }) => (
  <section class="next"><div><h2>{title}</h2><p>{words}</p></div><a class="btn" href={`#/w/${slug}/c/${item.id}${page}`}>{item.title ?? t("Look at it")}</a></section>
);

function Members({ value, here }: { value: HomeView; here: Here }) {
  return (
    <section class="stack" aria-labelledby="members">
      <h2 id="members">{t("Partners and their keys")}</h2>
      <ul class="members" role="list">{value.members.map((each) => <Member key={each.id} member={each} value={value} here={here} />)}</ul>
      <p class="muted t-s">{t("Keys and who holds them are taken from the signed history on this device, not from what the server says.")}</p>
    </section>
  );
}

export const STATES: Record<MemberView["state"], () => string> = {
  "no-keys": () => t("has no keys yet"),
  "not-joined": () => t("not in the workspace yet"),
  "joined": () => t("in the workspace"),
  "left": () => t("has left"),
};

function Member({ member, value, here }: { member: MemberView; value: HomeView; here: Here }) {
  const [link, setLink] = useState("");
  const [error, fail] = useState<unknown>(null);
  const lead = value.iLead ? value.acting[0] : undefined;
  const invite = async (): Promise<void> => { if (lead) setLink(await ask("invite", value.slug, lead.id, member.name)); };
  const mayInvite = value.started && lead && !member.mine && member.state !== "joined";
  return (
    <li>
      <Chip org={member} />
      <div>
        <b>{member.name}</b>{member.leads && <span class="muted"> {t("(leads)")}</span>}
        <small>{STATES[member.state]()}</small>
        <Holders member={member} here={here} />
        {link && <LinkToSend link={link} to={member.name} />}
        <Failure error={error} />
      </div>
      {mayInvite && !link && <Button kind="small" icon="link-2" act={invite} failed={fail} busy={t("Making the link…")} label={t("Make a link for {name}", { name: member.name })}>{t("Make a link")}</Button>}
    </li>
  );
}

/** Who holds the organisation's key, and apart from them whom the server merely names. */
export const Holders = ({ member, here, more = "" }: { member: MemberView; here: Here; more?: string }) => (
  <>
    {member.people.length > 0 && <details class="more-d"><summary><Icon name="chevron-right" /><span>{tn("{n} person with a key", "{n} people with a key", member.people.length)}{more}</span></summary><div><People member={member} here={here} /></div></details>}
    {member.named.length > 0 && <small class="named">{tn("The server also names {names}, who holds no key and cannot read.", "The server also names {names}, who hold no key and cannot read.", member.named.length, { names: list(member.named) })}</small>}
  </>
);

/** The people behind an organisation, and whether their fingerprint was compared in person. */
export function People({ member, here }: { member: MemberView; here: Here }) {
  const [checked, set] = useState(member.people.filter((each) => each.checked).map((each) => each.id));
  const mark = (id: string, yes: boolean): void => {
    void ask("setChecked", id, yes);
    set(yes ? [...checked, id] : checked.filter((each) => each !== id));
    here.say(yes ? t("Marked on this device as compared in person.") : t("The mark was taken away."));
  };
  return (
    <ul class="people" role="list">{member.people.map((each) => (
      <li key={each.id}>
        <span>{each.name}</span>
        <span class="fingerprint">{each.fingerprint}</span>
        {!member.mine && <span class="choice"><input type="checkbox" id={`p-${each.id}`} checked={checked.includes(each.id)} onChange={(event) => mark(each.id, event.currentTarget.checked)} /><label for={`p-${each.id}`}>{t("Compared in person with {name}", { name: each.name })}</label></span>}
      </li>
    ))}</ul>
  );
}

function Contributions({ value }: { value: HomeView }) {
  const open = value.items.filter((each) => each.title !== null || each.broken);
  const shut = value.items.length - open.length;
  const same = twins(value.items);
  return (
    <section class="panel" aria-labelledby="contributions">
      <div class="row between"><h2 id="contributions">{t("Contributions")}</h2>{value.acting.length > 0 && <a class="btn small" href={`#/w/${value.slug}/add`}><Icon name="plus" />{t("Add work")}</a>}</div>
      {!open.length && <div class="empty"><p>{shut ? t("Nothing here that you can open") : t("Nothing here yet")}</p>{shut > 0 && <p>{tn("{n} contribution is sealed from you.", "{n} contributions are sealed from you.", shut)}</p>}</div>}
      <ul class="contributions" role="list">{open.map((each) => <Item key={each.id} item={each} home={value} twin={same.has(each.title ?? "")} />)}</ul>
      {open.length > 0 && shut > 0 && <p class="muted t-s row"><Icon name="lock" />{tn("{n} more is here that you cannot open.", "{n} more are here that you cannot open.", shut)}</p>}
    </section>
  );
}

const Item = ({ item, home, twin }: { item: ItemView; home: HomeView; twin: boolean }) => (
  <li>
    <Orgs orgs={item.owners.slice(0, 3)} />
    <div>
      <a href={`#/w/${home.slug}/c/${item.id}`}>{item.broken ? t("This does not pass its checks") : item.title}</a>
      <small>{[wordFor(KINDS, item.klass), t("version {n}", { n: item.version }), size(item.size), day(item.at), ...(twin ? [markOf(item.id)] : [])].join(" · ")}</small>
    </div>
    <div class="item-end"><span class="readers"><Icon name="eye" />{readersSaid(item, home)}</span>{item.standing !== "agreed" && <Standing state={item.standing} />}</div>
  </li>
);

/** Who reads it, as far as that is ours to know: every grant of what we own a part of, and what was given to us. */
function readersSaid(item: ItemView, home: HomeView): string {
  const joined = home.members.filter((each) => each.state === "joined");
  if (joined.length > 1 && joined.every((each) => item.readers.some((org) => org.id === each.id))) return t("All partners");
  const ours = item.owners.some((org) => home.acting.some((each) => each.id === org.id));
  return ours ? list(item.readers.map((org) => org.name)) : t("Shared with you");
}

function sealWords(value: HomeView): string {
  const names = value.members.filter((each) => each.state === "joined").map((each) => each.name);
  return names.length ? t("Only people of {orgs}, and only what was shared with them.", { orgs: list(names) }) : "";
}

