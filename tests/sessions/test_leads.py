"""Leads: who leaves one with what consent, who reads it, what ends it, and that nothing of it stays then."""

from datetime import timedelta

import pytest
from sqlmodel import col, func, select

from crosslab.core.actor import NOBODY_YET, SYSTEM
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Missing, Refused
from crosslab.core.events import Event, EventPlace
from crosslab.core.find import find
from crosslab.core.jobs import Job
from crosslab.people.tables import Organisation, Person
from crosslab.rules import LeadState
from crosslab.sessions import actions
from crosslab.sessions.voices import inbox, jobs
from crosslab.sessions.voices.leads import Intent, Lead, LeadNote, Outcome

AGREED = "Fjordlys AS may write to me about this."


@pytest.fixture
def leaves(field):
    """`leaves("Liv")`: a guest leaves their address with the host."""

    def leave(name, intent=Intent.CUSTOMER, organisation=None, guest=None, **facts):
        return actions.leave_lead(
            field.db,
            guest or field.comes(name),
            field.session,
            organisation=organisation or field.house,
            intent=intent,
            name=name,
            email=f"{name.lower()}@elsewhere.example",
            agreed_to=AGREED,
            words="Ten lamps for our yard.",
            **facts,
        )

    return leave


def letters(field, kind):
    found = field.db.exec(select(Job).where(Job.name == "mail.send").order_by(col(Job.id))).all()
    to_liv = (job.facts for job in found if job.facts and job.facts.get("to") == "liv@elsewhere.example")
    return [facts for facts in to_liv if facts["letter"] == kind]


def token_of(letter):
    return letter["facts"]["path"].rsplit("/", 1)[1]


def test_a_lead_keeps_the_words_its_sender_agreed_to(field, leaves):
    lead = leaves("Liv")
    assert (lead.consent, lead.agreed_to, lead.state) == ("lead.1", AGREED, LeadState.NEW)
    assert timedelta(days=179) < lead.erase_at - now() <= timedelta(days=180)


def test_those_who_act_for_the_organisation_read_it_and_nobody_else(field, leaves, world):
    lead = leaves("Liv")
    for reader in (world.ane, world.lars):
        assert find(field.db, reader, Lead, lead.id).email == "liv@elsewhere.example"
    strangers = {
        "a visitor": NOBODY_YET,
        "a stranger": world.stig,
        "a rival": world.tom,
        "the programme's manager": world.priya,
        "the host of another session": world.helen,
        "the steward": world.solveig,
        "another guest": field.comes("Tom"),
    }
    for who, actor in strangers.items():
        with pytest.raises(Missing):
            find(field.db, actor, Lead, lead.id)
        assert inbox.leads(field.db, actor, field.house) == [], who
        assert inbox.by_state(field.db, actor, field.house).total() == 0, who


def test_whoever_runs_the_session_reads_how_many_there_are(field, leaves):
    leaves("Liv")
    leaves("Tom", Intent.JOB)
    assert dict(inbox.counted(field.db, field.session)) == {Intent.CUSTOMER: 1, Intent.JOB: 1}


def test_the_log_names_nobody_and_is_heard_at_the_organisation_alone(field, leaves):
    lead = leaves("Liv")
    event = field.db.exec(select(Event).where(Event.thing_id == lead.id)).one()
    places = field.db.exec(select(EventPlace.place_id).where(EventPlace.event_id == event.id)).all()
    assert places == [field.house.id]
    assert event.facts == {"who": "", "what": field.session.title}
    assert event.person_id is None


def test_a_lead_goes_to_an_organisation_of_the_session_alone(field, leaves):
    other = field.db.exec(select(Organisation).where(Organisation.name == "Nordlyd AS")).one()
    with pytest.raises(Refused, match="organisations of this session"):
        leaves("Liv", organisation=other)


def test_nobody_leaves_a_lead_without_a_place(field, leaves):
    with pytest.raises(Forbidden):
        leaves("Liv", guest=NOBODY_YET)


