/** Who is in the sealed workspace: since when, with which keys; letting in, letting go, leaving. */
import { useEffect, useState } from "preact/hooks";
import { ask } from "../ask";
import type { InvitationView, MembersView, StandingView } from "../engine/members";
import type { Here } from "../ui/app";
import { Crumbs } from "../ui/crumbs";
import { LinkToSend } from "../ui/link";
import { useLoaded } from "../ui/loaded";
import { Button, Chip, Failure, Field, Icon } from "../ui/parts";
import { day, moment, t, tn } from "../words";
import { Holders, STATES } from "./home";

interface Props {
  value: MembersView;
  here: Here;
  again(): Promise<void>;
}

export function MembersPage({ here }: { here: Here }) {
  const { slug } = here.route;
  const { value, error, again } = useLoaded(() => ask("members", slug), slug);
  useEffect(() => here.stop(error), [error]);
  useEffect(() => { if (value) here.heard(value.changed); }, [value]);
  if (error) return <><h1>{t("Partners and their keys")}</h1><Failure error={error} /></>;
  if (!value) return <><h1>{t("Partners and their keys")}</h1><p class="muted">{t("Checking the register…")}</p></>;
  return (
    <div class="membership">
      <Crumbs here={here} />
      <header class="head"><div><h1>{t("Partners and their keys")}</h1><p class="state">{t("Keys and who holds them are taken from the signed history on this device, not from what the server says.")}</p></div></header>
      {!value.started && <p>{t("The leading organisation opens the workspace and sends you a link.")}</p>}
      <ul class="members wide" role="list">{value.members.map((each) => <Member key={each.id} member={each} value={value} here={here} again={again} />)}</ul>
      {value.invitations.length > 0 && <section class="stack"><h2>{t("Invitations that nobody has used yet")}</h2>
        <ul class="members" role="list">{value.invitations.map((each) => <Invitation key={each.id} invitation={each} value={value} here={here} again={again} />)}</ul></section>}
    </div>
  );
}

function Member({ member, value, here, again }: { member: StandingView } & Props) {
  const [asking, ask_] = useState<"" | "remove" | "leave">("");
  const [link, setLink] = useState("");
  const [error, fail] = useState<unknown>(null);
  const mayInvite = value.started && value.lead && !member.mine && member.state !== "joined";
  const invite = async (): Promise<void> => setLink(await ask("invite", value.slug, value.lead, member.name));
  return (
    <li>
      <Chip org={member} />
      <div class="stack near">
        <p><b>{member.name}</b>{member.leads && <span class="muted"> {t("(leads)")}</span>}<small>{stateSaid(member)}</small>
          {member.owns > 0 && <small>{tn("Owns a part of {n} contribution", "Owns a part of {n} contributions", member.owns)}</small>}</p>
        <Holders member={member} here={here} />
        {member.mine && <p class="t-s"><a href="#/keys">{t("Your organisation's keys")}</a></p>}
        {link && <LinkToSend link={link} to={member.name} />}
        {asking === "remove" && <Remove member={member} value={value} here={here} again={again} back={() => ask_("")} />}
        {asking === "leave" && <Leave member={member} value={value} here={here} again={again} back={() => ask_("")} />}
        <Failure error={error} />
      </div>
      <div class="buttons">
        {mayInvite && !link && <Button kind="small" icon="link-2" act={invite} failed={fail} busy={t("Making the link…")} label={t("Make a link for {name}", { name: member.name })}>{t("Make a link")}</Button>}
        {member.mayRemove && !asking && <button type="button" class="btn small quiet" onClick={() => ask_("remove")} aria-label={t("End the membership of {name}", { name: member.name })}>{t("End membership")}</button>}
        {member.mayLeave && !asking && <button type="button" class="btn small quiet" onClick={() => ask_("leave")}>{t("Leave the workspace")}</button>}
      </div>
    </li>
  );
}

