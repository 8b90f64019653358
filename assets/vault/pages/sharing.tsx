/** Who can read which version: a table of versions and parties, what is due, giving more, ending. */
import { useEffect, useState } from "preact/hooks";
import { ask } from "../ask";
import type { CellView, DueView, PartyView, SharingView } from "../engine/sharing";
import type { Here } from "../ui/app";
import { Crumbs } from "../ui/crumbs";
import { PartsOf } from "../ui/partsof";
import { useLoaded } from "../ui/loaded";
import { Bars, Button, Chip, Failure, Icon, Notice } from "../ui/parts";
import { Releases } from "../ui/releases";
import { day, list, t, tn } from "../words";

interface Props {
  value: SharingView;
  here: Here;
  again(): Promise<void>;
}

export function SharingPage({ here }: { here: Here }) {
  const { slug, id } = here.route;
  const { value, error, again } = useLoaded(async () => ({ ...(await ask("sharing", slug, id)), outside: await ask("releases", slug, id) }), id);
  useEffect(() => here.stop(error), [error]);
  if (error) return <><h1>{t("Who can read")}</h1><Failure error={error} /></>;
  if (!value) return <><h1>{t("Who can read")}</h1><p class="muted" role="status">{t("Opening and checking…")}</p><Bars count={5} /></>;
  return (
    <article>
      <Crumbs here={here} value={value} />
      <header class="head"><div><h1>{t("Who can read")}</h1><p class="state">{value.title ?? t("Sealed from you")}</p></div></header>
      <PartsOf here={here} now="sharing" />
      <div class="sharing-page">
        {value.due.map((each) => <Due key={`${each.why}${each.to.join()}`} due={each} value={value} here={here} again={again} />)}
        <Table value={value} here={here} again={again} />
        <Releases value={value.outside} here={here} again={again} />
        <Ending value={value} here={here} again={again} />
      </div>
    </article>
  );
}

/** What those who read before are missing, with the one press that gives it. */
function Due({ due, value, here, again }: { due: DueView } & Props) {
  const [error, fail] = useState<unknown>(null);
  const orgs = list(due.names);
  const give = async (): Promise<void> => {
    if (due.why === "left") await ask("stopSharing", value.slug, value.id, value.shareAs, due.to);
    else await ask("give", value.slug, value.shareAs, due.to.map((to) => ({ to, versions: due.versions })));
    await again();
    here.say(t("Done, and the receipt was checked."));
  };
  const says = {
    version: { title: t("Version {n} is not shared with everyone who had the last one", { n: due.number }), text: t("{orgs} could read the version before, but not this one.", { orgs }), press: t("Share version {n} with them", { n: due.number }) },
    key: { title: t("{orgs} has a newer key", { orgs }), text: t("What it was given stands under an earlier key. Give it again, so that the newest key opens it."), press: t("Give it again under the newest key") },
    left: { title: t("{orgs} left and can still open this", { orgs }), text: t("They keep what they have opened. Ending it means that the server hands them nothing more."), press: t("End it for {orgs}", { orgs }) },
  }[due.why];
  return (
    <Notice kind="warn" title={says.title}><p>{says.text}</p><p><Button icon="key-round" act={give} failed={fail} busy={t("Signing, checking the receipt…")}>{says.press}</Button></p><Failure error={error} /></Notice>
  );
}

function Table({ value, here, again }: Props) {
  const [marked, choose] = useState<string[]>([]);
  const [error, fail] = useState<unknown>(null);
  const chosen = marked.filter((each) => isFree(value, each)); // a colleague may have given it meanwhile
  const give = async (): Promise<void> => {
    const to = [...new Set(chosen.map((each) => each.split(" ")[0] as string))];
    await ask("give", value.slug, value.shareAs, to.map((each) => ({ to: each, versions: chosen.filter((one) => one.startsWith(each)).map((one) => one.split(" ")[1] as string) })));
    choose([]);
    await again();
    here.say(t("Shared, and the receipt was checked."));
  };
  const toggle = (key: string, yes: boolean): void => choose(yes ? [...chosen, key] : chosen.filter((each) => each !== key));
  return (
    <section class="stack">
      <h2>{t("Versions and readers")}</h2>
      <div class="scrolls" tabIndex={0} role="region" aria-label={t("Versions and readers")}>
        <table class="table matrix">
          <thead><tr><th scope="col">{t("Reader")}</th>{value.versions.map((each) => <th scope="col" key={each.id}>{t("version {n}", { n: each.number })}<small>{day(each.at)}</small></th>)}</tr></thead>
          <tbody>{value.parties.map((party) => (
            <tr key={party.id}><th scope="row"><span class="by"><Chip org={party} /><span>{party.name}<small>{partySaid(party)}</small></span></span></th>
              {party.cells.map((cell, at) => <td key={cell.version} data-name={t("version {n}", { n: value.versions[at]?.number ?? 0 })}><Cell cell={cell} party={party} value={value} name={t("Share version {n} with {name}", { n: value.versions[at]?.number ?? 0, name: party.name })} opens={!!value.versions[at]?.opens} chosen={chosen.includes(`${party.id} ${cell.version}`)} toggle={toggle} /></td>)}
            </tr>
          ))}</tbody>
        </table>
      </div>
      {chosen.length > 0 && <div class="buttons"><Button kind="primary" icon="eye" act={give} failed={fail} busy={t("Sharing, checking the receipt…")}>{tn("Give {n} version", "Give {n} versions", chosen.length)}</Button></div>}
      <Failure error={error} />
      {value.shareAs && <OnePerson value={value} here={here} again={again} />}
      {!value.complete && <p class="muted t-s">{t("Grants between others are not for you to see: more partners may read this than are named here.")}</p>}
    </section>
  );
}

