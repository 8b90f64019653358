"""Where voices and leads lead to, and that no end tells what its reader may not see."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from crosslab.challenges.tables import Challenge
from crosslab.consortia import actions as consortia
from crosslab.consortia import queries as consortia_queries
from crosslab.consortia.tables import Consortium
from crosslab.core.actor import NOBODY_YET
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Refused
from crosslab.core.events import Event
from crosslab.people.tokens import new_token
from crosslab.rules import ChallengeState, SkeletonState, Verb
from crosslab.sessions import actions
from crosslab.sessions.voices import inbox, letters, onward
from crosslab.sessions.voices.leads import Intent, Outcome
from crosslab.sessions.voices.tables import VoiceKind
from crosslab.workshops.skeletons.tables import Skeleton


@pytest.fixture
def says(field):
    """`says("Liv", "Why?")`: a guest of the session asks."""

    def ask(name, text):
        return actions.say(
            field.db, field.comes(name), field.session, kind=VoiceKind.QUESTION, text=text,
            key=new_token()[:20].replace("_", "x"), agrees=True,
        )  # fmt: skip

    return ask


@pytest.fixture
def met(field):
    """`met("Liv")`: a guest leaves their address with the host."""

    def leave(name):
        return actions.leave_lead(
            field.db, field.comes(name), field.session, organisation=field.house, intent=Intent.PARTNER,
            name=name, email=f"{name.lower()}@elsewhere.example", agreed_to="Yes.",
        )  # fmt: skip

    return leave


def a_draft(field):
    """A challenge that nobody but its own people knows of: here, the host's."""
    found = field.db.exec(select(Challenge).where(Challenge.state == ChallengeState.OPEN)).first()
    facts = {name: getattr(found, name) for name in ("programme_id", "slug")}
    made = Challenge(**facts, no="2031-999", organisation_id=field.house.id, question="Our secret lamp?")
    field.db.add(made)
    field.db.flush()
    return made


def amphi(field):
    return field.db.exec(select(Consortium).where(Consortium.slug == "amphi-nights")).one()


def a_case(field, world, who="ane"):
    """A business case that this one of the cast may read."""
    rows = select(Skeleton).where(Skeleton.visible_to(getattr(world, who)))
    return field.db.exec(rows.where(Skeleton.state != SkeletonState.LET_GO)).first()


def titles(field, actor, voice):
    return [way.title for way in onward.ways(field.db, actor, [voice]).get(voice.id, [])]


def test_a_voice_names_the_challenge_it_went_to_and_the_challenge_shows_the_voice(field, says):
    voice = says("Liv", "How heavy may a lamp be?")
    challenge = inbox.open_challenges(field.db, field.host)[0]
    actions.hand_on(field.db, field.host, voice, challenge=challenge, asks=False)
    assert titles(field, NOBODY_YET, voice) == [challenge.question]
    [said] = [each for each in onward.beside(field.db, NOBODY_YET, challenge) if each.voice.id == voice.id]
    assert (said.session.title, said.name) == (field.session.title, "")


def test_a_draft_is_named_to_nobody_who_may_not_see_it(field, says, world):
    voice, draft = says("Liv", "Could it glow?"), a_draft(field)
    actions.hand_on(field.db, field.host, voice, challenge=draft, asks=False)
    assert titles(field, field.host, voice) == ["Our secret lamp?"]
    for other in (NOBODY_YET, world.tom, world.helen, field.comes("Tom")):
        assert titles(field, other, voice) == []
    [told] = letters.own_voices(field.db, field.of("Liv"))
    assert (told["passed"], told["worked"]) == ("", "yes")


def test_the_log_names_no_draft_either(field, says):
    voice = says("Liv", "Could it glow?")
    actions.hand_on(field.db, field.host, voice, challenge=a_draft(field), asks=False)
    events = field.db.exec(select(Event).where(Event.thing_id == voice.id)).all()
    assert "secret" not in str([event.facts for event in events])


def test_a_voice_is_brought_into_a_business_case_and_read_there(field, says, world):
    voice, case = says("Liv", "Who switches it off?"), a_case(field, world)
    actions.bring_in(field.db, world.ane, voice, case=case)
    said, elsewhere = onward.within(field.db, world.ane, case)
    assert voice.id in {each.voice.id for each in said}
    assert elsewhere == 0
    assert titles(field, world.ane, voice) == [case.title]
    for other in (NOBODY_YET, world.stig, world.helen):
        assert titles(field, other, voice) == []


