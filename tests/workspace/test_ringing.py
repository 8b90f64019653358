"""Who hears that something was handed in: everybody it bears on, and nobody else. They hear that, and not what."""

import os
from datetime import timedelta

import pytest
from sqlmodel import select

from crosslab.consortia.tables import Consortium
from crosslab.core.clock import now
from crosslab.core.events import Event, EventPlace
from crosslab.ip_vault import client
from crosslab.ip_vault.keys import person_keys
from crosslab.ip_vault.statements import parse
from crosslab.ip_vault.statements.shape import TIME
from crosslab.people.tables import Organisation, Person
from crosslab.workspace import ringing
from tests.workspace.members import Member


def heard(db, by, amphi, said):
    """The names of the places where a statement is heard besides its own consortium."""
    state = by.pen(amphi.chain).state
    places = set(ringing.places(db, state, [parse(said.note)[0]]))
    return {
        name
        for table in (Person, Organisation, Consortium)
        for place, name in db.exec(select(table.id, table.name)).all()
        if place in places
    }


def test_a_new_key_is_heard_by_the_house_and_by_whoever_it_works_with(db, member, amphi):
    ane = member("ane")
    said = client.rotate(ane.pen(amphi.chain), person_keys(os.urandom(32)), "routine")
    assert heard(db, ane, amphi, said) == {"Ane Nilsen", "Fjordlys AS", "Amphi Nights"}


def test_what_is_released_is_heard_by_whom_it_is_released_to(db, browse, world, member, amphi):
    katrin, ane = Member(browse(world.katrin)), member("ane")
    katrin.arrive("Katrin Sommer")
    katrin.found("Kaiserlicht GmbH", world.houses["kaiserlicht"].id)
    until = (now() + timedelta(days=9)).strftime(TIME)
    version = amphi.of("version", ane.org)[0].id
    said = client.release(
        ane.pen(amphi.chain, katrin.org), ane.org, amphi.chain, katrin.org, "evaluation", until, [version]
    )
    assert heard(db, ane, amphi, said) == {"Kaiserlicht GmbH"}


def test_a_grant_between_partners_is_heard_in_the_consortium_alone(db, member, amphi):
    ane = member("ane")
    given = amphi.of("grant", ane.org)[0]
    assert ringing.places(db, ane.pen(amphi.chain).state, [given]) == []


@pytest.mark.usefixtures("amphi")
def test_only_the_diary_of_the_consortium_remembers_what_was_only_heard(db, member):
    ane = member("ane")
    said = client.rotate(ane.pen(ane.org), person_keys(os.urandom(32)), "routine")
    assert ane.send(said).status_code == 200
    newest = db.exec(select(Event).order_by(Event.id.desc())).first()
    remembered = db.exec(select(EventPlace.place_id).where(EventPlace.event_id == newest.id)).all()
    assert remembered == [newest.person_id]
