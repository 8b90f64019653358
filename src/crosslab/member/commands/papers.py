"""Taking things along: a whole workspace that stock tools open, and evidence for others."""

from argparse import ArgumentParser
from pathlib import Path

from crosslab.member import exporting, finding
from crosslab.member.desk import Command, Desk
from crosslab.member.opening import Opened, open_version
from crosslab.member.stops import refused
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


def _all(desk: Desk, contributions: list[str], vault: Vault) -> list[Opened]:
    found = []
    for each in contributions:
        versions = vault.state.contributions[each].versions
        for version in versions[-1:] if desk.args.newest else versions:
            opened = open_version(vault, vault.state.versions[version])
            if opened:
                found.append(opened)
    return found


COMMANDS = (Command("export", export, _exports),)
