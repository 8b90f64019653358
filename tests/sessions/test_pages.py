"""The pages as plain forms, strangers at every door, and calendar files that tell nobody too much."""

import re

import pytest
from icalendar import Calendar
from sqlmodel import col, select

from crosslab.core import clock
from crosslab.core.jobs import Job
from crosslab.core.mail import Letter
from crosslab.sessions import actions
from crosslab.sessions.tables import Registration
from crosslab.web.door import CARD_COOKIE
from crosslab.worker import Worker

LINK = "https://meet.example/secret-room"
DAY = {f"{name}_{part}": value for name, hour in (("starts_at", "17:00"), ("ends_at", "19:00"))
       for part, value in (("day", "3"), ("month", "12"), ("year", "2031"), ("time", hour))}  # fmt: skip
TYPED = {"name": "Ada", "email": "ada@example.org", "access": "A hearing loop", "agrees": "yes"}


def link_in(db, door, address):
    """What somebody finds in their mailbox: the link in the newest letter."""
    Worker(door).drain()
    letters = select(Letter).where(Letter.to == address).order_by(col(Letter.id).desc())
    return re.search(r"(/(?:en|de|no)/r/[\w-]+)", db.exec(letters).first().text).group(1)


def test_from_planning_to_the_door_without_javascript(db, world, browse, door):
    ane, guest = browse(world.ane), browse()
    asked = ane.get("/hosting/new").text
    house = re.search(r'<option value="([0-9a-f-]{36})"[^>]*>Fjordlys', asked).group(1)
    plan = {"title": "Lamps and law", "organisation": house, "programme": str(world.programme.id),
            "zone": "Europe/Oslo", "capacity": "1", "listed": "yes", "online": LINK, **DAY}  # fmt: skip
    at = ane.post("/hosting", plan).headers["location"].removesuffix("/manage")
    no = at.removeprefix("/o/")
    assert guest.get(f"/en/sessions/{no}").status_code == 404
    assert ane.post(f"{at}/publish").status_code == 409
    assert ane.post(f"{at}/terms", {"terms": "yours"}).status_code == 303
    assert ane.post(f"{at}/publish").status_code == 303
    shown = guest.get(f"/en/sessions/{no}-lamps-and-law")
    assert "1 of 1 left" in shown.text
    assert LINK not in shown.text
    assert guest.post(f"/sessions/{no}/register", TYPED).headers["location"].endswith(f"/sessions/{no}/sent")
    assert guest.get(f"/en/sessions/{no}/mine").status_code == 403
    opened = guest.get(link_in(db, door, "ada@example.org"))
    assert opened.headers["location"].endswith(f"/sessions/{no}/mine")
    assert guest.post(f"/sessions/{no}/confirm").status_code == 303
    assert LINK in guest.get(f"/en/sessions/{no}/mine").text
    listed = ane.get(f"{at}/door").text
    assert "A hearing loop" in listed
    one = re.search(rf"{at}/people/([0-9a-f-]{{36}})", listed).group(1)
    assert ane.post(f"{at}/people/{one}", {"presence": "here"}).status_code == 303
    assert "1 are here" in ane.get(f"{at}/door").text
    assert ane.get(f"{at}/door.pdf").content.startswith(b"%PDF")
    assert "A hearing loop" in ane.get(f"{at}/door.csv").text
    assert guest.post(f"/sessions/{no}/erase").status_code == 303
    assert db.exec(select(Registration).where(Registration.name == "Ada")).first() is None


def test_a_known_address_and_a_new_one_get_the_same_answer(hall, browse):
    hall.comes("Ada")
    hall.db.commit()
    answers = [
        browse().post(f"/sessions/{hall.session.no}/register", {**TYPED, "email": email})
        for email in ("ada@example.org", "new@example.org")
    ]
    assert len({(each.status_code, each.headers["location"], each.text) for each in answers}) == 1
    assert not any(CARD_COOKIE in each.headers.get("set-cookie", "") for each in answers)


def test_what_was_typed_comes_back_with_the_reasons(hall, browse):
    hall.db.commit()
    answer = browse().post(
        f"/sessions/{hall.session.no}/register", {"name": "Åse <b>", "email": "not an address"}
    )
    assert answer.status_code == 422
    assert "Åse &lt;b&gt;" in answer.text
    assert "name@example.org" in answer.text


def test_nothing_is_kept_without_consent(hall, browse):
    hall.db.commit()
    answer = browse().post(f"/sessions/{hall.session.no}/register", {**TYPED, "agrees": ""})
    assert answer.status_code == 422
    assert hall.states() == {}


def test_many_registrations_from_one_connection_are_slowed(field, browse):
    field.db.commit()
    visitor = browse()
    with clock.at(clock.now()):  # ten minutes, however long it takes
        answers = [
            visitor.post(
                f"/sessions/{field.session.no}/register", {**TYPED, "email": f"p{n}@example.org"}
            ).status_code
            for n in range(24)
        ]
    assert answers.count(303) <= 20
    assert answers[-1] == 429


