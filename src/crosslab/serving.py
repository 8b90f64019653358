"""The two commands that run for months, `serve` and `worker`: what only the others need is not loaded for them."""

import argparse
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import FrameType

import uvicorn

from crosslab import app
from crosslab.core import log
from crosslab.core.clock import now
from crosslab.core.db import transaction
from crosslab.core.jobs import queue_age
from crosslab.core.memory import one_heap
from crosslab.core.settings import Settings, Unfit, settings
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


COMMANDS: dict[str, Callable[[Settings, argparse.Namespace], None]] = {"serve": serve, "worker": worker}


def ask_for(command: str, grammar: argparse.ArgumentParser) -> None:
    """What may follow the command."""
    if command == "serve":
        grammar.add_argument("--host", default="127.0.0.1")
        grammar.add_argument("--port", type=int, default=8000)
        grammar.add_argument("--origin", default="", help="the address people use, https://…")
        grammar.add_argument("--behind", default="", help="addresses of proxies whose headers are believed")
    else:
        grammar.add_argument("--check", action="store_true", help="say whether jobs are being done")


def main() -> None:
    """Run one of the two. A setting that cannot be right is told in a sentence."""
    command = sys.argv[1]
    does = COMMANDS[command]
    grammar = argparse.ArgumentParser(prog=f"crosslab {command}", description=does.__doc__)
    ask_for(command, grammar)
    one_heap()
    try:
        does(settings(), grammar.parse_args(sys.argv[2:]))
    except Unfit as trouble:
        sys.exit(f"crosslab: {trouble}")
