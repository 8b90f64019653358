/** One's own key, the ways to it, what this device has seen, and how each of one's organisations stands. */
import { useEffect, useState } from "preact/hooks";
import { ask, forgetPins } from "../ask";
import type { HouseView, KeysView } from "../engine/keysview";
import type { Sheet } from "../engine/making";
import type { Here } from "../ui/app";
import { Findings, Request, Verdict } from "../ui/health";
import { Ident } from "../ui/ident";
import { useLoaded } from "../ui/loaded";
import { Button, Failure, Field, Form, Icon, Notice } from "../ui/parts";
import { Qr, RecoverySheet } from "../ui/sheet";
import { Ways } from "../ui/ways";
import { day, t, tn } from "../words";
import { Check, Print } from "./setup";
import { NewWords } from "./unlock";

export function KeysPage({ here }: { here: Here }) {
  const { value, error, again } = useLoaded(() => ask("keys"), "keys");
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [words, setWords] = useState("");
  useEffect(() => here.stop(error), [error]);
  if (words) return <NewWords words={words} here={here} />;
  if (sheet) return <HouseSheet here={here} sheet={sheet} done={async () => { setSheet(null); here.say(t("The organisation has its keys now.")); await here.entered(); await again(); }} />;
  if (error) return <><h1>{t("Your keys")}</h1><Failure error={error} /></>;
  if (!value) return <p class="muted">{t("Checking the register…")}</p>;
  return (
    <>
      <header class="head"><div><h1>{t("Your keys")}</h1><p class="state">{t("Your key is in the register and is the one on this device.")}</p></div></header>
      <div class="keys">
        <Own value={value} />
        <Ways value={value} here={here} again={again} renew={async () => setWords((await ask("renewPassphrase")).passphrase)} />
        <h2>{t("Your organisations")}</h2>
        {value.houses.map((house) => <House key={house.id} house={house} create={async () => setSheet(await ask("beginHouse", house.id))} again={again} />)}
        {!value.houses.length && <p class="muted">{t("You belong to no organisation yet.")}</p>}
        {here.session.consortia.length > 0 && <><h2>{t("Your sealed workspaces")}</h2><ul class="tasks" role="list">{here.session.consortia.map((each) => <li key={each.slug}><div><a href={`#/w/${each.slug}`}>{each.name}</a><small>{each.challenge}</small></div><Icon name="chevron-right" /></li>)}</ul></>}
        <Device value={value} />
      </div>
    </>
  );
}

const Own = ({ value }: { value: KeysView }) => (
  <section class="panel own">
    <div>
      <h2>{value.name}</h2>
      <p>{t("Fingerprint, to read out to colleagues")}</p>
      <p class="fingerprint large">{value.fingerprint}</p>
      <dl class="facts">
        <div><dt>{t("Key number")}</dt><dd>{value.epoch}</dd></div>
        <div><dt>{t("Made")}</dt><dd>{value.since && day(value.since)}</dd></div>
        <div><dt>{t("Place in the register")}</dt><dd>{value.place}</dd></div>
      </dl>
    </div>
    <Qr text={value.fingerprint.replaceAll(" ", "")} label={t("Your fingerprint as a square code")} />
    <Ident id={value.id} />
  </section>
);

/** How one organisation stands: whether it could come back today, and what waits. Its people have a page of their own. */
function House({ house, create, again }: { house: HouseView; create(): Promise<void>; again(): Promise<void> }) {
  const [error, fail] = useState<unknown>(null);
  return (
    <section class="panel">
      <div class="row between"><h3>{house.vaultId ? <a href={`#/org/${house.id}`}>{house.name}</a> : house.name}</h3><HouseState house={house} /></div>
      {!house.vaultId && !house.mayCreate && <p>{t("Someone who signs for this organisation makes its keys. Until then it cannot put anything into a workspace.")}</p>}
      {!house.vaultId && house.mayCreate && <>
        <p>{t("The organisation's key opens what it owns and what partners share with it. You make it, print its sheet, and can then hand it to colleagues.")}</p>
        <div class="buttons"><Button kind="primary" icon="key-round" act={create} failed={fail}>{t("Make keys for {name}", { name: house.name })}</Button></div>
      </>}
      {house.vaultId && !house.role && <p>{t("You do not hold this organisation's key. Ask a colleague who manages it for a link.")}</p>}
      {house.vaultId && <Verdict house={house} />}
      <Findings house={house} again={again} most="warn" />
      {house.requests.map((request) => <Request key={request.id} house={house} request={request} again={again} />)}
      {house.vaultId && <p class="row between"><span class="muted t-s">{tn("{n} person holds its key.", "{n} people hold its key.", house.people.length)}</span><a class="btn" href={`#/org/${house.id}`}>{t("People and keys")}<Icon name="chevron-right" /></a></p>}
      <Failure error={error} />
    </section>
  );
}

export const HouseState = ({ house }: { house: HouseView }) =>
  !house.vaultId ? <span class="tag">{t("No keys yet")}</span>
    : house.opens ? <span class="tag good"><Icon name="check" />{t("You hold its key")}</span>
      : <span class="tag warn">{t("Not handed to you")}</span>;

/** What this device keeps between visits, and the deliberate way to forget it. */
function Device({ value: { device } }: { value: KeysView }) {
  const [typed, type] = useState("");
  const [wrong, mark] = useState("");
  const [error, fail] = useState<unknown>(null);
  const word = t("forget");
  const forget = async (): Promise<void> => {
    if (typed.trim().toLowerCase() !== word) return mark(t("Type the word “{word}”.", { word }));
    forgetPins(device.log);
    await ask("lock");
    location.reload();
  };
  return (
    <>
      <h2>{t("What this device has seen")}</h2>
      <section class="panel">
        <p>{t("This device remembers how far the register had come, each chain's end, each party's key and whose fingerprint you compared. So nothing it has seen can be taken back unnoticed.")}</p>
        <dl class="facts">
          <div><dt>{t("Register")}</dt><dd>{device.log}</dd></div>
          <div><dt>{t("Entries seen")}</dt><dd>{device.size}</dd></div>
          <div><dt>{t("Chains followed")}</dt><dd>{device.chains}</dd></div>
          <div><dt>{t("Fingerprints compared")}</dt><dd>{device.compared}</dd></div>
        </dl>
        <details class="more-d"><summary><Icon name="chevron-right" /><span>{t("Forget it")}</span></summary>
          <div class="stack">
            <Notice kind="warn"><p>{t("Then this device believes whatever it is shown next, as on its first day. Do it only if the operator rebuilt the register and your partners confirm it.")}</p></Notice>
            <Form submit={forget} failed={fail}>
              <Field label={t("Type “{word}” to forget what this device has seen", { word })} value={typed} set={(value) => { type(value); mark(""); }} error={wrong || undefined} max={40} />
              <Failure error={error} />
              <div class="buttons"><button class="btn danger">{t("Forget and lock")}</button></div>
            </Form>
          </div>
        </details>
      </section>
    </>
  );
}

function HouseSheet({ here, sheet, done }: { here: Here; sheet: Sheet; done(): Promise<void> }) {
  const [checking, check] = useState(false);
  const tried = async (typed: string) => ({ right: await ask("endHouse", typed), reprint: false });
  return (
    <div class="making">
      <div class="making-text stack">{checking ? <Check tried={tried} here={here} back={() => check(false)} done={done} /> : <Print sheet={sheet} next={() => check(true)} />}</div>
      {!checking && <RecoverySheet sheet={sheet} />}
    </div>
  );
}
