"""The way in: a link by mail, used once."""

from sqlmodel import select

from crosslab.core.jobs import Job
from crosslab.people.tables import Presence


def test_asking_for_a_link_puts_a_letter_in_the_queue(browse, db):
    answer = browse().post("/sign-in", {"email": "ane@fjordlys.example", "next": "/desk"})

    assert answer.status_code == 303
    assert db.exec(select(Job.name).where(Job.name == "mail.send", Job.done_at.is_(None))).first()


def test_an_address_that_is_none_is_told_beside_the_field(browse):
    answer = browse().post("/sign-in", {"email": "not an address"})

    assert answer.status_code == 422
    assert "Write an e-mail address like name@example.org." in answer.text


def test_a_form_without_its_token_is_refused_and_nothing_is_saved(browse, db):
    before = len(db.exec(select(Job)).all())
    answer = browse().post("/sign-in", {"email": "ane@fjordlys.example"}, csrf=False)

    assert answer.status_code == 403
    assert len(db.exec(select(Job)).all()) == before


def test_signing_out_ends_the_session(browse, world, db):
    ane = browse(world.ane)
    assert ane.get("/desk").status_code == 200

    assert ane.post("/sign-out").status_code == 303
    assert ane.get("/desk").status_code == 303
    assert db.exec(select(Presence).where(Presence.ended_at.is_not(None))).first()
