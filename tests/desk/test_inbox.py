"""Who is told what: by the rule book, at the places where they hold a seat."""

import pytest
from sqlmodel import select

from crosslab.consortia import actions as consortia
from crosslab.core.errors import Missing
from crosslab.core.events import Event
from crosslab.desk import actions, queries
from crosslab.desk.hearers import hearers
from crosslab.rules import Verb


def heard(db, actor):
    """The verbs of everything a person was told."""
    return [notice.verb for notice in queries.inbox(db, actor, size=500).rows]


def newest(db, verb):
    """The last event of a verb."""
    return db.exec(select(Event).where(Event.verb == verb).order_by(Event.id.desc())).first()


def test_a_stranger_is_told_nothing(db, world):
    assert heard(db, world.stig) == []
    assert queries.unread(db, world.stig) == 0


def test_members_are_told_and_nobody_else_not_even_the_manager(db, world, team):
    people = ("tom", "mei", "ane", "priya", "helen", "eli", "stig")
    before = {key: queries.unread(db, getattr(world, key)) for key in people}
    consortia.describe(db, world.ane, team, name=team.name, pitch="Evenings outdoors", open_to_requests=False)

    more = {key for key in people if queries.unread(db, getattr(world, key)) > before[key]}
    assert more == {"tom", "mei"}


def test_ones_own_doings_are_no_news(db, world, team):
    consortia.describe(db, world.ane, team, name=team.name, pitch="Evenings outdoors", open_to_requests=False)
    event = newest(db, Verb.CONSORTIA_DESCRIBE)

    assert event.id not in {notice.id for notice in queries.inbox(db, world.ane, size=500).rows}


@pytest.mark.parametrize("key", ["ane", "tom", "priya", "helen", "solveig", "eli", "stig"])
def test_the_inbox_and_the_letters_agree_on_who_hears(db, world, key):
    actor = getattr(world, key)
    mine = {notice.id for notice in queries.inbox(db, actor, size=5_000).rows}
    told = {e.id for e in db.exec(select(Event)).all() if actor.person_id in {p.id for p in hearers(db, e)}}

    assert mine == told


def test_reading_all_leaves_nothing_new_until_something_happens(db, world, team):
    actions.read(db, world.tom)
    assert queries.unread(db, world.tom) == 0

    consortia.describe(db, world.ane, team, name=team.name, pitch="Evenings outdoors", open_to_requests=False)
    assert queries.unread(db, world.tom) == 1
    assert queries.inbox(db, world.tom).rows[0].new


def test_reading_is_for_oneself_alone(db, world):
    before = queries.unread(db, world.beth)
    actions.read(db, world.tom)

    assert newest(db, Verb.DESK_READ).thing_id == world.tom.person_id
    assert queries.unread(db, world.beth) == before
    with pytest.raises(Missing):
        actions.read(db, type(world.tom)())


def test_the_inbox_pages_by_key_and_loses_nothing(db, world):
    whole = [notice.id for notice in queries.inbox(db, world.tom, size=500).rows]
    first = queries.inbox(db, world.tom, size=3)
    second = queries.inbox(db, world.tom, after=first.after, size=500)

    assert [notice.id for notice in (*first.rows, *second.rows)] == whole
    assert whole == sorted(whole, reverse=True)


def test_every_notice_of_everyone_can_be_said_and_leads_somewhere(db, world):
    for key in world.people:
        actor = getattr(world, key)
        for notice in queries.inbox(db, actor, size=500).rows:
            assert notice.log.format(**notice.facts)
            url = queries.destination(db, actor, queries.event_told(db, actor, notice.id))
            assert url is None or url.startswith("/")


def test_an_event_one_was_not_told_of_is_not_there(db, world):
    event = newest(db, Verb.CONSORTIA_ACCEPT_CHARTER)

    assert queries.event_told(db, world.tom, event.id)
    for stranger in (world.stig, world.eli, world.helen):
        with pytest.raises(Missing):
            queries.event_told(db, stranger, event.id)
