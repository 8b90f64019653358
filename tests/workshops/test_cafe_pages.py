"""The pages of a café as plain forms: planned, seated, announced, a round, a card; and what strangers see of it."""

import re

import pytest

from crosslab.workshops.cafe import queries as cafes

from .test_cafe import CafeRoom


@pytest.fixture
def cafe(planned):
    return CafeRoom(planned)


def at(cafe):
    cafe.db.commit()
    return f"/s/{cafe.workshop.no}"


def joined(cafe, browse, name, company):
    """Somebody who comes in with the code in a browser of their own."""
    person = browse()
    assert person.post(f"/j/{cafe.workshop.code}", {"name": name, "other": company}).status_code == 303
    return person


def test_a_day_of_a_cafe_without_javascript(cafe, world, browse):
    priya, s = browse(world.priya), at(cafe)
    ane = joined(cafe, browse, "Ane", "Fjordlys AS")
    assert "Seats are not announced yet" in ane.get(f"{s}/me/table").text
    assert "Nobody has a seat yet" in priya.get(f"{s}/cafe").text
    for press in ("seat", "announce"):
        assert priya.post(f"{s}/cafe/{press}").status_code == 303
    assert "Go to table" in ane.get(f"{s}/me/table").text
    assert priya.post(f"{s}/begin", {"minutes": "15"}).status_code == 303
    assert priya.post(f"{s}/cafe/begin-round", {"turn": "1"}).status_code == 303
    assert "With you sit" in ane.get(f"{s}/me/table").text
    card = {"turn": "1", "at": "2", "idea": "A <b>lamp</b> that listens", "whom": "Neighbours", "seen": "0"}
    assert priya.post(f"{s}/cafe/cards", card).status_code == 303
    assert "lamp" not in ane.get(f"{s}/cafe/harvest").text
    assert priya.post(f"{s}/cafe/end-round").status_code == 303
    assert "A &lt;b&gt;lamp&lt;/b&gt; that listens" in ane.get(f"{s}/cafe/harvest").text
    for page in (
        "cafe",
        "cafe/places",
        "projector?scene=cafe",
        "projector?scene=seats",
        "cafe/card?turn=1&at=2",
    ):
        assert priya.get(f"{s}/{page}").status_code == 200, page


def test_a_rehearsal_proposes_the_number_of_tables_at_which_nobody_meets_twice(cafe, world, browse):
    page = browse(world.priya).get(f"{at(cafe)}/cafe?people=100&tables=10&rounds=5&staying=yes").text
    assert "Use 11 tables instead of 10: nobody meets twice." in page


@pytest.mark.parametrize(
    "asked", ["people=0&tables=99999&rounds=x", "people=-1", "people=2&tables=60&rounds=8", "tables="]
)
def test_odd_numbers_are_tried_as_far_as_they_make_sense(cafe, world, browse, asked):
    assert browse(world.priya).get(f"{at(cafe)}/cafe?{asked}").status_code == 200


def test_an_empty_card_comes_back_with_what_was_typed(cafe, world, browse):
    cafe.seated().begins()
    card = {"turn": "1", "at": "1", "idea": "", "whom": "Everybody here", "seen": "0"}
    answer = browse(world.priya).post(f"{at(cafe)}/cafe/cards", card)
    assert answer.status_code == 422
    assert "Write the idea in one sentence." in answer.text
    assert "Everybody here" in answer.text


def test_hidden_names_are_on_no_picture_and_no_phone(cafe, world, browse):
    cafe.seated().begins()
    cafe.workshop.names_hidden = True
    priya, s = browse(world.priya), at(cafe)
    ane = joined(cafe, browse, "Ane", "Fjordlys AS")
    assert priya.post(f"{s}/cafe/mend").status_code == 303
    for page in (priya.get(f"{s}/projector?scene=seats").text, ane.get(f"{s}/me/table").text):
        assert not re.search(r"Guest \d", page)


def test_whoever_has_no_card_sees_nothing_of_a_cafe(cafe, world, browse):
    cafe.seated().begins()
    visitor, s = browse(), at(cafe)
    assert visitor.get(f"{s}/me/table").headers["location"].endswith(f"/j/{cafe.workshop.code}")
    guest = f"people/{cafe.cards()[0]}"
    for page in (
        "cafe",
        "cafe/places",
        "cafe/harvest",
        "cafe/card?turn=1&at=1",
        "cafe/tables/1",
        "control",
        guest,
    ):
        assert visitor.get(f"{s}/{page}").status_code in {303, 403}, page
    for page in ("cafe/cards", "cafe/tables/1/host"):
        assert visitor.post(f"{s}/{page}", {"turn": "1", "at": "1", "idea": "Mine"}).status_code == 403, page
    assert cafes.cards(cafe.db, cafe.workshop) == []


