/** One's own key and the keys of one's organisations: how they stand, who holds them, who asks to. */
import { useEffect, useState } from "preact/hooks";
import { ask } from "../ask";
import type { Sheet } from "../engine/doors";
import type { HouseView, KeysView } from "../engine/houses";
import type { Here } from "../ui/app";
import { Button, Failure, Icon, Notice, useLoaded } from "../ui/parts";
import { LinkToSend } from "../ui/link";
import { RecoverySheet } from "../ui/sheet";
import { t } from "../words";
import { Check, Print } from "./setup";
import { NewWords } from "./unlock";

export function KeysPage({ here }: { here: Here }) {
  const { value, error, again } = useLoaded(() => ask("keys"), "keys");
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [words, setWords] = useState("");
  const [failure, fail] = useState<unknown>(null);
  useEffect(() => here.stop(error), [error]);
  if (words) return <NewWords words={words} here={here} />;
  if (sheet) return <HouseSheet here={here} sheet={sheet} done={async () => { setSheet(null); here.say(t("The organisation has its keys now.")); await here.entered(); await again(); }} />;
  if (error) return <><h1>{t("Your keys")}</h1><Failure error={error} /></>;
  if (!value) return <p class="muted">{t("Checking the register…")}</p>;
  return (
    <>
      <header class="head"><div><h1>{t("Your keys")}</h1><p class="state">{t("Your key is in the register and is the one on this device.")}</p></div></header>
      <div class="keys">
        <Own value={value} renew={async () => setWords((await ask("renewPassphrase")).passphrase)} failed={fail} />
        <Failure error={failure} />
        <h2>{t("Your organisations")}</h2>
        {value.houses.map((house) => <House key={house.id} house={house} create={async () => setSheet(await ask("beginHouse", house.id))} again={again} />)}
        {!value.houses.length && <p class="muted">{t("You belong to no organisation yet.")}</p>}
        {here.session.consortia.length > 0 && <><h2>{t("Your sealed workspaces")}</h2><ul class="tasks" role="list">{here.session.consortia.map((each) => <li key={each.slug}><div><a href={`#/w/${each.slug}`}>{each.name}</a><small>{each.challenge}</small></div><Icon name="chevron-right" /></li>)}</ul></>}
      </div>
    </>
  );
}

const Own = ({ value, renew, failed }: { value: KeysView; renew(): Promise<void>; failed(error: unknown): void }) => (
  <section class="panel">
    <h2>{value.name}</h2>
    <p>{t("Fingerprint, to read out to colleagues")}</p>
    <p class="fingerprint large">{value.fingerprint}</p>
    <dl class="facts">
      <div><dt>{t("Key number")}</dt><dd>{value.epoch}</dd></div>
      <div><dt>{t("Place in the register")}</dt><dd>{value.place}</dd></div>
    </dl>
    <div class="buttons"><Button icon="key-round" act={renew} failed={failed} busy={t("Drawing six words…")}>{t("Get six new words")}</Button></div>
  </section>
);

function House({ house, create, again }: { house: HouseView; create(): Promise<void>; again(): Promise<void> }) {
  const [error, fail] = useState<unknown>(null);
  return (
    <section class="panel">
      <div class="row between"><h3>{house.name}</h3>{house.vaultId ? <HouseState house={house} /> : <span class="tag">{t("No keys yet")}</span>}</div>
      {!house.vaultId && !house.mayCreate && <p>{t("Someone who signs for this organisation makes its keys. Until then it cannot put anything into a workspace.")}</p>}
      {!house.vaultId && house.mayCreate && <>
        <p>{t("The organisation's key opens what it owns and what partners share with it. You make it, print its sheet, and can then hand it to colleagues.")}</p>
        <div class="buttons"><Button kind="primary" icon="key-round" act={create} failed={fail}>{t("Make keys for {name}", { name: house.name })}</Button></div>
      </>}
      {house.vaultId && !house.role && <p>{t("You do not hold this organisation's key. Ask a colleague who manages it for a link.")}</p>}
      {house.keyIsDue && house.role === "admin" && <Notice kind="warn" title={t("A new key is due")}><p>{t("Somebody left the organisation's key holders. Until there is a new key, they could still open what comes.")}</p><p><Button act={async () => { await ask("renewOrgKey", house.vaultId ?? ""); await again(); }} failed={fail} busy={t("Making a new key…")}>{t("Make the new key")}</Button></p></Notice>}
      {house.requests.map((request) => <Request key={request.id} house={house} request={request} again={again} />)}
      {house.people.length > 0 && <ul class="holders" role="list">{house.people.map((each) => (
        <li key={each.id}><Icon name="user" /><span>{each.name}{each.me && <span class="muted"> {t("(you)")}</span>}</span><span class="muted t-s">{roleWord(each.role)}{!each.hasKeys && ` · ${t("has no key yet")}`}</span></li>
      ))}</ul>}
      {house.role === "admin" && <Invite house={house} failed={fail} />}
      <Failure error={error} />
    </section>
  );
}

const HouseState = ({ house }: { house: HouseView }) =>
  house.opens ? <span class="tag good"><Icon name="check" />{t("You hold its key")}</span> : <span class="tag warn">{t("Not handed to you")}</span>;

function Request({ house, request, again }: { house: HouseView; request: HouseView["requests"][number]; again(): Promise<void> }) {
  const [error, fail] = useState<unknown>(null);
  const admit = async (): Promise<void> => { await ask("admit", house.vaultId ?? "", request.id); await again(); };
  return (
    <Notice kind="" icon="user" title={t("{name} asks for the key of {org}", { name: request.name, org: house.name })}>
      <p>{t("They have the secret of your link. Let them read you their fingerprint:")}</p>
      <p class="fingerprint">{request.fingerprint}</p>
      <p><Button act={admit} failed={fail} busy={t("Handing the key over…")}>{t("Admit {name}", { name: request.name })}</Button></p>
      <Failure error={error} />
    </Notice>
  );
}

function Invite({ house, failed }: { house: HouseView; failed(error: unknown): void }) {
  const [link, setLink] = useState("");
  const invite = (role: string) => async (): Promise<void> => setLink(await ask("inviteColleague", house.vaultId ?? "", role));
  if (link) return <LinkToSend link={link} to={t("a colleague at {name}", { name: house.name })} />;
  return (
    <div class="buttons">
      <Button icon="link-2" act={invite("signer")} failed={failed} busy={t("Making the link…")}>{t("Invite a colleague who signs")}</Button>
      <Button icon="link-2" act={invite("reader")} failed={failed} busy={t("Making the link…")}>{t("Invite a colleague who reads")}</Button>
    </div>
  );
}

function HouseSheet({ here, sheet, done }: { here: Here; sheet: Sheet; done(): Promise<void> }) {
  const [checking, check] = useState(false);
  return (
    <div class="making">
      <div class="making-text stack">{checking ? <Check kind="organisation" here={here} back={() => check(false)} done={done} /> : <Print sheet={sheet} next={() => check(true)} />}</div>
      {!checking && <RecoverySheet sheet={sheet} />}
    </div>
  );
}

const roleWord = (role: string): string => (role === "admin" ? t("manages the key") : role === "signer" ? t("signs") : t("reads"));
