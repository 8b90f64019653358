"""Machines of the cast on a served house."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import httpx
import pytest

from crosslab.core.actor import Actor
from crosslab.ip_vault.age import scrypt
from crosslab.web.door import COOKIE
from tests.browser import Site
from tests.member.between import Between, standing_between
from tests.member.machine import Machine, session_of, signed_in


@pytest.fixture(autouse=True, scope="session")
def _stretched_once() -> Iterator[None]:
    """A passphrase is stretched on purpose. Within one run of the tests, once for each file it opens is enough."""
    patch = pytest.MonkeyPatch()
    patch.setattr(scrypt, "_stretch", cache(scrypt._stretch))
    yield
    patch.undo()


@pytest.fixture
def machine(site: Site, tmp_path: Path) -> Callable[..., Machine]:
    """`machine("ane")`: a machine of Ane's, with nothing on it but her session."""
    made: list[Machine] = []

    def of(key: str) -> Machine:
        folder = tmp_path / f"{key}{len(made)}"
        made.append(signed_in(site, getattr(site.world, key), folder, key))
        return made[-1]

    return of


@pytest.fixture
def between(site: Site) -> Iterator[Between]:
    """Somebody who stands between a machine and the server: `machine("ane").goes_by(between.url)`."""
    with standing_between(site.url) as made:
        yield made


@pytest.fixture
def browse_site(site: Site) -> Callable[..., None]:
    """`browse_site(world.ane, "/account/machines", typed)`: what Ane's browser sends when she presses the button."""

    def press(person: Actor, path: str, typed: dict[str, str]) -> None:
        with httpx.Client(base_url=site.url, cookies={COOKIE: session_of(site, person)}) as client:
            page = client.get(f"{path}/new", params=typed).text
            token = re.search(r'name="csrf" value="([^"]+)"', page)
            assert token
            answer = client.post(path, data={**typed, "csrf": token[1]})
            assert answer.status_code == 303, answer.text

    return press