def test_a_voice_goes_into_one_case_that_is_worked_on_by_whoever_runs_the_session(field, says, world):
    voice, case = says("Liv", "Who switches it off?"), a_case(field, world)
    with pytest.raises(Forbidden):
        actions.bring_in(field.db, world.stig, voice, case=case)
    actions.bring_in(field.db, world.ane, voice, case=case)
    with pytest.raises(Refused, match="already"):
        actions.bring_in(field.db, world.ane, voice, case=case)


def test_what_was_said_where_the_reader_was_not_is_only_counted(field, says, world):
    voice, case = says("Liv", "Only here"), a_case(field, world, "katrin")
    other = a_case(field, world)
    voice.skeleton_id = (case or other).id
    actions.describe(field.db, field.host, field.session, listed=False)
    said, elsewhere = onward.within(field.db, world.katrin, case or other)
    assert "Only here" not in [each.voice.text for each in said]
    assert elsewhere >= 1


def test_a_lead_leads_to_a_consortium_and_back(field, met, world):
    lead, team = met("Liv"), amphi(field)
    consortia.trace(field.db, world.ane, lead, consortium=team, of="As the fitter")
    assert (lead.became, lead.became_on) == (Outcome.CONSORTIUM, now().date())
    assert inbox.consortium_of(field.db, world.ane, lead) == team.name
    [meeting] = [
        m for m in consortia_queries.meetings(field.db, world.ane, team) if m.session == field.session
    ]
    assert [one.name for one, _ in meeting.leads] == ["Liv"]


def test_other_members_read_the_session_and_never_whom_somebody_met(field, met, world):
    lead, team = met("Liv"), amphi(field)
    consortia.trace(field.db, world.ane, lead, consortium=team)
    for other in (world.katrin, world.priya):
        [meeting] = [
            m for m in consortia_queries.meetings(field.db, other, team) if m.session == field.session
        ]
        assert meeting.leads == []
    actions.describe(field.db, field.host, field.session, listed=False)
    hidden = consortia_queries.meetings(field.db, world.katrin, team)
    assert field.session not in [each.session for each in hidden]


def test_whoever_has_no_seat_in_the_consortium_reads_words_alone(field, met, world):
    lead = met("Liv")
    consortia.trace(field.db, world.ane, lead, consortium=amphi(field), of="As the fitter")
    left = {place: held for place, held in world.ane.seats.items() if place != lead.consortium_id}
    former = replace(world.ane, seats=left)
    assert inbox.consortium_of(field.db, former, lead) == ""
    assert inbox.consortium_of(field.db, NOBODY_YET, lead) == ""


def test_a_lead_leads_to_ones_own_consortia_alone(field, met, world):
    lead, team = met("Liv"), amphi(field)
    ours = {each.lead_id for each in consortia_queries.ours_with(field.db, world.ane, lead)}
    other = field.db.exec(select(Consortium).where(Consortium.slug != team.slug)).all()
    strange = next(
        each for each in other if each not in consortia_queries.ours_with(field.db, world.ane, lead)
    )
    assert ours
    with pytest.raises(Refused, match="your organisation is a member"):
        consortia.trace(field.db, world.ane, lead, consortium=strange)
    with pytest.raises(Forbidden):
        consortia.trace(field.db, world.katrin, lead, consortium=team)


def test_taking_a_lead_back_takes_what_it_led_to_along(field, met, world):
    lead, team = met("Liv"), amphi(field)
    consortia.trace(field.db, world.ane, lead, consortium=team)
    actions.withdraw_lead(field.db, NOBODY_YET, lead)
    assert (lead.became, lead.became_on, lead.consortium_id) == (None, None, None)
    assert field.session not in [
        each.session for each in consortia_queries.meetings(field.db, world.ane, team)
    ]


def test_a_hire_stays_words_with_a_day_that_has_come(field, met, world):
    lead, today = met("Liv"), now().date()
    with pytest.raises(Refused, match="not come yet"):
        actions.become(field.db, world.ane, lead, became=Outcome.HIRE, of="Fitter", on=today + timedelta(1))
    actions.become(field.db, world.ane, lead, became=Outcome.HIRE, of="Fitter", on=today - timedelta(9))
    assert (lead.became_of, lead.became_on) == ("Fitter", today - timedelta(9))


def test_the_log_of_a_consortium_names_nobody_who_was_met(field, met, world):
    lead, team = met("Liv"), amphi(field)
    consortia.trace(field.db, world.ane, lead, consortium=team)
    events = field.db.exec(select(Event).where(Event.verb == Verb.CONSORTIA_TRACE)).all()
    mine = [event for event in events if event.thing_id == team.id]
    assert mine
    assert "Liv" not in str([event.facts for event in mine])
