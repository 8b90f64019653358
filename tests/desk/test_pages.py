"""The desk's pages, as different people meet them."""

import pytest
from sqlmodel import select

from crosslab.core.clock import now
from crosslab.core.events import Event
from crosslab.core.jobs import Job
from crosslab.rules import Verb
from crosslab.workshops.tables import Workshop

GENERAL = ("accessibility", "privacy", "terms", "contact", "verify", "status")


@pytest.mark.parametrize("key", ["ane", "mei", "priya", "helen", "karl", "marit", "solveig", "stig"])
def test_everyone_has_a_desk_an_inbox_and_a_search(browse, world, key):
    visitor = browse(getattr(world, key))

    assert [visitor.get(url).status_code for url in ("/desk", "/inbox", "/search?q=light")] == [200, 200, 200]


def test_a_visitor_is_asked_to_sign_in(browse):
    assert browse().get("/desk").headers["location"].startswith("/sign-in")


def test_the_front_door_leads_to_the_desk_or_to_the_public_page(browse, world):
    assert browse(world.ane).get("/").headers["location"] == "/desk"
    assert browse().get("/").headers["location"] == "/en"


def test_a_desk_shows_what_is_ones_own(browse, world):
    assert "/w/amphi-nights" in browse(world.ane).get("/desk").text
    assert "/p/heritage-innovation/pipeline" in browse(world.priya).get("/desk").text
    assert "/organisations/new" in browse(world.stig).get("/desk").text
    assert "amphi-nights" not in browse(world.stig).get("/desk").text


def test_who_runs_a_workshop_or_sits_in_one_finds_it_on_the_desk(browse, world, db):
    drawings = db.exec(select(Workshop).where(Workshop.title == "Drawings that nobody sees")).one()
    at = f"/s/{drawings.no}"
    assert f"{at}/wall" in browse(world.mikkel).get("/desk").text
    seated = browse(world.ane).get("/desk").text
    assert f"{at}/me" in seated
    assert f"{at}/wall" not in seated
    assert at not in browse(world.stig).get("/desk").text


def test_marking_all_as_read_empties_the_count(browse, world):
    visitor = browse(world.tom)
    assert "Mark all as read" in visitor.get("/inbox").text
    assert visitor.post("/inbox/read").headers["location"] == "/inbox"
    assert "Mark all as read" not in visitor.get("/inbox").text


def test_a_notice_leads_to_its_thing_and_is_not_there_for_strangers(browse, world, db):
    event = db.exec(
        select(Event).where(
            Event.verb == Verb.CONSORTIA_ACCEPT_CHARTER, Event.person_id == world.ane.person_id
        )
    ).one()

    assert browse(world.tom).get(f"/notices/{event.id}").headers["location"] == "/w/amphi-nights"
    assert [browse(each).get(f"/notices/{event.id}").status_code for each in (world.stig, world.eli)] == [
        404,
        404,
    ]


def test_the_search_finds_only_what_one_may_know_of(browse, world):
    found = {
        key: browse(getattr(world, key)).get("/search?q=amphi nights").text
        for key in ("tom", "priya", "stig")
    }

    assert ["/w/amphi-nights" in found[key] for key in ("tom", "priya", "stig")] == [True, True, False]
    assert "canal-row-library" in browse(world.stig).get("/search?q=canal row").text
    assert "Reading" not in browse(world.stig).get("/search?q=Lesesaal ohne Gas").text


def test_a_search_takes_its_words_as_they_are(browse, world):
    for typed in ("%", "_", "'", "\\", "100%", "", "x" * 5_000):
        assert browse(world.tom).get("/search", params={"q": typed}).status_code == 200
    assert "sorlandet-data-as" in browse(world.tom).get("/search?q=SØRLANDET").text


def test_only_the_steward_sees_how_the_house_runs(browse, world, db):
    db.add(Job(name="mail.send", failed_at=now(), trouble="OSError: the post office is closed"))
    db.commit()

    page = browse(world.solveig).get("/admin")
    assert page.status_code == 200
    assert "the post office is closed" in page.text
    for other in (world.priya, world.ane, world.helen, world.stig):
        assert browse(other).get("/admin").status_code == 404


@pytest.mark.parametrize("name", GENERAL)
@pytest.mark.parametrize("language", ["en", "de", "no"])
def test_the_general_pages_are_there_in_each_language(browse, name, language):
    page = browse().get(f"/{language}/{name}")

    assert page.status_code == 200
    assert page.text.count("<h1") == 1


@pytest.mark.parametrize(
    ("language", "body"),
    [("en", "equalityadvisoryservice"), ("de", "schlichtungsstelle-bgg"), ("no", "uutilsynet")],
)
def test_the_accessibility_statement_names_the_readers_own_body_first(browse, language, body):
    text = browse().get(f"/{language}/accessibility").text
    others = {"equalityadvisoryservice", "schlichtungsstelle-bgg", "uutilsynet"} - {body}

    assert all(0 < text.index(body) < text.index(other) for other in others)


@pytest.mark.parametrize(
    "report",
    [
        '{"csp-report": {"document-uri": "https://x.example/a?secret=1", "blocked-uri": "inline"}}',
        '[{"type": "csp-violation", "body": {"documentURL": "https://x.example/a", "blockedURL": "eval"}}]',
        "[]", "not json", "",
    ],
)  # fmt: skip
def test_a_report_of_the_content_policy_is_taken_in_without_a_session(browse, report, caplog):
    answer = browse().client.post("/csp", content=report, headers={"content-type": "application/csp-report"})

    assert answer.status_code == 204
    assert "secret" not in caplog.text


def test_a_report_that_is_too_long_is_refused(browse):
    assert browse().client.post("/csp", content=b"x" * 9_000).status_code == 413


def test_machines_find_what_they_look_for(browse):
    visitor = browse()

    assert [visitor.get(url).text for url in ("/healthz", "/readyz")] == ["alive", "ready"]
    assert visitor.get("/robots.txt").text.startswith("User-agent: *")
    assert visitor.get("/favicon.ico").headers["location"].endswith(".svg")
    assert visitor.get("/styleguide").status_code == 200


def test_a_steward_has_a_failed_job_tried_again_and_nobody_else_does(browse, world, db):
    job = Job(name="mail.send", failed_at=now(), tries=8, trouble="OSError: the post office is closed")
    db.add(job)
    db.commit()
    again = f"/admin/jobs/{job.id}/retry"
    assert browse(world.priya).post(again).status_code == 403

    steward = browse(world.solveig)
    assert again in steward.get("/admin").text
    assert steward.post(again).headers["location"] == "/admin"
    db.refresh(job)
    assert (job.failed_at, job.tries) == (None, 0)
    assert job.due_at <= now()
    told = db.exec(select(Event.facts).where(Event.verb == Verb.DESK_RETRY)).one()
    assert told["job"] == "mail.send"
    assert steward.post(again).status_code == 409
