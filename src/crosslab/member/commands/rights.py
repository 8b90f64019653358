"""Access and ownership: granting, revoking, releasing to outsiders, transferring, agreeing and objecting."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import UTC, datetime

from crosslab.ip_vault import client
from crosslab.ip_vault.client.pen import Pen, Said
from crosslab.ip_vault.ids import is_id
from crosslab.ip_vault.replay.releases import asked, standing
from crosslab.ip_vault.statements.shape import TIME
from crosslab.ip_vault.statements.types import PURPOSES, RIGHTS
from crosslab.member import finding
from crosslab.member.changes import knowingly, stop_at_changed_keys
from crosslab.member.commands.files import shares, wanted
from crosslab.member.desk import Command, Desk
from crosslab.member.opening import open_version
from crosslab.member.stops import Code, Stop, nothing, refused
from crosslab.member.vault import Vault


def _of(parser: ArgumentParser) -> None:
    parser.add_argument("contribution", help="its title or the start of its id")
    parser.add_argument("--in", dest="place", default="")
    parser.add_argument("--for", dest="org", default="", help="the organisation you speak for")


def _gives(parser: ArgumentParser) -> None:
    _of(parser)
    parser.add_argument(
        "--to", required=True, help="a member organisation, one of its people, or an outsider with a release"
    )
    parser.add_argument("--all-versions", action="store_true", help="not the newest version alone")
    knowingly(parser)


def grant(desk: Desk) -> None:
    """Give somebody access, under the newest key of theirs that the signed history names."""
    vault = desk.open()
    of = wanted(vault, desk)
    org = finding.acting(vault, desk.args.org, finding.owners(vault, of))
    to = finding.party(vault, desk.args.to)
    stop_at_changed_keys(desk, vault, [to])
    given = of.versions if desk.args.all_versions else of.versions[-1:]
    opened = [open_version(vault, vault.state.versions[each]) for each in given]
    keys = {each.version.id: each.key for each in opened if each is not None}
    if not keys:
        raise refused("You cannot open it yourself, so you cannot give access to it.")
    vault.say(lambda pen: [client.grant(pen, org, of.consortium, to, keys)])
    desk.show.say(f"{finding.name(vault, to)} can open {len(keys)} version(s) of it.")
    desk.show.result(to=to, versions=list(keys))


def _takes(parser: ArgumentParser) -> None:
    _of(parser)
    parser.add_argument("--from", dest="party", required=True, help="who shall get nothing more")


def revoke(desk: Desk) -> None:
    """End somebody's access to what comes. What they have opened they may have kept; nobody can undo that."""
    vault = desk.open()
    of = wanted(vault, desk)
    org = finding.acting(vault, desk.args.org, finding.owners(vault, of))
    to = finding.party(vault, desk.args.party)
    vault.say(lambda pen: [client.revoke(pen, org, of.id, to)])
    desk.show.say(
        "Ended. They may have kept a copy of what they could open; the next version has a fresh key."
    )
    desk.show.result(contribution=of.id, to=to)


def _releases(parser: ArgumentParser) -> None:
    _of(parser)
    parser.add_argument(
        "--to", required=True, help="an organisation or person outside the workspace, or a full id"
    )
    parser.add_argument("--purpose", required=True, choices=PURPOSES)
    parser.add_argument(
        "--until",
        required=True,
        help="the end of a day, or a UTC second: 2027-03-31 or 2027-03-31T12:00:00Z",
    )
    parser.add_argument("--terms", default="")


def release(desk: Desk) -> None:
    """Propose to show the newest version to an outsider. Every other owner must approve; then grant it."""
    vault = desk.open()
    of = wanted(vault, desk)
    org = finding.acting(vault, desk.args.org, finding.owners(vault, of))
    to = desk.args.to if is_id(desk.args.to) else finding.party(vault, desk.args.to)
    until = _end(desk.args.until)

    def make(pen: Pen) -> list[Said]:
        args = desk.args
        return [
            client.release(pen, org, of.consortium, to, args.purpose, until, of.versions[-1:], args.terms)
        ]

    said = vault.say(make)
    desk.show.say("Proposed. When every owner has approved: crosslab vault grant … --to the same")
    desk.show.result(release=said[0].id, until=until)


def _end(text: str) -> str:
    """The last second: of a day all of it, in UTC."""
    for whole in (text, f"{text}T23:59:59Z"):
        try:
            return datetime.strptime(whole, TIME).replace(tzinfo=UTC).strftime(TIME)
        except ValueError:
            continue
    raise Stop(Code.USAGE, f"“{text}” is no day. Write 2027-03-31.")


