"""Taking things along: a whole workspace that stock tools open, and evidence for others."""

from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from crosslab.ip_vault.evidence import (
    HANDS,
    Broken,
    Log,
    Reveal,
    Source,
    check,
    check_path,
    claim,
    register,
    report,
    write_zip,
)
from crosslab.ip_vault.replay import Version
from crosslab.member import exporting, finding
from crosslab.member.commands.files import wanted
from crosslab.member.desk import Command, Desk
from crosslab.member.home import write_whole
from crosslab.member.onward import signer
from crosslab.member.opening import Opened, manifest_of, open_version
from crosslab.member.stops import Code, Stop, nothing, refused
from crosslab.member.vault import Vault


def _exports(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="where to write it; must be new or empty")
    parser.add_argument("--in", dest="place", default="")
    parser.add_argument(
        "--classic", action="store_true", help="sealed anew so that older age programs open it"
    )
    parser.add_argument("--plain", action="store_true", help="the opened files as well")
    parser.add_argument("--newest", action="store_true", help="the newest version of each alone")


def export(desk: Desk) -> None:
    """A whole workspace as files: sealed, with their keys, for stock `age`; every statement and receipt with them."""
    vault = desk.open()
    chain = finding.consortium(vault, desk.args.place)
    folder: Path = desk.args.folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(folder.iterdir()):
        raise refused(f"{folder} is not empty.")
    opened = _all(desk, vault.state.consortia[chain].contributions, vault)
    kind = exporting.CLASSIC if desk.args.classic else exporting.MODERN
    with desk.show.progress("exporting", exporting.weight(vault, opened)) as told:
        for each in opened:
            exporting.write_version(vault, each, folder, kind, plain=desk.args.plain, told=told)
    exporting.write_register(vault, chain, folder)
    exporting.write_readme(vault, chain, folder, kind)
    desk.show.say(f"{len(opened)} versions are in {folder}. README.txt there says how to open them.")
    desk.show.result(
        folder=str(folder), versions=[each.version.id for each in opened], classic=desk.args.classic
    )


def _shows(parser: ArgumentParser) -> None:
    parser.add_argument(
        "subject", nargs="?", default="", help="a contribution; nothing for the whole register"
    )
    parser.add_argument("--to", type=Path, required=True, help="the zip to write; must not be there yet")
    parser.add_argument("--version", type=int, help="its number; the newest if none is given")
    parser.add_argument("--reveal", action="append", default=[], metavar="FILE", help="show this file of it")
    parser.add_argument("--reveal-title", action="store_true", help="show title, description and file names")
    parser.add_argument(
        "--reveal-key", action="store_true", help="show the key that opens all of this version"
    )
    parser.add_argument("--for", dest="org", default="", help="the organisation that shows it")
    parser.add_argument("--in", dest="place", default="")


def evidence(desk: Desk) -> None:
    """A bundle that proves to a stranger, without us: a contribution's claim, or who owns what in a workspace."""
    vault = desk.open() if desk.args.subject else desk.seen()
    path: Path = desk.args.to
    if path.exists():
        raise refused(f"{path} is there already.")
    chain = finding.consortium(vault, desk.args.place) if not desk.args.subject else ""
    source = _source(vault)
    files = register(source, chain) if chain else _claim(desk, vault, source)
    verdict = check(files, source.vkey, without_time=True, with_gaps=True)
    write_whole(path, write_zip(files, path.stem))
    desk.show.say(f"{path}: {verdict.sentence}\nThe log's key to check it with: {source.vkey}")
    earlier = [each.vkey for each in source.earlier]
    if earlier:
        desk.show.say(f"The keys of the logs before it, for whoever knows them: {', '.join(earlier)}")
    told = {"vkey": source.vkey, "earlier": earlier}
    desk.show.result(path=str(path), sentence=verdict.sentence, files=len(files), **told)


def _claim(desk: Desk, vault: Vault, source: Source) -> dict[str, bytes]:
    of = wanted(vault, desk)
    version = finding.version(vault, of, desk.args.version)
    named = {version.org, *(party for owners in version.rights.values() for party in owners)}
    org = finding.acting(vault, desk.args.org, named)
    return claim(source, version.id, org, _reveal(desk, vault, version))


