"""The charter and the lead."""

import pytest

from crosslab.consortia import actions, queries
from crosslab.consortia.charters import digest
from crosslab.core.errors import Forbidden, Refused
from crosslab.rules import ConsortiumState, Verb

WORDS = {
    "purpose": "Seats that can be a stage.",
    "voting": "One voice each, both agree.",
    "leaving": "Four weeks of notice.",
    "ip_regime": "lambert_a",
}


def test_the_lead_writes_a_charter_that_its_digest_names(db, world, team, last):
    square = team("Open Square")
    made = actions.write_charter(db, world.eli, square, **WORDS)

    assert (made.number, made.digest) == (1, digest(square.ref, 1, WORDS))
    assert last().facts["digest"] == made.digest
    with pytest.raises(Forbidden):
        actions.write_charter(db, world.sam, square, **WORDS)


def test_it_is_agreed_when_the_last_member_has_accepted(db, world, team, place, last):
    square = team("Open Square")
    actions.write_charter(db, world.eli, square, **WORDS)
    actions.accept_charter(db, world.eli, square, membership=place(square, "haugen"), number=1)
    assert square.state is ConsortiumState.FORMING
    assert queries.waiting_for(db, square, 1) == ["Two Locks CIC"]

    actions.accept_charter(db, world.sam, square, membership=place(square, "twolocks"), number=1)
    assert square.state is ConsortiumState.AGREED
    assert last().verb is Verb.CONSORTIA_ACCEPT_CHARTER


def test_a_new_charter_asks_everyone_anew(db, world, team):
    nights = team("Amphi Nights")
    assert nights.state is ConsortiumState.AGREED
    made = actions.write_charter(db, world.ane, nights, **WORDS)

    assert (made.number, nights.state) == (2, ConsortiumState.FORMING)
    assert len(queries.waiting_for(db, nights, 2)) == 4


def test_who_joins_later_accepts_the_charter_that_stands(db, world, team, place):
    nights, heatloop = team("Amphi Nights"), world.houses["heatloop"]
    invited = actions.invite(db, world.ane, nights, organisation=heatloop)
    actions.accept(db, world.fiona, invited)
    assert queries.waiting_for(db, nights, 1) == ["Heatloop Ltd"]

    actions.accept_charter(db, world.fiona, nights, membership=invited, number=1)
    assert (nights.state, queries.waiting_for(db, nights, 1)) == (ConsortiumState.AGREED, [])


def test_only_the_text_that_was_read_is_accepted(db, world, team, place):
    square = team("Open Square")
    actions.write_charter(db, world.eli, square, **WORDS)
    actions.write_charter(db, world.eli, square, **WORDS)

    with pytest.raises(Refused, match="changed while you read"):
        actions.accept_charter(db, world.sam, square, membership=place(square, "twolocks"), number=1)


def test_one_organisation_alone_agrees_on_nothing(db, world, team, place):
    drawn = team("Drawn Out")
    actions.write_charter(db, world.jonas, drawn, **WORDS)

    with pytest.raises(Refused, match="at least two"):
        actions.accept_charter(db, world.jonas, drawn, membership=place(drawn, "rheinbild"), number=1)


def test_nobody_accepts_for_another_consortium(db, world, team, place):
    square, nights = team("Open Square"), team("Amphi Nights")
    with pytest.raises(Refused, match="Only a member"):
        actions.accept_charter(db, world.sam, nights, membership=place(square, "twolocks"), number=1)


def test_the_lead_is_offered_and_taken(db, world, team, again, last):
    nights, tinker = team("Amphi Nights"), world.houses["tinker"]
    actions.offer_lead(db, world.ane, nights, organisation=tinker)
    assert nights.lead_id == world.houses["fjordlys"].id

    actions.take_lead(db, world.tom, nights, organisation=tinker)
    assert (nights.lead_id, nights.lead_offered_to) == (tinker.id, None)
    assert last().verb is Verb.CONSORTIA_TAKE_LEAD
    with pytest.raises(Forbidden):
        actions.describe(db, again(world.ane), nights, name="Mine", pitch="", open_to_requests=False)


def test_the_lead_goes_to_members_only_and_only_to_whom_it_was_offered(db, world, team):
    nights = team("Amphi Nights")
    with pytest.raises(Refused, match="Only a member"):
        actions.offer_lead(db, world.ane, nights, organisation=world.houses["heatloop"])
    with pytest.raises(Refused, match="not offered"):
        actions.take_lead(db, world.tom, nights, organisation=world.houses["tinker"])
