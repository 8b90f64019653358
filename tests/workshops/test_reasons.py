"""Why two should talk is said with their names, and without while names are hidden."""

import pytest

from crosslab.workshops import actions, queries
from crosslab.workshops.after import files
from crosslab.workshops.after.story import story
from crosslab.workshops.after.telling import FIRST_PAIRS, picture
from crosslab.workshops.links import LinkKind
from crosslab.workshops.why import reason

OFFER, NEED, JOINT, QUESTION = LinkKind


@pytest.fixture
def two(room):
    """`two(kind, back)`: Zenit ties a thread of this kind to Alm, and perhaps Alm one back; what is told of it."""
    zenit, alm = room.comes("Zoe", "Zenit"), room.comes("Ali", "Alm {AS} & <b>")
    light, cloth = room.writes(zenit, "Light"), room.writes(alm, "Cloth", "B")

    def tied(kind, back=None, hidden=False, words=True):
        ways = [(zenit, light, cloth, kind)] + ([(alm, cloth, light, back)] if back else [])
        for n, (who, one, two, says) in enumerate(ways):
            actions.tie(room.db, who, room.workshop, one=one, two=two, kind=says, key=f"thread-no-{n}")
        (talk,) = picture(queries.wall(room.db, room.workshop)).pairs
        text, names = reason(talk, hidden=hidden, words=words)
        return text.format(**names)

    return tied


@pytest.mark.parametrize(
    ("thread", "said"),
    [
        (OFFER, "Zenit says it offers what Alm {AS} & <b> needs."),
        (NEED, "Zenit needs what Alm {AS} & <b> offers."),
        (JOINT, "Zenit sees something to offer together with Alm {AS} & <b>."),
        (QUESTION, "Zenit has a question for Alm {AS} & <b>."),
    ],
)
def test_a_one_sided_reason_names_who_tied_the_thread_first(two, thread, said):
    assert two(thread) == said


def test_who_offers_what_the_other_needs_is_named_whoever_tied_first(two):
    assert two(NEED, OFFER) == "Alm {AS} & <b> offers what Zenit says it needs."


def test_who_was_not_there_reads_who_is_interested_and_not_what_the_thread_says(two):
    assert two(QUESTION, words=False) == "Zenit is interested in Alm {AS} & <b>."


def test_while_names_are_hidden_nobody_learns_whose_side_it_is(two):
    assert two(QUESTION, hidden=True) == "One is interested in the other."


def test_pages_and_files_name_the_side_until_names_are_hidden(two, room, browse, world):
    two(QUESTION)
    said, at = "Zenit has a question for Alm {AS} &amp; &lt;b&gt;.", f"/s/{room.workshop.no}"
    for hidden in (False, True):
        if hidden:
            actions.hide_names(room.db, room.manager, room.workshop)
        room.db.commit()
        pages = [browse(world.priya).get(f"{at}/{page}").text for page in ("results", "cases")]
        assert [said in page for page in pages] == [not hidden] * 2
        (told,) = files.told(story(room.db, room.manager, room.workshop, None, words=True))["suggestions"]
        assert (told["from"] is None) is hidden


def test_how_many_are_shown_at_once_is_said_in_one_place(room, browse, world):
    people = [room.comes(f"P{n}", f"Firm {n}") for n in range(FIRST_PAIRS + 2)]
    notes = [room.writes(each, f"Thought {n}") for n, each in enumerate(people)]
    for n, (who, note) in enumerate(zip(people[1:], notes[1:], strict=True)):
        actions.tie(room.db, who, room.workshop, one=note, two=notes[0], kind=OFFER, key=f"thread-no-{n}")
    room.db.commit()
    page = browse(world.priya).get(f"/s/{room.workshop.no}/results").text
    shown, folded = page.split("Show all")
    assert (shown.count('class="tied"'), folded.count('class="tied"')) == (FIRST_PAIRS, 1)
