"""The facilitator's wall: taking a move back, its clock, and what a script and a stranger are told."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import select

from crosslab.core.db import transaction
from crosslab.core.errors import Refused
from crosslab.demo.world import world_in
from crosslab.workshops import actions, queries
from crosslab.workshops.tables import Change, Company, Note, Workshop
from tests.workshops.conftest import Room


@pytest.fixture
def two_walls(room):
    """A wall with two companies, a note under each."""
    ane, tom = room.comes("Ane", "Fjordlys"), room.comes("Tom", "Loom")
    return room, room.writes(ane, "Light without wires"), room.writes(tom, "Cloth that glows")


def move(room, note, company, **facts):
    actions.move(
        room.db, room.manager, note, workshop=room.workshop, company=company, prompt=note.prompt, **facts
    )


def company_of(room, note):
    return queries.wall(room.db, room.workshop).named[note.company_id]


def test_a_move_is_taken_back_to_where_the_note_hung(two_walls):
    room, light, cloth = two_walls
    home = company_of(room, light)
    move(room, light, company_of(room, cloth), before=cloth)
    assert light.at < cloth.at
    move(room, light, home, left=(cloth.company_id, light.at))
    assert light.company_id == home.id


def test_what_somebody_else_moved_meanwhile_stays(two_walls):
    room, light, cloth = two_walls
    home, other = company_of(room, light), company_of(room, cloth)
    move(room, light, other)
    left = (other.id, light.at)
    move(room, light, other, before=cloth)
    with pytest.raises(Refused, match="meanwhile"):
        move(room, light, home, left=left)
    assert light.company_id == other.id


def test_two_more_minutes_are_added_to_a_clock_that_runs_and_to_one_that_stands(room):
    workshop, before = room.workshop, room.workshop.ends_at
    actions.set_time(room.db, room.manager, workshop, more=2)
    assert (workshop.ends_at - before).total_seconds() == 120
    actions.pause(room.db, room.manager, workshop)
    left = workshop.left
    actions.set_time(room.db, room.manager, workshop, more=2)
    assert workshop.left == left + 120


def test_more_than_three_hours_cannot_be_added(room):
    with pytest.raises(Refused):
        actions.set_time(room.db, room.manager, room.workshop, minutes=180, more=1)


def test_a_script_is_told_what_became_of_its_move_and_stays_where_it_is(two_walls, browse, world):
    room, light, cloth = two_walls
    at, priya = f"/s/{room.workshop.no}", browse(world.priya)
    facts = {"company": str(cloth.company_id), "prompt": "A", "once": "only-once"}
    priya.client.headers["accept"] = "application/json"
    room.db.commit()
    answer = priya.post(f"{at}/notes/{light.id}/move", facts)
    assert (answer.status_code, answer.json()["at"]) == (200, cloth.at + 1)
    again = priya.post(f"{at}/notes/{light.id}/move", facts)
    assert (again.status_code, again.json()["error"]) == (409, "repeated")
    late = {**facts, "once": "another", "from_company": str(light.company_id), "from_at": "0.5"}
    refused = priya.post(f"{at}/notes/{light.id}/move", late)
    assert "meanwhile" in refused.json()["sentence"]


def test_a_note_has_a_page_for_those_who_run_the_room_and_for_nobody_else(two_walls, browse, world):
    room, light, _ = two_walls
    path = f"/s/{room.workshop.no}/notes/{light.id}"
    room.db.commit()
    assert "Light without wires" in browse(world.priya).get(path).text
    assert browse(world.ane).get(path).status_code in {403, 404}
    assert browse(world.priya).get(f"/s/{room.workshop.no}/notes/{room.workshop.id}").status_code == 404


def test_a_removed_note_can_be_put_back_from_beside_the_wall(two_walls, browse, world):
    room, light, _ = two_walls
    at, priya = f"/s/{room.workshop.no}", browse(world.priya)
    room.db.commit()
    priya.post(f"{at}/notes/{light.id}/remove", {"reason": "It hangs twice"})
    assert f"/notes/{light.id}/put-back" in priya.get(f"{at}/wall").text
    priya.post(f"{at}/notes/{light.id}/put-back")
    assert f'id="n{light.id}"' in priya.get(f"{at}/wall?view=outline").text


def test_hidden_names_are_on_no_wall_and_no_projector(two_walls, browse, world):
    room, _, _ = two_walls
    actions.hide_names(room.db, room.manager, room.workshop)
    room.db.commit()
    priya = browse(world.priya)
    for page in ("wall", "wall?view=outline", "projector?scene=wall", "projector?scene=links"):
        told = priya.get(f"/s/{room.workshop.no}/{page}").text
        assert "Ane" not in told, page
        assert "Tom" not in told, page


def test_two_facilitators_who_move_one_note_at_once_leave_it_in_one_place(house):
    with transaction(house.engine) as db:
        room = Room(db, world_in(db).priya).opened()
        note = room.writes(room.comes("Ane", "Fjordlys"), "Light without wires")
        where = [
            actions.add_company(db, room.manager, room.workshop, name=name) for name in ("Loom", "Haugen")
        ]

    def moves(to):
        try:
            with transaction(house.engine) as db:
                here = db.exec(select(Note).where(Note.id == note.id)).one()
                workshop = db.exec(select(Workshop).where(Workshop.id == room.workshop.id)).one()
                company = db.exec(select(Company).where(Company.id == to.id)).one()
                actions.move(db, room.manager, here, workshop=workshop, company=company, prompt="A")
        except StaleDataError:
            return None
        return to.id

    with ThreadPoolExecutor(2) as hands:
        done = set(hands.map(moves, where)) - {None}
    with transaction(house.engine) as db:
        [hangs] = queries.wall(db, room.workshop).notes
        numbers = db.exec(select(Change.seq).where(Change.workshop_id == room.workshop.id)).all()
    assert hangs.company_id in done
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
