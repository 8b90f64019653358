"""Calls to action: what others learn of a case, what they say, and who sees that they said it."""

import pytest

from crosslab.challenges.tables import Audience, Interest
from crosslab.core.errors import Forbidden, Missing, Refused
from crosslab.core.find import find, seen_by
from crosslab.rules import SkeletonState
from crosslab.workshops import actions, queries
from crosslab.workshops.skeletons.tables import Brings, Call, CallInterest, Skeleton
from tests.workshops.conftest import drafted

WORDS = {
    "organisation": None,
    "ticks": [Brings.PLACE],
    "brings": "A yard",
    "seeks": "",
    "shown": Audience.INTERESTED,
}


@pytest.fixture
def called(day):
    """A case of two of the three companies, whose call is open for the room."""
    day.case = drafted(day)
    day.call = actions.call(
        day.db, day.ane, day.case, title="Glow", words="Light", seeks=["A yard"], public=False
    )
    return day


def test_the_room_reads_the_call_and_nothing_of_the_case(called):
    assert called.case.state is SkeletonState.OPEN
    assert find(called.db, called.eli, Call, called.call.id).title == "Glow"
    with pytest.raises(Missing):
        find(called.db, called.eli, Skeleton, called.case.id)
    assert queries.origin(called.db, called.eli, called.case).seen


def test_a_call_for_the_room_is_nothing_to_a_stranger_and_a_public_one_is(called, world, browse):
    page = f"/en/calls/{called.call.id}"
    called.db.commit()
    assert browse().get(page).status_code == browse(world.stig).get(page).status_code == 404
    actions.call(called.db, called.ane, called.case, title="Glow", words="Light", seeks=[], public=True)
    called.db.commit()
    read = browse().get(page).text
    assert "Glow" in read
    assert "Cloth" not in read
    actions.call_off(called.db, called.ane, called.case)
    called.db.commit()
    assert browse().get(page).status_code == 404


def test_somebody_without_an_account_says_it_by_their_card_and_again_replaces_it(called):
    said = actions.interest(called.db, called.eli, called.call, **WORDS)
    again = actions.interest(called.db, called.eli, called.call, **{**WORDS, "brings": "Two yards"})
    assert said.id == again.id
    [one] = queries.interested(called.db, called.ane, called.call)
    assert (one.name, one.person, one.brings, one.ticks) == ("Haugen", "Haugen", "Two yards", ("place",))


def test_others_see_it_as_far_as_it_was_allowed(called):
    for name, shown in (("Host", "host"), ("Among", "interested"), ("Open", "everyone")):
        actions.interest(
            called.db, called.comes(name, name), called.call, **{**WORDS, "shown": Audience(shown)}
        )
    names = lambda actor: [each.name for each in queries.interested(called.db, actor, called.call)]  # noqa: E731
    assert names(called.tom) == ["Host", "Among", "Open"]
    assert names(called.eli) == ["Open"]
    actions.interest(called.db, called.eli, called.call, **WORDS)
    assert names(called.eli) == ["Among", "Open", "Haugen"]


def test_a_withdrawn_interest_is_seen_by_nobody_else(called):
    said = actions.interest(called.db, called.eli, called.call, **WORDS)
    with pytest.raises(Forbidden):
        actions.withdraw_interest(called.db, called.tom, said, call=called.call)
    actions.withdraw_interest(called.db, called.eli, said, call=called.call)
    assert queries.interested(called.db, called.manager, called.call) == []


def test_those_in_the_case_strangers_and_the_closed_call_take_no_interest(called, world):
    with pytest.raises(Refused, match="already"):
        actions.interest(called.db, called.tom, called.call, **WORDS)
    with pytest.raises(Forbidden, match="Come in"):
        actions.interest(called.db, world.stig, called.call, **WORDS)
    with pytest.raises(Refused, match="Tick what"):
        actions.interest(called.db, called.eli, called.call, **{**WORDS, "ticks": [], "brings": ""})
    actions.call_off(called.db, called.ane, called.case)
    with pytest.raises(Refused, match="closed"):
        actions.interest(called.db, called.eli, called.call, **WORDS)


def test_in_a_challenge_an_organisation_says_it_once_for_both(called, world, db):
    challenge = queries.answerable(db, world.ane)[0]
    called.workshop.challenge_id = challenge.id
    actions.call(db, called.ane, called.case, title="Glow", words="", seeks=[], public=True)
    words = {**WORDS, "organisation": world.houses["heatloop"], "brings": "Seats that hold the day’s warmth"}
    said = actions.interest(db, world.fiona, called.call, **words)
    joined = db.exec(seen_by(world.fiona, Interest).where(Interest.id == said.interest_id)).one()
    assert (joined.challenge_id, joined.brings, said.brings) == (challenge.id, words["brings"], "")
    [one] = queries.interested(db, world.fiona, called.call)
    assert (one.name, one.brings) == (world.houses["heatloop"].name, words["brings"])


def test_while_names_are_hidden_nobody_learns_who_is_interested(called):
    actions.interest(called.db, called.eli, called.call, **{**WORDS, "shown": Audience.EVERYONE})
    actions.hide_names(called.db, called.manager, called.workshop)
    [one] = queries.interested(called.db, called.tom, called.call)
    assert (one.name, one.person) == ("", "")
    assert called.db.exec(seen_by(called.comes("New", "New"), CallInterest)).all()


def test_whoever_is_interested_still_reads_a_call_that_closed_and_starts_nothing_from_it(called):
    said = actions.interest(called.db, called.eli, called.call, **WORDS)
    assert queries.startable(called.db, called.eli, called.case.id).id == called.case.id
    actions.call_off(called.db, called.ane, called.case)
    assert find(called.db, called.eli, Call, called.call.id).id == called.call.id
    with pytest.raises(Missing):
        queries.startable(called.db, called.eli, called.case.id)
    actions.withdraw_interest(called.db, called.eli, said, call=called.call)
    with pytest.raises(Missing):
        find(called.db, called.eli, Call, called.call.id)
