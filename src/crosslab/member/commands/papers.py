"""Taking things along: a whole workspace that stock tools open, and evidence for others."""

from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from crosslab.ip_vault import note, tlog
from crosslab.ip_vault.evidence import (
    Broken,
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
from crosslab.member.opening import Opened, manifest_of, open_version
from crosslab.member.stops import Code, Stop, refused
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
    source = _source(vault) if chain else None
    files, vkey = (register(source, chain), source.vkey) if source else _claim(desk, vault)
    verdict = check(files, vkey, without_time=True, with_gaps=True)
    write_whole(path, write_zip(files, path.stem))
    desk.show.say(f"{path}: {verdict.sentence}\nThe log's key to check it with: {vkey}")
    desk.show.result(path=str(path), sentence=verdict.sentence, files=len(files), vkey=vkey)


def _claim(desk: Desk, vault: Vault) -> tuple[dict[str, bytes], str]:
    of = wanted(vault, desk)
    version = finding.version(vault, of, desk.args.version)
    named = {version.org, *(party for owners in version.rights.values() for party in owners)}
    org = finding.acting(vault, desk.args.org, named)
    source = _source(vault, version.index)
    return claim(source, version.id, org, _reveal(desk, vault, version)), source.vkey


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


def _source(vault: Vault, index: int | None = None) -> Source:
    """Everything we have verified, under one checkpoint, with the log's time stamps; `check` judges those.

    A bundle is over one log. After a roll-over that can only be the first one, as it was when it ended: for what
    was said in it before. What came later stands on keys of both.
    """
    memory, ended = vault.follower.memory, vault.follower.log.earlier
    log, entries, checkpoint = vault.follower.log.signer, memory.entries, memory.pins.checkpoint
    if ended:
        if index is None or index >= ended[0].end:
            raise refused(
                "The register was continued in another log, and a bundle is over one. Versions that were stated "
                "before it ended can still be shown; for all else take an export."
            )
        log, checkpoint = _first_log(vault), ended[0].last
        entries = entries[: ended[0].end]
    notes = {each: known.note for each, known in vault.known.items()}
    witnesses = [str(each) for each in vault.home.settings().get("witnesses", [])]
    stamps = vault.door.stamps(log.name, len(entries))
    return Source(log, vault.state, notes, entries, checkpoint, stamps, witnesses)


def _first_log(vault: Vault) -> note.Signer:
    """The log that ended first, by the key under which its last checkpoint is signed."""
    log = note.parse_vkey(str(vault.door.logs()[0].get("vkey", "")))
    last = vault.follower.log.earlier[0].last
    tlog.open_checkpoint(last, log.name, log.public)
    return log


def _verifies(parser: ArgumentParser) -> None:
    parser.add_argument("bundle", help="the folder or zip")
    parser.add_argument(
        "--log-key", default="", help="the log's verifier key; the one known here if none is given"
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
    vkey = args.log_key or str(desk.home.settings().get("vkey", ""))
    if not vkey:
        raise Stop(Code.USAGE, "Give the log's verifier key, from elsewhere than the bundle: --log-key")
    gaps = {name: getattr(args, name) for name in ("without_time", "with_gaps", "without_entries")}
    try:
        verdict = check_path(
            args.bundle,
            vkey,
            witness=args.witness or None,
            tsa_sha256=args.tsa_sha256 or None,
            file=args.file,
            **gaps,
        )
    except Broken as broken:
        desk.show.result(holds=False, broken=str(broken))
        raise Stop(Code.PROOF, f"NOT VERIFIED: {broken}.") from broken
    desk.show.say(report(verdict))
    desk.show.result(holds=True, sentence=verdict.sentence)


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
