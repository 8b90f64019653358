"""The doors of challenges: what they show, what they take, what they refuse."""

import re
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from crosslab.challenges.tables import Challenge, Interest, Question
from crosslab.rules import ChallengeState
from tests.challenges.conftest import a_picture

LEAD = "Nine thousand coins lie in drawers. Nobody may hold one."
QUESTION = {"question": "How do you hold a coin?", "lead": LEAD, "sector": "heritage", "language": "en"}


def day(day, month):
    return {"zone": "UTC", "closes_day": str(day), "closes_month": str(month), "closes_year": "2027"}


def address(challenge):
    return f"/en/challenges/{challenge.no}-{challenge.slug}"


@pytest.mark.parametrize("path", ["/en", "/de/how", "/no/challenges", "/en/challenges?stage=closed&q=rolig"])
def test_visitors_are_welcome(browse, path):
    answer = browse().get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1


def test_the_public_page_tells_the_whole_brief(browse, asked):
    there = asked.amphitheatre.closes_at.astimezone(ZoneInfo("Europe/London"))
    page = browse().get(address(asked.amphitheatre)).text
    for words in (
        "earn its keep?",
        "£38,400",
        "8 days left",
        there.tzname(),
        "CC BY 4.0",
        "35%",
        "Site constraints",
        "may buy",
    ):
        assert words in page
    assert 'srcset="/media/pictures/' in page
    assert "Rheinbild" not in page


def test_the_hosts_words_keep_their_language(browse, asked):
    page = browse().get(address(asked.waiting)).text
    assert '<h1 lang="nb">Kan et venterom' in page
    assert "Closed on" in page
    assert "Register interest" not in page


def test_a_wrong_slug_leads_to_the_right_one(browse, asked):
    answer = browse().get(f"/de/challenges/{asked.amphitheatre.no}-something-else")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/de/challenges/{asked.amphitheatre.no}-{asked.amphitheatre.slug}"


@pytest.mark.parametrize("name", ["2026-999-nothing", "nothing", "2026", "-", "d-0000000000"])
def test_a_number_that_is_none_is_not_found(browse, name):
    assert browse().get(f"/en/challenges/{name}").status_code == 404


def test_a_withdrawn_one_is_gone_but_says_when_and_why(browse, world, asked):
    typed = {"reason": "The roof fell in last night.", "number": asked.drawings.no}
    assert browse(world.helen).post(f"/challenges/{asked.drawings.id}/withdraw", typed).status_code == 303

    answer = browse().get(address(asked.drawings))
    assert answer.status_code == 410
    assert "The roof fell in" in answer.text
    assert "archivist" not in answer.text


def test_documents_of_a_withdrawn_one_are_for_its_host_and_its_manager_alone(browse, world, asked, db):
    page = browse().get(address(asked.amphitheatre)).text
    paper = re.search(r'href="(/challenges/[^"]+/documents/[^"]+)"', page).group(1)
    asked.amphitheatre.state = ChallengeState.WITHDRAWN
    db.commit()

    seen = {
        who: browse(getattr(world, who)).get(paper).status_code for who in ("helen", "priya", "ane", "stig")
    }
    assert seen == {"helen": 200, "priya": 200, "ane": 404, "stig": 404}
    assert browse().get(paper).status_code == 404


def test_the_names_of_rights_are_read_out_in_the_language_they_are_in(browse, world, asked):
    page = browse(world.grace).get(f"/challenges/{asked.coins.id}/edit/picture").text
    assert '<option value="InC" lang="en">In Copyright</option>' in page
    assert '<option value="">' in page


def test_withdrawing_needs_the_number_typed(browse, world, asked):
    typed = {"reason": "The roof fell in last night.", "number": "2020-001"}
    answer = browse(world.helen).post(f"/challenges/{asked.drawings.id}/withdraw", typed)
    assert answer.status_code == 422
    assert "This is not its number" in answer.text


def test_the_feeds_are_atom(browse, asked):
    for path in ("/en/challenges.atom", f"{address(asked.amphitheatre)}/updates.atom"):
        answer = browse().get(path)
        assert answer.headers["content-type"].startswith("application/atom+xml")
        assert "<entry>" in answer.text


def test_the_deadline_is_a_calendar_file_in_its_own_zone(browse, asked):
    file = browse().get(f"{address(asked.amphitheatre)}/deadline.ics")
    assert file.headers["content-type"].startswith("text/calendar")
    assert re.search(r"DTSTART;TZID=Europe/London:\d{8}T170000\r\n", file.text)
    assert "BEGIN:VTIMEZONE" in file.text
    assert all(len(line.encode()) <= 75 for line in file.text.split("\r\n"))


