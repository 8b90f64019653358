/** What a page may ask of the worker about keys: making, opening, handing on, taking back. */
import { keyChanges } from "./changes";
import * as doors from "./doors";
import * as handover from "./handover";
import * as houses from "./houses";
import { keysView } from "./keysview";
import * as making from "./making";
import * as passkey from "./passkey";
import * as regain from "./regain";
import type { Vault } from "./vault";

export const keyCalls = (here: () => Vault) => ({
  beginKeys: (purpose: making.Purpose) => making.beginKeys(here(), purpose),
  repeats: (typed: string) => making.repeats(typed),
  sheet: () => making.sheet(here()),
  endKeys: (typed: string) => making.endKeys(here(), typed),
  unlock: (passphrase: string) => doors.unlock(here(), passphrase),
  recover: (root: string) => doors.recover(here(), root),
  renewPassphrase: () => doors.renewPassphrase(here()),
  sheetIsHere: (typed: string) => doors.sheetIsHere(here(), typed),
  keepPasskey: (known: string) => passkey.keepPasskey(here(), known),
  removePasskey: () => passkey.removePasskey(here()),
  unlockWithPasskey: (known: string) => passkey.unlockWithPasskey(here(), known),
  keys: () => keysView(here()),
  beginHouse: (org: string) => houses.beginHouse(here(), org),
  endHouse: (typed: string) => houses.endHouse(here(), typed),
  inviteColleague: (org: string, role: string) => houses.inviteColleague(here(), org, role),
  admit: (org: string, request: string) => houses.admit(here(), org, request),
  renewOrgKey: (org: string) => handover.renewOrgKey(here(), org),
  handOver: (org: string, people: string[]) => handover.handOver(here(), org, people),
  changeRole: (org: string, person: string, role: string) => handover.changeRole(here(), org, person, role),
  removePerson: (org: string, person: string) => handover.removePerson(here(), org, person),
  withdrawInvite: (org: string, invite: string) => handover.withdrawInvite(here(), org, invite),
  beginRegain: (org: string, typed: string) => regain.beginRegain(here(), org, typed),
  endRegain: (typed: string) => regain.endRegain(here(), typed),
  orgSheetIsHere: (org: string, typed: string) => regain.orgSheetIsHere(here(), org, typed),
  keyChanges: () => keyChanges(here()),
  async goOnWith(parties: string[]) {
    here().goOnWith(parties);
  },
});