def test_the_same_wish_is_left_once(field, leaves):
    liv = field.comes("Liv")
    leaves("Liv", guest=liv)
    with pytest.raises(Refused, match="already"):
        leaves("Liv", guest=liv)
    leaves("Liv", Intent.PRESS, guest=liv)


def test_every_letter_has_a_link_of_its_own_that_takes_it_back(field, leaves, world):
    lead = leaves("Liv")
    actions.write_lead(field.db, world.ane, lead, text="Come and see the lamps in Bergen.")
    [first], [second] = letters(field, "lead_left"), letters(field, "lead_letter")
    assert {first["to"], second["to"]} == {"liv@elsewhere.example"}
    assert token_of(first) != token_of(second)
    assert [inbox.by_token(field.db, token_of(each)).id for each in (first, second)] == [lead.id] * 2
    with pytest.raises(Missing):
        inbox.by_token(field.db, "a-guess")


def test_taking_it_back_erases_contact_words_and_notes_at_once(field, leaves, world):
    lead = leaves("Liv")
    actions.note_lead(field.db, world.ane, lead, text="Liv wants ten.")
    actions.plan_lead(field.db, world.ane, lead, assignee=None, next_step="Ring Liv", next_on=now().date())
    actions.withdraw_lead(field.db, NOBODY_YET, lead)
    field.db.expire_all()
    kept = find(field.db, world.ane, Lead, lead.id)
    assert kept.state is LeadState.WITHDRAWN
    assert (kept.name, kept.email, kept.words, kept.next_step, kept.registration_id) == ("", "", "", "", None)
    assert field.db.exec(select(func.count()).select_from(LeadNote)).one() == before_notes(field, lead)
    with pytest.raises(Refused):
        actions.write_lead(field.db, world.ane, kept, text="Are you sure about it?")


def before_notes(field, lead):
    """How many notes there are that belong to other leads."""
    return field.db.exec(select(func.count()).where(LeadNote.lead_id != lead.id)).one()


def test_on_its_day_a_lead_is_erased_and_not_before(field, leaves, later, world):
    lead = leaves("Liv")
    jobs.erase_leads(field.db)
    assert lead.email
    with pytest.raises(Refused, match="until its day"):
        actions.erase_lead(field.db, SYSTEM, lead)
    with later(days=181):
        jobs.erase_leads(field.db)
        jobs.erase_leads(field.db)
    assert (lead.state, lead.email) == (LeadState.ERASED, "")


def test_colleagues_alone_take_care_of_a_lead(field, leaves, world):
    lead = leaves("Liv")
    lars, tom = (
        field.db.exec(select(Person).where(Person.id == each.person_id)).one()
        for each in (world.lars, world.tom)
    )
    actions.plan_lead(field.db, world.ane, lead, assignee=lars, next_step="Ring her", next_on=None)
    assert lead.assignee_id == lars.id
    with pytest.raises(Refused, match="acts for your organisation"):
        actions.plan_lead(field.db, world.ane, lead, assignee=tom, next_step="", next_on=None)
    with pytest.raises(Forbidden):
        actions.talk(field.db, world.tom, lead)


def test_a_lead_goes_through_its_stages_and_can_be_taken_up_again(field, leaves, world):
    lead = leaves("Liv")
    actions.talk(field.db, world.lars, lead)
    with pytest.raises(Refused, match="challenge they follow"):
        actions.become(field.db, world.ane, lead, became=Outcome.FOLLOWER)
    actions.become(field.db, world.ane, lead, became=Outcome.HIRE, of="Fitter from March")
    actions.close_lead(field.db, world.ane, lead)
    actions.talk(field.db, world.ane, lead)
    assert (lead.state, lead.became, lead.became_of) == (LeadState.IN_TALK, Outcome.HIRE, "Fitter from March")


def test_those_who_act_for_the_organisation_are_told_by_mail_without_a_name(field, leaves):
    lead = leaves("Liv")
    event = field.db.exec(select(Event).where(Event.thing_id == lead.id)).one()
    waiting = select(Job).where(Job.name == "desk.tell")
    told = [job for job in field.db.exec(waiting).all() if job.facts.get("event_id") == str(event.id)]
    assert len(told) == 1
