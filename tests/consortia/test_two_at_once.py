"""Two people at once: one wins, the other is told, and nothing is half done."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from litestar.testing import TestClient
from sqlmodel import select

from crosslab import app
from crosslab.consortia import actions
from crosslab.consortia.queries import membership_in
from crosslab.consortia.tables import Consortium
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.db import transaction
from crosslab.core.events import Event
from crosslab.demo.world import world_in
from crosslab.people.tables import Presence
from crosslab.people.tokens import digest, new_token
from crosslab.rules import ConsortiumState, Verb
from tests.conftest import Visitor

CHARTER = {
    "purpose": "Seats that can be a stage.",
    "voting": "One voice each, both agree.",
    "leaving": "Four weeks of notice.",
    "ip_regime": "lambert_a",
}


@pytest.fixture
def visitor(house):
    """Browsers on a house with real commits; each as if on a machine of its own."""
    built = app.build(door=replace(app.open_door(house.settings), engine=house.engine))

    def signed_in(actor: Actor) -> Visitor:
        cookie = new_token()
        with transaction(house.engine) as db:
            ends = now() + timedelta(hours=1)
            db.add(Presence(person_id=actor.person_id, token_hash=digest(cookie), ends_at=ends))
        return Visitor(TestClient(built, base_url="http://127.0.0.1:8000"), cookie)

    return signed_in


def together(*posts):
    with ThreadPoolExecutor(len(posts)) as pool:
        return [each.result() for each in [pool.submit(post) for post in posts]]


def test_of_two_who_accept_one_invitation_at_once_one_wins(house, visitor):
    with transaction(house.engine) as db:
        world = world_in(db)
        square = db.exec(select(Consortium).where(Consortium.name == "Open Square")).one()
        invited = membership_in(db, square.id, world.houses["heatloop"].id)
    one, two = visitor(world.fiona), visitor(world.fiona)
    tokens = [one.token(), two.token()]
    url = f"/memberships/{invited.id}/accept"

    answers = together(
        lambda: one.post(url, {"csrf": tokens[0]}, csrf=False),
        lambda: two.post(url, {"csrf": tokens[1]}, csrf=False),
    )
    assert sorted(answer.status_code for answer in answers)[0] == 303
    assert sorted(answer.status_code for answer in answers)[1] in {409, 422}
    with transaction(house.engine) as db:
        told = select(Event.id).where(Event.verb == Verb.CONSORTIA_ACCEPT, Event.thing_id == invited.id)
        assert len(db.exec(told).all()) == 1


def test_when_the_last_two_accept_the_charter_at_once_it_is_agreed(house, visitor):
    with transaction(house.engine) as db:
        world = world_in(db)
        square = db.exec(select(Consortium).where(Consortium.name == "Open Square")).one()
        actions.write_charter(db, world.eli, square, **CHARTER)
        mine = [membership_in(db, square.id, world.houses[key].id).id for key in ("haugen", "twolocks")]
    eli, sam = visitor(world.eli), visitor(world.sam)
    typed = [
        {"number": "1", "membership": str(one), "csrf": who.token()}
        for one, who in zip(mine, (eli, sam), strict=True)
    ]
    together(
        lambda: eli.post("/w/open-square/charter/accept", typed[0], csrf=False),
        lambda: sam.post("/w/open-square/charter/accept", typed[1], csrf=False),
    )
    with transaction(house.engine) as db:
        square = db.exec(select(Consortium).where(Consortium.name == "Open Square")).one()
        assert square.state is ConsortiumState.AGREED
