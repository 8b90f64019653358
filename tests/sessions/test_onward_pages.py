"""The pages on the way from a session to what came of it, as plain forms, and what each shows to whom."""

import re

import pytest
from sqlmodel import col, select

from crosslab.challenges.tables import Challenge
from crosslab.core.mail import Letter
from crosslab.people.tables import Organisation
from crosslab.rules import PresenterState
from crosslab.sessions import actions
from crosslab.sessions.tables import OpenSession
from crosslab.sessions.voices import presenting
from crosslab.sessions.voices.leads import Lead
from crosslab.worker import Worker


@pytest.fixture
def running(field):
    """A session that is running: whoever has its code can come in."""
    actions.begin(field.db, field.host, field.session)
    field.db.commit()
    return field


@pytest.fixture
def nordlyd(running):
    return running.db.exec(select(Organisation).where(Organisation.name == "Nordlyd AS")).one()


@pytest.fixture
def phone(running, browse):
    visitor = browse()
    assert visitor.post(f"/i/{running.session.code}", {"name": "Ola"}).status_code == 303
    return visitor


def at(field, tail=""):
    return f"/o/{field.session.no}{tail}"


def leads(field):
    rows = select(Lead).where(Lead.session_id == field.session.id).order_by(col(Lead.id))
    return field.db.exec(rows).all()


def test_a_host_asks_an_organisation_agrees_and_a_guest_ticks_each(running, nordlyd, phone, browse, world):
    ane, ingrid = browse(world.ane), browse(world.ingrid)
    assert "Nordlyd AS" not in phone.get(at(running, "/contact")).text
    assert ane.post(at(running, "/presenters"), {"organisation": str(nordlyd.id)}).status_code == 303
    [asked] = presenting.asked(running.db, running.session)
    assert f"/presenting/{asked.id}/agree" in ingrid.get("/organisations/nordlyd-as/leads").text
    assert running.session.title in ingrid.get("/desk").text
    assert ingrid.post(f"/organisations/nordlyd-as/presenting/{asked.id}/agree").status_code == 303
    running.db.refresh(asked)
    assert asked.state is PresenterState.AGREED
    assert "Nordlyd AS" in browse().get(f"/en{running.session.path}").text
    assert phone.get(at(running, "/contact")).text.count('name="organisations"') == 2
    told = {"intent": "partner", "name": "Ola", "email": "ola@away.example"}
    refused = phone.post(at(running, "/contact"), told)
    assert (refused.status_code, "Tick each organisation" in refused.text) == (422, True)
    both = {**told, "organisations": [str(running.house.id), str(nordlyd.id)]}
    assert phone.post(at(running, "/contact"), both).status_code == 303
    assert {each.organisation_id for each in leads(running)} == {running.house.id, nordlyd.id}
    assert all(name in phone.get(at(running, "/contact")).text for name in ("Fjordlys AS", "Nordlyd AS"))


def test_a_letters_link_takes_back_one_or_all(running, nordlyd, phone, browse, world, door):
    asked = actions.ask_presenter(running.db, running.host, running.session, organisation=nordlyd)
    actions.agree_presenting(running.db, world.ingrid, asked, session=running.session)
    running.db.commit()
    told = {"intent": "partner", "name": "Ola", "email": "ola@away.example"}
    for one in (running.house, nordlyd):
        phone.post(at(running, "/contact"), {**told, "organisations": str(one.id)})
    phone.post(at(running, "/contact"), {**told, "intent": "press", "organisations": str(nordlyd.id)})
    Worker(door).drain()
    letter = running.db.exec(select(Letter).where(Letter.to == "ola@away.example")).first()
    link = re.search(r"/leads/back/[\w-]+", letter.text).group(0)
    assert browse().get(link).text.count("ola@away.example") == 3
    assert browse().post(link, {"only": str(leads(running)[1].id)}).status_code == 303
    running.db.expire_all()
    assert [bool(each.email) for each in leads(running)] == [True, False, True]
    assert browse().post(link).status_code == 303
    running.db.expire_all()
    assert [each.email for each in leads(running)] == ["", "", ""]


