"""A gallery: the house served in one language, in which everybody in the story reads that language."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from types import SimpleNamespace

import httpx
import pytest
from sqlmodel import select

from crosslab.core.clock import now
from crosslab.core.db import transaction
from crosslab.people.tables import Person, Presence
from crosslab.people.tokens import digest, new_token
from crosslab.web.door import COOKIE, LANGUAGE_COOKIE
from crosslab.web.languages import BY_CODE, Language, words
from tests.browser import Site, a_still_site
from tests.sweeps.pages import LOOKS, Look, things_in


@dataclass(frozen=True)
class Gallery:
    """A served house in one language, and the things of its story."""

    site: Site
    language: Language
    things: SimpleNamespace

    def address(self, look: Look) -> str:
        return look.address(self.things, self.language.code)

    def cookies(self, who: str) -> dict[str, str]:
        """What the browser of one of the cast brings along."""
        carried = {LANGUAGE_COOKIE: self.language.code}
        if who:
            carried[COOKIE] = new_token()
            person, ends_at = getattr(self.site.world, who).person_id, now() + timedelta(hours=1)
            with transaction(self.site.engine) as db:
                db.add(Presence(person_id=person, token_hash=digest(carried[COOKIE]), ends_at=ends_at))
        return carried

    def answers(self) -> list[tuple[Look, httpx.Response]]:
        """Every page as it is sent."""
        whole = []
        with ExitStack() as opened:
            clients = {who: opened.enter_context(self._client(who)) for who in {each.who for each in LOOKS}}
            for look in LOOKS:
                whole.append((look, clients[look.who].get(self.address(look))))
        return whole

    def _client(self, who: str) -> httpx.Client:
        return httpx.Client(base_url=self.site.url, cookies=self.cookies(who), timeout=60)


@pytest.fixture(scope="session")
def gallery(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Gallery]]:
    """`gallery("de")`: the house in German, served from its first use until the end. Change nothing in it."""
    with ExitStack() as served:

        @cache
        def in_language(code: str) -> Gallery:
            folder = tmp_path_factory.mktemp(f"gallery-{code}")
            site = served.enter_context(a_still_site(worker_id, folder))
            with transaction(site.engine) as db:
                for person in db.exec(select(Person)):
                    person.language = code
                things = things_in(db)
                db.flush()
                db.expunge_all()
            return Gallery(site, BY_CODE[code], things)

        yield in_language


@pytest.fixture(scope="session")
def sent(gallery: Callable[[str], Gallery]) -> Callable[[str], list[tuple[Look, httpx.Response]]]:
    """`sent("de")`: every page in German, asked for once."""
    return cache(lambda code: gallery(code).answers())


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every translated sentence stands in ⟦…⟧."""
    words.cache_clear()
    monkeypatch.setenv("CROSSLAB_PSEUDO", "1")
    yield
    words.cache_clear()
