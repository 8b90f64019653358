"""Contributions: sealing files, opening them, and what lies in a workspace."""

from argparse import ArgumentParser
from fractions import Fraction
from pathlib import Path
from typing import Any

from crosslab.ip_vault.client import Claim, acknowledge
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.replay import Contribution, disputed
from crosslab.ip_vault.shares import write_share
from crosslab.ip_vault.statements.types import CLASSES, DERIVATIONS, RIGHTS
from crosslab.member import finding, papertrail, putting
from crosslab.member.changes import knowingly, stop_at_changed_keys
from crosslab.member.desk import Command, Desk, out_folder
from crosslab.member.opening import Opened, grantee, newest, save_file, sizes, titles
from crosslab.member.stops import Code, Stop, refused
from crosslab.member.vault import Vault


def _puts(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--title", default="", help="the title; the first file's name if none is given")
    parser.add_argument("--description", default="")
    parser.add_argument("--class", dest="klass", choices=CLASSES, default="background")
    parser.add_argument(
        "--right",
        action="append",
        default=[],
        metavar="KIND=OWNER:SHARE,…",
        help="who owns which right, for example copyright=Loom:1/2,Tinsel:1/2; yours alone if none is given",
    )
    parser.add_argument(
        "--continue", dest="continues", default="", help="the contribution this is a version of"
    )
    parser.add_argument(
        "--rests-on",
        action="append",
        default=[],
        metavar="KIND:VERSION",
        help=f"one of {', '.join(DERIVATIONS)}",
    )
    parser.add_argument(
        "--reader", action="append", default=[], help="an organisation or person that shall read it"
    )
    parser.add_argument(
        "--no-readers", action="store_true", help="a new version is not shared as the one before"
    )
    knowingly(parser)
    parser.add_argument("--in", dest="place", default="")
    parser.add_argument("--for", dest="org", default="")


def put(desk: Desk) -> None:
    """Seal files and state them as a contribution, or as its next version. Repeat it after a break: it goes on."""
    vault = desk.open()
    chain = finding.consortium(vault, desk.args.place)
    org = finding.acting(vault, desk.args.org, finding.members(vault, chain))
    before = _before(vault, chain, desk.args.continues)
    claim = _claim(vault, desk, org, before)
    readers = [finding.party(vault, each) for each in desk.args.reader]
    if before and not desk.args.no_readers:
        readers += [
            to
            for to, access in before.access.items()
            if not access.revoked and not access.under and to != org
        ]
    stop_at_changed_keys(desk, vault, readers)
    title = desk.args.title or (newest(vault, before).manifest.title if before else desk.args.files[0].name)
    draft = putting.Draft(org, chain, claim, title, desk.args.description, desk.args.files, readers)
    with desk.show.progress("sealing and sending", putting.weight(desk.args.files)) as told:
        made = putting.put(vault, draft, told)
    version = vault.state.versions[made]
    desk.show.say(f"“{title}” is sealed: contribution {version.contribution[:12]}, version {version.number}.")
    desk.show.result(
        contribution=version.contribution, version=made, number=version.number, index=version.index
    )


def _before(vault: Vault, chain: str, wanted: str) -> Contribution | None:
    return finding.contribution(vault, wanted, titles(vault, chain)) if wanted else None


def _claim(vault: Vault, desk: Desk, org: str, before: Contribution | None) -> Claim:
    args = desk.args
    rights = dict(_right(vault, each) for each in args.right)
    if not rights and before:
        rights = {kind: dict(held.owners) for kind, held in before.rights.items()}
    rests = [_source(vault, each) for each in args.rests_on]
    return Claim(
        args.klass,
        rights or {"copyright": {org: Fraction(1)}},
        (vault.me,),
        rests,
        before.id if before else "",
    )


def _right(vault: Vault, text: str) -> tuple[str, dict[str, Fraction]]:
    kind, _, owners = text.partition("=")
    if kind not in RIGHTS or not owners:
        raise Stop(Code.USAGE, f"Write a right as KIND=OWNER:SHARE. Kinds: {', '.join(RIGHTS)}")
    return kind, shares(vault, owners)


def shares(vault: Vault, text: str) -> dict[str, Fraction]:
    """Owners and their shares from `Loom:1/2,Tinsel:1/2`."""
    held = {}
    for each in text.split(","):
        name, _, share = each.rpartition(":")
        try:
            held[finding.organisation(vault, name.strip() or share)] = (
                Fraction(share) if name else Fraction(1)
            )
        except (ValueError, ZeroDivisionError) as error:
            raise Stop(Code.USAGE, f"“{share}” is no share. Write 1/2.") from error
    if sum(held.values()) != 1:
        raise Stop(Code.USAGE, "The shares of a right must add up to 1.")
    return held


def _source(vault: Vault, text: str) -> tuple[str, str]:
    kind, _, wanted = text.partition(":")
    known = [
        each for each in vault.state.versions if each.startswith(wanted) and len(wanted) >= finding.LEAST
    ]
    if kind not in DERIVATIONS or len(known) != 1:
        raise Stop(Code.USAGE, "Write what it rests on as KIND:VERSION, with the start of the version's id.")
    return known[0], kind


def _gets(parser: ArgumentParser) -> None:
    parser.add_argument("contribution", help="its title or the start of its id")
    parser.add_argument(
        "--version", type=int, help="its number; the newest that you may open if none is given"
    )
    parser.add_argument("--to", default=".", help="the folder to put the files into")
    parser.add_argument("--over", action="store_true", help="write over files that are there")
    parser.add_argument("--in", dest="place", default="")


def get(desk: Desk) -> None:
    """Fetch and open a contribution: every file whole and verified, or none. Repeat it after a break: it goes on."""
    vault = desk.open()
    of = wanted(vault, desk)
    opened = newest(vault, of, desk.args.version)
    folder = out_folder(desk.args.to)
    targets = {file.name: folder / file.name for file in opened.manifest.files}
    there = [path.name for path in targets.values() if path.exists()]
    if there and not desk.args.over:
        raise refused(f"{', '.join(there)} is there already. Choose another folder, or --over.")
    total = sum(sizes(vault, opened.version)[file.blob] for file in opened.manifest.files)
    with desk.show.progress("fetching", total) as told:
        for file in opened.manifest.files:
            save_file(vault, opened, file, targets[file.name], told)
    _acknowledge(vault, opened)
    desk.show.say(
        f"“{opened.manifest.title}”, version {opened.version.number}: {', '.join(targets) or 'no files'}"
    )
    desk.show.result(
        **facts(vault, of), title=opened.manifest.title, files=[str(each) for each in targets.values()]
    )


def _acknowledge(vault: Vault, opened: Opened) -> None:
    """Says, once, that a version given by others was opened: as the browser does."""
    to, version = grantee(vault, opened.version), opened.version
    access = vault.state.contributions[version.contribution].access[to]
    person = to == vault.me
    may = person or to in finding.spoken_for(vault)
    if to != version.org and version.id not in access.acks and may:
        vault.say(lambda pen: [acknowledge(pen, "" if person else to, version.id)])


def wanted(vault: Vault, desk: Desk) -> Contribution:
    """The contribution that was meant: by the start of its id, or by its title in a workspace."""
    text = getattr(desk.args, "contribution", "") or desk.args.subject
    if len(text) >= finding.LEAST and any(
        each.startswith(text.lower()) for each in vault.state.contributions
    ):
        return finding.contribution(vault, text)
    return finding.contribution(vault, text, titles(vault, finding.consortium(vault, desk.args.place)))


def _lists(parser: ArgumentParser) -> None:
    parser.add_argument("--in", dest="place", default="")
    parser.add_argument(
        "--closed", action="store_true", help="without titles, and without asking for your keys"
    )


def list_all(desk: Desk) -> None:
    """What lies in a workspace: titles you may open, owners, standing, readers."""
    vault = desk.seen() if desk.args.closed else desk.open()
    chain = finding.consortium(vault, desk.args.place)
    named = {} if desk.args.closed else titles(vault, chain)
    rows = []
    for each in vault.state.consortia[chain].contributions:
        known = facts(vault, vault.state.contributions[each])
        title = named.get(each, "(sealed)")
        rows.append(
            (title, known["version"], known["standing"], known["owners"], known["readers"], each[:12])
        )
    columns = ("Title", "Version", "Standing", "Owners", "Readers", "Id")
    desk.show.table("contributions", columns, rows, "Nothing was sealed here yet.")


def facts(vault: Vault, of: Contribution) -> dict[str, Any]:
    """What the history says of a contribution, for people and programs."""
    version = vault.state.versions[of.versions[-1]]
    rights = {right: held.owners for right, held in of.rights.items()} or version.rights
    return {
        "contribution": of.id,
        "version": version.number,
        "standing": "disputed" if disputed(vault.state, of) else version.standing.value,
        "owners": sorted(
            f"{right}: {finding.name(vault, party)} {write_share(share)}"
            for right, owners in rights.items()
            for party, share in owners.items()
        ),
        "readers": sorted(
            finding.name(vault, to)
            for to, access in of.access.items()
            if access.grants and not access.revoked
        ),
    }


def _shows(parser: ArgumentParser) -> None:
    parser.add_argument("contribution", help="its title or the start of its id")
    parser.add_argument("--in", dest="place", default="")


def show(desk: Desk) -> None:
    """One contribution in full: versions, files, owners, what is to be agreed, who was shown what, what it rests on."""
    vault = desk.open()
    of = wanted(vault, desk)
    known = facts(vault, of)
    try:
        opened = newest(vault, of)
        desk.show.say(opened.manifest.title)
        desk.show.say(opened.manifest.description)
        rows = [(file.name, file.size, file.type) for file in opened.manifest.files]
        desk.show.table("files", ("Name", "Bytes", "Type"), rows, "No files.")
        desk.show.result(title=opened.manifest.title)
    except (Stop, VaultError) as error:
        if not isinstance(error, Stop) or error.code is not Code.REFUSED:
            raise
        desk.show.say("(sealed; not granted to you)")
    matters = [vault.state.versions[each] for each in of.versions]
    rows_of = [
        (f"version {each.number}", each.standing.value, _voices(vault, each), each.id[:12])
        for each in matters
    ]
    moves = [vault.state.transfers[each] for each in of.transfers]
    rows_of += [
        (f"transfer of {each.right}", each.standing, _voices(vault, each), each.id[:12]) for each in moves
    ]
    desk.show.table("matters", ("Matter", "Standing", "Said", "Id"), rows_of, "")
    desk.show.table("shown_to", papertrail.SHOWN, papertrail.shown(vault, of), papertrail.nobody(vault, of))
    desk.show.table("rests_on", papertrail.RESTS, papertrail.rests(vault, of), "Rests on nothing.")
    desk.show.table(
        "releases", papertrail.RELEASED, papertrail.released(vault, of), "Not released to outsiders."
    )
    desk.show.result(**known)
    readers = ", ".join(known["readers"] + [papertrail.UNTOLD] * (not finding.sees(vault, of, "")))
    desk.show.say(f"owners: {', '.join(known['owners'])}\nreaders: {readers}")


def _voices(vault: Vault, matter: Any) -> list[str]:
    said = [f"{finding.name(vault, each)} approved" for each in matter.approvals]
    said += [f"{finding.name(vault, each)} objected" for each in matter.objections]
    waiting = matter.needed - matter.approvals.keys() - matter.objections.keys()
    open_still = matter.settled is None and not matter.withdrawn
    return said + [f"{finding.name(vault, each)} is asked" for each in sorted(waiting) if open_still]


COMMANDS = (
    Command("put", put, _puts),
    Command("get", get, _gets),
    Command("list", list_all, _lists),
    Command("show", show, _shows),
)
