"""The bell rings after a commit, for what was committed, on every replica."""

import asyncio
import threading
from uuid import uuid4

import pytest
from sqlalchemy import text

from crosslab.core.bell import AGAIN, CHANNEL, Bell, commit, hear_postgres
from crosslab.core.db import connect, session
from crosslab.core.events import Ring, rings
from crosslab.rules import Verb
from crosslab.web import live
from tests.loops import run

PLACE, OTHER = uuid4(), uuid4()
RECORDED, LATER = Verb.WORKSPACE_RECORD, Verb.WORKSPACE_FORGET


def ring_in(engine, bell, *owed):
    with session(engine) as db:
        db.exec(text("SELECT 1"))
        rings(db).extend(owed)
        commit(db, bell)


async def heard(ear, seconds=30.0):
    """The next verb; that all shall look again is told whenever the house begins to hear the database."""
    while (word := await asyncio.wait_for(ear.get(), seconds)) == AGAIN:
        pass
    return word


def test_it_rings_once_after_the_commit_where_somebody_listens(bell_of):
    async def story():
        bell, engine, here = bell_of()
        ear, elsewhere = bell.listen([PLACE]), bell.listen([OTHER])
        await asyncio.to_thread(here)
        with session(engine) as undone:
            rings(undone).append(Ring(PLACE, Verb.WORKSPACE_KEEP))
        await asyncio.to_thread(ring_in, engine, bell, Ring(PLACE, RECORDED), Ring(PLACE, RECORDED))
        assert await heard(ear) == RECORDED
        await asyncio.to_thread(ring_in, engine, bell, Ring(PLACE, LATER), Ring(OTHER, LATER))
        assert (await heard(ear), await heard(elsewhere)) == (LATER, LATER), "nothing came in between"
        assert (ear.empty(), elsewhere.empty()) == (True, True)

    run(story())


def test_another_replica_hears_it_too(bell_of):
    async def story():
        bell, engine, here = bell_of()
        if engine.dialect.name == "sqlite":
            return
        other = connect(engine.url.render_as_string(hide_password=False))
        ear = bell.listen([PLACE])
        await asyncio.to_thread(here)
        await asyncio.to_thread(ring_in, other, Bell(), Ring(PLACE, RECORDED))
        assert await heard(ear) == RECORDED
        other.dispose()

    run(story())


def test_a_word_that_is_not_known_yet_does_not_deafen_it(bell_of):
    async def story():
        bell, engine, here = bell_of()
        if engine.dialect.name == "sqlite":
            return
        ear = bell.listen([PLACE])
        await asyncio.to_thread(here)
        for payload in (f"{PLACE} workspace.not_yet", "rubbish", f"{PLACE} {RECORDED}"):
            with session(engine) as db:
                db.execute(
                    text("SELECT pg_notify(:channel, :payload)"), {"channel": CHANNEL, "payload": payload}
                )
                db.commit()
        assert await heard(ear) == RECORDED

    run(story())


def test_an_ear_that_never_listens_holds_nobody_up():
    async def story():
        bell = Bell()
        ear = bell.listen([PLACE])
        bell.ring([Ring(PLACE, RECORDED)] * 500)
        await asyncio.sleep(0)
        assert ear.full()
        bell.leave([PLACE], ear)
        bell.ring([Ring(PLACE, RECORDED)])

    run(story())


def test_a_line_on_which_nothing_happens_says_that_it_is_open(monkeypatch):
    monkeypatch.setattr(live, "HEARTBEAT", 0.01)

    async def story():
        bell = Bell()
        line = live._verbs(bell, {PLACE})
        assert (await anext(line)).event == "still"
        bell.ring([Ring(PLACE, RECORDED)])
        while (word := await anext(line)).event == "still":
            pass
        assert (word.event, word.data) == (None, RECORDED)
        await line.aclose()

    run(story())


@pytest.fixture
def bell_of(house):
    """A bell, its engine, and a function that returns once the bell hears the database."""
    stop, ears = threading.Event(), []

    def made():
        bell = Bell()
        if house.engine.dialect.name == "postgresql":
            ears.append(threading.Thread(target=hear_postgres, args=(house.engine, bell, stop)))
            ears[-1].start()
        return bell, house.engine, lambda: _listening(house.engine)

    yield made
    stop.set()
    for each in ears:
        each.join()


def _listening(engine):
    while engine.dialect.name == "postgresql":
        with session(engine) as db:
            asked = text(
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND state = 'idle'"
                " AND datname = current_database()"
            )
            if db.execute(asked).scalar_one():
                return
