"""The command line: serve, work, migrate, seed, and the pages the rules and tables write themselves."""

import argparse
import code
import sys
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlmodel import Session, select

from crosslab import app, serving, strings
from crosslab.core.db import session, snapshot, transaction
from crosslab.core.errors import No
from crosslab.core.paths import ALEMBIC
from crosslab.core.settings import Settings, Unfit, settings
from crosslab.demo.cast import introductions
from crosslab.demo.world import build_world
from crosslab.everything import TABLES, metadata
from crosslab.ledger import checking, returning, standing, succession
from crosslab.ledger.jobs import Ledger
from crosslab.people.tables import Person
from crosslab.rules.page import markdown
from crosslab.tables_page import tables_page
from crosslab.workspace import releases
from crosslab.workspace.ties import Ties

MOST_MISSING = 50


def migrate(given: Settings, _args: argparse.Namespace) -> None:
    """Bring the database to the newest shape."""
    _folder_of(given)
    config = Config()
    config.set_main_option("script_location", str(ALEMBIC))
    config.attributes["url"] = given.database
    command.upgrade(config, "head")


def seed(given: Settings, args: argparse.Namespace) -> None:
    """Build the demo world, unless there is one."""
    with app.opened(given) as door:
        with transaction(door.engine) as db:
            there = db.exec(select(Person.id)).first() is not None
        if there and not args.anew:
            return
        if there:
            metadata.drop_all(door.engine)
            metadata.create_all(door.engine)
        build_world(door)


def cast(given: Settings, _args: argparse.Namespace) -> None:
    """Print a one-click sign-in link and the demo passphrase for each of the cast."""
    if not given.demo:
        raise Unfit("One-click links exist in demo mode alone. Set CROSSLAB_DEMO=1 on your own machine.")
    for name, what, url, passphrase, look in introductions(given):
        lines = (what, url, f"passphrase: {passphrase}" if passphrase else "", look)
        print("\n".join(f"  {name if line is what else '':22} {line}" for line in lines if line))


def shell(given: Settings, _args: argparse.Namespace) -> None:
    """A Python prompt with a session and the tables."""
    names = {
        name: value for module in TABLES for name, value in vars(module).items() if isinstance(value, type)
    }
    with app.opened(given) as door, Session(door.engine) as db:
        code.interact("`db` is a session; nothing is saved until db.commit().", local={**names, "db": db})


def rules(_given: Settings, _args: argparse.Namespace) -> None:
    """Print docs/rules.md."""
    print(markdown(), end="")


def tables(_given: Settings, _args: argparse.Namespace) -> None:
    """Print docs/data.md."""
    print(tables_page(), end="")


def words(_given: Settings, args: argparse.Namespace) -> None:
    """Bring the catalogues up to date, or check that they are complete."""
    trouble = strings.check() if args.check else strings.update()
    for line in trouble:
        print(line)
    if trouble and args.check:
        sys.exit(1)


def the_log(given: Settings, args: argparse.Namespace) -> None:
    """Look after the log: status, check, timestamp, witness-push, roll-over, take-back."""
    LOG[args.what](given, args)


def _status(given: Settings, _args: argparse.Namespace) -> None:
    with app.opened(given) as door, snapshot(door.engine) as db:
        for line in standing.lines(db, door.keeper, given):
            print(line)


def _check(given: Settings, _args: argparse.Namespace) -> None:
    with app.opened(given) as door:
        found = checking.check(door.engine, door.keeper)
    print(f"{found.entries} entries read in {found.seconds} s.")
    if found.troubles:
        sys.exit("\n".join(found.troubles))


def _ask_others(given: Settings, args: argparse.Namespace) -> None:
    with app.opened(given) as door:
        at_work = Ledger.of(door.engine, door.keeper, given)
        told = at_work.stamp() if args.what == "timestamp" else at_work.push()
    for name, trouble in told.items():
        print(f"{name}: {trouble or 'done'}")
    if not told:
        print("Nobody needed to be asked.")
    if any(told.values()):
        sys.exit(1)


