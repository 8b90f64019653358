"""The bell tells that something happened at a place, and its verb, and nothing else.

A page that hears it asks for its fragment again through the ordinary route, so what it then sees is checked
by the ordinary rules. On one machine it rings in memory; with PostgreSQL it rings on every replica by NOTIFY.
"""

import asyncio
import contextlib
import logging
import threading
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, func, select
from sqlmodel import Session

from crosslab.rules import Verb

from .events import Ring, rings

CHANNEL = "crosslab_bell"
AGAIN = "again"  # heard instead of a verb when some may have been missed
log = logging.getLogger(__name__)


class Bell:
    """Who listens at which place. Rung from any thread, heard on the event loop."""

    def __init__(self) -> None:
        self._ears: dict[UUID, set[asyncio.Queue[str]]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None

    def listen(self, places: Iterable[UUID]) -> asyncio.Queue[str]:
        """A queue of verbs that happen at any of the places."""
        self._loop = asyncio.get_running_loop()
        ear: asyncio.Queue[str] = asyncio.Queue(maxsize=100)
        for place in places:
            self._ears[place].add(ear)
        return ear

    def leave(self, places: Iterable[UUID], ear: asyncio.Queue[str]) -> None:
        """Stop listening."""
        for place in places:
            self._ears[place].discard(ear)
            if not self._ears[place]:
                del self._ears[place]

    def ring(self, owed: Iterable[Ring]) -> None:
        """Ring after commit."""
        if self._loop and not self._loop.is_closed():
            for ring in owed:
                self._loop.call_soon_threadsafe(self._tell, ring.place_id, ring.verb)

    def ring_all(self) -> None:
        """Let everybody look again, because something may have happened that was not heard."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell_all)

    def _tell_all(self) -> None:
        for place_id in self._ears:
            self._tell(place_id, AGAIN)

    def _tell(self, place_id: UUID, word: str) -> None:
        for ear in list(self._ears.get(place_id, ())):
            with contextlib.suppress(asyncio.QueueFull):
                ear.put_nowait(word)


def commit(db: Session, bell: Bell) -> None:
    """Commit, and ring for what happened: on PostgreSQL within the commit, else right after it."""
    owed = list(dict.fromkeys(rings(db)))
    on_postgres = db.get_bind().dialect.name == "postgresql"
    if on_postgres:
        for ring in owed:
            db.execute(select(func.pg_notify(CHANNEL, f"{ring.place_id} {ring.verb}")))
    db.commit()
    rings(db).clear()
    if not on_postgres:
        bell.ring(owed)


def hear_postgres(engine: Engine, bell: Bell, stop: threading.Event) -> None:
    """Pass PostgreSQL's notifications to the local bell until told to stop; a lost connection is made anew.

    What was notified meanwhile is lost, so everybody looks again as soon as it hears.
    """
    alive = {"keepalives_idle": "10", "keepalives_interval": "5"}  # seconds: a line that went dead is noticed
    url = engine.url.set(drivername="postgresql").update_query_dict(alive)
    address = url.render_as_string(hide_password=False)
    psycopg: Any = engine.dialect.loaded_dbapi  # a house on SQLite does without it
    while not stop.is_set():
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                bell.ring_all()
                while not stop.is_set():
                    for notice in connection.notifies(timeout=1.0):
                        place, _, verb = notice.payload.partition(" ")
                        with contextlib.suppress(ValueError):  # a newer replica may know more verbs
                            bell.ring([Ring(UUID(place), Verb(verb))])
        except psycopg.OperationalError as lost:
            log.warning("the bell lost its connection and tries again: %s", lost)
            stop.wait(0.5)
