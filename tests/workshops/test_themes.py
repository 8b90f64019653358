"""Themes in notes: alike notes come together across languages, and what a person placed stays."""

import pytest

from crosslab.workshops import queries
from crosslab.workshops.suggesting import suggested
from crosslab.workshops.themes import (
    Said,
    labels,
    likeness,
    matched,
    nearest_pile,
    piles,
    shared_word,
    sharing,
    suggested_count,
)

RAIN = ["rain on the stage", "the stage needs a roof against rain", "a roof over the rainy stage"]
SCANS = [
    "drawings scanned by volunteers",
    "volunteers could scan old drawings",
    "scanning drawings with volunteers",
]
WALL = [Said(text, "en") for text in (*RAIN, *SCANS)]
REGEN = Said("ein Dach gegen den Regen über der Bühne", "de")


def test_notes_about_one_thing_come_together() -> None:
    assert piles(likeness(WALL), 2) == [[0, 1, 2], [3, 4, 5]]


def test_a_note_is_as_like_itself_as_can_be_and_likeness_goes_both_ways() -> None:
    alike = likeness(WALL)
    assert all(alike[n][n] == pytest.approx(1) for n in range(6))
    assert all(alike[a][b] == pytest.approx(alike[b][a]) for a in range(6) for b in range(6))


def test_the_order_of_the_wall_changes_nothing() -> None:
    turned = list(reversed(WALL))
    assert sorted(sorted(5 - n for n in heap) for heap in piles(likeness(turned), 2)) == [
        [0, 1, 2],
        [3, 4, 5],
    ]


def test_without_centring_the_piles_would_be_languages() -> None:
    notes = [
        Said(f"the {thing} of the house", "en") for thing in ("roof", "roof beam", "garden", "garden path")
    ]
    notes += [Said(f"das {thing} von dem Haus", "de") for thing in ("roof", "garden")]
    assert sorted(map(sorted, piles(likeness(notes), 2))) == [[0, 1, 4], [2, 3, 5]]


def test_what_was_pinned_together_stays_together_and_apart_stays_apart() -> None:
    pinned = {0: "weather", 3: "weather", 1: "roofs"}
    heaps = piles(likeness(WALL), 2, pinned)
    of = {note: n for n, heap in enumerate(heaps) for note in heap}
    assert of[0] == of[3] != of[1]


def test_more_pins_than_piles_win_over_the_number_wished_for() -> None:
    assert len(piles(likeness(WALL), 1, {0: "a", 1: "b", 2: "c"})) == 3


def test_a_new_note_joins_the_pile_it_is_most_like_and_nothing_else_moves() -> None:
    alike = likeness([*WALL, Said("volunteers scanned old drawings at home", "en")])
    assert nearest_pile(alike[6], {"rain": [0, 1, 2], "scans": [3, 4, 5]}) == "scans"


def test_a_note_like_nothing_begins_a_pile_of_its_own() -> None:
    alike = likeness([*WALL, Said("xyzzy", "nb")])
    assert nearest_pile(alike[6], {"rain": [0, 1, 2], "scans": [3, 4, 5]}) is None
    assert nearest_pile([], {}) is None


def test_a_theme_goes_on_in_the_pile_that_holds_most_of_its_notes() -> None:
    old = {"rain": [0, 1, 2], "scans": [3, 4]}
    assert matched(old, [[3, 4, 5], [0, 1], [2]]) == ["scans", "rain", None]


def test_a_pile_is_named_by_words_its_notes_share() -> None:
    named = labels(WALL, [[0, 1, 2], [3, 4, 5]])
    assert named[0][0] in {"stage", "roof", "rain"}
    assert set(named[1][:2]) == {"volunteers", "drawings"}


def test_words_that_say_nothing_and_words_of_one_note_name_no_pile() -> None:
    assert labels([Said("the and of", "en"), Said("one lonely word", "en")], [[0, 1]]) == [()]


def test_no_note_and_one_note_are_walls_too() -> None:
    assert piles(likeness([]), 3) == []
    assert piles(likeness([REGEN]), 3) == [[0]]
    assert piles(likeness([Said("", "en"), Said("🎻", "en"), Said("", "de")]), 9) == [[0], [1], [2]]


def test_piles_begin_with_a_number_that_grows_with_the_wall() -> None:
    assert [suggested_count(n) for n in (0, 40, 120, 300)] == [2, 4, 8, 12]


def test_a_note_that_shares_no_word_and_no_stem_leaves_the_pile() -> None:
    pile = [
        Said("light on the stage", "en"),
        Said("Bühnenlicht im Regen", "de"),
        Said("Lichter für alle", "de"),
    ]
    assert sharing([*pile, Said("a roof", "en")], [0, 1, 2, 3]) == [1, 2]
    assert sharing(pile, [0]) == []


def test_words_that_say_nothing_and_figures_are_nothing_to_share() -> None:
    assert sharing([Said("the roof of 2026", "en"), Said("the song of 2026", "en")], [0, 1]) == []


def test_a_pile_that_shares_only_a_stem_is_named_by_the_shortest_word_with_it() -> None:
    pile = [Said("neue Kundschaft", "de"), Said("Kunden gewinnen", "de"), Said("Kunde sein", "de")]
    assert (labels(pile, [[0, 1, 2]]), shared_word(pile, [0, 1, 2])) == ([()], "kunde")
    assert shared_word([Said("roof", "en"), Said("song", "en")], [0, 1]) == ""


def test_every_note_of_a_suggested_pile_has_something_to_see_in_common_and_the_pile_a_name(room) -> None:
    writer = room.comes("Ane", "Fjord")
    texts = ["Glass roof", "A roof against rain", "Songs at night", "Rainy roofs", "xyzzy", "plugh", "Quiet"]
    for text in texts:
        room.writes(writer, text)
    found = suggested(queries.wall(room.db, room.workshop), {}, 2)
    assert [sorted(note.text for note in pile.notes) for pile in found] == [
        ["A roof against rain", "Glass roof", "Rainy roofs"]
    ]
    assert all(pile.words[0] for pile in found)
