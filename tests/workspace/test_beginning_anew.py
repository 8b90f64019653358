"""Whoever lost words, passkey and sheet starts with a new key: deliberately, seldom, and heard by others."""

import json

from sqlmodel import select

from crosslab.core.events import Event
from crosslab.core.jobs import Job
from crosslab.ip_vault import client
from crosslab.ledger.tables import Unlock
from crosslab.people.tables import Person
from crosslab.rules import Verb
from tests.workspace.members import Member


def begin_anew(member: Member, confirm: str):
    """A new first key, handed in at the door for it; the answer and the new member."""
    fresh = Member(member.visitor)
    said = client.create_person(fresh.pen(), "Tom Okafor")
    answer = member.visitor.client.post(
        "/vault/anew",
        data={"about": json.dumps({"anew": confirm})},
        files=[("note", ("note", said.note))],
        headers={"x-csrf": member.session()["csrf"]},
    )
    fresh.me = said.id
    return answer, fresh


def test_a_person_begins_anew_and_the_old_ways_in_are_gone(db, world, member):
    tom = member("tom")
    answer, fresh = begin_anew(tom, world.tom.email.upper())

    assert answer.status_code == 200, answer.text
    assert db.get(Person, world.tom.person_id).vault_id == fresh.me
    assert db.exec(select(Unlock).where(Unlock.person_id == world.tom.person_id)).all() == []
    assert tom.me in tom.pen(tom.org).state.organisations[tom.org].people


def test_the_new_key_is_given_nothing_by_itself(world, member, amphi):
    tom = member("tom")
    _, fresh = begin_anew(tom, world.tom.email)
    fresh.org = tom.org

    assert tom.send(client.next_key(tom.pen(), tom.org, tom.org_key)).status_code == 403
    assert fresh.send(client.next_key(fresh.pen(), tom.org, fresh.org_key)).status_code == 409


def test_it_is_confirmed_with_ones_own_address_and_only_by_who_has_a_key(world, member, browse):
    assert begin_anew(member("tom"), "ane@fjordlys.example")[0].status_code == 409
    assert begin_anew(Member(browse(world.stig)), world.stig.email)[0].status_code == 409


def test_it_is_done_once_a_day_at_most(world, member):
    tom = member("tom")
    assert begin_anew(tom, world.tom.email)[0].status_code == 200
    assert begin_anew(tom, world.tom.email)[0].status_code == 429


def test_the_person_and_their_organisation_hear_of_it(db, world, member):
    begin_anew(member("tom"), world.tom.email)
    event = db.exec(select(Event).where(Event.verb == Verb.WORKSPACE_BEGIN_ANEW)).one()
    letters = [
        each.facts for each in db.exec(select(Job).where(Job.name == "mail.send").order_by(Job.id)).all()
    ]

    assert event.facts["who"] == "Tom Okafor"
    assert [each["letter"] for each in letters if each["to"] == world.tom.email][-1:] == ["begun_anew"]


def test_another_first_key_is_still_refused_at_the_other_door(browse, world, member):
    again = Member(browse(world.tom)).arrive("Tom Okafor")

    assert again.status_code == 409
