"""Organisations: their keys, their people, and who reads on their behalf."""

from argparse import ArgumentParser
from secrets import token_bytes
from typing import Any

from crosslab.ip_vault import grants, keys
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import (
    add,
    change_role,
    create_organisation,
    invite_person,
    remove_person,
    request,
    withdraw_invitation,
    wrap_keys,
)
from crosslab.ip_vault.client import recover as state_recovery
from crosslab.ip_vault.client.pen import Pen, Said
from crosslab.ip_vault.fingerprint import fingerprint
from crosslab.ip_vault.replay import Organisation
from crosslab.ip_vault.statements.types import ORG_ROLES
from crosslab.member import asking, finding, links
from crosslab.member.commands.sheets import show_sheet
from crosslab.member.desk import Command, Desk, root_in
from crosslab.member.handing import all_keys, everybody, rekey, wraps
from crosslab.member.stops import locked, nothing, refused
from crosslab.member.vault import Vault, found, random_identity, wrapped


def list_all(desk: Desk) -> None:
    """Your organisations, their people, and who asks to be let in."""
    vault = desk.seen()
    rows = []
    for house in vault.session["organisations"]:
        org = vault.state.organisations.get(str(house["vault_id"]))
        people = [f"{finding.name(vault, each)} ({role})" for each, role in org.people.items()] if org else []
        waiting = [f"{finding.name(vault, each.person)} {each.id[:12]}" for each in _asking(vault, org)]
        rows.append((house["name"], org.epoch if org else 0, people, waiting, (org.id if org else "")[:12]))
    desk.show.table("organisations", ("Name", "Key", "People", "Asking", "Id"), rows, "You act for none.")


def _asking(vault: Vault, org: Organisation | None) -> list[Any]:
    wanted = [
        each for each in vault.state.requests.values() if org and each.org == org.id and not each.answered
    ]
    return [each for each in wanted if org and each.person not in org.people]


def _named(parser: ArgumentParser) -> None:
    parser.add_argument("organisation", nargs="?", default="", help="its name, slug or the start of its id")


def create(desk: Desk) -> None:
    """Give your organisation its keys and a recovery sheet. You become its first admin in the vault."""
    vault = desk.open()
    house = _without_keys(vault, desk.args.organisation)
    root, identity = token_bytes(32), random_identity()
    recovery = keys.recovery_keys(root)
    if not show_sheet(desk, house["name"], keys.recovery_string(root, keys.ORG)):
        raise locked("The sheet was not repeated, so nothing was made.")

    def make(pen: Pen) -> list[Said]:
        made = create_organisation(pen, house["name"], identity, recovery)
        mine = {pen.person: pen.keys.age.recipient, "": recovery.age.recipient}
        wrapped = wrap_keys(pen, made.id, [identity], list(mine), place=made.next_place(), recipients=mine)
        return [made, wrapped]

    said = vault.say(make, {"organisation": str(house["id"])})
    desk.show.say(f"{house['name']} has its keys.")
    desk.show.result(id=said[0].id, name=house["name"])


def _without_keys(vault: Vault, wanted: str) -> dict[str, Any]:
    known = [each for each in vault.session["organisations"] if not each["vault_id"]]
    if wanted:
        known = [each for each in known if wanted.casefold() in (each["name"].casefold(), each["slug"])]
    return dict(found(known, "organisation without keys", wanted or "of yours"))


def _invites(parser: ArgumentParser) -> None:
    _named(parser)
    parser.add_argument("--role", choices=ORG_ROLES, default="signer")


def invite(desk: Desk) -> None:
    """A link for a colleague. Its secret stands in the link alone: send it by a way of your own."""
    vault = desk.open()
    org, secret = _administered(vault, desk.args.organisation), token_bytes(32)
    said = vault.say(lambda pen: [invite_person(pen, org.id, secret, desk.args.role)])
    desk.show.say(f"For {org.name}, as {desk.args.role}:")
    desk.show.secret("link", links.write(vault, org.id, secret))
    desk.show.result(invite=said[0].id)


def _link(parser: ArgumentParser) -> None:
    parser.add_argument("--link-fd", type=int, help="read the link from this file descriptor")


