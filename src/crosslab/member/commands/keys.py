"""Your keys and those of others: fingerprints, comparing them, the next key, and how an organisation's keys stand."""

from argparse import ArgumentParser
from dataclasses import replace
from secrets import token_bytes

from crosslab.ip_vault import keys
from crosslab.ip_vault.client import rotate as state_rotation
from crosslab.ip_vault.client import wrap_keys
from crosslab.ip_vault.client.pen import Pen, Said
from crosslab.ip_vault.fingerprint import fingerprint
from crosslab.ip_vault.grants import IdentityFile
from crosslab.ip_vault.passphrase import generate
from crosslab.ip_vault.statements.types import ROTATIONS
from crosslab.member import finding
from crosslab.member.desk import Command, Desk
from crosslab.member.health import could_recover, findings
from crosslab.member.stops import locked
from crosslab.member.vault import Vault

from .entry import keep
from .sheets import show_sheet


def _whom(parser: ArgumentParser) -> None:
    parser.add_argument("person", nargs="?", default="", help="a name, the start of an id, or a fingerprint")


def show(desk: Desk) -> None:
    """The fingerprints of everybody whose keys you meet, and whether you compared them."""
    vault = desk.seen()
    pins = vault.follower.memory.pins
    rows = [
        (
            each.name,
            fingerprint(each.id),
            each.epoch,
            "yes" if each.id in pins.checked else "no",
            each.id[:12],
        )
        for each in sorted(vault.state.persons.values(), key=lambda each: each.name)
    ]
    desk.show.table("people", ("Name", "Fingerprint", "Key", "Compared", "Id"), rows, "Nobody has keys yet.")


def show_fingerprint(desk: Desk) -> None:
    """One fingerprint, to read to each other: yours, or that of another person."""
    vault = desk.seen()
    whose = finding.person(vault, desk.args.person) if desk.args.person else vault.me
    desk.show.say(fingerprint(whose))
    desk.show.result(id=whose, name=finding.name(vault, whose), fingerprint=fingerprint(whose))


def check(desk: Desk) -> None:
    """Remember that you compared somebody's fingerprint with them in person."""
    vault = desk.seen()
    whose = finding.person(vault, desk.args.person)
    with desk.home.alone():
        before = desk.home.load()
        vault.follower.memory = before
        vault.follower.check(whose)
        desk.home.save(vault.follower.memory, before)
    desk.show.say(f"{finding.name(vault, whose)} is marked as compared: {fingerprint(whose)}")
    desk.show.result(id=whose)


def _why(parser: ArgumentParser) -> None:
    parser.add_argument("--reason", choices=ROTATIONS, default="routine")


def rotate(desk: Desk) -> None:
    """Your next key: a new root, sheet and passphrase. Where you are admin, the organisation's keys come along."""
    vault = desk.open()
    root = token_bytes(32)
    fresh = keys.person_keys(root)
    if not show_sheet(desk, vault.state.persons[vault.me].name, keys.recovery_string(root), vault.me):
        raise locked("The sheet was not repeated, so nothing was changed.")
    held = {each: vault.org_keys(each) for each in _administered(vault)}
    _tell_who_must_hand_over(desk, vault)
    epoch = vault.state.persons[vault.me].epoch + 1

    def make(pen: Pen) -> list[Said]:
        said = [state_rotation(pen, fresh, desk.args.reason)]
        later, mine = replace(pen, keys=fresh), {pen.person: fresh.age.recipient}
        said += [
            wrap_keys(later, org, known, [pen.person], recipients=mine)
            for org, known in held.items()
            if known
        ]
        return said

    vault.say_as(make, IdentityFile(vault.me, epoch, root))
    keep(desk, vault, IdentityFile(vault.me, epoch, root), generate())
    desk.show.result(id=vault.me, epoch=epoch)


def _administered(vault: Vault) -> list[str]:
    return [each.id for each in vault.state.organisations.values() if each.people.get(vault.me) == "admin"]


def _tell_who_must_hand_over(desk: Desk, vault: Vault) -> None:
    for org in vault.state.organisations.values():
        if org.people.get(vault.me, "admin") != "admin":
            admins = [finding.name(vault, each) for each, role in org.people.items() if role == "admin"]
            desk.show.warn(f"{org.name}: ask {' or '.join(admins)} to hand you its keys again.")


def _which(parser: ArgumentParser) -> None:
    parser.add_argument("organisation", nargs="?", default="")


def health(desk: Desk) -> None:
    """Whether your organisations could come back today with nothing but their printed sheet, and what to mend."""
    vault = desk.seen()
    wanted = finding.organisation(vault, desk.args.organisation) if desk.args.organisation else ""
    rows: list[tuple[str, str, str, str]] = []
    able = {}
    for org in vault.state.organisations.values():
        if vault.me not in org.people or (wanted and org.id != wanted):
            continue
        found = findings(vault, org)
        able[org.name] = could_recover(found)
        rows += [(org.name, each.level, each.sentence, ", ".join(each.people)) for each in found]
    desk.show.table("findings", ("Organisation", "Level", "Finding", "People"), rows, "All is well.")
    desk.show.result(could_recover=able)


COMMANDS = (
    Command("keys show", show),
    Command("keys fingerprint", show_fingerprint, _whom),
    Command("keys check", check, _whom),
    Command("keys rotate", rotate, _why),
    Command("keys health", health, _which),
)
