/** The page as a whole: who is here, whether it is locked, which route, and where the reader's focus goes. */
import { useEffect, useState } from "preact/hooks";
import { ask, Failed, hearing, pins } from "../ask";
import type { LogChange } from "../engine/logs";
import type { Session } from "../engine/session";
import { AddPage } from "../pages/add";
import { ChangesPage } from "../pages/changes";
import { ContributionPage } from "../pages/contribution";
import { EvidencePage } from "../pages/evidence";
import { HomePage } from "../pages/home";
import { JoinPage } from "../pages/join";
import { KeysPage } from "../pages/keys";
import { MembersPage } from "../pages/members";
import { NewLogPage } from "../pages/newlog";
import { DisclosuresPage } from "../pages/disclosures";
import { RegisterPage } from "../pages/register";
import { OrganisationPage } from "../pages/organisation";
import { RegainPage } from "../pages/regain";
import { AnewPage, RenewPage } from "../pages/renew";
import { ReleasedPage } from "../pages/released";
import { ReleasingPage } from "../pages/releasing";
import { SetUpPage } from "../pages/setup";
import { SearchPage } from "../pages/search";
import { SharingPage } from "../pages/sharing";
import { TransferPage } from "../pages/transfer";
import { RecoverPage, UnlockPage } from "../pages/unlock";
import { learn, t, tn } from "../words";
import { useBell } from "./bell";
import { Frame } from "./frame";
import { redraw } from "./loaded";
import { Heard, newsSaid, type Saying } from "./news";
import { Caught } from "./lies";
import { Failure, Icon, Notice } from "./parts";
import { type Invitation, type Route, useRoute } from "./route";
import { isFullStop } from "./sentences";

/** What every page of the vault is given. */
export interface Here {
  session: Session;
  route: Route;
  invitation: Invitation | null;
  /** Says in the seal who can read what is on the page. */
  readers(sentence: string): void;
  /** After a way in: unlocked from now on. */
  entered(): Promise<void>;
  /** A failure that leaves nothing on the page to trust takes the page over; others come back to the caller. */
  stop(error: unknown): void;
  /** So many keys are others than when this device last looked. */
  heard(changes: number): void;
  /** One sentence that stays until the next page, read out. */
  say(sentence: string): void;
}

export function App({ first }: { first: Invitation | null }) {
  const [invitation, setInvitation] = useState(first);
  const route = useRoute((found) => { setInvitation(found); });
  const [session, setSession] = useState<Session | null>(null);
  const [unlocked, setUnlocked] = useState(false);
  const [trouble, setTrouble] = useState<unknown>(null);
  const [readers, setReaders] = useState("");
  const [said, say] = useState("");
  const [changed, setChanged] = useState<"" | "stopped" | "looked">("");
  const [news, heard] = useState(0);
  const [saying, tell] = useState<Saying | null>(null);
  hearing.changedKey = () => setChanged("stopped");
  const begin = async (accepted = ""): Promise<void> => {
    const found = await ask("begin", pins(), accepted);
    await learn(found.lang);
    setSession(found);
    setTrouble(null);
  };
  const failed = async (error: unknown): Promise<void> => {
    if (error instanceof Failed && error.code === "log-changed") await learn((JSON.parse(error.detail) as LogChange).lang);
    setTrouble(error);
  };
  const onward = (vkey: string): Promise<void> => begin(vkey).catch(failed);
  useEffect(() => void begin().catch(failed), []);
  useEffect(() => {
    setReaders("");
    arrive();
  }, [route.page, route.slug, route.id, unlocked, !session, changed]);
  const lock = (): void => void ask("lock").then(() => { setUnlocked(false); setChanged(""); heard(0); tell(null); say(t("This device is locked.")); });
  const stop = (error: unknown): void => { if (isFullStop(error)) setTrouble(error); };
  const entered = async (): Promise<void> => {
    setSession(await ask("session"));
    setUnlocked(true);
    await recount();
  };
  const recount = async (): Promise<void> => heard((await ask("keyChanges")).length);
  const look = async (): Promise<() => void> => {
    const found = await ask("follow").catch((error: unknown) => { stop(error); throw error; });
    return () => {
      setSession(found.session);
      heard(found.changed);
      if (found.moved) redraw();
      if (found.entries.length) tell((before) => ({ no: (before?.no ?? 0) + 1, words: newsSaid(found.entries) }));
    };
  };
  useBell(session ? placesOf(session) : "", unlocked && !trouble, look);
  const decided = (): void => { setChanged(""); void recount().catch(stop); };
  const here = session && { session, route, invitation, readers: setReaders, entered, stop, heard, say };
  return (
    <Frame session={session} route={route} unlocked={unlocked} readers={readers} lock={lock}>
      <p class="vh" role="status">{said}</p>
      <Heard said={saying} away={() => tell(null)} />
      {trouble ? <Stopped trouble={trouble} onward={onward} /> : here ? <>
        {changed && <ChangesPage here={here} stopped={changed === "stopped"} done={decided} />}
        {unlocked && !changed && news > 0 && <News changes={news} look={() => setChanged("looked")} />}
        <div hidden={!!changed}><Page here={here} unlocked={unlocked} /></div>
      </> : <p class="muted">{t("Loading…")}</p>}
    </Frame>
  );
}

