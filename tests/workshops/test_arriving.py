"""Companies from a list: what becomes of each line is seen before anything is added, and nothing else is added."""

import re
from uuid import uuid4

import pytest
from sqlmodel import select

from crosslab.core.errors import Forbidden, Refused
from crosslab.people.tables import Organisation
from crosslab.workshops import actions, queries
from crosslab.workshops.arriving import MOST_COMPANIES, Fate, Known, Line, arrivals, lines
from crosslab.workshops.tables import Company

BERGEN, OSLO = (Known(uuid4(), "Fjordlys AS", town) for town in ("Bergen", "Oslo"))
LIST = "fjordlys as\nÅsen Tre\nÅSEN tre\nLoom & <b>"


def fates(text, there=(), known=(), places=MOST_COMPANIES):
    return [each.fate for each in arrivals(lines(text), there, known, places)]


def test_a_line_is_a_name_and_perhaps_a_town_whatever_a_list_puts_before_it():
    pasted = "1. Fjordlys AS; Bergen\n\n • Loom\tOslo\tNorway\n-  Haugen,  Møbler AS \n  \n3M"
    expected = [Line("Fjordlys AS", "Bergen"), Line("Loom", "Oslo"), Line("Haugen, Møbler AS"), Line("3M")]
    assert lines(pasted) == expected


def test_doubles_are_named_whatever_their_capitals_or_spaces():
    assert fates("Åsen\nÅSEN\nLoom   AS", there=["loom as"]) == [Fate.NEW, Fate.TWICE, Fate.HANGS]


def test_an_organisation_is_recognised_and_one_of_several_is_never_guessed():
    assert fates("FJORDLYS as", known=[BERGEN]) == [Fate.KNOWN]
    assert fates("Fjordlys AS; Kiel", known=[BERGEN]) == [Fate.NEW]
    found = arrivals(lines("FJORDLYS as; oslo"), (), [BERGEN, OSLO], 9)
    assert [(each.name, each.known) for each in found] == [("Fjordlys AS", OSLO)]
    assert fates("Fjordlys AS", known=[BERGEN, OSLO]) == [Fate.SEVERAL]


def test_what_is_no_name_and_what_does_not_fit_is_left_out_with_its_reason():
    assert fates(f"A\n{'x' * 121}\nOne\nTwo", places=1) == [Fate.SHORT, Fate.LONG, Fate.NEW, Fate.FULL]


def headings(room):
    of = select(Company).where(Company.workshop_id == room.workshop.id).order_by(Company.at)
    return {each.name: each.organisation_id for each in room.db.exec(of).all()}


def test_a_list_becomes_headings_in_its_order_with_the_organisations_it_names(planned):
    actions.add_companies(planned.db, planned.manager, planned.workshop, listed=lines(LIST))
    fjordlys = planned.db.exec(select(Organisation).where(Organisation.name == "Fjordlys AS")).one()
    assert headings(planned) == {"Fjordlys AS": fjordlys.id, "Åsen Tre": None, "Loom & <b>": None}


def test_the_same_list_again_adds_nothing_and_says_so(planned):
    add = [planned.db, planned.manager, planned.workshop]
    actions.add_companies(*add, listed=lines(LIST))
    with pytest.raises(Refused, match="No line of this list"):
        actions.add_companies(*add, listed=lines(LIST))
    assert len(headings(planned)) == 3


def test_nobody_but_its_people_fill_a_wall_and_not_after_the_day(room, world):
    with pytest.raises(Forbidden):
        actions.add_companies(room.db, world.ane, room.workshop, listed=lines(LIST))
    actions.finish(room.db, room.manager, room.workshop)
    with pytest.raises(Refused, match="over"):
        actions.add_companies(room.db, room.manager, room.workshop, listed=lines(LIST))


def test_a_pasted_list_is_looked_at_first_and_added_as_it_was_seen(planned, browse, world):
    planned.db.commit()
    priya, at = browse(world.priya), f"/s/{planned.workshop.no}/companies"
    assert f'href="{at}"' in priya.get(f"/s/{planned.workshop.no}/control").text
    looked = priya.post(f"{at}/list", {"names": LIST})
    assert (looked.status_code, headings(planned)) == (200, {})
    assert all(
        words in looked.text for words in ("3 companies would be", "known here", "Loom &amp; &lt;b&gt;")
    )
    seen = re.search(r'name="seen" value="(\w+)"', looked.text).group(1)
    other = priya.post(f"{at}/list", {"names": f"{LIST}\nUnseen", "seen": seen})
    assert ("4 companies would be" in other.text, headings(planned)) == (True, {})
    assert priya.post(f"{at}/list", {"names": LIST, "seen": seen, "look": "yes"}).status_code == 200
    assert priya.post(f"{at}/list", {"names": LIST, "seen": seen}).status_code == 303
    assert list(headings(planned)) == ["Fjordlys AS", "Åsen Tre", "Loom & <b>"]


def test_a_list_that_cannot_be_read_comes_back_with_the_reason(planned, browse, world):
    planned.db.commit()
    priya, at = browse(world.priya), f"/s/{planned.workshop.no}/companies/list"
    for names in ("", "x" * 12_001, "Fjord\u202elys"):
        answer = priya.post(at, {"names": names})
        assert (answer.status_code, "There is a problem" in answer.text) == (422, True)
    assert headings(planned) == {}


def test_an_organisation_that_is_not_for_these_eyes_is_not_recognised(planned):
    hidden = planned.db.exec(select(Organisation).where(Organisation.name == "Fjordlys AS")).one()
    hidden.listed = False
    planned.db.flush()
    (found,) = queries.arriving(planned.db, planned.manager, planned.workshop, [Line("Fjordlys AS")])
    assert (found.fate, found.known) == (Fate.NEW, None)


def test_capitals_with_dots_and_rings_are_the_same_name_in_every_database(planned):
    actions.add_company(planned.db, planned.manager, planned.workshop, name="Ågot Øl")
    with pytest.raises(Refused, match="already"):
        actions.add_company(planned.db, planned.manager, planned.workshop, name="ÅGOT øl")
    actions.admit(planned.db, planned.manager, planned.workshop, company="ågot øl", names=["Åse Ødegård"])
    planned.opened().comes("åse ødegård", "Ågot Øl")
    people = queries.people(planned.db, planned.workshop)
    assert ([each.name for each in people], list(headings(planned))) == (["åse ødegård"], ["Ågot Øl"])
