/** Following an invitation link: what it leads to, who made it, and the act of joining. */
import { useState } from "preact/hooks";
import { ask } from "../ask";
import type { Here } from "../ui/app";
import { useLoaded } from "../ui/loaded";
import { Button, Failure, Notice } from "../ui/parts";
import { go, type Invitation } from "../ui/route";
import { t } from "../words";

export function JoinPage({ here }: { here: Here }) {
  const { invitation, session } = here;
  if (!invitation || invitation.origin !== session.log.origin) return (
    <div class="refusal"><h1>{t("This link does not work any more")}</h1><p>{t("The secret in an invitation link is forgotten when the page is reloaded. Open the link again from the message you got.")}</p></div>
  );
  return <Invited key={invitation.secret} here={here} invitation={invitation} />;
}

function Invited({ here, invitation }: { here: Here; invitation: Invitation }) {
  const { chain, inviter, secret } = invitation;
  const { value, error } = useLoaded(() => ask("invitation", chain, inviter, secret), secret, true);
  const [failure, fail] = useState<unknown>(null);
  const [asked, setAsked] = useState(false);
  if (error) return <div class="stack"><h1>{t("Invitation")}</h1><Failure error={error} /></div>;
  if (!value) return <p class="muted">{t("Checking the link…")}</p>;
  if (asked) return <div class="stack"><h1>{t("You have asked to join")}</h1><Notice kind="good"><p>{t("Someone who manages the keys of {name} now admits you and hands you its key. They see your fingerprint; read it to them from your sheet.", { name: value.name })}</p></Notice><p><a class="btn" href="#/keys">{t("Your keys")}</a></p></div>;
  const join = (org: string) => async (): Promise<void> => go(`w/${await ask("join", chain, org, secret)}`);
  const apply = async (): Promise<void> => { await ask("askToJoin", chain, secret); setAsked(true); };
  return (
    <div class="stack">
      <p class="above">{t("Invitation")}</p>
      <h1>{value.name}</h1>
      <p class="lead">{t("{name} made this link. Its secret and its maker were checked against the signed history.", { name: value.inviter })}</p>
      <dl class="facts"><div><dt>{t("Fingerprint of {name}", { name: value.inviter })}</dt><dd class="fingerprint">{value.fingerprint}</dd></div></dl>
      <Notice><p>{t("If you can, call {name} and let them read you these numbers. Then nobody stands between you.", { name: value.inviter })}</p></Notice>
      <Failure error={failure} />
      {value.kind === "organisation" && <div class="buttons"><Button kind="primary" failed={fail} act={apply} busy={t("Asking…")}>{t("Ask to join {name}", { name: value.name })}</Button></div>}
      {value.kind === "consortium" && !value.orgs.length && <Notice kind="warn"><p>{t("Your organisation has no keys yet, or you may not sign for it. Make its keys first, then open the link again.")}</p><p><a href="#/keys">{t("Your keys")}</a></p></Notice>}
      <div class="buttons">{value.kind === "consortium" && value.orgs.map((org) => <Button key={org.id} kind="primary" failed={fail} act={join(org.id)} busy={t("Joining, checking the receipt…")}>{t("Join with {name}", { name: org.name })}</Button>)}</div>
    </div>
  );
}