def test_nothing_found_says_how_many_closed_ones_match(browse):
    page = browse().get("/en/challenges?q=venterom").text
    assert "No open challenge matches. 1 closed one does." in page


def test_a_filter_that_does_not_exist_is_left_out_and_said(browse):
    page = browse().get("/en/challenges?sector=zeppelins&stage=never").text
    assert "“zeppelins” is not something to filter by" in page
    assert "2 open challenges" in page


@pytest.mark.parametrize("path", ["", "/edit/question", "/check", "/documents", "/review", "/interest"])
def test_a_draft_does_not_exist_for_strangers(browse, world, asked, path):
    assert browse(world.stig).get(f"/challenges/{asked.coins.id}{path}").status_code == 404
    assert browse().get(f"/challenges/{asked.coins.id}{path}").status_code == 303


def test_a_curator_walks_through_the_wizard(browse, world, db):
    helen = browse(world.helen)
    typed = {"organisation": str(world.houses["library"].id), "programme": str(world.programme.id)}
    at = helen.post("/challenges/new", typed).headers["location"]
    assert "0 of 9 steps ready" in helen.get(at).text

    answer = helen.post(f"{at}/edit/question", QUESTION)
    assert answer.headers["location"] == f"{at}/edit/situation"
    assert (
        helen.post(f"{at}/edit/question", {**QUESTION, "back": "check"}).headers["location"] == f"{at}/check"
    )
    assert helen.post(f"{at}/edit/question", {**QUESTION, "later": "1"}).headers["location"] == at
    assert "Write at least one criterion." in helen.get(f"{at}/check").text


def test_autosave_saves_and_stays(browse, world, asked, db):
    grace = browse(world.grace)
    half = {**QUESTION, "question": "How do", "csrf": grace.token()}
    grace.client.headers["x-autosave"] = "1"
    assert grace.post(f"/challenges/{asked.coins.id}/edit/question", half).status_code == 204

    db.expire_all()
    assert asked.coins.question == "How do"


