"""One's own account: details, language, and what the house holds."""

from sqlmodel import select

from crosslab.people import queries
from crosslab.people.tables import Person


def test_a_person_changes_their_name_language_and_digest(browse, world, db):
    answer = browse(world.ane).post(
        "/account", {"name": "Ane N. Nilsen", "language": "no", "digest": "weekly"}
    )

    db.expire_all()
    ane = queries.me(db, world.ane)
    assert answer.status_code == 303
    assert (ane.name, ane.language, ane.digest) == ("Ane N. Nilsen", "no", "weekly")


def test_a_language_we_do_not_have_is_told_beside_the_field(browse, world):
    answer = browse(world.ane).post("/account", {"name": "Ane", "language": "fr", "digest": "daily"})

    assert answer.status_code == 422
    assert "Choose one of the answers." in answer.text


def test_a_form_that_is_sent_twice_counts_once(browse, world, db):
    typed = {"name": "Ane Once", "language": "en", "digest": "daily", "once": "the-same-form"}
    ane = browse(world.ane)

    assert ane.post("/account", typed).status_code == 303
    assert ane.post("/account", {**typed, "name": "Ane Twice"}).status_code == 409
    assert db.exec(select(Person.name).where(Person.id == world.ane.person_id)).one() == "Ane Once"


def test_a_form_from_elsewhere_changes_nothing(browse, world):
    typed = {"name": "Mallory", "language": "en", "digest": "daily"}

    assert browse(world.ane).post("/account", typed, csrf=False).status_code == 403


def test_a_visitors_language_is_kept_in_a_cookie(browse):
    answer = browse().get("/language/de?to=/sign-in")

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert answer.cookies["crosslab_language"] == "de"


def test_looking_at_a_language_does_not_change_a_persons(browse, world, db):
    answer = browse(world.ane).get("/language/de?to=//evil.example")

    assert 'lang="de"' in answer.text
    assert "evil.example" not in answer.text.split("<main")[1]
    assert db.exec(select(Person.language).where(Person.id == world.ane.person_id)).one() == "en"


def test_a_person_takes_away_what_the_house_holds_of_them(browse, world):
    answer = browse(world.ane).get("/account/data.json")

    held = answer.json()
    assert held["person"]["email"] == "ane@fjordlys.example"
    assert {seat["at"] for seat in held["seats"]} >= {"Fjordlys AS"}
    assert "token" not in answer.text


def test_a_visitor_is_asked_to_sign_in_first(browse):
    for path in ("/account", "/account/sessions", "/account/data", "/organisations/new"):
        assert browse().get(path).headers["location"].startswith("/sign-in?next=")
