"""`crosslab vault`: everything the vault's page does, by a program of your own; no code that a server hands you."""

import signal
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import platformdirs

from crosslab.ip_vault.client import Superseded
from crosslab.ip_vault.client.troubles import Tampered, Trouble
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.replay import Rejected
from crosslab.member.commands import (
    consortia,
    entry,
    files,
    keys,
    orgs,
    papers,
    register,
    rights,
    search,
    witnessing,
)
from crosslab.member.commands.register import keep_proof
from crosslab.member.desk import Command, Desk
from crosslab.member.home import Home
from crosslab.member.line import HALTED
from crosslab.member.show import Show
from crosslab.member.stops import MEANINGS, Code, Stop

SUBJECTS = (entry, keys, orgs, consortia, files, search, rights, register, witnessing, papers)
COMMANDS: tuple[Command, ...] = tuple(each for subject in SUBJECTS for each in subject.COMMANDS)
GROUPS = {
    "keys": "your keys and those of others",
    "org": "your organisations",
    "consortium": "sealed workspaces",
    "witness": "vouching for the register, for others",
}
HELP = "If it has lost something, this machine may still hold it: crosslab vault give-back"
ABOUT = """Everything the vault's page does, by a program of your own: no code that a server hands you is run.
Secrets are typed, or read from file descriptors (--passphrase-fd, --root-fd), never taken as arguments.

Exit codes:
"""


class Grammar(ArgumentParser):
    """Says a wrongly written command as every other stop is said: programs are told in JSON, too."""

    def error(self, message: str) -> NoReturn:
        """What is wrong, after how it is written."""
        self.print_usage(sys.stderr)
        raise Stop(Code.USAGE, message)


def parser(prog: str = "crosslab vault") -> ArgumentParser:
    """The whole grammar of the command line."""
    codes = "".join(f"  {code.value:>3}  {meaning}\n" for code, meaning in MEANINGS.items())
    made = Grammar(prog=prog, description=ABOUT + codes, formatter_class=RawDescriptionHelpFormatter)
    shared = _shared()
    top = made.add_subparsers(dest="command", required=True, metavar="command")
    groups = {}
    for each in COMMANDS:
        first, _, second = each.name.partition(" ")
        if not second:
            one = top.add_parser(first, help=each.help, description=each.run.__doc__, parents=[shared])
        else:
            if first not in groups:
                group = top.add_parser(first, help=GROUPS[first])
                groups[first] = group.add_subparsers(dest="sub", required=True, metavar="command")
            one = groups[first].add_parser(
                second, help=each.help, description=each.run.__doc__, parents=[shared]
            )
        each.takes(one)
        one.set_defaults(run=each.run)
    return made


def _shared() -> Grammar:
    shared = Grammar(add_help=False)
    shared.add_argument("--home", type=Path, default=None, help="the folder for keys, pins and spool")
    shared.add_argument("--json", action="store_true", help="one JSON object on standard output")
    shared.add_argument("--quiet", action="store_true", help="say nothing but secrets and warnings")
    shared.add_argument("--tries", type=int, default=5, help="how often to try when the line breaks")
    shared.add_argument("--passphrase-fd", type=int, default=None, help="read the passphrase from here")
    shared.add_argument("--root-fd", type=int, default=None, help="read the printed recovery key from here")
    shared.add_argument(
        "--sheet", default="", help="write a new recovery sheet to this file instead of showing it"
    )
    return shared


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the number it ends with is one of `Code`."""
    words = sys.argv[1:] if argv is None else list(argv)
    show = Show(as_json="--json" in words)
    try:
        args = parser().parse_args(words)
        show = Show(as_json=args.json, quiet=args.quiet)
        code = _run(args, show)
    except Stop as stop:
        code = _end(show, stop.code, stop.sentence)
    except KeyboardInterrupt:
        code = Code.INTERRUPTED
    show.flush()
    return int(code)


def _caught(show: Show, caught: Tampered, desk: Desk | None) -> Code:
    """What a lie leaves behind. A witness that has not come by yet is late, and proves nothing against anybody."""
    show.result(trouble=str(caught.trouble))
    if caught.trouble is Trouble.WITNESSES:
        return _end(show, Code.NETWORK, f"{caught} They come by once a minute or so: try again then.")
    where = f" What shows it: {keep_proof(desk, caught)}" if desk else ""
    return _end(show, Code.PROOF, f"PROOF FAILED. {caught}{where}")


def _unproven(show: Show, error: VaultError) -> Code:
    """A proof that failed; or a key of one's own that is no longer the newest, which is nobody's fault."""
    if not isinstance(error, Superseded):
        return _end(show, Code.PROOF, f"PROOF FAILED. {error}")
    onward = "Go on with the words or the sheet of the newest: crosslab vault unlock"
    return _end(show, Code.LOCKED, f"You changed your key elsewhere: {error}. {onward}")


def _run(args: Namespace, show: Show) -> Code:
    """Every way a command can end, told in a sentence."""
    desk = None
    try:
        folder = args.home or platformdirs.user_config_path("crosslab", appauthor=False)
        desk = Desk(args, Home(folder), show)
        args.run(desk)
        return Code.FINE
    except Stop as stop:
        return _stopped(show, stop, desk)
    except Tampered as caught:
        return _caught(show, caught, desk)
    except Rejected as rejected:
        show.result(reason=str(rejected.code))
        return _end(show, Code.REFUSED, rejected.sentence)
    except VaultError as error:
        return _unproven(show, error)
    except OSError as error:
        return _end(show, Code.HERE, f"{error.strerror or error}: {error.filename or 'this machine'}")
    finally:
        for door in desk.doors if desk else ():
            door.client.close()


def _stopped(show: Show, stop: Stop, desk: Desk | None) -> Code:
    """A refusal, with its reason; when the register has halted, what this machine can do about it."""
    if stop.reason:
        show.result(reason=stop.reason)
    helps = stop.reason == HALTED and desk is not None and bool(desk.home.ends_under())
    return _end(show, stop.code, f"{stop.sentence} {HELP}" if helps else stop.sentence)


def _end(show: Show, code: Code, sentence: str) -> Code:
    show.result(code=int(code), sentence=sentence)
    show.warn(f"crosslab vault: {sentence}")
    return code


def run() -> None:
    """`crosslab vault …`, or a console script of its own."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main(sys.argv[2:] if sys.argv[1:2] == ["vault"] else sys.argv[1:]))


if __name__ == "__main__":
    run()