/** Where the bell rings for who is here: by themselves, at their organisations and in their consortia. */
const placesOf = ({ person, organisations, consortia }: Session): string => [person, ...organisations, ...consortia].map(({ id }) => id).sort().join(",");

function Page({ here, unlocked }: { here: Here; unlocked: boolean }) {
  const { page, slug } = here.route;
  if (page === "recover" && !unlocked) return <RecoverPage here={here} />;
  if (!here.session.person.vault_id) return <SetUpPage here={here} />;
  if (!unlocked) return page === "anew" ? <AnewPage here={here} /> : <UnlockPage here={here} />;
  if (slug && !here.session.consortia.some((each) => each.slug === slug)) return <NotHere />;
  switch (page) {
    case "home": return <HomePage here={here} />;
    case "add": return <AddPage key={here.route.id} here={here} />;
    case "contribution": return <ContributionPage here={here} />;
    case "evidence": return <EvidencePage here={here} />;
    case "assets": return <RegisterPage here={here} />;
    case "members": return <MembersPage here={here} />;
    case "sharing": return <SharingPage here={here} />;
    case "releasing": return <ReleasingPage here={here} />;
    case "released": return <ReleasedPage here={here} />;
    case "disclosures": return <DisclosuresPage here={here} />;
    case "search": return <SearchPage here={here} />;
    case "transfer": return <TransferPage here={here} />;
    case "org": return <OrganisationPage key={here.route.id} here={here} />;
    case "regain": return <RegainPage key={here.route.id} here={here} />;
    case "renew": return <RenewPage here={here} />;
    case "join": return <JoinPage here={here} />;
    default: return <KeysPage here={here} />;
  }
}

/** Keys changed: said on every page until somebody looked and decided. */
const News = ({ changes, look }: { changes: number; look(): void }) => (
  <Notice kind="warn" icon="key-round" title={tn("{n} key changed since this device last looked", "{n} keys changed since this device last looked", changes)}>
    <p>{t("Nothing goes to whoever holds it before you have looked at it and decided.")}</p>
    <p><button type="button" class="btn" onClick={look}>{t("See what changed")}</button></p>
  </Notice>
);

const NotHere = () => (
  <div class="refusal"><h1>{t("No such workspace")}</h1><p>{t("It does not exist, or your organisation is not one of its partners.")}</p><p><a class="btn" href="#/keys">{t("Your keys")}</a></p></div>
);

/** Nothing below this is shown: signed out, key replaced, or something that does not match its signature. */
function Stopped({ trouble, onward }: { trouble: unknown; onward(vkey: string): Promise<void> }) {
  const code = trouble instanceof Failed ? trouble.code : "";
  if (code === "signed-out") return (
    <div class="refusal"><h1>{t("Sign in first")}</h1><p>{t("The vault opens for people who are signed in. Your keys stay on your device either way.")}</p><p><a class="btn primary" href="/sign-in?next=/vault/">{t("Sign in")}</a></p></div>
  );
  if (trouble instanceof Failed && code === "tampered") return <Caught failed={trouble} />;
  if (trouble instanceof Failed && code === "log-changed") return <NewLogPage failed={trouble} onward={onward} />;
  if (code !== "key-replaced") return <div class="refusal"><h1>{code === "proof" ? t("This does not match") : t("The vault did not open")}</h1><Failure error={trouble} /><p><button type="button" class="btn" onClick={() => location.reload()}>{t("Load the page again")}</button></p></div>;
  return (
    <div class="refusal" role="alert">
      <h1><Icon name="circle-alert" /> {t("Your key was replaced")}</h1>
      <p class="lead">{t("The register names another key for you than the one that follows from your passphrase or sheet. Nothing was opened and nothing was sent.")}</p>
      <p>{t("Do not go on here. Call the people you work with on a number you know, read your fingerprint to them from your recovery sheet, and tell the programme manager.")}</p>
      <p>{t("If you changed your key yourself on another device, load the page again and use the newest sheet.")}</p>
    </div>
  );
}

/** After a change of page the heading takes the focus, once it is there; never from somebody who went on meanwhile. */
function arrive(): void {
  const started = Date.now(), held = document.activeElement;
  const look = (): void => {
    const heading = [...document.querySelectorAll<HTMLElement>("#main h1")].find((each) => each.offsetParent);
    if (!heading && Date.now() - started < 15_000) return void setTimeout(look, 60);
    if (!heading) return;
    const now = document.activeElement;
    if (now === held || now === document.body) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    document.title = `${t("Vault")} – Crosslab`;
  };
  setTimeout(look);
}

