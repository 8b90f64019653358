"""A consortium that begins with a business case: who may start it, once, and what everybody learns of it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from litestar.testing import TestClient
from sqlmodel import select

from crosslab import app
from crosslab.challenges.tables import Challenge
from crosslab.consortia import actions, queries
from crosslab.consortia.tables import Consortium
from crosslab.core.clock import now
from crosslab.core.db import transaction
from crosslab.core.errors import Missing, Refused
from crosslab.demo.world import world_in
from crosslab.people.tables import Presence
from crosslab.people.tokens import digest, new_token
from crosslab.rules import ChallengeState, SkeletonState
from crosslab.workshops import actions as workshops
from crosslab.workshops import queries as walls
from crosslab.workshops.seats import with_workshops
from crosslab.workshops.skeletons import suggested
from crosslab.workshops.skeletons.tables import Skeleton
from tests.conftest import Visitor
from tests.workshops.conftest import Room


@pytest.fixture
def case(db, world, amphitheatre):
    """A business case of a note that Ane wrote for Fjordlys, in a room of the challenge's."""
    room = Room(db, world.priya).opened()
    workshops.join(db, world.ane, room.workshop, name="Ane", company="Fjordlys AS", token="a card of Ane’s")
    room.ane = with_workshops(db, world.ane, "")
    room.note = room.writes(room.ane, "Light that stands on its own")
    room.workshop.challenge_id = amphitheatre.id
    room.case = workshops.draft(db, room.ane, room.workshop, seed=suggested.of_note(room.note))
    return room


@pytest.fixture
def start(db, world, amphitheatre, case):
    """`start(actor, "haugen")`: a consortium that begins with the case."""

    def begun(actor, house, name="Glow Nights"):
        facts = {"challenge": amphitheatre, "name": name, "declares_conflict": True, "case": case.case}
        return actions.start(db, actor, world.houses[house], **facts)

    return begun


def test_the_case_is_taken_up_and_the_consortium_remembers_it(db, case, start):
    made = start(case.ane, "fjordlys")
    assert (case.case.state, case.case.taken_by) == (SkeletonState.TAKEN_UP, made.id)
    begun = queries.beginning(db, case.ane, made)
    assert [quote.text for quote in begun.origin.quotes] == ["Light that stands on its own"]
    assert walls.fates(db, case.workshop)[case.note.id].cases[0].consortium == "Glow Nights"


def test_a_stranger_cannot_begin_with_a_case_or_tell_that_it_is_there(case, start, world):
    with pytest.raises(Missing):
        start(world.eli, "haugen")
    assert case.case.state is SkeletonState.DRAFT


def test_a_case_is_taken_up_once_while_its_consortium_lives(db, case, start, again):
    made = start(case.ane, "fjordlys")
    with pytest.raises(Refused, match="has taken this business case up already"):
        start(case.ane, "fjordlys", "Glow Again")
    actions.dissolve(db, again(case.ane), made, reason="We found no sound.")
    other = start(case.ane, "fjordlys", "Glow Again")
    assert case.case.taken_by == other.id
    assert walls.fates(db, case.workshop)[case.note.id].cases[0].consortium == "Glow Again"


def test_members_who_were_not_in_the_room_read_titles_and_no_notes(db, case, start, world):
    made = start(case.ane, "fjordlys")
    begun = queries.beginning(db, world.beth, made)
    assert ([quote.text for quote in begun.origin.quotes], begun.url) == ([""], "")
    assert begun.skeleton.title == "Light that stands on its own"


def test_the_page_of_the_case_is_for_members_alone(db, case, start, world, browse):
    made = start(case.ane, "fjordlys")
    db.commit()
    page = f"/w/{made.slug}/case"
    assert "Light that stands on its own" in browse(world.ane).get(page).text
    for stranger in (world.eli, world.helen, world.stig):
        assert browse(stranger).get(page).status_code == 404


def test_started_from_the_form_with_the_case_of_the_call(db, case, world, browse, amphitheatre):
    workshops.call(db, case.ane, case.case, title="Glow", words="Evenings that glow.", seeks=[], public=True)
    db.commit()
    form = browse(world.ane).get(f"/challenges/{amphitheatre.no}/consortia/new?case={case.case.id}").text
    assert "It begins with the business case" in form
    assert "Evenings that glow." in form
    typed = {
        "organisation": str(world.houses["fjordlys"].id),
        "name": "Glow Nights",
        "case": str(case.case.id),
    }
    door = f"/challenges/{amphitheatre.no}/consortia/new"
    assert browse(world.ane).post(door, {**typed, "declares_conflict": "yes"}).status_code == 303
    made = db.exec(select(Consortium).where(Consortium.name == "Glow Nights")).one()
    assert made.skeleton_id == case.case.id
    assert browse(world.eli).get(f"{door}?case={case.case.id}").status_code == 404


def test_of_two_who_start_from_one_case_at_once_one_wins(house):
    built = app.build(door=replace(app.open_door(house.settings), engine=house.engine))
    with transaction(house.engine) as db:
        world = world_in(db)
        case = db.exec(select(Skeleton).where(Skeleton.title == "Cloth that glows")).one()
        challenge = db.exec(select(Challenge).where(Challenge.state == ChallengeState.CALLED)).first()
        url, case_id = f"/challenges/{challenge.no}/consortia/new", case.id
        browsers = [_signed_in(db, built, actor) for actor in (world.katrin, world.eli)]
        houses = [world.houses[key].id for key in ("kaiserlicht", "haugen")]

    def begin(browser, token, organisation):
        typed = {"organisation": str(organisation), "name": "Glow", "case": str(case_id), "csrf": token}
        return browser.post(url, {**typed, "declares_conflict": "yes"}, csrf=False).status_code

    tokens = [browser.token() for browser in browsers]
    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(begin, browsers, tokens, houses))
    assert answers[0] == 303
    assert answers[1] in {409, 422}
    with transaction(house.engine) as db:
        assert len(db.exec(select(Consortium).where(Consortium.skeleton_id == case_id)).all()) == 1


def _signed_in(db, built, actor):
    cookie = new_token()
    ends = now() + timedelta(hours=1)
    db.add(Presence(person_id=actor.person_id, token_hash=digest(cookie), ends_at=ends))
    return Visitor(TestClient(built, base_url="http://127.0.0.1:8000"), cookie)
