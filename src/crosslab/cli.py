"""The command line: serve, work, migrate, seed, and the pages the rules and tables write themselves."""

import argparse
import code
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import FrameType

import uvicorn
from alembic import command
from alembic.config import Config
from sqlmodel import Session, select

from crosslab import app, demo, strings
from crosslab.core import log
from crosslab.core.clock import now
from crosslab.core.db import snapshot, transaction
from crosslab.core.errors import No
from crosslab.core.jobs import queue_age
from crosslab.core.paths import ALEMBIC
from crosslab.core.settings import Settings, Unfit, settings
from crosslab.everything import TABLES, metadata
from crosslab.ledger import checking, standing, succession
from crosslab.ledger.jobs import Ledger
from crosslab.member.main import run as member
from crosslab.people.tables import Person
from crosslab.rules.page import markdown
from crosslab.tables_page import tables_page
from crosslab.web.door import Door
from crosslab.worker import Worker

QUICK = 0.001  # seconds a thread runs before another may: a request changes threads several times


class Server(uvicorn.Server):
    """Lets those who follow a room go as soon as it is told to stop, so that they come back to the next one."""

    def __init__(self, config: uvicorn.Config, door: Door) -> None:
        super().__init__(config)
        self._door = door

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._door.hubs.close()
        super().handle_exit(sig, frame)


def serve(given: Settings, args: argparse.Namespace) -> None:
    """Serve the house on one address, with a worker inside unless CROSSLAB_WORKER=0."""
    made = replace(given, origin=args.origin or given.origin)
    log.set_up(made.log_level)
    sys.setswitchinterval(QUICK)
    built = app.build(made)
    config = uvicorn.Config(
        built,
        host=args.host,
        port=args.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(args.behind),
        forwarded_allow_ips=args.behind or None,
        timeout_graceful_shutdown=3,
    )
    server = Server(config, built.state.door)
    server.run()
    if not server.started:
        sys.exit("crosslab: the house could not begin to serve. The log says why.")


def worker(given: Settings, args: argparse.Namespace) -> None:
    """Do jobs and nothing else, until interrupted. With --check, only say whether they are being done."""
    log.set_up(given.log_level)
    with app.opened(given) as door:
        if args.check:
            _jobs_are_done(door)
        else:
            Worker(door).run(threading.Event())


def _jobs_are_done(door: Door) -> None:
    """A job that has been due for ten minutes means that nobody is working."""
    with transaction(door.engine) as db:
        since = queue_age(db)
    if since and since < now() - timedelta(minutes=10):
        sys.exit(f"crosslab: the oldest job has waited since {since:%Y-%m-%d %H:%M} UTC.")


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
        demo.build_world(door)


def cast(given: Settings, _args: argparse.Namespace) -> None:
    """Print a one-click sign-in link and the demo passphrase for each of the cast."""
    if not given.demo:
        raise Unfit("One-click links exist in demo mode alone. Set CROSSLAB_DEMO=1 on your own machine.")
    for name, what, url, passphrase in demo.introductions(given):
        print(
            f"  {name:22} {what}\n  {'':22} {url}"
            + (f"\n  {'':22} passphrase: {passphrase}" if passphrase else "")
        )


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
    """Look after the log: status, check, timestamp, witness-push, roll-over."""
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


LOG: dict[str, Callable[[Settings, argparse.Namespace], None]] = {
    "status": _status,
    "check": _check,
    "timestamp": _ask_others,
    "witness-push": _ask_others,
    "roll-over": _roll_over,
}


def _folder_of(given: Settings) -> None:
    if given.database.startswith("sqlite:///"):
        Path(given.database.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)


COMMANDS: dict[str, Callable[[Settings, argparse.Namespace], None]] = {
    "serve": serve,
    "worker": worker,
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
        if name == "serve":
            one.add_argument("--host", default="127.0.0.1")
            one.add_argument("--port", type=int, default=8000)
            one.add_argument("--origin", default="", help="the address people use, https://…")
            one.add_argument("--behind", default="", help="addresses of proxies whose headers are believed")
        if name == "worker":
            one.add_argument("--check", action="store_true", help="say whether jobs are being done")
        if name == "seed":
            one.add_argument("--anew", action="store_true", help="throw the old world away first")
        if name == "log":
            one.add_argument("what", choices=LOG)
            one.add_argument("--ends", default="", help="with roll-over: the name of the log that shall end")
            one.add_argument(
                "--lost", action="store_true", help="with roll-over: the newest entries are gone"
            )
        if name == "strings":
            one.add_argument("--check", action="store_true")
    return parser


def main() -> None:
    """Run one command. A setting that cannot be right is told in a sentence."""
    if sys.argv[1:2] == ["vault"]:
        member()
    args = _parser().parse_args()
    try:
        COMMANDS[args.command](settings(), args)
    except (Unfit, No) as trouble:
        sys.exit(f"crosslab: {trouble}")


if __name__ == "__main__":
    main()
