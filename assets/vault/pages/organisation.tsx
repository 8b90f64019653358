/** An organisation's keys and the people who hold them: who they are, who comes, who goes, what is printed. */
import { useEffect, useState } from "preact/hooks";
import { ask } from "../ask";
import type { HolderView, HouseView } from "../engine/keysview";
import type { Here } from "../ui/app";
import { Findings, Request, Verdict } from "../ui/health";
import { Ident } from "../ui/ident";
import { LinkToSend } from "../ui/link";
import { useLoaded } from "../ui/loaded";
import { Button, Failure, Field, Form, Icon, Notice } from "../ui/parts";
import { day, t } from "../words";
import { HouseState } from "./keys";

interface Given {
  house: HouseView;
  here: Here;
  again(): Promise<void>;
}

export function OrganisationPage({ here }: { here: Here }) {
  const { value, error, again } = useLoaded(() => ask("keys"), here.route.id);
  useEffect(() => here.stop(error), [error]);
  const house = value?.houses.find((each) => each.id === here.route.id);
  if (error) return <><h1>{t("People and keys")}</h1><Failure error={error} /></>;
  if (!value) return <p class="muted">{t("Checking the register…")}</p>;
  if (!house?.vaultId) return <div class="refusal"><h1>{t("No keys yet")}</h1><p>{t("It does not exist, or your organisation has no keys yet.")}</p><p><a class="btn" href="#/keys">{t("Your keys")}</a></p></div>;
  const given = { house, here, again };
  return (
    <>
      <nav class="crumbs" aria-label={t("You are here")}><ol role="list"><li><a href="#/keys">{t("Your keys")}</a></li></ol></nav>
      <header class="head"><div><h1>{house.name}</h1><p class="state row"><HouseState house={house} /><span>{t("Key number {n}", { n: house.key })}</span></p></div></header>
      <div class="keys">
        <section class="panel" aria-labelledby="standing"><h2 id="standing">{t("If everyone lost their keys today")}</h2><Verdict house={house} /><Findings {...given} /><Printed {...given} /></section>
        {house.requests.map((request) => <Request key={request.id} house={house} request={request} again={again} />)}
        <section class="panel" aria-labelledby="people"><h2 id="people">{t("Who holds its key")}</h2>
          <p class="muted t-s">{t("Taken from the signed history on this device, not from what the server says.")}</p>
          <ul class="holders" role="list">{house.people.map((each) => <Holder key={each.id} {...given} holder={each} />)}</ul>
          {house.colleagues.length > 0 && <p class="muted t-s">{t("Work there and hold no key:")} {house.colleagues.map(({ name }) => name).join(", ")}</p>}
        </section>
        {house.role === "admin" && <Invitations {...given} />}
        <section class="panel" aria-labelledby="named"><h2 id="named">{t("How others release something to it")}</h2>
          <p>{t("A consortium that you are not in names your organisation by its id. Send it to them, and read them the fingerprint by telephone.")}</p>
          <p class="fingerprint">{house.fingerprint}</p>
          <Ident id={house.vaultId} />
        </section>
      </div>
    </>
  );
}

function Holder({ holder, house, here, again }: Given & { holder: HolderView }) {
  const [error, fail] = useState<unknown>(null);
  const org = house.vaultId ?? "";
  const compare = async (yes: boolean): Promise<void> => {
    await ask("setChecked", holder.id, yes);
    here.say(yes ? t("Marked on this device as compared in person.") : t("The mark was taken away."));
    await again();
  };
  const become = (role: string) => async (): Promise<void> => { await ask("changeRole", org, holder.id, role); await again(); };
  const others = ROLES.filter((role) => role !== holder.role);
  const only = holder.role === "admin" && house.people.filter(({ role }) => role === "admin").length === 1;
  return (
    <li>
      <div class="holder">
        <p><b>{holder.name}</b>{holder.me && <span class="muted"> {t("(you)")}</span>} <span class="tag">{roleWord(holder.role)}</span>{!holder.holds && <span class="tag warn">{t("has no key yet")}</span>}</p>
        <p class="fingerprint">{holder.fingerprint}</p>
        <p class="muted t-s">{[holder.since && t("since {day}", { day: day(holder.since) }), t("own key number {n}", { n: holder.key })].filter(Boolean).join(" · ")}</p>
        {!holder.me && <span class="choice"><input type="checkbox" id={`p-${holder.id}`} checked={holder.compared} onChange={(event) => void compare(event.currentTarget.checked)} /><label for={`p-${holder.id}`}>{t("Compared in person with {name}", { name: holder.name })}</label></span>}
        {house.role === "admin" && only && <p class="muted t-s">{t("The only person who manages the keys cannot leave or take another role. Let somebody else manage them first.")}</p>}
        {house.role === "admin" && !only && <details class="more-d"><summary><Icon name="chevron-right" /><span>{holder.me ? t("Change your role, or leave") : t("Change the role, or remove")}</span></summary>
          <div class="stack">
            <div class="buttons">{others.map((role) => <Button key={role} kind="small" act={become(role)} failed={fail} busy={t("Signing, checking the receipt…")}>{holder.me ? becomesMe(role) : becomes(role)}</Button>)}</div>
            <Leaving house={house} holder={holder} again={again} failed={fail} />
          </div>
        </details>}
        {holder.me && house.role !== "admin" && <p class="muted t-s">{t("Someone who manages the organisation's keys can take you out of them.")}</p>}
        <Failure error={error} />
      </div>
    </li>
  );
}