const isFree = (value: SharingView, key: string): boolean =>
  value.parties.some(({ id, cells }) => cells.some(({ version, state }) => key === `${id} ${version}` && state !== "given" && state !== "opened"));

const partySaid = (party: PartyView): string =>
  [party.owner && t("owner"), party.kind === "person" && t("this person alone"), party.outside ? t("outside the consortium") : !party.here && t("has left"), party.revoked && t("sharing ended")].filter(Boolean).join(" · ");

interface CellProps {
  cell: CellView;
  party: PartyView;
  value: SharingView;
  name: string;
  opens: boolean;
  chosen: boolean;
  toggle(key: string, yes: boolean): void;
}

function Cell({ cell, party, value, name, opens, chosen, toggle }: CellProps) {
  if (cell.state === "given" || cell.state === "opened") return <span class="given"><Icon name={cell.state === "opened" ? "eye" : "check"} /><span>{cell.state === "opened" && !party.mine ? t("opened") : t("can read")}{cell.older && <small>{t("earlier key")}</small>}<small>{t("entry {n}", { n: cell.index })}</small></span></span>;
  if (value.shareAs && opens && party.here) return <label class="pick"><input type="checkbox" checked={chosen} aria-label={name} onChange={(event) => toggle(`${party.id} ${cell.version}`, event.currentTarget.checked)} /><span class="muted">{cell.state === "ended" ? t("ended") : t("cannot read")}</span></label>;
  return <span class="muted">{cell.state === "ended" ? t("ended") : value.complete || party.mine ? t("cannot read") : t("not through you")}</span>;
}

/** Sharing with a single person behind an organisation: their colleagues cannot open it. */
function OnePerson({ value, here, again }: Props) {
  const [who, pick] = useState("");
  const [error, fail] = useState<unknown>(null);
  const free = value.people.filter((each) => !value.parties.some((party) => party.id === each.id && !party.revoked));
  if (!free.length) return null;
  const give = async (): Promise<void> => {
    if (!who) return;
    await ask("give", value.slug, value.shareAs, [{ to: who, versions: value.versions.filter((each) => each.opens).map((each) => each.id) }]);
    pick("");
    await again();
    here.say(t("Shared, and the receipt was checked."));
  };
  return (
    <details class="more-d"><summary><Icon name="chevron-right" /><span>{t("Share with one person only")}</span></summary>
      <div class="stack near"><p class="t-s">{t("Only this person can open it, with their own key. If they lose it, nobody in their organisation can help.")}</p>
        <div class="row"><span class="selected"><label class="vh" for="one-person">{t("Person")}</label><select class="input" id="one-person" value={who} onChange={(event) => pick(event.currentTarget.value)}><option value="">{t("Choose a person")}</option>{free.map((each) => <option key={each.id} value={each.id}>{each.name}, {each.org}</option>)}</select><Icon name="chevron-down" /></span>
          <Button act={give} failed={fail} busy={t("Sharing, checking the receipt…")}>{t("Share every version with them")}</Button></div>
        <Failure error={error} /></div>
    </details>
  );
}

/** Ending what was given: said plainly before, because it cannot call anything back. */
function Ending({ value, here, again }: Props) {
  const [asked, ask_] = useState("");
  const [error, fail] = useState<unknown>(null);
  const reads = value.parties.filter((each) => !each.owner && !each.revoked && each.cells.some((cell) => cell.state === "given" || cell.state === "opened"));
  if (!value.shareAs || !reads.length) return null;
  const end = (party: PartyView) => async (): Promise<void> => {
    await ask("stopSharing", value.slug, value.id, value.shareAs, [party.id]);
    ask_("");
    await again();
    here.say(t("New versions are sealed from {name} now.", { name: party.name }));
  };
  return (
    <section class="stack">
      <h2>{t("End it for someone")}</h2>
      <p>{t("They may have kept a copy of what they opened: nobody can call that back. From now on the server hands them nothing of it, and the next version is sealed with a fresh key that they do not get.")}</p>
      <ul class="members" role="list">{reads.map((party) => (
        <li key={party.id}><Chip org={party} /><span>{party.name}<small>{party.cells.some((cell) => cell.state === "opened") ? t("has opened it") : t("not confirmed")}</small></span>
          {asked === party.id ? <div class="buttons"><Button kind="small danger" act={end(party)} failed={fail} busy={t("Signing, checking the receipt…")}>{t("Stop sharing with {name}", { name: party.name })}</Button><Button kind="small quiet" act={() => ask_("")}>{t("Keep sharing")}</Button></div>
            : <button type="button" class="btn small quiet" onClick={() => ask_(party.id)} aria-label={t("Stop sharing with {name}", { name: party.name })}>{t("Stop sharing")}</button>}</li>
      ))}</ul>
      <Failure error={error} />
    </section>
  );
}