def test_a_guest_cannot_run_the_cafe(cafe, browse):
    s = at(cafe)
    ane = joined(cafe, browse, "Ane", "Fjordlys AS")
    for press in ("seat", "announce", "mend", "begin-round", "end-round", "close", "tables/1"):
        assert ane.post(f"{s}/cafe/{press}", {"turn": "1"}).status_code in {401, 403}, press
    assert cafes.seat_rows(cafe.db, cafe.workshop) == []


def test_an_odd_table_or_round_is_nothing_and_not_a_fault(cafe, world, browse):
    cafe.seated().begins()
    priya, s = browse(world.priya), at(cafe)
    for odd in ("turn=1&at=99", "turn=x&at=1", "", "turn=99999999999&at=1"):
        assert priya.get(f"{s}/cafe/card?{odd}").status_code == 404, odd
    assert priya.post(f"{s}/cafe/tables/77/host", {"host": ""}).status_code == 404


def test_a_table_offers_those_who_sit_there_and_whoever_is_asked_for(cafe, world, browse):
    cafe.seated()
    priya, s = browse(world.priya), at(cafe)
    sitting, page = {one.name for one in cafe.who(1, 2)}, priya.get(f"{s}/cafe/tables/2").text
    assert set(re.findall(r">(Guest \d+) ·", page)) == sitting
    found = priya.get(f"{s}/cafe/tables/2?q=FIRM 5").text
    assert {"Guest 5", "Guest 11"} <= set(re.findall(r">(Guest \d+) ·", found))
    assert "Nobody is called that." in priya.get(f"{s}/cafe/tables/3?q=zzz").text


def test_whoever_was_found_becomes_the_host_of_a_table(cafe, world, browse):
    cafe.seated()
    priya, s = browse(world.priya), at(cafe)
    page = priya.get(f"{s}/cafe/tables/2?q=Guest 11").text
    [chosen] = set(re.findall(r'value="([0-9a-f-]{36})"[^>]*>Guest 11 ·', page))
    answer = priya.post(f"{s}/cafe/tables/2/host", {"host": chosen})
    assert answer.headers["location"].endswith("/cafe#t2")
    cafe.db.expire_all()
    assert str(cafe.table(2).host_id) == chosen


def test_somebody_is_marked_on_a_page_of_their_own_that_leads_back_to_the_list(cafe, world, browse):
    cafe.seated()
    priya, s = browse(world.priya), at(cafe)
    one = cafe.who(1, 3)[0]
    page = f"{s}/people/{one.id}?from=cafe"
    assert f'<h2 id="one">{one.name}</h2>' in priya.get(page).text
    priya.client.headers["referer"] = f"http://x{page}"
    back = priya.post(f"{s}/people/{one.id}", {"presence": "late"})
    assert back.headers["location"].endswith("/cafe")
    assert "Late" in priya.get(page).text


def test_the_control_page_finds_people_by_name_or_company_and_shows_fifty_at_first(planned, world, browse):
    cafe = CafeRoom(planned, people=60)
    priya, s = browse(world.priya), at(cafe)
    assert "50 of 60 people are shown." in priya.get(f"{s}/control").text
    found = priya.get(f"{s}/control?q=guest 59").text
    assert re.findall(r"<b>(Guest \d+)</b>", found) == ["Guest 59"]
    assert len(re.findall(r"<b>Guest \d+</b>", priya.get(f"{s}/control?q=firm 3").text)) == 10
    assert "Nobody is called that." in priya.get(f"{s}/control?q=<script>").text


def test_all_tables_are_asked_one_question_when_it_is_planned_or_later(cafe, world, browse):
    priya, s = browse(world.priya), at(cafe)
    plan = {"tables": "4", "rounds": "3", "minutes": "20", "staying": "yes"}
    assert priya.post(f"{s}/cafe", {**plan, "question": "Who lives here?"}).status_code == 303
    asked = [each.question for each in cafes.tables_of(cafe.db, cafe.workshop)]
    assert asked == ["Who lives here?"] * 4
    assert priya.post(f"{s}/cafe/tables/2", {"question": "Who works here?"}).status_code == 303
    assert priya.post(f"{s}/cafe", plan).status_code == 303
    cafe.db.expire_all()
    assert [each.question for each in cafes.tables_of(cafe.db, cafe.workshop)][:2] == [
        asked[0],
        "Who works here?",
    ]
    assert priya.post(f"{s}/cafe/tables/1", {"question": "Why?", "everywhere": "yes"}).status_code == 303
    cafe.db.expire_all()
    assert {each.question for each in cafes.tables_of(cafe.db, cafe.workshop)} == {"Why?"}


def test_the_steps_of_a_room_say_the_round_while_a_cafe_is_on(cafe, world, browse):
    priya, s = browse(world.priya), at(cafe)
    now = re.compile(r'aria-current="step">.*?<span class="w">([^<]+)</span>')
    cafe.seated()
    cafe.db.commit()
    assert now.findall(priya.get(f"{s}/control").text) == ["Café"]
    cafe.begins().ends().begins()
    cafe.db.commit()
    for page in ("cafe", "control", "wall"):
        assert now.findall(priya.get(f"{s}/{page}").text) == ["Round 2"]