def _moves(parser: ArgumentParser) -> None:
    _of(parser)
    parser.add_argument("--right", choices=RIGHTS, default="copyright")
    parser.add_argument(
        "--to", required=True, metavar="OWNER:SHARE,…", help="for example Loom:1/2,Tinsel:1/2"
    )


def transfer(desk: Desk) -> None:
    """Propose new owners of a right. It takes effect when all owners of today and all new ones have approved."""
    vault = desk.open()
    of, owners = wanted(vault, desk), shares(vault, desk.args.to)
    if desk.args.right not in of.rights:
        raise refused("No owners of this right are agreed yet.")
    org = finding.acting(vault, desk.args.org, of.rights[desk.args.right].owners)
    said = vault.say(lambda pen: [client.transfer(pen, org, of.id, desk.args.right, owners)])
    desk.show.say(f"Proposed: transfer {said[0].id[:12]}.")
    desk.show.result(transfer=said[0].id, standing=vault.state.transfers[said[0].id].standing)


def _speaks(parser: ArgumentParser) -> None:
    parser.add_argument("matter", help="the start of the id of a version, transfer or release")
    parser.add_argument("--for", dest="org", default="", help="the organisation you speak for")


def approve(desk: Desk) -> None:
    """Agree to a version's rights, a transfer, or a release, for your organisation."""
    _speak(desk, client.approve)


def object_to(desk: Desk) -> None:
    """Object to a version's rights, a transfer, or a release, for your organisation."""
    _speak(desk, client.object_to)


def _speak(desk: Desk, say: Callable[[Pen, str, str], Said]) -> None:
    vault = desk.open()
    matter = finding.matter(vault, desk.args.matter)
    org = desk.args.org or _asked(vault, matter)
    org = finding.acting(vault, org)
    vault.say(lambda pen: [say(pen, org, matter)])
    known = vault.state.matter(matter)
    desk.show.result(matter=matter, organisation=org, standing=str(known.standing) if known else "")
    desk.show.say(
        f"{finding.name(vault, org)} has spoken." + (f" It is {known.standing} now." if known else "")
    )


def _asked(vault: Vault, matter: str) -> str:
    """The organisation of ours whose word is asked, when it is one alone."""
    known = vault.state.matter(matter)
    needed = known.needed if known else asked(vault.state, vault.state.releases[matter])
    mine = [each for each in needed if vault.me in vault.state.organisations[each].people]
    return mine[0] if len(mine) == 1 else ""


def withdraw(desk: Desk) -> None:
    """Take back your organisation's approval or objection to a matter, or its own transfer."""
    vault = desk.open()
    matter = finding.matter(vault, desk.args.matter)
    org = finding.acting(vault, desk.args.org)
    told = vault.state.matter(matter)
    known = told or vault.state.releases[matter]
    said = known.objections.get(org) or known.approvals.get(org) or (matter if known.org == org else "")
    if not said:
        raise nothing("Your organisation has said nothing about it that could be taken back.")
    consortium = vault.state.contributions[told.contribution].consortium if told else _chain(vault, matter)
    vault.say(lambda pen: [client.withdraw(pen, org, consortium, said)])
    desk.show.result(matter=matter, withdrawn=said)


def _chain(vault: Vault, release: str) -> str:
    return vault.state.releases[release].consortium


def released(desk: Desk) -> None:
    """What others released to you or your organisations: for what, until when, and whether it is in force."""
    vault = desk.seen()
    state = vault.state
    mine = {vault.me, *(each.id for each in state.organisations.values() if vault.me in each.people)}
    told = sorted((each for each in state.releases.values() if each.to in mine), key=lambda each: -each.index)
    rows = [
        (
            finding.name(vault, each.org),
            each.purpose,
            each.until,
            standing(state, each, vault.at).value,
            ", ".join(of[:12] for of in each.contributions),
            each.id[:12],
        )
        for each in told
    ]
    columns = ("From", "Purpose", "Until", "Standing", "Contributions", "Id")
    desk.show.table("released", columns, rows, "Nothing was released to you.")


def decline(desk: Desk) -> None:
    """Say that you want nothing of what was released to you or your organisation."""
    vault = desk.open()
    release = finding.matter(vault, desk.args.matter)
    to = vault.state.releases[release].to if release in vault.state.releases else ""
    if not to:
        raise nothing("This is no release.")
    vault.say(lambda pen: [client.decline(pen, "" if to == vault.me else to, release)])
    desk.show.result(release=release)


COMMANDS = (
    Command("grant", grant, _gives),
    Command("revoke", revoke, _takes),
    Command("release", release, _releases),
    Command("released", released),
    Command("decline", decline, _speaks),
    Command("transfer", transfer, _moves),
    Command("approve", approve, _speaks),
    Command("object", object_to, _speaks),
    Command("withdraw", withdraw, _speaks),
)
