"""How organisations come in and go out."""

from datetime import timedelta

import pytest

from crosslab.consortia import actions, jobs, queries
from crosslab.core.clock import at, now
from crosslab.core.errors import Forbidden, Refused
from crosslab.rules import MembershipState, Verb


def test_the_invited_accepts_and_is_a_member(db, world, team, place, last, again):
    square = team("Open Square")
    invited = place(square, "heatloop")
    actions.accept(db, world.fiona, invited)

    assert (invited.state, invited.ends_at) == (MembershipState.ACTIVE, None)
    assert (last().verb, last().facts["organisation"]) == (Verb.CONSORTIA_ACCEPT, "Heatloop Ltd")
    assert square.id in again(world.fiona).seats


def test_nobody_accepts_for_another_organisation(db, world, team, place):
    with pytest.raises(Forbidden):
        actions.accept(db, world.ane, place(team("Open Square"), "heatloop"))


def test_an_invitation_stands_for_fourteen_days(db, world, team, place):
    invited = place(team("Open Square"), "heatloop")
    with at(now() + timedelta(days=15)), pytest.raises(Refused, match="fourteen days"):
        actions.accept(db, world.fiona, invited)


def test_who_declined_may_be_invited_again(db, world, team, place):
    square = team("Open Square")
    declined = place(square, "heatloop")
    actions.decline(db, world.fiona, declined)
    assert (declined.state, declined.until is not None) == (MembershipState.DECLINED, True)

    second = actions.invite(db, world.eli, square, organisation=world.houses["heatloop"])
    assert second.state is MembershipState.INVITED
    with pytest.raises(Refused, match="waits already"):
        actions.invite(db, world.eli, square, organisation=world.houses["heatloop"])


def test_only_the_lead_invites(db, world, team):
    with pytest.raises(Forbidden):
        actions.invite(db, world.sam, team("Open Square"), organisation=world.houses["rheinbild"])


def test_one_asks_to_join_what_is_open_and_the_lead_admits(db, world, team, last):
    square, rheinbild = team("Open Square"), world.houses["rheinbild"]
    asked = actions.ask(db, world.jonas, rheinbild, consortium=square, task="Pictures on the seats")
    assert (asked.state, last().verb) == (MembershipState.ASKED, Verb.CONSORTIA_ASK)

    actions.admit(db, world.eli, asked)
    assert asked.state is MembershipState.ACTIVE


def test_one_cannot_ask_to_join_what_is_closed(db, world, team):
    with pytest.raises(Refused, match="takes no requests"):
        actions.ask(
            db, world.jonas, world.houses["rheinbild"], consortium=team("Amphi Nights"), task="Pictures"
        )


def test_the_lead_turns_a_request_down_and_the_asker_withdraws_one(db, world, team, last):
    square = team("Open Square")
    first = actions.ask(db, world.jonas, world.houses["rheinbild"], consortium=square, task="Pictures")
    actions.turn_down(db, world.eli, first)
    second = actions.ask(db, world.jonas, world.houses["rheinbild"], consortium=square, task="Pictures")
    actions.withdraw(db, world.jonas, second)

    assert (first.state, second.state) == (MembershipState.TURNED_DOWN, MembershipState.WITHDRAWN)
    assert last().verb is Verb.CONSORTIA_WITHDRAW


def test_what_nobody_answered_expires_by_itself_and_once(db, world, team, place, last):
    invited = place(team("Open Square"), "heatloop")
    jobs.expire(db, str(invited.id))
    jobs.expire(db, str(invited.id))

    assert invited.state is MembershipState.EXPIRED
    assert (last().verb, last().person_id) == (Verb.CONSORTIA_EXPIRE, None)


def test_a_partner_leaves_and_loses_the_seat(db, world, team, place, again):
    nights = team("Amphi Nights")
    left = place(nights, "brightwater")
    actions.leave(db, world.beth, left, reason="The season is full.")

    assert left.state is MembershipState.LEFT
    assert nights.id not in again(world.beth).seats


def test_the_lead_does_not_leave_others_behind_and_the_last_one_dissolves(db, world, team, place):
    with pytest.raises(Refused, match="Offer the lead"):
        actions.leave(db, world.ane, place(team("Amphi Nights"), "fjordlys"))
    with pytest.raises(Refused, match="Dissolve"):
        actions.leave(db, world.jonas, place(team("Drawn Out"), "rheinbild"))


def test_a_declared_conflict_is_needed_to_accept_and_admit(db, world, team, place):
    square, fjordlys = team("Open Square"), world.houses["fjordlys"]
    invited = actions.invite(db, world.eli, square, organisation=fjordlys)
    with pytest.raises(Refused, match="declares so"):
        actions.accept(db, world.ane, invited)

    actions.accept(db, world.ane, invited, declares_conflict=True)
    assert queries.present(db, square.id, fjordlys.id) is MembershipState.ACTIVE
    assert place(team("Amphi Nights"), "fjordlys").declared_at
