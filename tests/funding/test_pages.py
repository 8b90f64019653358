"""The doors of funding, as people meet them in a browser."""

import pytest

from crosslab.funding import actions, queries
from crosslab.funding.sums import Cost
from crosslab.rules import ApplicationState

AT = "/w/lantern-walk/applications"
START = {"scheme": "eurostars-3", "title": "Lantern Walk"}
OPEN = ("", "/sections/summary", "/budget", "/budget/nordlyd-as", "/sign-off", "/read")
PAPERS = ("/package.zip", "/application.pdf")
ROW = {"category_1": "staff", "year_1": "1", "what_1": "Two people", "rate": "45"}


def test_anyone_reads_the_programmes_and_narrows_them(browse):
    answer = browse().get("/en/funding?q=heritage&status=active")

    assert "National Lottery Heritage Grants GBP 10k-250k" in answer.text
    assert "Eurostars" not in answer.text
    assert "No programme fits all of this." in browse().get("/en/funding?q=xyzzy").text


@pytest.mark.parametrize("language", ["en", "de", "no"])
def test_a_programme_shows_each_rule_with_its_source_and_that_the_call_wins(browse, language):
    answer = browse().get(f"/{language}/funding/interreg-bsr-small")

    assert answer.status_code == 200
    assert "https://interreg-baltic.eu/funding/checklist" in answer.text
    assert "the older page said 50%" in answer.text


def test_an_unknown_programme_is_not_there(browse):
    assert browse().get("/en/funding/no-such").status_code == 404


def test_the_lead_starts_an_application_by_a_plain_form(browse, team):
    day = {"starts_on_day": "1", "starts_on_month": "5", "starts_on_year": "2027"}
    answer = browse(team.ane).post(AT, {**START, "months": "18", **day})

    assert answer.status_code == 303
    assert "Lantern Walk" in browse(team.beth).get(answer.headers["location"]).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"title": "Lantern Walk"}, "Choose the programme you apply to."),
        ({"scheme": "eurostars-3"}, "Give the project a title."),
        ({**START, "starts_on_day": "31", "starts_on_month": "2", "starts_on_year": "2027"}, "This is not a day."),
        ({"scheme": "in-bedriftsnettverk-forstudie", "title": "Lantern Walk"}, "takes no applications any more"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_start_is_told_beside_the_field(browse, team, typed, told):
    answer = browse(team.ane).post(AT, typed)

    assert answer.status_code == 422
    assert told in answer.text


def test_strangers_rivals_and_the_host_find_nothing_at_any_address(browse, team):
    made = team.complete()
    at = f"{AT}/{made.no}"
    pages = (*OPEN, *PAPERS, "/details", "/submit")

    for actor in (team.stig, team.jonas, team.helen):
        visitor = browse(actor)
        assert [visitor.get(at + page).status_code for page in pages] == [404] * len(pages)
        assert visitor.get(AT).status_code == 404
        assert visitor.post(f"{at}/fix").status_code == 404


def test_every_page_opens_for_a_partner_and_for_the_manager(browse, team):
    made = team.complete()
    pages = (*OPEN, *PAPERS)

    for actor in (team.ane, team.mei, team.priya):
        visitor = browse(actor)
        assert [visitor.get(f"{AT}/{made.no}{page}").status_code for page in pages] == [200] * len(pages)


def test_the_pages_say_that_the_text_is_not_sealed(browse, team):
    made = team.start()

    assert "is not sealed" in browse(team.ane).get(f"{AT}/{made.no}/sections/summary").text


def test_a_section_is_saved_while_one_writes(browse, team):
    made = team.start()
    url = f"{AT}/{made.no}/sections/summary"
    ane = browse(team.ane)
    typed = {"csrf": ane.token(), "text": "Light on the steps.", "version": "1"}
    answer = ane.client.post(url, data=typed, headers={"x-autosave": "1"})

    assert (answer.status_code, answer.headers["x-version"]) == (200, "2")
    assert queries.section(team.db, made, "summary").text == "Light on the steps."


def test_the_second_of_two_writers_sees_both_texts(browse, team):
    made = team.start()
    url = f"{AT}/{made.no}/sections/summary"
    assert browse(team.ane).post(url, {"text": "Ane’s words.", "version": "1"}).status_code == 303
    answer = browse(team.tom).post(url, {"text": "Tom’s words.", "version": "1"})

    assert answer.status_code == 409
    assert "Tom’s words." in answer.text
    assert "Ane’s words." in answer.text
    assert 'name="version" value="2"' in answer.text


@pytest.mark.parametrize(
    ("key", "typed"), [("tom", "38,400.50"), ("jonas_de", "38.400,50"), ("lars_no", "38 400,50")]
)
def test_amounts_are_read_as_the_reader_writes_them(browse, team, key, typed):
    from crosslab.people.tables import Person

    made = team.start()
    tom = team.db.get(Person, team.tom.person_id)
    tom.language = {"tom": "en", "jonas_de": "de", "lars_no": "no"}[key]
    team.db.commit()
    answer = browse(team.tom).post(f"{AT}/{made.no}/budget/tinker-tap-ltd", {**ROW, "cost_1": typed})

    assert answer.status_code == 303
    assert team.sheet(made, "tinker").ask.cost == 3_840_050


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"cost_1": "38.400,50"}, "EUR has 2 decimals; this has more."),
        ({"cost_1": ""}, "Write what “Two people” costs."),
        ({"what_1": "", "cost_1": "12"}, "Say what this cost is for."),
        ({"cost_1": "12", "rate": "120"}, "between 0 and 100 %"),
        ({"cost_1": "12", "no_costs": "yes"}, "There are costs below."),
    ],
)
def test_what_is_wrong_with_a_budget_is_told_beside_the_cell(browse, team, typed, told):
    made = team.start()
    answer = browse(team.tom).post(f"{AT}/{made.no}/budget/tinker-tap-ltd", {**ROW, **typed})

    assert answer.status_code == 422
    assert told in answer.text
    assert "Two people" in answer.text or typed.get("what_1") == ""
    assert team.sheet(made, "tinker").lines == []


