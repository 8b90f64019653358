/** What is amiss with an organisation's keys, in sentences, each with the one act that mends it. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../ask";
import type { Finding } from "../engine/health";
import type { HouseView, RequestView } from "../engine/keysview";
import { day, list, t, tn } from "../words";
import { Button, Failure, Icon, Notice } from "./parts";

type Found = HouseView["findings"][number];
const RANK: Record<Finding["level"], number> = { stop: 0, warn: 1, tell: 2 };

/** Whether the organisation could come back today with nothing but its printed sheet. */
export const Verdict = ({ house }: { house: HouseView }) => house.recovers ? (
  <p class="verdict ok"><Icon name="shield-check" /><span>{t("Could recover today: the sheet of {day} opens every key.", { day: house.sheetAt ? day(house.sheetAt) : "" })}</span></p>
) : (
  <p class="verdict bad"><Icon name="circle-alert" /><b>{t("{name} could not recover today.", { name: house.name })}</b></p>
);

/** What is amiss, down to a level; what only tells is left to the organisation's own page. */
export function Findings({ house, again, most = "tell" }: { house: HouseView; again(): Promise<void>; most?: Finding["level"] }) {
  const shown = house.findings.filter((each) => RANK[each.level] <= RANK[most]);
  return <>{shown.map((each) => <Found key={each.code} found={each} house={house} again={again} />)}</>;
}

function Found({ found, house, again }: { found: Found; house: HouseView; again(): Promise<void> }) {
  const [error, fail] = useState<unknown>(null);
  const org = house.vaultId ?? "";
  const { title, why, act, words } = told(found, house);
  const mend = async (): Promise<void> => {
    if (act === "renew") await ask("renewOrgKey", org);
    if (act === "hand") await ask("handOver", org, found.code === "sheet-behind" ? [""] : found.people);
    await again();
  };
  const may = house.role === "admin" && (act !== "hand" || house.opens);
  return (
    <Notice kind={found.level === "stop" ? "bad" : found.level === "warn" ? "warn" : ""} title={title}>
      <p>{why}</p>
      {act && may && <p><Button act={mend} failed={fail} busy={t("Signing, checking the receipt…")}>{words}</Button></p>}
      {act && !may && <p class="muted">{t("Someone who manages the organisation's keys can do that.")}</p>}
      {found.code === "nobody-opens" && <p><a class="btn" href={`#/regain/${house.id}`}>{t("Take the keys back with the sheet")}</a></p>}
      <Failure error={error} />
    </Notice>
  );
}

interface Told {
  title: string;
  why: ComponentChildren;
  act?: "renew" | "hand";
  words?: string;
}

function told({ code, names, people }: Found, house: HouseView): Told {
  const who = list(names);
  switch (code) {
    case "sheet-behind": return { title: t("The printed sheet does not open the newest key"), why: t("If everyone who manages its keys lost theirs, what was sealed since would be gone."), act: "hand", words: t("Hand the keys to the sheet") };
    case "nobody-opens": return { title: t("Nobody holds the newest key"), why: t("Everyone who held it has changed their own key since. The printed sheet still opens it.") };
    case "key-due-left": return { title: t("A new key is due"), why: who ? t("{names} left the key holders. Until there is a new key, they could still open what comes.", { names: who }) : t("The keys were taken back with the sheet. Until there is a new key, whoever held the old one could open what comes."), act: "renew", words: t("Make the new key") };
    case "key-due-stolen": return { title: t("A new key is due"), why: t("The key of {names} was in other hands. Whoever had it could hold the organisation's key too.", { names: who }), act: "renew", words: t("Make the new key") };
    case "gone": return { title: t("A key of nobody who works there"), why: t("Among the people of {org}, the platform knows nobody with this key of {names}: they left, or began anew with another key. Taking it out is for those who manage the keys; nobody else can.", { names: who, org: house.name }) };
    case "not-handed": return { title: t("Cannot open the newest key"), why: t("{names}: their own key changed, or they were let in before this one was made. Compare fingerprints, then hand it over.", { names: who }), act: "hand", words: tn("Hand the keys over", "Hand the keys to {n} people", people.length) };
    case "one-admin": return { title: t("Only {name} manages the keys", { name: who }), why: t("If {name} loses theirs, the printed sheet is the only way back. Give a second person that role.", { name: who }) };
    case "not-compared": return { title: t("Fingerprints not compared"), why: t("On this device nobody has compared the fingerprint of {names}. Call them, and let them read it out.", { names: who }) };
  }
}

/** Somebody asks to be let in. Who had another key here before is a new key, and must be treated as one. */
export function Request({ house, request, again }: { house: HouseView; request: RequestView; again(): Promise<void> }) {
  const [error, fail] = useState<unknown>(null);
  const { name } = request;
  const admit = async (): Promise<void> => { await ask("admit", house.vaultId ?? "", request.id); await again(); };
  return (
    <Notice kind={request.twin ? "warn" : ""} icon="user" title={t("{name} asks for the key of {org}", { name, org: house.name })}>
      {request.twin && <p><b>{t("This is a new key.")}</b> {t("{name} holds this organisation's key with another one already. They may have lost everything and begun anew, or it is somebody else. Call them on a number you know. Once this one is in, remove the old one.", { name })}</p>}
      <p>{t("They have the secret of your link. Let them read you their fingerprint:")}</p>
      <p class="fingerprint">{request.fingerprint}</p>
      <p><Button act={admit} failed={fail} busy={t("Handing the key over…")}>{t("Admit {name}", { name })}</Button></p>
      <Failure error={error} />
    </Notice>
  );
}
