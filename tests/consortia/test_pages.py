"""The pages of a consortium, for those who are in."""

import pytest

from crosslab.consortia import queries
from crosslab.rules import MembershipState


@pytest.mark.parametrize("path", ["", "/members", "/charter", "/log", "/describe"])
def test_members_and_the_manager_read_every_page(browse, world, path):
    for who in (world.ane, world.lars, world.mei, world.priya):
        assert browse(who).get(f"/w/amphi-nights{path}").status_code == 200


def test_home_says_who_must_act(browse, world):
    assert "Skriv charteret</a>" in browse(world.eli).get("/w/open-square").text
    assert "Haugen Design AS writes it" in browse(world.sam).get("/w/open-square").text
    assert "Rheinbild GmbH lädt die nächste ein" in browse(world.jonas).get("/w/drawn-out").text


def test_starting_one_leads_to_its_home(browse, world, amphitheatre):
    url = f"/challenges/{amphitheatre.no}/consortia/new"
    fiona = browse(world.fiona)
    assert "Start a consortium" in fiona.get(url).text
    answer = fiona.post(url, {"organisation": str(world.houses["heatloop"].id), "name": "Warm Seats"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/w/warm-seats")
    assert fiona.get("/w/warm-seats").status_code == 200


def test_a_form_that_is_not_right_comes_back_filled_in(browse, world, amphitheatre):
    url = f"/challenges/{amphitheatre.no}/consortia/new"
    answer = browse(world.tom).post(url, {"organisation": str(world.houses["tinker"].id), "name": "Second"})

    assert answer.status_code == 422
    assert "It may be in both if it declares so" in answer.text
    assert 'value="Second"' in answer.text


def test_an_organisation_is_found_and_invited(browse, world, db, team):
    eli = browse(world.eli)
    assert "Rheinbild GmbH" in eli.get("/w/open-square/members?q=museumsqualität").text
    assert "Rheinbild GmbH" in eli.get("/w/open-square/members?q=rheinbild").text
    answer = eli.post("/w/open-square/invite", {"organisation": str(world.houses["rheinbild"].id)})

    assert answer.status_code == 303
    there = queries.present(db, team("Open Square").id, world.houses["rheinbild"].id)
    assert there is MembershipState.INVITED


def test_the_invited_accepts_on_the_page(browse, world, team, place):
    fiona = browse(world.fiona)
    invited = place(team("Open Square"), "heatloop")
    answer = fiona.post(f"/memberships/{invited.id}/accept")

    assert answer.headers["location"] == "/w/open-square"
    assert fiona.get("/w/open-square/members").status_code == 200


def test_a_charter_is_written_and_accepted_on_its_page(browse, world, db, team, place):
    words = {"purpose": "Seats that become a stage.", "voting": "Both agree on it.", "leaving": "Four weeks."}
    assert browse(world.eli).post("/w/open-square/charter", words).status_code == 422
    assert (
        browse(world.eli).post("/w/open-square/charter", {**words, "ip_regime": "lambert_a"}).status_code
        == 303
    )
    sam, mine = browse(world.sam), place(team("Open Square"), "twolocks")
    assert "Accept for Two Locks CIC" in sam.get("/w/open-square/charter").text

    sam.post("/w/open-square/charter/accept", {"number": "1", "membership": str(mine.id)})
    assert queries.waiting_for(db, team("Open Square"), 1) == ["Haugen Design AS"]


def test_a_declaration_is_seen_by_the_leads_only(browse, world):
    told = "also takes part in another consortium"
    assert told in browse(world.ane).get("/w/amphi-nights/members").text
    assert told not in browse(world.tom).get("/w/amphi-nights/members").text