def ask(desk: Desk) -> None:
    """Ask to join an organisation with the link you were sent. It is asked for, never given as an argument."""
    vault = desk.open()
    link = links.read(vault, asking.secret(desk.args.link_fd, "Invitation link"))
    invite = links.invitation(vault, link)
    if any(each.invite == invite and each.person == vault.me for each in vault.state.requests.values()):
        raise nothing("You have asked already. An admin has to let you in now.")
    said = vault.say(lambda pen: [request(pen, link.chain, invite, link.secret)])
    desk.show.say(f"Asked. Read your fingerprint to whoever invited you: {fingerprint(vault.me)}")
    desk.show.result(request=said[0].id, fingerprint=fingerprint(vault.me))


def _whom(parser: ArgumentParser) -> None:
    _named(parser)
    parser.add_argument("--person", required=True, help="a name, the start of an id, or a fingerprint")


def admit(desk: Desk) -> None:
    """Let somebody in who asked with your link, and hand them the organisation's keys."""
    vault = desk.open()
    org = _administered(vault, desk.args.organisation)
    whom = finding.person(vault, desk.args.person)
    wanted = next((each for each in _asking(vault, org) if each.person == whom), None)
    if wanted is None:
        raise nothing(f"{finding.name(vault, whom)} did not ask to be let in.")
    held = all_keys(vault, org)

    def make(pen: Pen) -> list[Said]:
        added = add(pen, wanted.id)
        return [added, wrap_keys(pen, org.id, held, [whom], place=added.next_place())]

    vault.say(make)
    desk.show.say(f"{finding.name(vault, whom)} ({fingerprint(whom)}) belongs to {org.name} now.")
    desk.show.result(person=whom, organisation=org.id)


def _role(parser: ArgumentParser) -> None:
    _whom(parser)
    parser.add_argument("--role", choices=ORG_ROLES, required=True)


def role(desk: Desk) -> None:
    """Give somebody another role."""
    vault = desk.open()
    org, whom = _administered(vault, desk.args.organisation), finding.person(vault, desk.args.person)
    vault.say(lambda pen: [change_role(pen, org.id, whom, desk.args.role)])
    desk.show.result(person=whom, role=desk.args.role)


def remove(desk: Desk) -> None:
    """Somebody leaves: removed, the next key made and handed to everybody else, in one go."""
    vault = desk.open()
    org, whom = _administered(vault, desk.args.organisation), finding.person(vault, desk.args.person)
    held = all_keys(vault, org)

    def make(pen: Pen) -> list[Said]:
        removed = remove_person(pen, org.id, whom)
        return [removed, *rekey(pen, org, held, everybody(org, whom), removed.next_place())]

    vault.say(make if whom != vault.me else lambda pen: [remove_person(pen, org.id, whom)])
    desk.show.say(f"{finding.name(vault, whom)} left. What they have read, they may have kept.")
    desk.show.result(person=whom, organisation=org.id)


def renew(desk: Desk) -> None:
    """The organisation's next key, handed to all its people and its sheet."""
    vault = desk.open()
    org = _administered(vault, desk.args.organisation)
    held = all_keys(vault, org)
    vault.say(lambda pen: rekey(pen, org, held, everybody(org)))
    desk.show.result(organisation=org.id, epoch=vault.state.organisations[org.id].epoch)


def hand_over(desk: Desk) -> None:
    """Hand every key to everybody again, under the keys they have today."""
    vault = desk.open()
    org = _administered(vault, desk.args.organisation)
    held = all_keys(vault, org)
    vault.say(lambda pen: wraps(pen, org, held, everybody(org), None))
    desk.show.result(organisation=org.id)


def _invited(parser: ArgumentParser) -> None:
    _named(parser)
    parser.add_argument("--invite", required=True, help="the start of the invitation's id")


def withdraw(desk: Desk) -> None:
    """Take back an invitation that nobody used."""
    vault = desk.open()
    org = _administered(vault, desk.args.organisation)
    open_still = [each.id for each in vault.state.invites.values() if each.chain == org.id and not each.spent]
    wanted = [each for each in open_still if each.startswith(desk.args.invite)]
    which = str(found(wanted, "open invitation", desk.args.invite))
    vault.say(lambda pen: [withdraw_invitation(pen, org.id, which)])
    desk.show.result(invite=which)