function stateSaid(member: StandingView): string {
  const since = member.since && t("since {when}, entry {n}", { when: day(member.since.at), n: member.since.index });
  const until = member.until && t("left {when}, entry {n}", { when: day(member.until.at), n: member.until.index });
  return [STATES[member.state](), since, until].filter(Boolean).join(" · ");
}

function Remove({ member, value, here, again, back }: { member: StandingView; back(): void } & Props) {
  const [error, fail] = useState<unknown>(null);
  const remove = async (): Promise<void> => {
    await ask("removeMember", value.slug, value.lead, member.id);
    await again();
    here.say(t("{name} is no longer in the workspace.", { name: member.name }));
  };
  return (
    <div class="consequences stack near">
      <p><b>{t("What follows when {name} goes", { name: member.name })}</b></p>
      <ul>
        <li>{t("Nobody can share anything new with them. What they have opened they may keep.")}</li>
        <li>{t("What they own stays theirs; their approval is still needed where they own a part.")}</li>
        <li>{t("To come back they need a new link. Only a signed statement can undo this one; it stays in the register.")}</li>
        <li>{t("Their place in the consortium itself is ended on the consortium's page, not here.")}</li>
      </ul>
      <div class="buttons"><Button kind="small danger" act={remove} failed={fail} busy={t("Signing, checking the receipt…")}>{t("End the membership of {name}", { name: member.name })}</Button><Button kind="small quiet" act={back}>{t("Not now")}</Button></div>
      <Failure error={error} />
    </div>
  );
}

/** Leaving cannot be undone by oneself: the organisation's first letters are typed. */
function Leave({ member, value, here, again, back }: { member: StandingView; back(): void } & Props) {
  const [typed, type] = useState("");
  const [wrong, mark] = useState("");
  const [error, fail] = useState<unknown>(null);
  const leave = async (): Promise<void> => {
    if (typed.trim().toUpperCase() !== member.initials.toUpperCase()) return mark(t("Type {code}, as on your organisation's sign.", { code: member.initials }));
    await ask("leaveConsortium", value.slug, member.id);
    await again();
    here.say(t("Your organisation has left the sealed workspace."));
  };
  return (
    <div class="consequences stack near">
      <p><b>{t("What follows when {name} goes", { name: member.name })}</b></p>
      <ul>
        <li>{t("Partners can share nothing new with you. What you were given before you can still open.")}</li>
        <li>{t("What you own stays yours, and your approval is still asked for it. You can no longer seal new versions here.")}</li>
        <li>{t("You come back only with a new link from the leading organisation.")}</li>
        {member.leads && <li>{t("You lead: the partner that has been here longest leads after you.")}</li>}
      </ul>
      <Field label={t("Type {code} to sign", { code: member.initials })} value={typed} set={(next) => { type(next); mark(""); }} error={wrong || undefined} code max={8} />
      <div class="buttons"><Button kind="small danger" act={leave} failed={fail} busy={t("Signing, checking the receipt…")}>{t("Leave the workspace")}</Button><Button kind="small quiet" act={back}>{t("Stay")}</Button></div>
      <Failure error={error} />
    </div>
  );
}

function Invitation({ invitation, value, here, again }: { invitation: InvitationView } & Props) {
  const [error, fail] = useState<unknown>(null);
  const withdraw = async (): Promise<void> => {
    await ask("withdrawInvitation", value.slug, value.lead, invitation.id);
    await again();
    here.say(t("The invitation was withdrawn. Its link no longer works."));
  };
  return (
    <li><Icon name="link-2" />
      <div><b>{invitation.note || t("Without a name")}</b><small>{t("{person}, {when}, entry {n}", { person: invitation.by, when: moment(invitation.at), n: invitation.index })}</small><Failure error={error} /></div>
      <Button kind="small" act={withdraw} failed={fail} busy={t("Signing, checking the receipt…")} label={t("Withdraw the invitation for {name}", { name: invitation.note })}>{t("Withdraw")}</Button>
    </li>
  );
}