@pytest.mark.parametrize("page", ["manage", "edit", "door", "door.pdf", "door.csv"])
def test_a_stranger_finds_no_page_of_the_hosts(hall, world, browse, page):
    hall.comes("Ada", access="A hearing loop")
    hall.db.commit()
    for who in (world.tom, world.helen, world.stig):
        answer = browse(who).get(f"/o/{hall.session.no}/{page}")
        assert answer.status_code in {403, 404}
        assert b"hearing loop" not in answer.content
    assert browse().get(f"/o/{hall.session.no}/{page}").status_code in {303, 403, 404}


def test_a_table_for_a_spreadsheet_holds_no_formula(hall, world, browse):
    hall.comes("Ada", company="=HYPERLINK(1)")
    hall.db.commit()
    assert ",'=HYPERLINK(1)," in browse(world.ane).get(f"/o/{hall.session.no}/door.csv").text


def test_an_unlisted_session_is_found_by_its_link_alone(db, world, browse, hall):
    hall.session.listed, at = False, f"/en/sessions/{hall.session.no}-{hall.session.slug}"
    db.commit()
    visitor = browse()
    assert visitor.get(at).status_code == 404
    assert visitor.get(f"{at}?invite=wrong").status_code == 404
    assert "How to hang a lamp" in visitor.get(f"{at}?invite={hall.session.invite}").text
    for page in ("/en/sessions", "/en/sessions.ics", f"/en/programmes/{world.programme.slug}/sessions.ics"):
        assert "How to hang a lamp" not in visitor.get(page).text
    typed = {**TYPED, "invite": hall.session.invite}
    assert visitor.post(f"/sessions/{hall.session.no}/register", TYPED).status_code == 404
    assert visitor.post(f"/sessions/{hall.session.no}/register", typed).status_code == 303


def test_feeds_say_when_nothing_changed_and_never_tell_the_link(hall, browse):
    hall.session.online = LINK
    hall.db.commit()
    visitor = browse()
    first = visitor.get("/en/sessions.ics")
    assert LINK not in first.text
    again = visitor.client.get("/en/sessions.ics", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "GMT" in first.headers["last-modified"]


def test_a_file_is_read_by_calendars_and_cancelled_ones_say_so(hall, browse):
    actions.cancel(hall.db, hall.host, hall.session, reason="Storm.")
    hall.db.commit()
    text = browse().get(f"/en/sessions/{hall.session.no}/session.ics").text
    event = next(iter(Calendar.from_ical(text).walk("VEVENT")))
    assert (str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCELLED", 1)
    assert event.decoded("DTSTART") == hall.session.starts_at.replace(microsecond=0)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_a_person_s_own_feed_holds_their_places_and_dies_when_it_is_renewed(hall, world, browse):
    hall.session.online = LINK
    actions.register(hall.db, world.eli, hall.session, name="Eli")
    hall.db.commit()
    eli, visitor = browse(world.eli), browse()
    made = [
        re.search(r"(/feeds/[\w-]+/sessions\.ics)", eli.post("/account/calendar").text).group(1)
        for _ in range(2)
    ]
    assert visitor.get(made[0]).status_code == 404
    assert LINK in visitor.get(made[1]).text
    assert made[1] not in eli.get("/account/calendar").text
    assert eli.post("/account/calendar/end").status_code == 303
    assert visitor.get(made[1]).status_code == 404


def test_the_calendar_filters_and_says_what_it_did_not_understand(hall, browse, world):
    hall.db.commit()
    visitor, month = browse(), f"{hall.session.starts_at:%Y-%m}"
    found = visitor.get(f"/en/sessions?month={month}&language=en&programme={world.programme.slug}").text
    assert "How to hang a lamp" in found
    assert "How to hang a lamp" not in visitor.get("/en/sessions?language=nb").text
    assert "nonsense" in visitor.get("/en/sessions?month=nonsense").text


@pytest.mark.parametrize("code", ["en", "de", "no"])
def test_every_letter_is_written_in_its_language_and_its_subject_tells_nothing(hall, db, door, code):
    ada = hall.comes("Ada", language=code)
    for name in ("Ben", "Cai", "Dan"):
        hall.comes(name, language=code)
    actions.leave(db, ada, hall.of("Ada"), session=hall.session)
    actions.turn_away(db, hall.host, hall.of("Ben"), session=hall.session, reason="Only for neighbours.")
    actions.cancel(db, hall.host, hall.session, reason="Storm.")
    db.commit()
    Worker(door).drain()
    letters = db.exec(select(Letter).where(col(Letter.to).endswith("@example.org"))).all()
    assert len(letters) >= 12
    assert not [each.subject for each in letters if "lamp" in each.subject]
    assert all(f"/{code}/r/" in each.text for each in letters)
    assert [each for each in letters if "BEGIN:VCALENDAR" in each.calendar]


def test_no_token_is_left_in_the_database(hall, db, door):
    hall.comes("Ada")
    db.commit()
    Worker(door).drain()
    assert not [job for job in db.exec(select(Job)).all() if "/r/" in str(job.facts)]
