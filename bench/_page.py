"""A page of the running house on PostgreSQL, asked for by one of the cast, again and again."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from litestar.testing import TestClient
from sqlalchemy import text
from sqlmodel import Session

from crosslab import app
from crosslab.core.clock import now
from crosslab.core.db import connect, transaction
from crosslab.demo.world import World, world_in
from crosslab.people.tables import Presence
from crosslab.people.tokens import digest, new_token
from crosslab.web.door import COOKIE
from tests import servers
from tests.databases import copy_of_files, lent, settings_of, world_of

Fill = Callable[[Session, World], None]
Ask = Callable[[str], bytes]


@contextmanager
def measured_house() -> Iterator[None]:
    """The server for one measurement, stopped afterwards."""
    servers.open_run()
    try:
        yield
    finally:
        servers.close_run()


@contextmanager
def house_with(fill: Fill, who: str) -> Iterator[Ask]:
    """A house over a copy of the demo world and what `fill` adds; gives what asks for a page as that person."""
    with lent("postgres", "bench", of=world_of("postgres")) as url, tempfile.TemporaryDirectory() as folder:
        engine = connect(url)
        with transaction(engine) as db:
            world = world_in(db)
            fill(db, world)
            cookie, ends = new_token(), now() + timedelta(hours=1)
            person = getattr(world, who).person_id
            db.add(Presence(person_id=person, token_hash=digest(cookie), ends_at=ends))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as raw:
            raw.execute(text("VACUUM ANALYZE"))
        settings = settings_of(url, copy_of_files("postgres", Path(folder)))
        built = app.build(door=replace(app.open_door(settings), engine=engine))
        client = TestClient(built, base_url="http://127.0.0.1:8000")
        client.cookies.set(COOKIE, cookie)
        yield lambda path: client.get(path).raise_for_status().content
        engine.dispose()


def slower(
    large: Callable[[], object], small: Callable[[], object], turns: int = 20
) -> tuple[float, float, float]:
    """How many times the time of `small` does `large` take, and both in milliseconds: the best of each, in turns.

    Time on the wall and not of our processor, because the database's work counts as well.
    """
    large(), small()
    pairs = [(_took(large), _took(small)) for _ in range(turns)]
    most, least = min(one for one, _ in pairs), min(other for _, other in pairs)
    return most / least, most * 1000, least * 1000


def _took(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
