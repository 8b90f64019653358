/** Owners and their exact shares, one table a right; says in figures what is missing. */
import type { ShareView } from "../engine/matters";
import type { MemberView, OrgView } from "../engine/workspace";
import { equal, less, readShare, type Share, sum, WHOLE, writeShare } from "../core/shares";
import { t } from "../words";
import { Button, Chip, Icon, Org } from "./parts";
import { RIGHTS, wordFor } from "./sentences";

export interface RightDraft {
  type: string;
  /** Party to the share as typed. */
  shares: Record<string, string>;
}

interface RightsFieldProps {
  rights: RightDraft[];
  set(rights: RightDraft[]): void;
  members: MemberView[];
  tried: boolean;
}

export function RightsField({ rights, set, members, tried }: RightsFieldProps) {
  const joined = members.filter((each) => each.state === "joined");
  const put = (at: number, right: RightDraft): void => set(rights.map((each, place) => (place === at ? right : each)));
  const free = Object.keys(RIGHTS).filter((type) => !rights.some((each) => each.type === type));
  return (
    <fieldset class="field rights-field"><legend class="name">{t("Owners and shares")}</legend>
      <p class="hint">{t("As fractions, such as 1/2 or 2/3. Other owners must agree before it counts. Owners and shares are not sealed.")}</p>
      {rights.map((right, at) => (
        <div class="right" key={right.type}>
          <div class="row between">
            <span class="selected"><label class="vh" for={`rt-${right.type}`}>{t("Right")}</label><select class="input" id={`rt-${right.type}`} value={right.type} onChange={(event) => put(at, { ...right, type: event.currentTarget.value })}>{[right.type, ...free].map((type) => <option key={type} value={type}>{wordFor(RIGHTS, type)}</option>)}</select><Icon name="chevron-down" /></span>
            {rights.length > 1 && <Button kind="small quiet" icon="x" label={t("Leave out: {right}", { right: wordFor(RIGHTS, right.type) })} act={() => set(rights.filter((_, place) => place !== at))}>{t("Leave out")}</Button>}
          </div>
          <Shares right={right} set={(next) => put(at, next)} parties={joined} tried={tried} />
        </div>
      ))}
      {free.length > 0 && <Button kind="small" icon="plus" act={() => set([...rights, { type: free[0] as string, shares: {} }])}>{t("Add another right")}</Button>}
    </fieldset>
  );
}

/** A share a party, and their sum as it is typed. */
export function Shares({ right, set, parties, tried }: { right: RightDraft; set(right: RightDraft): void; parties: OrgView[]; tried: boolean }) {
  const sum = `sum-${right.type}`;
  return (
    <>
      <ul class="owners" role="list">{parties.map((each) => {
        const id = `s-${right.type}-${each.id}`;
        const typed = right.shares[each.id] ?? "";
        return <li key={each.id}><label for={id}><Chip org={each} /> {each.name}</label><input class="input w-4" id={id} value={typed} inputMode="text" autocomplete="off" placeholder="–" aria-invalid={typed.trim() && !readShare(typed) ? true : undefined} aria-describedby={sum} onInput={(event) => set({ ...right, shares: { ...right.shares, [each.id]: event.currentTarget.value } })} /></li>;
      })}</ul>
      <p class={`sum ${isWhole(right) ? "whole" : tried ? "error" : ""}`} id={sum} aria-live="polite">{isWhole(right) && <Icon name="check" />}{sumSaid(right, parties)}</p>
    </>
  );
}

/** Exact shares as words, and as a bar for the eye. */
export function ShareBar({ owners }: { owners: ShareView[] }) {
  let at = 0;
  return (
    <div class="share">
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" width="100%" height="22" aria-hidden="true">{owners.map((each) => { const x = at; at += each.part; return <g key={each.id} class={`c${each.colour}`}><rect x={x + 0.2} width={Math.max(each.part - 0.4, 0.4)} height="6" /></g>; })}</svg>
      <ul role="list">{owners.map((each) => <li key={each.id}><Org org={each}> <b class="num">{each.share}</b></Org></li>)}</ul>
    </div>
  );
}

/** The rights as a statement says them; those that do not add up are left out. */
export const wholes = (rights: RightDraft[]): { type: string; owners: { party: string; share: string }[] }[] =>
  rights.filter(isWhole).map(({ type, shares }) => ({
    type,
    owners: Object.entries(shares).flatMap(([party, typed]) => {
      const share = readShare(typed);
      return share ? [{ party, share: writeShare(share) }] : [];
    }),
  }));

const typedShares = (right: RightDraft): string[] => Object.values(right.shares).filter((typed) => typed.trim());

function isWhole(right: RightDraft): boolean {
  const shares = typedShares(right).map(readShare);
  return shares.length > 0 && shares.every((share) => share !== null) && equal(sum(shares as Share[]), WHOLE);
}

/** "FL 1/2 + TT 1/3 = 5/6. 1/6 is missing." */
function sumSaid(right: RightDraft, members: OrgView[]): string {
  const given = members.flatMap((each) => ((right.shares[each.id] ?? "").trim() ? [{ each, share: readShare(right.shares[each.id] ?? "") }] : []));
  const bad = given.find(({ share }) => !share);
  if (bad) return t("{typed} is not a share. Write it as a fraction, such as 1/2.", { typed: right.shares[bad.each.id] ?? "" });
  const shares = given.map(({ share }) => share as Share);
  if (!shares.length) return t("Nobody owns it yet. The whole is missing.");
  const total = sum(shares);
  const written = `${given.map(({ each, share }) => `${each.initials} ${writeShare(share as Share)}`).join(" + ")} = ${total.d === 1n ? String(total.n) : writeShare(total)}`;
  if (equal(total, WHOLE)) return `${written}.`;
  const rest = less(WHOLE, total);
  const over = total.n > total.d;
  const gap = writeShare(over ? less(total, WHOLE) : rest);
  return over ? t("{sum}. That is {gap} too much.", { sum: written, gap }) : t("{sum}. {gap} is missing.", { sum: written, gap });
}