def _sheet(parser: ArgumentParser) -> None:
    _named(parser)
    parser.add_argument("--sheet-fd", type=int, help="read the printed organisation key from this descriptor")


def check(desk: Desk) -> None:
    """Hold a printed sheet against the key that counts for the organisation today. Nothing is changed."""
    vault = desk.seen()
    org = vault.state.organisations[_own(vault, desk.args.organisation)]
    _held(desk, org)
    desk.show.say(f"This is the sheet of {org.name}. It counts today.")
    desk.show.result(organisation=org.id, counts=True)


def _held(desk: Desk, org: Organisation) -> keys.Keys:
    """The keys of the sheet that is typed, if it is the one that counts."""
    typed = asking.secret(desk.args.sheet_fd, "The organisation's recovery key")
    held = keys.recovery_keys(root_in(typed, keys.ORG))
    if (held.sign.public, str(held.age.recipient)) != (org.recovery_sign, org.recovery_age):
        raise locked("This sheet is not the one that counts for this organisation today.")
    return held


def recover(desk: Desk) -> None:
    """Take an organisation over with its printed sheet: a new sheet, a new key, and you as admin."""
    vault = desk.open()
    org = vault.state.organisations[_own(vault, desk.args.organisation)]
    held = _held(desk, org)
    identities = _keys_with(vault, org, held)
    root = token_bytes(32)
    fresh = keys.recovery_keys(root)
    if not show_sheet(desk, org.name, keys.recovery_string(root, keys.ORG)):
        raise locked("The sheet was not repeated, so nothing was changed.")

    def make(pen: Pen) -> list[Said]:
        taken = state_recovery(pen, org.id, held, fresh)
        people = [*dict.fromkeys([*org.people, pen.person]), ""]
        given = {"": fresh.age.recipient}
        return [taken, *rekey(pen, org, identities, people, taken.next_place(), given)]

    vault.say(make)
    desk.show.say(f"You are an admin of {org.name}. The old sheet no longer counts.")
    desk.show.result(organisation=org.id)


def _own(vault: Vault, wanted: str) -> str:
    """One of the organisations that the platform says we act for, whoever of them still has keys."""
    if wanted:
        return finding.organisation(vault, wanted)
    mine = [each["vault_id"] for each in vault.session["organisations"] if each["vault_id"]]
    return str(found(mine, "organisation", "of yours"))


def _keys_with(vault: Vault, org: Organisation, held: keys.Keys) -> list[HybridIdentity]:
    """Every key of the organisation: with our own if we hold them, else with the sheet's."""
    own = vault.org_keys(org.id)
    if len(own) == len(org.keys):
        return own
    wrap = vault.known.get(org.wraps.get("", ""))
    if wrap is None:
        raise refused(
            "The newest keys were never handed to this sheet. Somebody who holds them must do that."
        )
    item = next(each for each in wrap.said.body["items"] if each["person"] == "")
    plain = wrapped(vault.small_file(str(item["sha256"])), str(item["sha256"]), held.age)
    return grants.read_org_keys(plain, org.id, org.keys)


def _administered(vault: Vault, wanted: str) -> Organisation:
    mine = [each for each in vault.state.organisations.values() if each.people.get(vault.me) == "admin"]
    if wanted:
        return vault.state.organisations[finding.organisation(vault, wanted)]
    org: Organisation = found(mine, "organisation that you administer", "of yours")
    return org


COMMANDS = (
    Command("org list", list_all),
    Command("org create", create, _named),
    Command("org invite", invite, _invites),
    Command("org ask", ask, _link),
    Command("org admit", admit, _whom),
    Command("org role", role, _role),
    Command("org remove", remove, _whom),
    Command("org renew", renew, _named),
    Command("org hand-over", hand_over, _named),
    Command("org withdraw", withdraw, _invited),
    Command("org check", check, _sheet),
    Command("org recover", recover, _sheet),
)
