"""What waits for whom: computed from how things stand, and gone when they are done."""

import pytest
from sqlmodel import select

from crosslab.consortia import actions as consortia
from crosslab.consortia.tables import Membership
from crosslab.core.clock import now
from crosslab.core.find import find
from crosslab.core.jobs import Job
from crosslab.desk.waiting import waiting
from crosslab.people.tables import Organisation
from crosslab.rules import MembershipState


@pytest.fixture
def waits(db, door):
    """`waits(world.ane)`: the tasks on somebody's desk."""
    return lambda actor: waiting(db, actor, door.history)


@pytest.fixture
def said(waits):
    """`said(world.ane)`: the sentences, filled."""
    return lambda actor: [task.say.format(**task.facts) for task in waits(actor)]


def invited(db, world, team, house="haugen"):
    """Haugen Design is invited to the team."""
    organisation = find(db, world.ane, Organisation, world.houses[house].id)
    consortia.invite(db, world.ane, team, organisation=organisation, task="Seating")
    return db.exec(
        select(Membership).where(
            Membership.organisation_id == organisation.id, Membership.state == MembershipState.INVITED
        )
    ).one()


def test_nothing_waits_for_a_stranger(world, waits):
    assert waits(world.stig) == []


def test_an_invitation_waits_for_the_signatory_until_it_is_answered(db, world, team, said):
    membership = invited(db, world, team)

    assert "Answer the invitation to Amphi Nights" in said(world.eli)
    consortia.decline(db, world.eli, membership)
    assert "Answer the invitation to Amphi Nights" not in said(world.eli)


def test_what_has_an_end_comes_first(db, world, team, waits):
    invited(db, world, team)
    first = waits(world.eli)[0]

    assert first.until is not None
    assert first.url == "/w/amphi-nights"


def test_a_new_charter_waits_for_every_signatory_until_each_has_accepted_it(db, world, team, said):
    wait = "Read and accept the charter of Amphi Nights"
    consortia.write_charter(
        db, world.ane, team, purpose="Light", voting="One each", leaving="Eight weeks", ip_regime="desca_he"
    )
    assert [wait in said(each) for each in (world.tom, world.lars, world.mei)] == [True, False, False]

    mine = select(Membership).where(
        Membership.organisation_id == world.houses["tinker"].id, Membership.consortium_id == team.id
    )
    consortia.accept_charter(db, world.tom, team, membership=db.exec(mine).one(), number=2)
    assert wait not in said(world.tom)
    assert wait in said(world.beth)


def test_an_offered_lead_waits_for_the_one_it_is_offered_to(db, world, team, said):
    tinker = find(db, world.ane, Organisation, world.houses["tinker"].id)
    consortia.offer_lead(db, world.ane, team, organisation=tinker)

    assert "Decide whether you take the lead of Amphi Nights" in said(world.tom)
    assert "Decide whether you take the lead of Amphi Nights" not in said(world.beth)


def test_a_challenge_under_review_waits_for_the_manager_alone(world, said):
    assert any(sentence.startswith("Review the challenge") for sentence in said(world.priya))
    assert not any(sentence.startswith("Review the challenge") for sentence in said(world.karl))


def test_an_open_question_waits_for_the_host(world, said):
    assert any(sentence.startswith("Answer a question about") for sentence in said(world.helen))
    assert not any(sentence.startswith("Answer a question about") for sentence in said(world.grace))


def test_whoever_asked_to_be_verified_waits_for_the_steward(world, said):
    assert "Verify Haugen Design AS" in said(world.solveig)
    assert "Verify Haugen Design AS" not in said(world.eli)


def test_a_failed_job_waits_for_the_steward(db, world, said):
    db.add(Job(name="mail.send", failed_at=now(), trouble="OSError: the post office is closed"))
    db.commit()

    assert "See why jobs failed: 1" in said(world.solveig)
    assert "See why jobs failed: 1" not in said(world.priya)