def test_an_organisation_that_is_not_of_the_session_cannot_be_ticked(running, nordlyd, phone):
    told = {"intent": "job", "name": "Ola", "email": "ola@away.example", "organisations": str(nordlyd.id)}
    assert phone.post(at(running, "/contact"), told).status_code == 422
    assert leads(running) == []


@pytest.mark.parametrize("who", ["tom", "priya", "helen", "ane"])
def test_nobody_answers_for_another_organisation(running, nordlyd, browse, world, who):
    asked = actions.ask_presenter(running.db, running.host, running.session, organisation=nordlyd)
    running.db.commit()
    answer = browse(getattr(world, who)).post(f"/organisations/nordlyd-as/presenting/{asked.id}/agree")
    assert (answer.status_code, asked.state) == (404, PresenterState.ASKED)


def test_the_door_puts_two_together_in_one_step(running, browse, world):
    liv = running.comes("Liv")
    browse().post(f"/i/{running.session.code}", {"name": "Livs phone"})
    ane, walked = browse(world.ane), running.of("Livs phone")
    assert "On the list twice?" in ane.get(at(running, "/door")).text
    typed = {"walk_in": str(walked.id), "registration": str(running.of("Liv").id)}
    assert ane.post(at(running, "/join"), typed).status_code == 303
    page = ane.get(at(running, "/door")).text
    assert "also on another phone, as Livs phone" in page
    assert "1 are here, 1 have a place." in page
    refused = ane.post(at(running, "/join"), {**typed, "walk_in": typed["registration"]})
    assert refused.status_code == 422
    assert ane.post(at(running, f"/people/{walked.id}/part")).status_code == 303
    assert "2 are here, 2 have a place." in ane.get(at(running, "/door")).text
    assert liv.cards[running.session.id] == running.of("Liv").id


def test_the_door_of_a_stranger_joins_nobody(running, browse, world):
    running.comes("Liv")
    for who in (world.tom, world.stig):
        assert browse(who).post(at(running, "/join"), {}).status_code in (403, 404)


def test_from_a_lead_to_the_consortium_it_led_to_and_back(running, phone, browse, world):
    told = {"intent": "job", "name": "Ola", "email": "ola@away.example"}
    phone.post(at(running, "/contact"), {**told, "organisations": str(running.house.id)})
    ane, page = browse(world.ane), f"/organisations/fjordlys-as/leads/{leads(running)[0].id}"
    team = re.search(r'value="([0-9a-f-]{36})"[^>]*>Amphi Nights', ane.get(f"{page}/consortium").text).group(
        1
    )
    assert ane.post(f"{page}/consortium", {"consortium": team, "of": "Our fitter"}).status_code == 303
    assert f'href="/consortia/{team}">Amphi Nights' in ane.get(page).text
    assert ane.get(f"/consortia/{team}").headers["location"] == "/w/amphi-nights"
    assert browse(world.stig).get(f"/consortia/{team}").status_code == 404
    assert "Ola" in ane.get("/w/amphi-nights").text
    other = browse(world.tom).get("/w/amphi-nights").text
    assert running.session.title in other
    assert "Ola" not in other
    assert browse(world.tom).get(page).status_code == 404


def test_a_challenge_and_a_case_show_what_was_said_and_lead_back(browse, world, db):
    asked = db.exec(select(Challenge).where(col(Challenge.question).contains("amphitheatre"))).one()
    told = db.exec(select(OpenSession).where(OpenSession.title == "What a lamp does to a square")).one()
    public = f"/en/challenges/{asked.no}-{asked.slug}"
    assert f"{public}/voices" in browse().get(public).text
    assert "A bench that carries the lamp" in browse().get(f"{public}/voices").text
    ane = browse(world.ane)
    case = re.search(r"/s/[0-9-]+/cases/[0-9a-f-]{36}", ane.get(f"/o/{told.no}").text).group(0)
    assert f"{case}/voices" in ane.get(case).text
    assert "from six metres to four" in ane.get(f"{case}/voices").text
    assert case not in browse().get(f"/o/{told.no}").text
    for stranger in (browse(), browse(world.stig)):
        assert stranger.get(f"{case}/voices").status_code == 404
