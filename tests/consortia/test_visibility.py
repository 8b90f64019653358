"""A stranger cannot tell that a consortium exists; two on one challenge cannot see each other."""

import pytest

from crosslab.consortia.tables import Consortium, Membership
from crosslab.core.find import seen_by

PATHS = ("", "/members", "/charter", "/log", "/describe")
POSTS = ("describe", "invite", "seek", "offer-lead", "charter", "charter/accept", "dissolve")
OUTSIDERS = ("stig", "helen", "omar", "eli", "fiona", "solveig")


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nothing_of_amphi_nights_is_there_for_outsiders(browse, world, who):
    """A stranger, the host and her colleague, a rival, a firm, the steward: none is told that it exists."""
    visitor = browse(getattr(world, who))
    for path in PATHS:
        answer = visitor.get(f"/w/amphi-nights{path}")
        assert (answer.status_code, "Amphi Nights" in answer.text) == (404, False), path
    for path in POSTS:
        assert visitor.post(f"/w/amphi-nights/{path}").status_code == 404, path
    assert visitor.get("/w/amphi-nights").status_code == visitor.get("/w/there-is-none").status_code


def test_the_places_of_its_members_cannot_be_answered_from_outside(browse, world, team, place):
    invited = place(team("Open Square"), "heatloop")
    for word in ("accept", "decline", "admit", "turn-down", "withdraw", "leave"):
        assert browse(world.ane).post(f"/memberships/{invited.id}/{word}").status_code == 404, word


def test_two_consortia_on_one_challenge_do_not_see_each_other(db, world):
    for who, own, other in (("ane", "Amphi Nights", "Open Square"), ("eli", "Open Square", "Amphi Nights")):
        seen = {each.name for each in db.exec(seen_by(getattr(world, who), Consortium)).all()}
        assert own in seen
        assert other not in seen


def test_the_list_of_a_challenge_shows_only_what_its_consortia_chose(browse, world, amphitheatre):
    shown = browse(world.fiona).get(f"/challenges/{amphitheatre.no}/consortia").text
    asked = browse(world.grace).get(f"/challenges/{amphitheatre.no}/consortia").text

    assert "Open Square" in asked
    assert "A maker in Britain" in asked
    assert "Two Locks" not in asked + shown
    assert "Amphi Nights" not in asked + shown


def test_a_closed_consortium_has_no_door_to_ask_at(browse, world, team):
    assert browse(world.grace).get(f"/consortia/{team('Amphi Nights').id}/ask").status_code == 404
    assert browse(world.grace).get(f"/consortia/{team('Open Square').id}/ask").status_code == 200


def test_the_invited_see_the_invitation_and_nothing_more(browse, world):
    fiona = browse(world.fiona)
    shown = fiona.get("/w/open-square")

    assert (shown.status_code, "Accept the invitation" in shown.text) == (200, True)
    for path in PATHS[1:]:
        assert fiona.get(f"/w/open-square{path}").status_code == 404, path


def test_the_manager_sees_who_is_in_and_not_who_was_asked(db, world, team):
    square = team("Open Square")
    rows = db.exec(seen_by(world.priya, Membership).where(Membership.consortium_id == square.id)).all()
    assert {row.organisation_id for row in rows} == {world.houses["haugen"].id, world.houses["twolocks"].id}


def test_a_partner_is_not_told_what_the_managers_note(browse, world):
    log = browse(world.katrin).get("/w/calm-rooms/log").text
    assert "The award was recorded." in log
    assert "First report to the funder" not in log
