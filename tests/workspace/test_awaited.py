"""What waits in the vault stands on the desk of those it waits for: that it waits, until when, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from crosslab.core import clock
from crosslab.core.clock import now
from crosslab.ip_vault import client
from crosslab.ip_vault.client import Content
from crosslab.ip_vault.statements.shape import TIME
from crosslab.people.tables import Person
from tests.workspace.members import Member

RELEASED, WORD = 'href="/vault/#/released"', 'href="/vault/#/w/amphi-nights"'
TITLE = "Rig that nobody but its owner knows"


@pytest.fixture
def ane(member):
    return member("ane")


@pytest.fixture
def stig(browse, world):
    """An outsider with a key of their own, and no organisation."""
    found = Member(browse(world.stig))
    found.arrive("Stig Dahl")
    return found


@pytest.fixture
def shown(ane, amphi, stig):
    """`shown()`: a version that is Fjordlys's alone, released to Stig; its key is handed over, or not yet."""

    def show(to=stig.me, given=True):
        sealed = ane.seal(amphi.chain, Content(TITLE))
        until = (now() + timedelta(days=9)).strftime(TIME)
        pen = ane.pen(amphi.chain)
        said = client.release(pen, ane.org, amphi.chain, to, "evaluation", until, [sealed.version.id])
        assert ane.send(said).status_code == 200
        keys = {sealed.version.id: sealed.content_key}
        if given:
            handed = client.grant(ane.pen(amphi.chain), ane.org, amphi.chain, to, keys)
            assert ane.send(handed).status_code == 200
        return said, sealed

    return show


def desk(browse, person):
    return browse(person).get("/desk").text


def test_in_the_story_a_release_waits_for_the_assessor_and_two_matters_for_brightwater(browse, world):
    assert "A release waits for you in the vault" in desk(browse, world.ruth)
    told = desk(browse, world.beth)
    assert "2 matters of Amphi Nights wait in the vault for your organisation&#39;s word" in told
    assert WORD in told


@pytest.mark.parametrize("key", ["ane", "tom", "mei", "dan", "helen", "lars", "priya", "solveig"])
def test_nobody_else_is_told(browse, world, key):
    told = desk(browse, getattr(world, key))
    assert (RELEASED in told, "wait in the vault" in told, "waits in the vault" in told) == (False,) * 3


def test_a_release_waits_once_its_key_is_there_and_the_desk_says_nothing_of_what_it_is(
    browse, world, ane, shown
):
    shown(given=False)
    assert RELEASED not in desk(browse, world.stig)
    shown()
    told = desk(browse, world.stig)
    assert RELEASED in told
    assert not [word for word in (TITLE, "Amphi", "Fjordlys", "Ane Nilsen") if word in told]


@pytest.mark.parametrize("how", ["opened", "declined", "revoked"])
def test_a_release_is_gone_from_the_desk_once_nothing_is_left_to_open(
    browse, world, ane, stig, shown, amphi, how
):
    said, sealed = shown()
    sent = {
        "opened": lambda: stig.send(client.acknowledge(stig.pen(amphi.chain), "", sealed.version.id)),
        "declined": lambda: stig.send(client.decline(stig.pen(amphi.chain), "", said.id)),
        "revoked": lambda: ane.send(client.revoke(ane.pen(amphi.chain), ane.org, sealed.version.id, stig.me)),
    }[how]()

    assert sent.status_code == 200, sent.text
    assert RELEASED not in desk(browse, world.stig)


def test_a_release_is_gone_from_the_desk_after_its_last_second(browse, world, shown):
    shown()
    with clock.at(now() + timedelta(days=10)):
        assert RELEASED not in desk(browse, world.stig)


def test_a_release_to_an_organisation_waits_for_those_who_speak_for_it_there(db, browse, world, shown):
    katrin = Member(browse(world.katrin))
    katrin.arrive("Katrin Sommer")
    katrin.found("Kaiserlicht GmbH", world.houses["kaiserlicht"].id)
    db.exec(select(Person).where(Person.id == world.katrin.person_id)).one().language = "en"
    db.commit()
    shown(katrin.org)

    told = desk(browse, world.katrin)
    assert RELEASED in told
    assert "Kaiserlicht GmbH" in told
    assert RELEASED not in desk(browse, world.stig)


def test_a_matter_is_gone_from_the_desk_once_the_word_was_said(browse, world, member, amphi):
    beth = member("beth")
    state = beth.pen(amphi.chain).state
    asked = [each for each in state.releases.values() if not each.end and not each.approvals]
    for each in asked:
        beth.send(client.approve(beth.pen(amphi.chain), beth.org, each.id))

    assert "A matter of Amphi Nights waits in the vault" in desk(browse, world.beth)


def test_the_desk_asks_the_database_no_more_often_when_more_waits(engine, browse, world, shown):
    stig = browse(world.stig)
    shown()
    before = asked(engine, stig)
    shown()
    shown()

    assert asked(engine, stig) == before
    assert "3 releases wait for you in the vault" in stig.get("/desk").text


def asked(engine, visitor):
    """How often the database is asked for the desk, once the history was read."""
    visitor.get("/desk")
    times = []

    def note(*_):
        times.append(1)

    event.listen(engine, "before_cursor_execute", note)
    visitor.get("/desk")
    event.remove(engine, "before_cursor_execute", note)
    return len(times)
