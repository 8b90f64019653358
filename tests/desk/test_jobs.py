"""What the desk does by itself: letters about what happened, a digest, sweeping up, and planning the day."""

import os
from datetime import UTC, datetime, timedelta

from sqlmodel import select

from crosslab.challenges import pictures
from crosslab.challenges.tables import Challenge
from crosslab.consortia import actions as consortia
from crosslab.core import clock
from crosslab.core.clock import now
from crosslab.core.ids import uuid7
from crosslab.core.jobs import Job
from crosslab.desk import actions, jobs
from crosslab.ledger.store import key, unfinished
from crosslab.ledger.tables import Blob, BlobUse
from crosslab.people.tables import Person
from crosslab.web.tables import Sent

MONDAY, TUESDAY = datetime(2026, 11, 23, 6, tzinfo=UTC), datetime(2026, 11, 24, 6, tzinfo=UTC)


def described(db, world, team):
    """The lead partner changes the description: told to members, not by letter."""
    consortia.describe(db, world.ane, team, name=team.name, pitch="Evenings outdoors", open_to_requests=False)


def everybody_has_read(db, world):
    for key_ in world.people:
        actions.read(db, getattr(world, key_))


def test_what_concerns_one_directly_is_told_by_letter_once(db, world, team, worker, letters):
    consortia.offer_lead(db, world.ane, team, organisation=world.houses["tinker"])
    event_id = db.exec(select(Job).where(Job.name == "desk.tell")).one().facts["event_id"]
    db.commit()
    worker.drain()
    written = letters()
    jobs.tell(db, event_id)
    db.commit()
    worker.drain()

    assert "tom@tinkertap.example" in {to for to, _, _ in written}
    assert not {"ane@fjordlys.example", "priya@programme.example"} & {to for to, _, _ in written}
    assert letters() == written


def test_a_letter_is_in_the_readers_language_as_plain_text_and_says_how_to_choose(
    db, world, team, worker, letters
):
    consortia.offer_lead(db, world.ane, team, organisation=world.houses["tinker"])
    db.commit()
    worker.drain()
    [(_, subject, text)] = letters("ingrid@nordlyd.example")

    assert subject == "Ane Nilsen tilbød en partner ledelsen av Amphi Nights."
    assert "/notices/" in text
    assert "/account" in text


def test_names_in_a_letter_are_not_escaped(db, world, team, worker, letters):
    post = {"log": "{who} verified {what}.", "told": {"who": "A & B", "what": "“C” <D>"}, "url": "/inbox"}
    worker.send(db, uuid7(), "tom@tinkertap.example", "en", "notice", post)

    assert letters()[0][1] == "A & B verified “C” <D>."


def test_old_news_is_not_told(db, world, team, worker, letters):
    consortia.offer_lead(db, world.ane, team, organisation=world.houses["tinker"])
    db.commit()
    with clock.at(now() + timedelta(days=3)):
        worker.drain()

    assert letters() == []


def test_a_digest_tells_what_is_new_once_and_never_nothing(db, world, team, worker, letters):
    everybody_has_read(db, world)
    described(db, world, team)
    for _ in range(2):
        jobs.digest(db)
        db.commit()
        worker.drain()

    people = sorted(to for to, _, _ in letters())
    assert people == sorted(getattr(world, key_).email for key_ in ("lars", "tom", "mei", "ingrid", "beth"))


def test_what_was_told_by_letter_is_not_in_the_digest_again(db, world, team, worker, letters):
    everybody_has_read(db, world)
    consortia.offer_lead(db, world.ane, team, organisation=world.houses["tinker"])
    jobs.digest(db)

    assert db.exec(select(Job).where(Job.name == "mail.send")).all() == []


def test_a_digest_once_a_week_comes_on_monday_and_no_digest_never_comes(db, world, team, worker):
    everybody_has_read(db, world)
    for person in db.exec(select(Person)).all():
        person.digest = "weekly" if person.id == world.tom.person_id else "never"
    described(db, world, team)

    def due():
        return [job.facts["to"] for job in db.exec(select(Job).where(Job.name == "mail.send")).all()]

    with clock.at(TUESDAY + timedelta(days=7)):
        jobs.digest(db)
        assert due() == []
    with clock.at(MONDAY + timedelta(days=7)):
        jobs.digest(db)
        assert due() == [world.tom.email]


def test_sweeping_removes_sealed_files_that_no_version_names_with_their_bytes(db, world, door):
    old, fresh = os.urandom(8).hex() * 4, os.urandom(8).hex() * 4
    for name, stored in ((old, now() - timedelta(days=2)), (fresh, now())):
        door.files.put(key(name), b"sealed")
        db.add(Blob(sha256=name, size=6, person_id=world.ane.person_id, stored_at=stored))
    db.add(Sent(token="sent long ago", at=now() - timedelta(days=2)))
    used = db.exec(select(BlobUse.sha256)).all()
    jobs.sweep(door.files, db)

    kept = set(db.exec(select(Blob.sha256)).all())
    assert old not in kept
    assert {fresh, *used} <= kept
    assert (door.files.size(key(old)), door.files.size(key(fresh))) == (None, 6)
    assert db.exec(select(Sent)).first() is None


def test_what_nobody_went_on_sending_for_a_week_is_swept_away(world, door):
    place = unfinished("0" * 64, world.ane.person_id)
    door.files.unfinished.append(place, 0, b"half of it")
    with clock.at(now() + timedelta(days=6)):
        jobs.sweep_unfinished(door.files)
    assert door.files.unfinished.size(place) == 10

    with clock.at(now() + timedelta(days=8)):
        jobs.sweep_unfinished(door.files)
    assert door.files.unfinished.size(place) == 0


def test_sweeping_removes_pictures_that_no_challenge_shows_any_more(db, world, door):
    shown = db.exec(select(Challenge.image).where(Challenge.image != "")).first()
    files = [pictures.name(key_, 640, "webp") for key_ in (shown, "0" * 32)]
    for each in files:
        door.files.put(each, b"a picture")
    jobs.sweep(door.files, db)
    assert [door.files.size(each) for each in files] == [9, 9], "what was stored today may yet be shown"

    with clock.at(now() + timedelta(days=2)):
        jobs.sweep(door.files, db)
    assert [door.files.size(each) for each in files] == [9, None]


def test_the_day_is_planned_once_however_many_workers_look(db, worker, door):
    worker.plan()
    type(worker)(door).plan()

    planned = [job.name for job in db.exec(select(Job)).all()]
    assert len(planned) == len(set(planned))
    assert {"desk.digest", "desk.sweep", "ledger.check"} <= set(planned)
