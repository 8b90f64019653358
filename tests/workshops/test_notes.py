"""Notes of every kind: what the wall takes as it was typed, what it gives back, and who goes on when a machine dies."""

import html

import pytest

from crosslab.web.door import CARD_COOKIE
from crosslab.workshops.cafe import queries as cafes
from tests.workshops.test_cafe import CafeRoom

TAKEN = (
    "A lamp 💡 for 👩‍👩‍👧 and 🇳🇴",
    "مصباح يصغي 2026!",
    "מנורה (מקשיבה)",
    "<script>alert(1)</script> & “light”",
    "灯" * 140,
    "💡" * 140,
)
REFUSED = ("", "   ", "x" * 141, "A lamp \u202egnihton", "A\x00lamp")


@pytest.fixture
def phone(room, browse):
    """A phone whose owner came in."""
    room.comes("Ane", "Loom")
    room.db.commit()
    phone = browse()
    phone.client.cookies.set(CARD_COOKIE, room.tokens[0])
    return phone


@pytest.mark.parametrize("text", TAKEN)
def test_a_note_in_any_script_hangs_as_it_was_typed_and_reads_in_its_own_direction(
    room, phone, browse, world, text
):
    at = f"/s/{room.workshop.no}"
    assert phone.post(f"{at}/notes", {"prompt": "A", "text": text}).status_code == 303
    priya = browse(world.priya)
    for page in (
        priya.get(f"{at}/wall"),
        priya.get(f"{at}/projector?scene=wall"),
        phone.get(f"{at}/me/write"),
    ):
        assert f'<p dir="auto">{text}</p>' in html.unescape(page.text)
        assert "<script>alert" not in page.text
    assert text.strip("<") in priya.get(f"{at}/notes.csv").text.replace('""', '"')


@pytest.mark.parametrize("text", REFUSED)
def test_a_note_that_cannot_hang_comes_back_with_a_sentence_and_nothing_hangs(room, phone, text):
    at = f"/s/{room.workshop.no}"
    answer = phone.post(f"{at}/notes", {"prompt": "A", "text": text})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert text.strip("\x00 ")[:7] in answer.text
    assert "Your first note comes here." in phone.get(f"{at}/me/write").text


def test_when_the_facilitators_machine_dies_in_a_round_another_one_goes_on(planned, browse, world):
    cafe = CafeRoom(planned).seated().begins()
    cafe.keeps(cafe.host(1), 1)
    planned.db.commit()
    other, at = browse(world.priya), f"/s/{cafe.workshop.no}"
    assert "Round 1" in other.get(f"{at}/cafe").text
    assert "A lamp that listens" in other.get(f"{at}/cafe/card?turn=1&at=1").text
    assert other.post(f"{at}/cafe/end-round").status_code == 303
    assert other.post(f"{at}/cafe/begin-round", {"turn": "2"}).status_code == 303
    planned.db.expire_all()
    assert cafe.cafe.turn == 2
    assert [each.idea for each in cafes.cards(planned.db, cafe.workshop)] == ["A lamp that listens"]