/** A person goes. What happens is said before it happens, and asked once more. */
function Leaving({ house, holder, again, failed }: { house: HouseView; holder: HolderView; again(): Promise<void>; failed(error: unknown): void }) {
  const [asked, ask_] = useState(false);
  const remove = async (): Promise<void> => { await ask("removePerson", house.vaultId ?? "", holder.id); await again(); };
  const { name } = holder;
  if (!asked) return <div class="buttons"><Button kind="small danger" act={() => ask_(true)}>{holder.me ? t("Leave the key holders") : t("Remove {name}", { name })}</Button></div>;
  return (
    <Notice kind="warn" title={holder.me ? t("Leave the key holders of {org}?", { org: house.name }) : t("Remove {name} from the key holders?", { name })}>
      <p>{holder.me ? t("You open nothing of it any more. A colleague who manages the keys makes the next one; their device will tell them.") : t("In one step: {name} is taken out, {org} gets a new key, and it is handed to everyone who stays and to the sheet. What was shared before stays open to {org}.", { name, org: house.name })}</p>
      <p>{t("What somebody opened and kept before, they keep. Nobody can take that back.")}</p>
      <div class="buttons"><Button kind="danger" act={remove} failed={failed} busy={t("Signing, checking the receipt…")}>{holder.me ? t("Leave now") : t("Remove and make a new key")}</Button><Button kind="quiet" act={() => ask_(false)}>{t("Keep as it is")}</Button></div>
    </Notice>
  );
}

function Invitations({ house, again }: Given) {
  const [error, fail] = useState<unknown>(null);
  const [link, setLink] = useState("");
  const org = house.vaultId ?? "";
  const invite = (role: string) => async (): Promise<void> => { setLink(await ask("inviteColleague", org, role)); await again(); };
  const withdraw = (id: string) => async (): Promise<void> => { await ask("withdrawInvite", org, id); await again(); };
  return (
    <section class="panel" aria-labelledby="invitations"><h2 id="invitations">{t("Let a colleague in")}</h2>
      {link ? <LinkToSend link={link} to={t("a colleague at {name}", { name: house.name })} /> : <div class="buttons">
        <Button icon="link-2" act={invite("admin")} failed={fail} busy={t("Making the link…")}>{t("Invite a colleague who manages the keys")}</Button>
        <Button icon="link-2" act={invite("signer")} failed={fail} busy={t("Making the link…")}>{t("Invite a colleague who signs")}</Button>
        <Button icon="link-2" act={invite("reader")} failed={fail} busy={t("Making the link…")}>{t("Invite a colleague who reads")}</Button>
      </div>}
      {house.invites.length > 0 && <><h3>{t("Links nobody has used yet")}</h3><ul class="ways" role="list">{house.invites.map((each) => (
        <li key={each.id}><Icon name="link-2" /><div><b>{roleWord(each.role)}</b><small>{t("by {name}, {day}", { name: each.by, day: each.at && day(each.at) })}</small></div>
          <Button kind="small" act={withdraw(each.id)} failed={fail} busy={t("Signing, checking the receipt…")}>{t("Withdraw")}</Button></li>
      ))}</ul></>}
      <Failure error={error} />
    </section>
  );
}

/** The organisation's printed sheet: read off to see that it holds, replaced while it still does. */
function Printed({ house, here, again }: Given) {
  const [asking, ask_] = useState(false);
  const [typed, type] = useState("");
  const [error, fail] = useState<unknown>(null);
  const submit = async (): Promise<void> => {
    await ask("orgSheetIsHere", house.vaultId ?? "", typed);
    ask_(false);
    type("");
    here.say(t("The sheet is the right one."));
    await again();
  };
  return (
    <>
      <ul class="ways" role="list"><li><Icon name="printer" /><div><b>{t("The organisation's printed sheet")}</b>
        <small>{t("Printed on {day}", { day: house.sheetAt && day(house.sheetAt) })} · {house.sheetSeen ? t("last in your hands on {day}", { day: day(house.sheetSeen) }) : t("not checked on this device yet")}</small>
        {asking && <Form submit={submit} failed={fail}>
          <Field label={t("Recovery key of the organisation")} value={typed} set={type} code kind="long" hint={t("It begins with CROSSLAB-ORG-1. It is held against the signed history here; nothing of it is sent.")} />
          <Failure error={error} />
          <div class="buttons"><button class="btn primary">{t("Check it")}</button></div>
        </Form>}</div>
        {!asking && <Button kind="small" act={() => ask_(true)}>{t("Check the sheet")}</Button>}</li></ul>
      <p class="muted t-s">{t("A sheet is replaced with the sheet itself: nobody can take its power away without holding it.")} <a href={`#/regain/${house.id}`}>{house.role === "admin" ? t("Renew the sheet") : t("Take the keys back with the sheet")}</a></p>
    </>
  );
}

const ROLES = ["admin", "signer", "reader"];
export const roleWord = (role: string): string => (role === "admin" ? t("manages the key") : role === "signer" ? t("signs") : t("reads"));
const becomesMe = (role: string): string => (role === "signer" ? t("Only sign from now on") : t("Only read from now on"));
const becomes = (role: string): string => (role === "admin" ? t("Let them manage the keys") : role === "signer" ? t("Let them sign") : t("Let them only read"));