def _reveal(desk: Desk, vault: Vault, version: Version) -> Reveal | None:
    args = desk.args
    if not (args.reveal or args.reveal_title or args.reveal_key):
        return None
    opened = open_version(vault, version)
    if opened is None:
        raise refused("You cannot open this version, so you cannot show what is in it.")
    named = {file.name: file for file in opened.manifest.files}
    if strange := [each for each in args.reveal if each not in named]:
        raise refused(f"There is no {', '.join(strange)} in it.")
    with TemporaryDirectory(dir=vault.home.spool) as folder:
        shown = {
            each: exporting.opened_bytes(vault, opened, named[each], Path(folder)) for each in args.reveal
        }
    key = opened.key if args.reveal_key else None
    return Reveal(manifest_of(vault, opened.version, opened.key), shown, key)


def _source(vault: Vault) -> Source:
    """Everything we have verified, log after log, with the register's time stamps; `check` judges those."""
    memory, log = vault.follower.memory, vault.follower.log
    notes = {each: known.note for each, known in vault.known.items()}
    witnesses = [str(each) for each in vault.home.settings().get("witnesses", [])]
    entries, checkpoint = memory.entries[log.base :], memory.pins.checkpoint
    earlier = _ended(vault) if log.earlier else []
    stamps = sorted(vault.door.stamps(), key=lambda each: each.size)
    return Source(log.signer, vault.state, notes, entries, checkpoint, stamps, witnesses, earlier)


def _ended(vault: Vault) -> list[Log]:
    """The logs that have ended, under their last checkpoints; the server tells by which keys these are signed."""
    keys = {each.name: each for each in map(signer, vault.door.logs())}
    found, first = [], 0
    for each in vault.follower.log.earlier:
        if each.name not in keys:
            raise nothing(f"The server does not tell the key of the log {each.name}.")
        found.append(Log(keys[each.name], vault.follower.memory.entries[first : each.end], each.last))
        first = each.end
    return found


def _verifies(parser: ArgumentParser) -> None:
    parser.add_argument("bundle", help="the folder or zip")
    parser.add_argument(
        "--log-key",
        action="append",
        default=[],
        metavar="KEY",
        help="the newest log's verifier key, and those of earlier ones; the one known here if none is given",
    )
    parser.add_argument(
        "--witness", action="append", default=[], help="the verifier key of a witness you know"
    )
    parser.add_argument(
        "--tsa-sha256", action="append", default=[], help="a time stamp authority's root certificate"
    )
    parser.add_argument(
        "--file", default=None, help="a file in your hand: is it one of those that were sealed?"
    )
    for name in ("without-time", "with-gaps", "without-entries"):
        parser.add_argument(f"--{name}", action="store_true", help="accept this gap")


def verify(desk: Desk) -> None:
    """Check a bundle of evidence, offline: every signature, hash and rule. Fails closed, and names the broken link."""
    args = desk.args
    keys = args.log_key or [str(each) for each in [desk.home.settings().get("vkey")] if each]
    if not keys:
        raise Stop(Code.USAGE, "Give the log's verifier key, from elsewhere than the bundle: --log-key")
    gaps = {name: getattr(args, name) for name in ("without_time", "with_gaps", "without_entries")}
    try:
        verdict = check_path(
            args.bundle,
            keys,
            witness=args.witness or None,
            tsa_sha256=args.tsa_sha256 or None,
            file=args.file,
            **gaps,
        )
    except Broken as broken:
        desk.show.result(holds=False, broken=str(broken))
        raise Stop(Code.PROOF, f"NOT VERIFIED: {broken}.") from broken
    desk.show.say(report(verdict))
    told = {"hand": verdict.hand, "logs": verdict.facts["logs"]}
    desk.show.result(holds=True, sentence=verdict.sentence, **told)
    if verdict.hand in ("other", "untold"):
        raise nothing(HANDS[verdict.hand])


def _all(desk: Desk, contributions: list[str], vault: Vault) -> list[Opened]:
    found = []
    for each in contributions:
        versions = vault.state.contributions[each].versions
        for version in versions[-1:] if desk.args.newest else versions:
            opened = open_version(vault, vault.state.versions[version])
            if opened:
                found.append(opened)
    return found


COMMANDS = (
    Command("evidence", evidence, _shows),
    Command("verify", verify, _verifies),
    Command("export", export, _exports),
)
