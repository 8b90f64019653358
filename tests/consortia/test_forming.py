"""Starting a consortium, describing it, seeking roles, ending it."""

import pytest
from sqlmodel import select

from crosslab.consortia import actions, queries
from crosslab.core.errors import Forbidden, Refused
from crosslab.core.jobs import Job
from crosslab.rules import ConsortiumState, MembershipState, Verb


def test_an_organisation_starts_a_consortium_and_leads_it(db, world, amphitheatre, last):
    lead = world.houses["heatloop"]
    made = actions.start(db, world.fiona, lead, challenge=amphitheatre, name="Warm Seats", pitch="Heat.")

    assert (made.lead_id, made.state, made.slug) == (lead.id, ConsortiumState.FORMING, "warm-seats")
    assert made.ref.startswith("HIP-")
    assert queries.present(db, made.id, lead.id) is MembershipState.ACTIVE
    assert last().verb is Verb.CONSORTIA_START
    assert db.exec(select(Job.name).where(Job.name == "pipeline.enter")).first()


def test_nobody_starts_one_for_an_organisation_that_is_not_theirs(db, world, amphitheatre):
    with pytest.raises(Forbidden):
        actions.start(db, world.stig, world.houses["heatloop"], challenge=amphitheatre, name="Not Mine")


def test_references_count_up_within_the_programme(db, world, amphitheatre):
    house = world.houses["heatloop"]
    one = actions.start(db, world.fiona, house, challenge=amphitheatre, name="Warm Seats")
    two = actions.start(
        db, world.fiona, house, challenge=amphitheatre, name="Warm Seats", declares_conflict=True
    )

    assert int(two.ref[-3:]) == int(one.ref[-3:]) + 1
    assert two.slug == "warm-seats-2"


def test_a_second_consortium_on_one_challenge_has_to_be_declared(db, world, amphitheatre, team, place):
    with pytest.raises(Refused, match="declares so") as refused:
        actions.start(db, world.tom, world.houses["tinker"], challenge=amphitheatre, name="Second")

    assert refused.value.field == "declares_conflict"


def test_a_declaration_is_kept_on_both_memberships_and_in_the_log(db, world, amphitheatre, team, place, last):
    tinker = world.houses["tinker"]
    made = actions.start(db, world.tom, tinker, challenge=amphitheatre, name="Second", declares_conflict=True)

    assert last().facts["declared"] is True
    assert place(made, "tinker").declared_at
    assert place(team("Amphi Nights"), "tinker").declared_at


def test_the_lead_describes_it_and_a_partner_may_not(db, world, team, last):
    square = team("Open Square")
    actions.describe(db, world.eli, square, name="Open Square II", pitch="Seats.", open_to_requests=False)

    assert (square.name, square.slug, square.open_to_requests) == ("Open Square II", "open-square", False)
    assert last().verb is Verb.CONSORTIA_DESCRIBE
    with pytest.raises(Forbidden):
        actions.describe(db, world.sam, square, name="Mine", pitch="", open_to_requests=True)


def test_a_role_is_sought_and_dropped_and_eight_are_enough(db, world, team, last):
    square = team("Open Square")
    there = len(queries.sought(db, square))
    role = actions.seek(db, world.eli, square, title="A welder")
    actions.drop_role(db, world.eli, square, role=role)
    assert last().facts["role"] == "A welder"

    for n in range(8 - there):
        actions.seek(db, world.eli, square, title=f"Role {n}")
    with pytest.raises(Refused, match="Eight roles"):
        actions.seek(db, world.eli, square, title="One more")


def test_a_dissolved_consortium_is_changed_no_more(db, world, team, last):
    square = team("Open Square")
    actions.dissolve(db, world.eli, square, reason="No maker was found.")

    assert (square.state, square.open_to_requests) == (ConsortiumState.DISSOLVED, False)
    assert last().facts["reason"] == "No maker was found."
    with pytest.raises(Refused, match="dissolved"):
        actions.seek(db, world.eli, square, title="A maker after all")
