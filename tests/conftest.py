"""Fixtures of every test: a session, the cast, and a browser without a screen signed in as one of them."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import hypothesis
import pytest
from litestar.testing import TestClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from crosslab import app
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.db import session
from crosslab.core.jobs import Job
from crosslab.core.mail import Letter
from crosslab.core.settings import Settings
from crosslab.demo.world import World, world_in
from crosslab.people.tables import Presence
from crosslab.people.tokens import digest, new_token
from crosslab.web.door import COOKIE, Door
from crosslab.worker import Worker

pytest_plugins = ["tests.databases", "tests.browser", "tests.stores"]
if "CI" not in os.environ:  # there Hypothesis is patient by itself; here it looks for new examples
    unhurried = [hypothesis.HealthCheck.too_slow]
    hypothesis.settings.register_profile("unhurried", deadline=None, suppress_health_check=unhurried)
    hypothesis.settings.load_profile("unhurried")

TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


@pytest.fixture
def db(engine: Engine) -> Iterator[Session]:
    """A session over the demo world; everything is undone after the test."""
    with session(engine) as opened:
        yield opened


@pytest.fixture
def world(db: Session) -> World:
    """The cast and their places."""
    found = world_in(db)
    db.commit()
    return found


@pytest.fixture
def door(engine: Engine, settings: Settings) -> Door:
    """The running house, on the test's own database."""
    return replace(app.open_door(settings), engine=engine)


@pytest.fixture
def worker(db: Session, world: World, door: Door) -> Worker:
    """The worker, after everything that the story left to do is thrown away, letters and all."""
    for old in (*db.exec(select(Job)).all(), *db.exec(select(Letter)).all()):
        db.delete(old)
    db.commit()
    return Worker(door)


class Visitor:
    """A browser without a screen. `post` brings the token of the form along, as a page would."""

    def __init__(self, client: TestClient, cookie: str | None) -> None:
        self.client, self._token = client, ""
        if cookie:
            client.cookies.set(COOKIE, cookie)

    def get(self, url: str, *, htmx: bool = False, **more):
        return self.client.get(url, headers=_asked(htmx), follow_redirects=False, **more)

    def post(self, url: str, typed: dict | None = None, *, htmx: bool = False, csrf: bool = True, **more):
        """Send a form. `csrf=False` forgets the token, as another site would."""
        given = {**({"csrf": self.token()} if csrf else {}), **(typed or {})}
        return self.client.post(url, data=given, headers=_asked(htmx), follow_redirects=False, **more)

    def send(self, method: str, url: str):
        """Try a door with an empty form and the right token."""
        token = {"x-csrf": self.token()} if method != "GET" else {}
        return self.client.request(method, url, headers=token, follow_redirects=False)

    def token(self) -> str:
        """The proof that a form is ours, read from a page that has one."""
        if not self._token:
            self._token = TOKEN.search(self.client.get("/sign-in").text).group(1)
        return self._token


def _asked(htmx: bool) -> dict[str, str]:
    return {"HX-Request": "true"} if htmx else {}


@pytest.fixture
def browse(db: Session, door: Door) -> Callable[..., Visitor]:
    """`browse(world.ane).get("/desk")`: a browser signed in as that person; `browse()` is a stranger's."""
    built = app.build(door=door)

    def as_person(actor: Actor | None = None) -> Visitor:
        cookie = new_token() if actor and actor.person_id else None
        if actor and actor.person_id and cookie:
            ends = now() + timedelta(hours=1)
            db.add(Presence(person_id=actor.person_id, token_hash=digest(cookie), ends_at=ends))
            db.commit()
        client = TestClient(built, base_url="http://127.0.0.1:8000", raise_server_exceptions=True)
        return Visitor(client, cookie)

    return as_person
