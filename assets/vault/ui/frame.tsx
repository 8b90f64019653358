/** The frame of every vault page: top bar, rail, the seal. The seal is always in sight. */
import type { ComponentChildren } from "preact";
import type { Session } from "../engine/session";
import { t } from "../words";
import { Icon, Mark } from "./parts";
import { Release } from "./release";
import type { Route } from "./route";

export interface Frame {
  session: Session | null;
  route: Route;
  unlocked: boolean;
  readers: string;
  lock(): void;
  children?: ComponentChildren;
}

export function Frame(frame: Frame) {
  const { session, route, children } = frame;
  const place = session?.consortia.find((each) => each.slug === route.slug);
  const narrow = !session?.person.vault_id || (!place && !["keys", "org", "released", ""].includes(route.page));
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>{t("Skip to the content")}</a>
      <header class="top noprint">
        <a class="brand" href="/"><Mark /><span class="wide-only">Crosslab</span><span class="vh narrow-only">Crosslab</span></a>
        {place && <Switch session={session as Session} name={place.name} />}
        <div class="tools"><a class="me" href="/account"><span class="avatar" aria-hidden="true">{session?.person.initials ?? ""}</span><span class="vh">{t("Your account")}</span></a></div>
      </header>
      <div class="shell">
        {!narrow && session && <Rail {...frame} session={session} />}
        <main id="main" class={narrow || !session ? "wrap vault-alone" : "work"} tabIndex={-1}>
          {session && frame.unlocked && <SealStrip {...frame} />}
          {children}
        </main>
      </div>
      {(narrow || !frame.unlocked) && <footer class={`foot-vault noprint${narrow ? "" : " narrow-only"}`}><Release /></footer>}
    </>
  );
}

const Switch = ({ session, name }: { session: Session; name: string }) => (
  <details class="menu switch"><summary><span class="clip">{name}</span><Icon name="chevron-down" /></summary>
    <ul class="pop" role="list">{session.consortia.map((each) => <li key={each.slug}><a href={`#/w/${each.slug}`} onClick={shut}>{each.name}</a></li>)}</ul>
  </details>
);

const shut = (event: { currentTarget: Element }): void => event.currentTarget.closest("details")?.removeAttribute("open");

/** Of a link that leaves the vault: no page of it is called so, and none is the current one. */
const ELSEWHERE = "/";

function Rail({ session, route, ...frame }: Frame & { session: Session }) {
  const shown = ["org", ""].includes(route.page) ? "keys" : route.page;
  const here = (page: string): "page" | undefined => (shown === page ? "page" : undefined);
  const link = (path: string, page: string, icon: string, words: string, tucked = false) => (
    <li key={path} class={tucked ? "tucked" : undefined}><a href={path} aria-current={here(page)}><Icon name={icon} /><span>{words}</span></a></li>
  );
  const first = route.slug ? [
    link(`#/w/${route.slug}`, "home", "house", t("Overview")),
    link(`#/w/${route.slug}/add`, "add", "plus", t("Add work")),
    link(`#/w/${route.slug}/assets`, "assets", "table-2", t("Register")),
    link(`#/w/${route.slug}/search`, "search", "search", t("Search")),
  ] : session.consortia.map((each) => link(`#/w/${each.slug}`, `w/${each.slug}`, "folder-open", each.name));
  const more = (tucked: boolean) => [
    ...(route.slug ? [
      link(`#/w/${route.slug}/members`, "members", "users", t("Partners"), tucked),
      link(`#/w/${route.slug}/evidence`, "evidence", "badge-check", t("Evidence"), tucked),
    ] : []),
    ...(session.released.length ? [link("#/released", "released", "package", t("Released to you"), tucked)] : []),
    link("#/keys", "keys", "key-round", t("Your keys"), tucked),
    route.slug ? link(`/w/${route.slug}`, ELSEWHERE, "handshake", t("Consortium"), tucked) : link("/", ELSEWHERE, "arrow-left", t("Your desk"), tucked),
  ];
  const tucks = !!route.slug;
  return (
    <nav class="rail noprint" aria-label={t("Sealed workspace")}>
      <ul role="list">
        {first}
        {more(tucks)}
        {tucks && <li class="more-tabs"><details key={`${route.page}/${route.slug}/${route.id}`} onClick={shutAfter} onKeyDown={escaped}><summary aria-current={["members", "evidence", "released", "keys"].includes(shown) ? "true" : undefined}><Icon name="ellipsis" /><span>{t("More")}</span></summary><ul class="pop" role="list">{more(false)}</ul></details></li>}
      </ul>
      <section class="seal" aria-label={t("Who can read")}><p><State {...frame} /></p><Readers {...frame} /></section>
    </nav>
  );
}

/** A chosen link closes the list it was in. */
const shutAfter = (event: Event): void => {
  if ((event.target as Element).closest("a")) (event.currentTarget as Element).removeAttribute("open");
};

const escaped = (event: KeyboardEvent): void => {
  if (event.key !== "Escape") return;
  const list = event.currentTarget as HTMLElement;
  list.removeAttribute("open");
  list.querySelector("summary")?.focus();
};

/** The seal on a phone: one line, the rest a tap away. */
const SealStrip = (frame: Frame) => (
  <details class="seal seal-strip noprint" aria-label={t("Who can read")}>
    <summary><State {...frame} /><Icon name="chevron-down" /></summary>
    <Readers {...frame} />
  </details>
);

const State = ({ unlocked }: Pick<Frame, "unlocked">) => <><Icon name={unlocked ? "lock-open" : "lock"} /><b>{unlocked ? t("Open on this device") : t("Sealed workspace")}</b></>;

const Readers = ({ unlocked, readers, lock }: Pick<Frame, "unlocked" | "readers" | "lock">) => (
  <>
    <p>{readers || t("Only those it is shared with can read what is here.")} {t("Crosslab cannot.")}</p>
    {unlocked && <p><button type="button" class="seal-lock" onClick={lock}>{t("Lock this device")}</button></p>}
    <Release />
  </>
);
