"""Seats: offered by mail, taken by whom they were offered to, changed, taken away, never all of them."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crosslab.core import clock
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Refused
from crosslab.core.events import Event
from crosslab.core.find import seen_by
from crosslab.core.jobs import Job
from crosslab.people import actions, queries
from crosslab.people.tables import Invitation, Person
from crosslab.people.tokens import digest
from crosslab.rules import Role, Verb

WAY = "/organisations/fjordlys-as/people"


def offered(db, world, email="stig@elsewhere.example", role=Role.READER, token=None):
    made = actions.invite(db, world.ane, world.houses["fjordlys"], email=email, role=role, origin="")
    if token:
        made.token_hash = digest(token)
    db.commit()
    return made


def test_an_invitation_goes_out_by_mail_and_waits_fourteen_days(browse, world, db):
    answer = browse(world.ane).post(WAY, {"email": "kai@fjordlys.example", "role": "finance"})

    waiting = queries.invitations_of(db, world.ane, world.houses["fjordlys"])
    letter = db.exec(select(Job).where(Job.name == "mail.send").order_by(Job.id.desc())).first()
    assert answer.status_code == 303
    assert [(one.email, one.role) for one in waiting] == [("kai@fjordlys.example", Role.FINANCE)]
    assert letter.facts["letter"] == "invitation"
    with clock.at(now() + timedelta(days=15)):
        assert not queries.invitations_of(db, world.ane, world.houses["fjordlys"])


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"email": "", "role": "finance"}, "Write your colleague&#39;s e-mail address."),
        ({"email": "kai@fjordlys.example", "role": "steward"}, "Choose one of the answers."),
        ({"email": "lars@fjordlys.example", "role": "reader"}, "Lars Nilsen holds a seat here already."),
    ],
)
def test_an_invitation_with_a_mistake_is_told_beside_its_field(browse, world, typed, told):
    answer = browse(world.ane).post(WAY, typed)

    assert answer.status_code == 422
    assert told in answer.text


def test_only_a_signatory_invites(browse, world):
    typed = {"email": "kai@fjordlys.example", "role": "finance"}

    assert browse(world.lars).post(WAY, typed).status_code == 403
    assert browse(world.ane).post(WAY, typed, csrf=False).status_code == 403


def test_whoever_was_invited_takes_the_seat_once(db, world):
    invitation, fjordlys = offered(db, world), world.houses["fjordlys"]
    actions.take_seat(db, world.stig, invitation, fjordlys)

    told = db.exec(select(Event).where(Event.verb == Verb.PEOPLE_TAKE_SEAT).order_by(Event.id.desc())).first()
    assert queries.seat_of(db, fjordlys, world.stig.person_id).role is Role.READER
    assert told.facts["what"] == "Fjordlys AS"
    with pytest.raises(Refused, match="taken already"):
        actions.take_seat(db, world.stig, invitation, fjordlys)


def test_nobody_else_can_take_it(browse, world, db):
    offered(db, world, token="for-stig")

    assert browse(world.tom).post("/invitations/for-stig").status_code == 409
    assert browse(world.stig).post("/invitations/for-stig").status_code == 303
    assert browse(world.stig).get(WAY).status_code == 200


def test_a_visitor_reads_the_invitation_and_is_asked_to_sign_in(browse, world, db):
    offered(db, world, token="for-stig")
    answer = browse().get("/invitations/for-stig")

    assert "Ane Nilsen invites you to act for Fjordlys AS, as: Reader." in answer.text
    assert "/sign-in?next=/invitations/for-stig" in answer.text
    assert browse().get("/invitations/never-sent").status_code == 404


def test_an_invitation_that_ran_out_or_was_withdrawn_cannot_be_taken(browse, db, world):
    invitation, fjordlys = offered(db, world), world.houses["fjordlys"]
    with clock.at(now() + timedelta(days=15)), pytest.raises(Refused, match="older than fourteen days"):
        actions.take_seat(db, world.stig, invitation, fjordlys)

    way = f"/organisations/fjordlys-as/invitations/{invitation.id}/withdraw"
    assert browse(world.lars).post(way).status_code == 403
    assert browse(world.ane).post(way, htmx=True).status_code == 200
    assert browse(world.ane).post(way).status_code == 409
    db.refresh(invitation)
    with pytest.raises(Refused, match="withdrawn"):
        actions.take_seat(db, world.stig, invitation, fjordlys)


def test_the_last_signatory_stays_one(browse, world, db):
    ane = browse(world.ane)
    way = f"{WAY}/{world.ane.person_id}"

    assert ane.post(f"{way}/remove").status_code == 409
    told = ane.post(f"{way}/seat", {"role": "reader"})
    assert told.status_code == 409
    assert "Fjordlys AS needs a signatory. Make somebody else a signatory first." in told.text


def test_a_signatory_makes_another_and_may_then_go(db, world):
    fjordlys, lars, ane = world.houses["fjordlys"], world.lars.person_id, world.ane.person_id
    actions.seat(db, world.ane, fjordlys, person=lars, role=Role.SIGNATORY)
    actions.unseat(db, world.ane, fjordlys, person=ane)

    assert queries.seat_of(db, fjordlys, ane) is None
    assert queries.seat_of(db, fjordlys, lars).role is Role.SIGNATORY
    with pytest.raises(Forbidden):
        actions.seat(db, world.tom, fjordlys, person=lars, role=Role.READER)


def test_the_people_of_an_organisation_are_seen_by_their_own(browse, world):
    assert "lars@fjordlys.example" in browse(world.ane).get(WAY).text
    assert browse(world.tom).get(WAY).status_code == 403
    assert browse().get(WAY).headers["location"].startswith("/sign-in")


def test_a_person_is_seen_by_colleagues_and_by_nobody_else(db, world):
    seen = db.exec(seen_by(world.lars, Person)).all()

    assert {person.name for person in seen} == {"Ane Nilsen", "Lars Nilsen"}
    assert not db.exec(seen_by(world.lars, Invitation)).all()
