"""What only a demonstration has: sign-in by one press and an open mailbox, for who sits at the machine."""

import re
from dataclasses import replace

import httpx
import pytest
from sqlmodel import select

from crosslab import app
from crosslab.core.mail import Letter
from crosslab.demo.pages import LETTERS
from crosslab.people.tables import Presence
from tests.loops import run

PATHS = ("/demo", "/demo/ane", "/mailbox")


def asked(door, path, address="127.0.0.1"):
    """The answer that a browser at this address gets."""
    transport = httpx.ASGITransport(app.build(door=door), client=(address, 5000))

    async def ask():
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            return await client.get(path)

    return run(ask())


def test_one_press_signs_in_as_one_of_the_cast(door, world, db):
    answer = asked(door, "/demo/ane?to=/account")

    newest = db.exec(select(Presence).order_by(Presence.id.desc())).first()
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert answer.cookies["crosslab"]
    assert newest.person_id == world.ane.person_id


def test_the_mailbox_shows_the_letters_with_links_to_press(door, db):
    db.add(Letter(to="ane@fjordlys.example", subject="Your link", text="https://example.org/sign-in/x <b>"))
    db.commit()

    shown = asked(door, "/mailbox").text

    assert '<a href="https://example.org/sign-in/x"' in shown
    assert "&lt;b&gt;" in shown


@pytest.mark.parametrize("path", PATHS)
def test_from_another_machine_there_is_nothing_here(door, path):
    assert asked(door, path, address="192.0.2.7").status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_where_real_people_work_there_is_nothing_here(door, path):
    real = replace(door, settings=replace(door.settings, demo=False))

    assert asked(real, path).status_code == 404


def test_nobody_outside_the_cast_is_let_in(door):
    assert asked(door, "/demo/mallory").status_code == 404


def test_older_letters_are_a_press_away_and_none_is_shown_twice(door, db):
    for n in range(2 * LETTERS + 1):
        db.add(Letter(to="ane@fjordlys.example", subject=f"Letter no. {n}.", text=""))
        db.flush()
    db.commit()

    path, read = "/mailbox", []
    for _ in range(3):
        shown = asked(door, path).text
        read += re.findall(r"Letter no\. \d+\.", shown)
        path = (
            re.search(r'href="(/mailbox\?after=[0-9a-f-]+)"', shown).group(1)
            if len(read) <= 2 * LETTERS
            else path
        )

    assert read == [f"Letter no. {n}." for n in reversed(range(2 * LETTERS + 1))]


def test_a_key_that_is_none_shows_the_newest_letters(door):
    assert asked(door, "/mailbox?after=yesterday").status_code == 200