def _roll_over(given: Settings, args: argparse.Namespace) -> None:
    if args.ends != given.log_origin:
        sys.exit(
            f"crosslab: stop the house first, then confirm with --ends {given.log_origin}. There is no way back."
        )
    with app.opened(given) as door:
        after = succession.roll_over(door.engine, given, lost=args.lost)
    print(f"{given.log_origin} has ended. Serve from now on with\n")
    print(f"  CROSSLAB_LOG_ORIGIN={after.origin}\n  CROSSLAB_LOG_KEY={after.log_key}\n")
    print(f"and publish the new key where people can compare it:\n\n  {after.vkey}")


def _take_back(given: Settings, args: argparse.Namespace) -> None:
    """Nothing is taken unless all of it is there, or the operator says that the beginning is enough."""
    ties, wish = Ties(), returning.Wish(args.part, args.without_files)
    with app.opened(given) as door, session(door.engine) as db:
        handed = [*returning.waiting(door.keeper), *(Path(each).read_bytes() for each in args.files)]
        gathered = returning.gather(db, door.keeper, [*handed, releases.served().manifest])
        made = returning.take_back(db, door.history, door.keeper, door.files, gathered, ties, wish)
        taken = wish.part or not made.missing
        db.commit() if taken else db.rollback()
    lines = [f"{made.taken if taken else 0} entries were taken back.", *(ties.told if taken else ())]
    lines += [f"refused {each}" for each in made.refused] + [f"gone: {each}" for each in made.without]
    print("\n".join(lines))
    if made.missing:
        sys.exit("\n".join(["Missing still:", *made.missing[:MOST_MISSING]]))


LOG: dict[str, Callable[[Settings, argparse.Namespace], None]] = {
    "status": _status,
    "check": _check,
    "timestamp": _ask_others,
    "witness-push": _ask_others,
    "roll-over": _roll_over,
    "take-back": _take_back,
}


def _folder_of(given: Settings) -> None:
    if given.database.startswith("sqlite:///"):
        Path(given.database.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)


COMMANDS: dict[str, Callable[[Settings, argparse.Namespace], None]] = {
    **serving.COMMANDS,
    "migrate": migrate,
    "seed": seed,
    "cast": cast,
    "shell": shell,
    "rules": rules,
    "tables": tables,
    "log": the_log,
    "strings": words,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="crosslab", description="From challenge to funded consortium.")
    which = parser.add_subparsers(dest="command", required=True)
    which.add_parser("vault", help="Everything the vault's page does, on a machine of one's own")
    for name, does in COMMANDS.items():
        one = which.add_parser(name, help=(does.__doc__ or "").split(".")[0])
        if name in serving.COMMANDS:
            serving.ask_for(name, one)
        if name == "seed":
            one.add_argument("--anew", action="store_true", help="throw the old world away first")
        if name == "log":
            one.add_argument("what", choices=LOG)
            one.add_argument("--ends", default="", help="with roll-over: the name of the log that shall end")
            one.add_argument(
                "--lost", action="store_true", help="with roll-over: the newest entries are gone"
            )
            one.add_argument(
                "files", nargs="*", help="with take-back: what members sent by hand, lists of releases"
            )
            one.add_argument(
                "--part", action="store_true", help="with take-back: as far as nothing is missing"
            )
            one.add_argument(
                "--without-files", action="store_true", help="with take-back: sealed keys may be gone"
            )
        if name == "strings":
            one.add_argument("--check", action="store_true")
    return parser


def main() -> None:
    """Run one command. A setting that cannot be right is told in a sentence."""
    args = _parser().parse_args()
    try:
        COMMANDS[args.command](settings(), args)
    except (Unfit, No) as trouble:
        sys.exit(f"crosslab: {trouble}")
