"""Who sees what, and how the catalogue finds it."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from crosslab.challenges import catalogue, queries
from crosslab.challenges.catalogue import Wish
from crosslab.challenges.tables import Challenge, Interest
from crosslab.core.actor import NOBODY_YET
from crosslab.core.clock import now
from crosslab.core.errors import Missing
from crosslab.core.find import find, seen_by
from crosslab.rules import ChallengeState


def seen(db, actor):
    return {each.question for each in db.exec(seen_by(actor, Challenge)).all()}


def test_a_draft_is_seen_by_its_own_people_alone(db, world, asked):
    assert asked.coins.question in seen(db, world.grace)
    for other in (NOBODY_YET, world.stig, world.helen, world.priya):
        assert asked.coins.question not in seen(db, other)


def test_under_review_the_manager_sees_it_too(db, world, asked):
    assert asked.reading.question in seen(db, world.karl) & seen(db, world.priya)
    with pytest.raises(Missing):
        find(db, world.ane, Challenge, asked.reading.id)


def test_what_is_not_published_has_no_public_page_for_anyone(db, asked):
    with pytest.raises(Missing):
        queries.by_number(db, asked.reading.no)


def names(db, actor, challenge):
    return {each.name for each in queries.interests(db, actor, challenge)}


def test_interests_are_seen_as_far_as_each_firm_allows(db, world, asked):
    public = names(db, NOBODY_YET, asked.amphitheatre)
    among = names(db, world.ane, asked.amphitheatre)
    host = names(db, world.helen, asked.amphitheatre)

    assert "Fjordlys AS" in public
    assert "Rheinbild GmbH" in among - public
    assert len(host) == 7
    assert names(db, world.priya, asked.amphitheatre) == host


def test_an_interest_that_was_withdrawn_is_gone_for_everyone(db, world, asked):
    mine = db.exec(
        seen_by(world.tom, Interest).where(Interest.organisation_id == world.houses["tinker"].id)
    ).one()
    mine.withdrawn_at = now()
    db.flush()
    assert "Tinker & Tap Ltd" not in names(db, world.helen, asked.amphitheatre)


def found(db, **wish):
    return [row.question for row in catalogue.find_some(db, NOBODY_YET, Wish(**wish)).rows]


def test_every_word_must_be_found_whatever_its_case(db, asked):
    assert found(db, q="LIBRARY Amphitheatre") == [asked.amphitheatre.question]
    assert found(db, q="amphitheatre zeppelin") == []
    assert found(db, q="birmingham") == [asked.drawings.question, asked.amphitheatre.question]


@pytest.mark.parametrize("sign", ["%", "_", "\\", "'", '"; DROP TABLE challenge; --'])
def test_signs_that_mean_something_to_the_database_mean_nothing_here(db, sign):
    assert found(db, q=f"{sign}{sign}") == []


def test_closed_ones_are_found_where_closed_ones_are_asked_for(db, asked):
    assert found(db, q="venterom") == []
    assert found(db, q="venterom", stage="closed") == [asked.waiting.question]
    assert asked.waiting.question in found(db, stage="all")


def test_after_its_deadline_an_open_one_counts_as_closed(db, asked):
    asked.drawings.closes_at = now() - timedelta(minutes=1)
    db.flush()
    assert asked.drawings.question not in found(db)
    assert asked.drawings.question in found(db, stage="closed")


def test_sector_and_country_narrow_and_are_counted(db, world, asked):
    assert found(db, sector="imaging") == [asked.drawings.question]
    assert catalogue.countries(db, world.ane, Wish(country="NO", stage="all")) == {"GB": 2, "NO": 1}
    assert catalogue.count(db, world.ane, Wish(country="NO")) == 0


def many(db, world, n):
    for k in range(n):
        made = Challenge(
            no=f"2031-{k:04d}", slug="x", organisation_id=world.houses["archive"].id, programme_id=world.programme.id,
            state=ChallengeState.OPEN, question=f"Many {k}?", published_at=now() + timedelta(seconds=k // 3),
            closes_at=now() + timedelta(days=9), words=f"many {k} stadtarchiv",
        )  # fmt: skip
        db.add(made)
    db.flush()


def test_pages_by_key_show_every_row_once(db, world):
    many(db, world, 31)
    shown, after = [], ""
    while after is not None:
        page = catalogue.find_some(db, NOBODY_YET, Wish(q="many"), after)
        shown += [row.question for row in page.rows]
        after = page.after

    assert len(shown) == len(set(shown)) == 31
    assert shown[0] == "Many 30?"


def test_a_key_that_is_none_begins_at_the_beginning(db):
    assert catalogue.find_some(db, NOBODY_YET, Wish(), "nonsense").rows


def test_the_catalogue_asks_the_database_six_times_at_most(db, world, browse, engine):
    helen, asked = browse(world.helen), []
    event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    helen.get("/en/challenges?q=zeppelin")

    selects = [words for words in asked if words.lstrip().upper().startswith("SELECT")]
    assert len(selects) <= 6, selects
