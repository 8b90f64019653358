"""What somebody with bad intent, or bad luck, tries at an open session: each was once possible."""

import pytest
from sqlmodel import col, func, select

from crosslab.core.actor import NOBODY_YET
from crosslab.core.db import transaction
from crosslab.core.errors import Refused
from crosslab.core.jobs import Job
from crosslab.demo.world import world_in
from crosslab.people.tokens import new_token
from crosslab.rules import VoiceState
from crosslab.sessions import actions
from crosslab.sessions.letters import tell
from crosslab.sessions.seats import with_sessions
from crosslab.sessions.tables import Registration
from crosslab.sessions.voices.leads import Intent
from crosslab.sessions.voices.tables import Voice, VoiceKind
from tests.sessions.conftest import Hall
from tests.sessions.test_queue import together

ODD = "🚀 𠜎 ☃ שלום مرحبا ไทย"


def waiting_for(db, address):
    """The letters that wait for an address."""
    rows = db.exec(select(Job).where(Job.name == "mail.send", col(Job.done_at).is_(None))).all()
    return [job for job in rows if job.facts.get("to") == address]


def leaves_lead(field, guest):
    return actions.leave_lead(
        field.db, guest, field.session, organisation=field.house, intent=Intent.JOB, name="Liv",
        email="liv@elsewhere.example", agreed_to="They may write to me.", words="Ten lamps.",
    )  # fmt: skip


def test_letters_that_wait_for_a_lead_are_gone_when_it_is_taken_back(field):
    lead = leaves_lead(field, field.comes("Liv"))
    actions.write_lead(field.db, field.host, lead, text="Come and see our lamps.")
    assert len(waiting_for(field.db, "liv@elsewhere.example")) == 2
    actions.withdraw_lead(field.db, NOBODY_YET, lead)
    assert waiting_for(field.db, "liv@elsewhere.example") == []


def test_letters_that_wait_for_a_registration_are_gone_when_it_is_erased(hall):
    liv = hall.comes("Liv")
    tell(hall.db, hall.session, hall.of("Liv"), "session_reminder", once=f"day {hall.of('Liv').id} now")
    assert waiting_for(hall.db, "liv@example.org")
    actions.erase(hall.db, liv, hall.of("Liv"), session=hall.session)
    assert waiting_for(hall.db, "liv@example.org") == []


def test_one_phone_that_comes_in_again_and_again_is_one_guest(field):
    for _ in range(3):
        oneself = with_sessions(field.db, NOBODY_YET, "a-phone")
        actions.come_in(field.db, oneself, field.session, name="Ola", token="a-phone")
    many = select(func.count()).where(Registration.session_id == field.session.id)
    assert field.db.exec(many).one() == 1


def test_the_code_is_no_way_around_the_queue_before_the_session_begins(hall):
    for name in ("Ada", "Bo", "Cy"):
        hall.comes(name)
    with pytest.raises(Refused, match="taken"):
        actions.come_in(hall.db, NOBODY_YET, hall.session, name="Eve", token="a-phone")


def test_two_voices_put_under_each_other_at_once_do_not_both_vanish(house):
    one, two = _spoken(house.engine)
    together(2, lambda n: _group(house.engine, *((one, two) if n else (two, one))))
    with transaction(house.engine) as db:
        states = {db.get(Voice, each).state for each in (one, two)}
    assert VoiceState.UP in states


def _spoken(engine):
    with transaction(engine) as db:
        world = world_in(db)
        hall = Hall(db, world.ane, world.programme).published()
        guest = hall.comes("Liv")
        said = [
            actions.say(
                db, guest, hall.session, kind=VoiceKind.QUESTION, text=text, agrees=True, key=new_token()[:9]
            )
            for text in ("How heavy?", "What weight?")
        ]
        return [each.id for each in said]


def _group(engine, one, into):
    with transaction(engine) as db:
        found = {each.id: each for each in db.exec(select(Voice).where(col(Voice.id).in_([one, into]))).all()}
        actions.group(db, world_in(db).ane, found[one], into=found[into])


@pytest.mark.parametrize("name", [ODD, "x" * 120, "#set page(fill: red) *b* $x$ @a <l>", "ab" * 60])
def test_no_name_keeps_the_door_list_from_being_printed(world, browse, hall, name):
    hall.comes("Ada", access=name)
    hall.of("Ada").name = name
    hall.db.commit()
    answer = browse(world.ane).get(f"/o/{hall.session.no}/door.pdf")
    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")