def test_a_partner_reads_anothers_budget_and_cannot_change_it(browse, team):
    made = team.start()
    url = f"{AT}/{made.no}/budget/tinker-tap-ltd"

    assert "Only people of Tinker &amp; Tap Ltd can change this budget." in browse(team.ane).get(url).text
    assert browse(team.ane).post(url, {**ROW, "cost_1": "12"}).status_code == 403


def test_a_line_is_dropped_from_the_page(browse, team):
    made = team.start()
    team.budget(made, "tinker", Cost("staff", 1, "Sensors", 500))
    line = team.sheet(made, "tinker").lines[0]
    team.db.commit()
    url = f"{AT}/{made.no}/budget/tinker-tap-ltd/lines/{line.id}/drop"

    assert browse(team.mei).post(url).status_code == 303
    assert browse(team.mei).post(url).status_code == 404


def test_an_incomplete_application_is_not_put_to_the_partners(browse, team):
    made = team.start()
    answer = browse(team.ane).post(f"{AT}/{made.no}/fix")

    assert answer.status_code == 409
    assert "13 things are missing" in answer.text


def test_from_asking_to_the_award(browse, team, db):
    made = team.complete()
    at = f"{AT}/{made.no}"
    team.sign(made, "fjordlys", "tinker", "nordlyd")
    db.commit()
    digest = queries.whole(db, made).digest

    assert f'value="{digest}"' in browse(team.beth).get(f"{at}/sign-off").text
    assert (
        browse(team.beth).post(f"{at}/sign-off/brightwater-events-ltd", {"digest": digest}).status_code == 303
    )
    assert browse(team.ane).post(f"{at}/submit", {}).status_code == 422
    assert browse(team.ane).post(f"{at}/submit", {"reference": "ES-26-1"}).status_code == 303
    assert browse(team.priya).post(f"{at}/award", {"amount": "a lot"}).status_code == 422
    assert browse(team.priya).post(f"{at}/award", {"amount": "50,000.05", "note": ""}).status_code == 303
    db.refresh(made)
    assert (made.state, made.awarded_minor) == (ApplicationState.AWARDED, 5_000_005)


def test_a_lapsed_signature_says_what_changed(browse, team):
    made = team.complete()
    team.sign(made, "fjordlys")
    actions.reopen(team.db, team.ane, made)
    team.budget(made, "nordlyd", Cost("staff", 1, "Three people", 30_000_03))
    team.db.commit()

    text = browse(team.ane).get(f"{AT}/{made.no}/sign-off").text
    assert "Lapsed." in text
    assert "the budget of Nordlyd AS" in text
