/** Who can read a contribution, and giving or ending that. */
import { useState } from "preact/hooks";
import { ask } from "../ask";
import type { ContributionView, ReaderView } from "../engine/contribution";
import { Holders } from "../pages/home";
import { t, tn } from "../words";
import type { Here } from "./app";
import { Button, Chip, Failure } from "./parts";

export function Sharing({ value, again, here }: { value: ContributionView; again(): Promise<void>; here: Here }) {
  const [marked, choose] = useState<string[]>([]);
  const [error, fail] = useState<unknown>(null);
  const may = !!value.shareAs && value.title !== null;
  const others = value.readers.filter((each) => !each.reads);
  const chosen = marked.filter((id) => others.some((each) => each.id === id)); // a colleague may have shared it meanwhile
  const share = async (): Promise<void> => {
    const versions = value.versions.filter((each) => each.opens).map((each) => each.id);
    await ask("give", value.slug, value.shareAs, chosen.map((to) => ({ to, versions })));
    choose([]);
    await again();
    here.say(t("Shared, and the receipt was checked."));
  };
  return (
    <aside class="panel sharing" aria-labelledby="sharing">
      <h2 id="sharing">{t("Who can read")}</h2>
      <ul class="readers-list" role="list">{value.readers.map((each) => (
        <Reader key={each.id} reader={each} here={here} sure={value.complete} chosen={chosen.includes(each.id)} pick={may && !each.reads ? (yes) => choose(yes ? [...chosen, each.id] : chosen.filter((id) => id !== each.id)) : undefined}
          stop={may && each.reads && !each.owner ? async () => { await ask("stopSharing", value.slug, value.id, value.shareAs, [each.id]); await again(); here.say(t("New versions are sealed from {name} now.", { name: each.name })); } : undefined} />
      ))}</ul>
      {may && chosen.length > 0 && <div class="buttons"><Button kind="primary" icon="eye" act={share} failed={fail} busy={t("Sharing, checking the receipt…")}>{tn("Share with {n} partner", "Share with {n} partners", chosen.length)}</Button></div>}
      {may && others.length > 0 && <p class="muted t-s">{t("Tick whom to share with. They get every version so far and may keep what they open.")}</p>}
      {!value.complete && <p class="muted t-s">{t("Grants between others are not for you to see: more partners may read this than are named here.")}</p>}
      <p class="t-s"><a href={`#/w/${value.slug}/c/${value.id}/sharing`}>{t("Each version and reader")}</a></p>
      <Failure error={error} />
    </aside>
  );
}

function Reader({ reader, here, sure, chosen, pick, stop }: { reader: ReaderView; here: Here; sure: boolean; chosen: boolean; pick?: ((yes: boolean) => void) | undefined; stop?: (() => Promise<void>) | undefined }) {
  const shut = sure ? t("cannot read") : t("not through you");
  const [asking, ask_] = useState(false);
  const [error, fail] = useState<unknown>(null);
  const unchecked = reader.people.some((each) => !each.checked) && !reader.mine;
  return (
    <li>
      <div class={pick ? "choice" : "by"}>
        {pick ? <input type="checkbox" id={`r-${reader.id}`} checked={chosen} onChange={(event) => pick(event.currentTarget.checked)} /> : <Chip org={reader} />}
        {pick ? <label for={`r-${reader.id}`}>{reader.name} <span class="muted">{shut}</span></label> : <span>{reader.name} <span class="muted">{reader.reads ? (reader.opened && !reader.mine ? t("has opened it") : t("can read")) : shut}</span></span>}
      </div>
      <Holders member={reader} here={here} more={unchecked ? ` · ${t("not compared in person yet")}` : ""} />
      {stop && !asking && <button type="button" class="btn quiet small" onClick={() => ask_(true)}>{t("Stop sharing with {name}", { name: reader.name })}</button>}
      {stop && asking && <div class="stack near"><p class="t-s">{t("They keep what they already opened. New versions are sealed from them.")}</p><div class="buttons"><Button kind="small danger" act={stop} failed={fail} busy={t("Signing, checking the receipt…")}>{t("Stop sharing")}</Button><Button kind="small quiet" act={() => ask_(false)}>{t("Keep sharing")}</Button></div></div>}
      <Failure error={error} />
    </li>
  );
}