def test_weights_that_do_not_make_a_hundred_come_back_with_their_sum(browse, world, asked, db):
    typed = {"criterion_1": "Pays its way", "weight_1": "60 %", "criterion_2": "Fits", "weight_2": "25"}
    answer = browse(world.grace).post(f"/challenges/{asked.coins.id}/edit/criteria", typed)

    assert answer.status_code == 422
    assert "The weights add up to 85 %. They must make 100 %." in answer.text
    assert 'value="Pays its way"' in answer.text
    db.expire_all()
    assert asked.coins.criteria == []


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("question", {"question": "x" * 121}, "Write at most 120 characters."),
        ("question", {"sector": "zeppelins"}, "Choose one of the answers."),
        ("question", {"question": "Hold\u202ea coin"}, "U+202E"),
        ("question", {"lead": "zero\u200bwidth"}, "U+200B"),
        ("asks", {"size_from": "two"}, "Write a whole number"),
        ("asks", {"size_from": "5", "size_to": "3"}, "This is less than the fewest, 5."),
        ("brings", {"currency": "GBP", "budget": "38.400,50"}, "GBP has 2 decimals; this has more."),
        ("brings", {"currency": "XAU", "budget": "1"}, "Choose one of the answers."),
        ("terms", {"ip_terms": "mine"}, "Choose one of the answers."),
        ("dates", day(31, 2), "This is not a day."),
        ("dates", {"zone": "Mars/Olympus"}, "Choose one of the answers."),
        ("dates", {**day(1, 2), "closes_time": "25"}, "hours and minutes"),
        ("criteria", {"criterion_1": "All", "weight_1": "101"}, "The number must be 100 or less."),
        ("deciders", {"deciders": "x" * 601}, "Write at most 600 characters."),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_comes_back_filled_in(browse, world, asked, step, typed, said):
    answer = browse(world.grace).post(f"/challenges/{asked.coins.id}/edit/{step}", typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text or "field wrong" in answer.text


def test_markup_is_shown_as_it_was_typed(browse, world, asked):
    grace, at = browse(world.grace), f"/challenges/{asked.coins.id}"
    typed = {"situation": "<script>alert(1)</script> **coins** [here](javascript:alert(1))"}
    assert grace.post(f"{at}/edit/situation", typed).status_code == 303

    page = grace.get(f"{at}/check").text
    assert "<script>alert" not in page
    assert "<strong>coins</strong>" in page
    assert 'href="javascript' not in page


def test_a_colleague_was_faster_and_nothing_typed_is_lost(browse, world, asked):
    helen, omar = browse(world.helen), browse(world.omar)
    both = {"organisation": str(world.houses["library"].id), "programme": str(world.programme.id)}
    at = helen.post("/challenges/new", both).headers["location"]
    opened = re.search(r'name="opened" value="([^"]+)"', helen.get(f"{at}/edit/deciders").text).group(1)
    assert omar.post(f"{at}/edit/deciders", {"deciders": "The council", "opened": opened}).status_code == 303

    answer = helen.post(f"{at}/edit/deciders", {"deciders": "I alone", "opened": opened})
    assert answer.status_code == 409
    assert "Omar Haddad saved this step after you opened it." in answer.text
    assert "I alone" in answer.text
    renewed = re.search(r'name="opened" value="([^"]+)"', answer.text).group(1)
    assert helen.post(f"{at}/edit/deciders", {"deciders": "I alone", "opened": renewed}).status_code == 303


def test_a_form_without_its_token_changes_nothing(browse, world, asked, db):
    answer = browse(world.grace).post(f"/challenges/{asked.coins.id}/edit/question", QUESTION, csrf=False)
    assert answer.status_code == 403
    db.expire_all()
    assert asked.coins.question != QUESTION["question"]


def test_a_form_that_is_sent_twice_counts_once(browse, world, asked, db):
    typed = {"text": "May we bring a ladder to look at the roof?", "once": "sent-only-once"}
    ane = browse(world.ane)
    first, second = (ane.post(f"/challenges/{asked.drawings.id}/questions", typed) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 409)
    assert len(db.exec(select(Question).where(Question.challenge_id == asked.drawings.id)).all()) == 1


@pytest.mark.parametrize(
    "path", ["edit/question", "submit", "questions", "follow", "interest", "call", "picture"]
)
def test_a_strangers_post_to_a_draft_finds_nothing(browse, world, asked, path):
    answer = browse(world.stig).post(
        f"/challenges/{asked.coins.id}/{path}", {"text": "May I look at the coins?"}
    )
    assert answer.status_code == 404


def test_the_review_shows_comments_and_publishes(browse, world, asked):
    priya, at = browse(world.priya), f"/challenges/{asked.reading.id}"
    assert "how cold a side room" in priya.get(f"{at}/review").text
    assert priya.post(f"{at}/comments", {"step": "terms", "text": ""}).status_code == 422
    assert priya.post(f"{at}/comments", {"step": "terms", "text": "In which shares?"}).status_code == 303
    assert priya.post(f"{at}/back", {"reason": "no"}).status_code == 422

    answer = priya.post(f"{at}/publish")
    assert re.fullmatch(
        r"/en/challenges/\d{4}-\d{3}-wie-wird-ein-lesesaal-ohne-gas-warm", answer.headers["location"]
    )
    assert priya.post(f"{at}/publish").status_code == 409


def test_sent_back_the_host_reads_the_comment_beside_the_step(browse, world, asked):
    at = f"/challenges/{asked.reading.id}"
    assert (
        browse(world.priya).post(f"{at}/back", {"reason": "Say how cold it may become."}).status_code == 303
    )

    karl = browse(world.karl)
    assert "Say how cold it may become." in karl.get(at).text
    assert "how cold a side room" in karl.get(f"{at}/edit/asks").text


@pytest.mark.parametrize(
    ("who", "path", "typed"),
    [
        ("ane", "questions", {"text": "Why?"}),
        ("ane", "questions", {"text": "x" * 1001}),
        ("ane", "interest", {"brings": "", "shown": "everyone"}),
        ("ane", "interest", {"brings": "Light without drilling.", "shown": "nobody"}),
        ("helen", "updates", {"title": "", "text": ""}),
        ("helen", "call", {"text": "Come"}),
        ("helen", "close", {"reason": ""}),
    ],
)
def test_each_form_comes_back_when_it_is_not_right(browse, world, asked, who, path, typed):
    person = browse(getattr(world, who))
    whole = person.post(f"/challenges/{asked.drawings.id}/{path}", typed)
    part = person.post(f"/challenges/{asked.drawings.id}/{path}", typed, htmx=True)

    assert (whole.status_code, part.status_code) == (422, 422)
    assert "There is a problem" in whole.text
    assert "<html" in whole.text
    assert "<html" not in part.text


def test_interest_is_registered_and_shown_as_chosen(browse, world, asked, db):
    fiona = browse(world.fiona)
    typed = {
        "organisation": str(world.houses["heatloop"].id),
        "brings": "Heat without drilling.",
        "shown": "everyone",
    }
    assert fiona.post(f"/challenges/{asked.drawings.id}/interest", typed).status_code == 303

    assert "Heatloop Ltd" in browse().get(address(asked.drawings)).text
    mine = db.exec(select(Interest).where(Interest.organisation_id == world.houses["heatloop"].id)).one()
    assert fiona.post(f"/interests/{mine.id}/withdraw").status_code == 303
    assert "Heatloop Ltd" not in browse().get(address(asked.drawings)).text


def test_an_answer_that_is_empty_comes_back_beside_its_question(browse, world, asked, db):
    waiting = db.exec(select(Question).where(Question.answer == "")).one()
    url = f"/challenges/{asked.amphitheatre.id}/questions/{waiting.id}/answer"
    helen = browse(world.helen)
    assert helen.post(url, {"text": ""}).status_code == 422
    assert helen.post(url, {"text": "They count as a partner."}).status_code == 303
    assert "They count as a partner." in browse().get(address(asked.amphitheatre)).text


def test_follow_answers_with_the_button_that_undoes_it(browse, world, asked):
    fiona = browse(world.fiona)
    part = fiona.post(f"/challenges/{asked.drawings.id}/follow", htmx=True)
    assert "Stop following" in part.text
    assert fiona.post(f"/challenges/{asked.drawings.id}/unfollow").status_code == 303


def picture_words():
    return {"image_title": "Coin", "image_alt": "A coin", "image_credit": "MM 1", "image_rights": "CC0-1.0"}


def test_a_picture_is_served_for_ever_once_it_is_public(browse, asked):
    answer = browse().get(f"/media/pictures/{asked.amphitheatre.image}-640.avif")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/avif"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"


def test_the_picture_of_a_draft_is_for_its_own_people(browse, world, asked, db):
    grace = browse(world.grace)
    files = {"file": ("coin.png", a_picture(), "image/png")}
    assert (
        grace.post(f"/challenges/{asked.coins.id}/picture", picture_words(), files=files).status_code == 303
    )

    db.expire_all()
    url = f"/media/pictures/{asked.coins.image}-640.webp"
    assert grace.get(url).headers["cache-control"] == "private, no-store"
    assert browse().get(url).status_code == 404


def test_a_broken_upload_leaves_nothing_behind(browse, world, asked, db, var):
    before = sorted(path.name for path in var.rglob("*.webp"))
    files = {"file": ("coin.png", a_picture()[:300], "image/png")}
    answer = browse(world.grace).post(f"/challenges/{asked.coins.id}/picture", picture_words(), files=files)

    assert answer.status_code == 422
    assert "cannot be read as a picture" in answer.text
    db.expire_all()
    assert (asked.coins.image, sorted(path.name for path in var.rglob("*.webp"))) == ("", before)


@pytest.mark.parametrize("name", ["../../secret", "x.avif", "0" * 32 + "-640.avif", "0" * 32 + "-640.svg"])
def test_media_that_is_not_there_is_not_found(browse, name):
    assert browse().get(f"/media/pictures/{name}").status_code == 404


def test_a_document_is_downloaded_and_never_opened(browse, world, asked):
    found = re.search(
        r'href="(/challenges/[^"]+/documents/[^"]+)"', browse().get(address(asked.amphitheatre)).text
    )
    answer = browse().get(found.group(1))
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    other = found.group(1).replace(str(asked.amphitheatre.id), str(asked.drawings.id))
    assert browse().get(other).status_code == 404


def test_a_document_of_a_kind_we_do_not_offer_is_refused(browse, world, asked):
    files = {"file": ("page.html", b"<script>alert(1)</script>", "text/html")}
    answer = browse(world.grace).post(
        f"/challenges/{asked.coins.id}/documents", {"title": "A page", "language": "en"}, files=files
    )
    assert answer.status_code == 422
    assert "not a document we can offer" in answer.text


def test_the_number_of_a_challenge_never_changes(db, world, browse, asked):
    no = asked.drawings.no
    browse(world.helen).post(f"/challenges/{asked.drawings.id}/close", {"reason": "We found our partners."})
    assert db.exec(select(Challenge.no).where(Challenge.id == asked.drawings.id)).one() == no
