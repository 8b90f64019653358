"""A house with real commits, and visitors of it who come in several threads at once."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from litestar.testing import TestClient

from crosslab import app
from crosslab.core.clock import now
from crosslab.core.db import session, transaction
from crosslab.demo.world import world_in
from crosslab.people.tables import Presence
from crosslab.people.tokens import digest, new_token
from crosslab.web.door import COOKIE
from tests.conftest import Visitor


@pytest.fixture
def running(house):
    """The house as an application, over its own database."""
    return app.build(door=replace(app.open_door(house.settings), engine=house.engine))


@pytest.fixture
def cast(house):
    with session(house.engine, read_only=True) as db:
        return world_in(db)


@pytest.fixture
def visit(house, running, cast) -> Callable[..., Visitor]:
    """`visit("ane")`: a browser signed in as one of the cast."""

    def as_person(key: str) -> Visitor:
        cookie = new_token()
        with transaction(house.engine) as db:
            ends = now() + timedelta(hours=1)
            person = getattr(cast, key).person_id
            db.add(Presence(person_id=person, token_hash=digest(cookie), ends_at=ends))
        client = TestClient(running, base_url="http://127.0.0.1:8000")
        client.cookies.set(COOKIE, cookie)
        return Visitor(client, cookie)

    return as_person


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do these at the same moment, each in a thread of its own; their answers in order."""
    ready, answers = threading.Barrier(len(works)), [None] * len(works)

    def do(n: int) -> None:
        ready.wait()
        answers[n] = works[n]()

    threads = [threading.Thread(target=do, args=(n,)) for n in range(len(works))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return answers
