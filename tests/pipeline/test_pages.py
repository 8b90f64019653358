"""The board, the table, a card, and their doors."""

import re

import pytest
from sqlmodel import select

from crosslab.consortia.tables import Consortium
from crosslab.rules import Stage

HOME = "/p/heritage-innovation"


def test_the_manager_sees_every_consortium_in_its_column(browse, world):
    shown = browse(world.priya).get(f"{HOME}/pipeline").text

    for name in ("Drawn Out", "Open Square", "Amphi Nights", "Calm Rooms"):
        assert name in shown
    assert "Stalled" in shown
    assert "On hold" in shown


@pytest.mark.parametrize("who", ["ane", "helen", "stig", "solveig"])
def test_the_board_is_the_managers_alone(browse, world, db, who):
    visitor = browse(getattr(world, who))
    nights = db.exec(select(Consortium).where(Consortium.slug == "amphi-nights")).one()
    assert visitor.get(f"{HOME}/pipeline").status_code == 403
    assert visitor.get(f"{HOME}/pipeline.csv").status_code == 403
    assert visitor.get(f"{HOME}/consortia/{nights.ref}").status_code == 404
    assert visitor.post(f"{HOME}/consortia/{nights.ref}/advance").status_code == 404


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("?q=amphi", "Amphi Nights", "Open Square"),
        ("?only=held", "Drawn Out", "Open Square"),
        ("?only=stalled", "Open Square", "Drawn Out"),
        ("?only=decide", "Paper Trail", "Open Square"),
        ("?view=table&stage=stopped", "Echo Steps", "Amphi Nights"),
        ("?view=table&q=no+such+thing", "No consortium fits.", "Amphi Nights"),
        ("?stage=nonsense&sort=nonsense", "Amphi Nights", "Echo Steps"),
    ],
)
def test_filters_narrow_what_is_shown(browse, world, query, there, gone):
    shown = re.search(
        r"<main.*</main>", browse(world.priya).get(f"{HOME}/pipeline{query}").text, re.S
    ).group()
    assert there in shown
    assert gone not in shown


def test_the_table_is_sorted_either_way(browse, world):
    def names(way: str) -> list[str]:
        page = browse(world.priya).get(f"{HOME}/pipeline?view=table&sort=name&way={way}").text
        return re.findall(r'<th scope="row"><a [^>]*>([^<]+)', page)

    assert names("up") == sorted(names("up"))
    assert names("down") == names("up")[::-1]


def test_a_plain_form_moves_a_card_and_leads_to_its_page(browse, world, card, db):
    ref = _ref(db, "Paper Trail")
    answer = browse(world.priya).post(f"{HOME}/consortia/{ref}/advance", {"reason": "Two trades."})

    assert (answer.status_code, answer.headers["location"]) == (303, f"{HOME}/consortia/{ref}")
    assert card("Paper Trail").state is Stage.CONSORTIUM
    assert "Two trades." in browse(world.priya).get(f"{HOME}/consortia/{ref}").text


def test_on_the_board_the_answer_is_the_board_with_an_undo(browse, world, db):
    priya, ref = browse(world.priya), _ref(db, "Paper Trail")
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://127.0.0.1:8000{HOME}/pipeline?q=paper"}
    answer = priya.client.post(
        f"{HOME}/consortia/{ref}/advance", data={"csrf": priya.token(), "reason": ""}, headers=headers
    )

    assert answer.headers["hx-retarget"] == "#board"
    assert f'action="{HOME}/consortia/{ref}/send-back"' in answer.text
    assert "Amphi Nights" not in answer.text


def test_a_refused_move_says_what_is_missing_and_keeps_the_reason(browse, world, db, card):
    ref = _ref(db, "Open Square")
    answer = browse(world.priya).post(f"{HOME}/consortia/{ref}/advance", {"reason": "They are keen."})

    assert answer.status_code == 422
    assert "Missing: a charter that every member has accepted." in answer.text
    assert "They are keen." in answer.text
    assert card("Open Square").state is Stage.CONSORTIUM


def test_a_dropped_card_that_cannot_move_is_told_in_a_toast(browse, world, db):
    ref = _ref(db, "Open Square")
    answer = browse(world.priya).post(f"{HOME}/consortia/{ref}/advance", {"to": "development"}, htmx=True)

    assert answer.status_code == 409
    assert answer.headers["hx-reswap"] == "none"


def test_stopping_needs_a_reason(browse, world, db, card):
    priya, ref = browse(world.priya), _ref(db, "Open Square")
    assert priya.post(f"{HOME}/consortia/{ref}/stop", {"reason": ""}).status_code == 422
    assert priya.post(f"{HOME}/consortia/{ref}/stop", {"reason": "No maker."}).status_code == 303
    assert card("Open Square").state is Stage.STOPPED


@pytest.mark.parametrize("step", ["advance", "send-back", "hold", "resume", "stop", "revive"])
def test_every_move_has_a_page_of_its_own(browse, world, db, step):
    page = browse(world.priya).get(f"{HOME}/consortia/{_ref(db, 'Amphi Nights')}/move/{step}")
    assert page.status_code == 200


def test_a_day_that_is_none_is_told_beside_the_field(browse, world, db):
    typed = {"next_step": "Call", "next_on_day": "31", "next_on_month": "2", "next_on_year": "2027"}
    answer = browse(world.priya).post(f"{HOME}/consortia/{_ref(db, 'Amphi Nights')}/note", typed)

    assert answer.status_code == 422
    assert "This is not a day" in answer.text


def test_the_export_tells_formulas_as_text(browse, world, db, card):
    card("Amphi Nights").next_step = "=1+1"
    db.commit()
    answer = browse(world.priya).get(f"{HOME}/pipeline.csv?q=amphi")

    assert answer.headers["content-type"].startswith("text/csv")
    assert "'=1+1" in answer.text
    assert len(answer.text.strip().splitlines()) == 2


def _ref(db, name: str) -> str:
    return db.exec(select(Consortium.ref).where(Consortium.name == name)).one()
