/** What is shown to somebody outside: each release with its consents, its keys and its end. */
import { useState } from "preact/hooks";
import { ask } from "../ask";
import type { ReleasesView, ReleaseView } from "../engine/releases";
import { day, list, moment, t } from "../words";
import type { Here } from "./app";
import { Button, Failure, Icon, Notice, Org } from "./parts";
import { wordFor } from "./sentences";

export const PURPOSES: Record<string, () => string> = {
  evaluation: () => t("To try whether it fits"),
  challenge_review: () => t("Review by the challenge's owner"),
  funding_assessment: () => t("Assessment for funding"),
  licence_talks: () => t("Talks about a licence"),
  due_diligence: () => t("Due diligence"),
};

export const RELEASE_STATES: Record<string, () => string> = {
  waiting: () => t("Waits for consent"), blocked: () => t("Held up by an objection"), in_force: () => t("In force"), consented: () => t("All owners consent"), expired: () => t("Ended by its date"),
  declined: () => t("Declined"), withdrawn: () => t("Taken back"), revoked: () => t("Revoked"),
};
const TONES: Record<string, string> = { waiting: "act", blocked: "bad", in_force: "good", consented: "good" };
export const ReleaseState = ({ state }: { state: string }) => <span class={`tag ${TONES[state] ?? ""}`}>{wordFor(RELEASE_STATES, state)}</span>;

interface Props {
  value: ReleasesView;
  here: Here;
  again(): Promise<void>;
}

export function Releases({ value, here, again }: Props) {
  return (
    <section class="stack" id="outside">
      <div class="row between"><h2>{t("Shown to somebody outside")}</h2>{value.shareAs && <a class="btn small" href={`#/w/${value.slug}/c/${value.id}/releasing`}><Icon name="send" />{t("Release to somebody outside")}</a>}</div>
      {value.releases.length ? value.releases.map((each) => <One key={each.id} release={each} value={value} here={here} again={again} />) : <p class="muted">{t("Nobody outside the consortium has been shown this. Every owner must consent before that can happen.")}</p>}
    </section>
  );
}

const VOICES: Record<string, () => string> = {
  made: () => t("proposed it"), approved: () => t("consents"), objected: () => t("objects"), waiting: () => t("has not said"),
};

function One({ release, value, here, again }: { release: ReleaseView } & Props) {
  const [error, fail] = useState<unknown>(null);
  const [ending, end] = useState(false);
  const act = (work: () => Promise<unknown>, said: string) => async (): Promise<void> => {
    await work();
    end(false);
    await again();
    here.say(said);
  };
  const speak = (type: string, org: string, of: string, said: string) => act(() => ask("speak", value.slug, type, org, of), said);
  const { mayApprove, mayObject, mayWithdraw, mayGive, mayRevoke } = release;
  const hides = !release.seen && release.state === "in_force"; // whether it was revoked is hidden as well
  const button = { failed: fail, busy: t("Signing, checking the receipt…") };
  return (
    <div class="panel outside">
      <div class="row between"><h3>{release.to.name || t("Somebody whose keys are not here yet")}</h3><ReleaseState state={hides ? "consented" : release.state} /></div>
      <p class="fingerprint">{release.to.fingerprint}</p>
      <dl class="facts">
        <div><dt>{t("Purpose")}</dt><dd>{wordFor(PURPOSES, release.purpose)}</dd></div>
        <div><dt>{t("Until")}</dt><dd>{moment(release.until)}</dd></div>
        <div><dt>{t("Versions")}</dt><dd>{list(release.versions.map(String))}</dd></div>
      </dl>
      {release.terms && <p class="told t-s">{release.terms}</p>}
      <Path release={release} />
      <ul class="voices" role="list">{release.voices.map((each) => <li key={each.id}><Org org={each} /><span class={`voice ${each.said}`}>{VOICES[each.said]?.()}</span></li>)}</ul>
      {release.state === "in_force" && release.seen && !release.given && !mayGive && <p class="muted t-s">{release.to.known ? t("All consents are there. One of its owners hands over the key next.") : t("Nobody with this id has keys that this device can check. Nothing can be handed over.")}</p>}
      {!release.seen && <p class="muted t-s">{t("Whether its key was handed over, and what came of it, only its owners and the recipient see.")}</p>}
      {mayGive && <Notice kind="good" icon="key-round"><p>{t("Every consent is there. Hand the key over, and {name} can open it.", { name: release.to.name })}</p></Notice>}
      {ending ? <div class="consequences stack near"><p>{t("They may have kept a copy of what they opened: nobody can call that back. From now on the server hands them nothing of it, and the next version is sealed with a fresh key that they do not get.")}</p>
        <div class="buttons"><Button kind="danger" {...button} act={act(() => ask("stopSharing", value.slug, value.id, mayRevoke, [release.to.id]), t("The release is revoked."))}>{t("Revoke the release")}</Button><Button kind="quiet" act={() => end(false)}>{t("Keep it")}</Button></div></div> : <div class="buttons">
        {mayGive && <Button kind="primary" icon="key-round" {...button} act={act(() => ask("handOverRelease", value.slug, mayGive, release.id), t("The key is handed over, and the receipt was checked."))}>{t("Hand the key over")}</Button>}
        {mayApprove && <Button kind="primary" icon="check" {...button} act={speak("approve", mayApprove, release.id, t("Your organisation consents."))}>{t("We consent")}</Button>}
        {mayObject && <Button icon="x" {...button} act={speak("object", mayObject, release.id, t("Your organisation objects."))}>{t("We object")}</Button>}
        {mayWithdraw && <Button icon="undo-2" {...button} act={speak("withdraw", mayWithdraw.org, mayWithdraw.of, t("What your organisation said was taken back."))}>{mayWithdraw.own ? t("Take the release back") : t("Take back what we said")}</Button>}
        {mayRevoke && <button type="button" class="btn quiet" onClick={() => end(true)}>{t("Revoke")}</button>}
      </div>}
      <Failure error={error} />
    </div>
  );
}

interface Step {
  name: string;
  at: string;
  done: boolean;
  hidden?: boolean;
}

/** Waiting, in force, opened, ended: where it is on its way, as far as it is for us to see. */
function Path({ release }: { release: ReleaseView }) {
  const open = !["expired", "declined", "withdrawn", "revoked"].includes(release.state);
  const hidden = (at: unknown): boolean => !at && !release.seen;
  const steps: Step[] = [
    { name: t("Proposed"), at: release.made.at, done: true },
    { name: t("Consents"), at: "", done: release.state === "in_force" || !!release.given },
    { name: t("Key handed over"), at: release.given?.at ?? "", done: !!release.given, hidden: hidden(release.given) },
    { name: t("Opened"), at: release.opened?.at ?? "", done: !!release.opened, hidden: hidden(release.opened) },
    { name: open ? (release.seen ? t("Ends") : t("Ends at the latest")) : wordFor(RELEASE_STATES, release.state), at: open ? release.until : release.ended?.at ?? release.until, done: !open },
  ];
  const next = open ? steps.findIndex((each) => !each.done) : -1;
  const now = steps[next]?.hidden ? -1 : next;
  return (
    <ol class="thread slim path" role="list">{steps.map((step, at) => (
      <li key={step.name} class={step.done ? "done" : step.hidden ? "hidden-step" : at === now ? "now" : ""} aria-current={at === now ? "step" : undefined}><b>{step.name}</b>{step.hidden ? <span>{t("not for you to see")}</span> : step.at && <span>{day(step.at)}</span>}</li>
    ))}</ol>
  );
}
