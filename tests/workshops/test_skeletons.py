"""Business cases: drafted from suggestions, owned, worked on, read by those in them and by nobody else."""

import pytest
from sqlmodel import select

from crosslab.core.errors import Forbidden, Missing, Overtaken, Refused
from crosslab.core.find import find
from crosslab.rules import SkeletonState
from crosslab.workshops import actions, queries
from crosslab.workshops.skeletons.tables import PlannedAction, Skeleton
from tests.workshops.conftest import drafted


def test_a_pair_becomes_a_case_with_its_notes_threads_and_companies(day):
    case = drafted(day)
    names = [each.name for each in queries.involved(day.db, case.id)]
    origin = queries.origin(day.db, day.ane, case)
    assert (case.state, case.title, names) == (SkeletonState.DRAFT, "Glow 0", ["Fjord", "Loom"])
    assert [quote.text for quote in origin.quotes] == ["Light", "Cloth"]
    assert [thread.why for thread in origin.threads] == ["Glow 0", "Glow 1"]
    assert (case.card_id, case.company_id) == (day.ane.cards[day.workshop.id], day.light.company_id)


def test_the_same_suggestion_is_drafted_once_until_it_is_let_go(day):
    case = drafted(day)
    with pytest.raises(Refused, match="drafted already"):
        drafted(day, day.tom)
    actions.let_go(day.db, day.ane, case)
    again = drafted(day, day.tom)
    with pytest.raises(Refused, match="drafted already"):
        actions.resume(day.db, day.ane, case, workshop=day.workshop)
    assert again.id != case.id


def test_nobody_drafts_for_companies_they_are_not_of(day):
    with pytest.raises(Forbidden, match="your own company"):
        drafted(day, day.eli)
    assert drafted(day, day.manager).card_id is None


def test_a_stranger_a_rival_and_another_room_cannot_tell_that_a_case_exists(day, world, browse):
    case = drafted(day)
    for actor in (day.eli, world.stig, world.ane):
        with pytest.raises(Missing):
            find(day.db, actor, Skeleton, case.id)
    for actor in (day.ane, day.tom, day.manager):
        assert find(day.db, actor, Skeleton, case.id)


def test_nobody_reads_a_case_by_taking_a_seat_under_its_name(day):
    case = drafted(day)
    late = day.comes("Late", "Fjord")
    fjord = queries.company_named(day.db, day.workshop, "Fjord")
    actions.name_oneself(day.db, day.eli, day.workshop, name="Eli", company=fjord)
    for actor in (late, day.eli):
        with pytest.raises(Missing):
            find(day.db, actor, Skeleton, case.id)
    card = queries.card_of(day.db, late, day.workshop)
    hands = {"company": fjord, "card": card, "due_on": None, "companies": []}
    actions.hand_over(day.db, day.manager, case, workshop=day.workshop, **hands)
    assert find(day.db, late, Skeleton, case.id).card_id == card.id


def test_whoever_has_it_works_on_it_and_is_told_when_somebody_saved_first(day):
    case = drafted(day)
    words = {
        "title": "Glow",
        "said": {"network": "One list"},
        "currency": "GBP",
        "income_minor": 5,
        "cost_minor": 9,
    }
    version = case.version
    actions.develop(day.db, day.ane, case, version=version, **words)
    assert (case.said, case.gap_minor) == ({"network": "One list"}, 4)
    with pytest.raises(Overtaken):
        actions.develop(day.db, day.manager, case, version=version, **words)
    with pytest.raises(Forbidden, match="Only whoever has"):
        actions.develop(day.db, day.tom, case, version=case.version, **words)


def test_actions_are_planned_ticked_off_by_anyone_in_it_and_dropped(day):
    case = drafted(day)
    loom = queries.company_named(day.db, day.workshop, "Loom")
    made = actions.undertake(
        day.db, day.ane, case, workshop=day.workshop, words="Weave a metre", company=loom
    )
    actions.tick_off(day.db, day.tom, case, action=made)
    assert made.done_at is not None
    with pytest.raises(Forbidden):
        actions.drop_action(day.db, day.tom, case, action=made)
    actions.drop_action(day.db, day.ane, case, action=made)
    day.db.flush()
    assert day.db.exec(select(PlannedAction)).all() == [] or not queries.planned(day.db, case.id)


def test_a_removed_note_is_a_note_that_was_removed(day):
    case = drafted(day)
    actions.remove(day.db, day.manager, day.light, workshop=day.workshop, reason="It names a customer.")
    quote = queries.origin(day.db, day.manager, case).quotes[0]
    assert (quote.text, quote.company, quote.state) == ("", "", "removed")


def test_hidden_names_are_hidden_on_the_trail_too(day):
    case = drafted(day)
    actions.hide_names(day.db, day.manager, day.workshop)
    assert {quote.company for quote in queries.origin(day.db, day.ane, case).quotes} == {""}


def test_those_whose_notes_it_rests_on_stay_in_it(day):
    case = drafted(day)
    fjord = queries.company_named(day.db, day.workshop, "Fjord")
    hands = {"company": fjord, "card": None, "due_on": None, "companies": []}
    actions.hand_over(day.db, day.ane, case, workshop=day.workshop, **hands)
    assert [each.name for each in queries.involved(day.db, case.id)] == ["Fjord", "Loom"]
    actions.hand_over(day.db, day.manager, case, workshop=day.workshop, **hands)
    assert [each.name for each in queries.involved(day.db, case.id)] == ["Fjord"]


def test_pages_of_a_case_are_for_those_in_it_and_work_without_script(day, world, browse):
    day.db.commit()
    door = f"/s/{day.workshop.no}/cases"
    priya = browse(world.priya)
    assert "Glow 0" in priya.get(door).text
    made = priya.post(door, {"origin": day.talks[0].origin})
    case = made.headers["location"]
    for page in ("", "/edit", "/hands", "/call"):
        assert priya.get(case + page).status_code == 200, page
        assert browse(world.ane).get(case + page).status_code == 404, page
        assert browse().get(case + page).status_code == 404, page
    assert priya.post(f"{case}/edit", {"title": "Glow", "trl": "11", "version": "1"}).status_code == 422
    assert (
        "A level from 1 to 9."
        in priya.post(f"{case}/edit", {"title": "Glow", "trl": "11", "version": "1"}).text
    )
    assert (
        priya.post(f"{case}/actions", {"words": "Weave", "company": str(day.cloth.company_id)}).status_code
        == 303
    )
    assert "Weave" in priya.get(case).text
    assert priya.post(door, {"origin": "note:nonsense"}).status_code == 404
    assert priya.post(door, {"origin": "companies:nobody"}).status_code == 409
