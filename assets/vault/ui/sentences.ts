/** What went wrong, in a plain sentence: what is so, and what can be done. */
import { Failed } from "../ask";
import { moment, t } from "../words";
import { lieSaid } from "./lies";

const SENTENCES: Record<string, () => string> = {
  "offline": () => t("The connection was lost. What you typed is still here. Try again."),
  "signed-out": () => t("You are signed out. Sign in again, then come back here."),
  "busy": () => t("Too many tries in a short time. Wait a minute, then try again."),
  "wrong-passphrase": () => t("These are not your six words. Check each one and try again."),
  "wrong-root": () => t("This recovery key has a wrong letter, or belongs to somebody else. Compare it with your sheet."),
  "no-unlock-file": () => t("There is no passphrase for you yet. Use your recovery sheet, or make your keys first."),
  "locked": () => t("This device was locked in between. Unlock it and try again."),
  "not-invited": () => t("This invitation was used or withdrawn, or you are not on the consortium's list. Ask for a new link."),
  "wrong-link": () => t("This link was changed on its way: it does not come from the person it names. Do not use it. Ask for a new one by another way."),
  "org-key": () => t("Your organisation's key has not been handed to you yet. Someone who manages its keys can do that."),
  "unreadable": () => t("You cannot open this. Someone who owns it can share it with you."),
  "cancelled": () => t("You stopped it. Nothing was entered."),
  "too-large": () => t("This file is larger than a file may be here."),
  "empty-file": () => t("This file is empty. An empty file cannot be sealed."),
  "old-browser": () => t("This browser cannot sign with keys yet. Use a current one: Chrome or Edge 137, Firefox 129, Safari 17, or newer."),
  "key-changed": () => t("A key changed since this device last saw it. Nothing was handed over. Look at the change first, then send again."),
  "log-changed": () => t("The register is said to go on in another log. Nothing was opened."),
  "sheet-behind": () => t("This sheet does not open the newest key. Someone who still holds the keys must hand them to the sheet first."),
  "no-touch": () => t("Your passkey was not used, or it is not on this device. Use your six words or try again."),
  "no-prf": () => t("This passkey or browser cannot open files. Use your six words."),
  "wrong-passkey": () => t("This passkey does not open your keys. Choose the one you set up for the vault, or use your six words."),
  "last-admin": () => t("This is the only person who manages the organisation's keys. Let another one manage them first."),
  "no-worker": () => t("The part that works with your keys did not start. Load the page again."),
  "role": () => t("You may read for your organisation, but not sign for it."),
  "not-in-org": () => t("You do not belong to this organisation's people in the vault."),
  "not-a-member": () => t("Your organisation is not in this sealed workspace."),
  "not-an-owner": () => t("Only an organisation that owns part of this can do that."),
  "already-said": () => t("Your organisation has said this already."),
  "settled": () => t("This is settled and cannot be taken back."),
  "disputed": () => t("This is disputed. Owners stay as they are until that is settled."),
  "stale-basis": () => t("The owners have changed since. Look at today's owners first."),
  "epoch": () => t("A partner has changed their key since you loaded this page. Try again."),
  "invite-spent": () => t("This invitation was used or withdrawn. Ask for a new link."),
};

/** The sentence for a failure; the server's own words when it refused. */
export function sentenceFor(error: unknown): string {
  if (!(error instanceof Failed)) return t("Something went wrong here. Nothing was entered. Load the page again.");
  const known = SENTENCES[error.code]?.();
  if (known) return error.code === "too-large" || error.code === "empty-file" ? `${error.detail}: ${known}` : known;
  if (error.code === "old-key") return t("This is an older key of yours. On {day} it was replaced by a new one. Use your newest words or your newest sheet. If you did not change it, stop here and call your colleagues.", { day: moment(error.detail) });
  if (error.code === "tampered") return lieSaid(error.detail);
  if (error.code === "server") return error.detail || t("The server cannot do this now. Try again in a while.");
  if (error.code === "proof") return t("Something does not match its signature, so nothing was opened and nothing was entered. Tell your partners and the programme manager: {why}.", { why: error.detail });
  return t("The signed history does not allow this ({code}). Nothing was entered.", { code: error.code });
}

/** Failures after which nothing on the page may be trusted. */
export const isFullStop = (error: unknown): error is Failed =>
  error instanceof Failed && ["key-replaced", "proof", "tampered"].includes(error.code);

export const KINDS: Record<string, () => string> = {
  background: () => t("Background"),
  sideground: () => t("Sideground"),
  result: () => t("Result"),
};

export const RIGHTS: Record<string, () => string> = {
  copyright: () => t("Copyright"),
  related_performer: () => t("Performers' rights"),
  related_phonogram: () => t("Sound recording rights"),
  related_film: () => t("Film producers' rights"),
  press_publisher: () => t("Press publishers' right"),
  sui_generis_database: () => t("Database right"),
  patent: () => t("Patent"),
  utility_model: () => t("Utility model"),
  registered_design: () => t("Registered design"),
  unregistered_design: () => t("Unregistered design"),
  trade_mark: () => t("Trade mark"),
  trade_secret: () => t("Trade secret"),
  plant_variety: () => t("Plant variety right"),
  topography: () => t("Chip topography"),
  domain_name: () => t("Domain name"),
  geographical_indication: () => t("Geographical indication"),
  personality: () => t("Rights in one's image"),
  physical_property: () => t("Ownership of the thing itself"),
  contract_only: () => t("By contract only"),
  heritage_statute: () => t("Heritage law"),
};

export const DERIVATIONS: Record<string, () => string> = {
  incorporates: () => t("contains it"),
  adapts: () => t("adapts it"),
  requires: () => t("needs it to work"),
  uses_data: () => t("uses data from it"),
  inspired_by: () => t("was inspired by it"),
};

export const STANDINGS: Record<string, () => string> = {
  claimed: () => t("Claimed"),
  agreed: () => t("Agreed"),
  disputed: () => t("Disputed"),
  pending: () => t("Proposed"),
  effective: () => t("In effect"),
  withdrawn: () => t("Taken back"),
  overtaken: () => t("Overtaken"),
};

export const wordFor = (words: Record<string, () => string>, key: string): string => words[key]?.() ?? key;
