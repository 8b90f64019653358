"""What is said in a session: by whom it may be said, changed, supported, answered, put together and hidden."""

import pytest
from sqlmodel import col, select

from crosslab.challenges.tables import Question
from crosslab.core.actor import NOBODY_YET
from crosslab.core.errors import Forbidden, Missing, Refused
from crosslab.core.events import Event
from crosslab.core.find import find, seen_by
from crosslab.people.tokens import new_token
from crosslab.rules import LeadState, VoiceState
from crosslab.sessions import actions
from crosslab.sessions.seats import with_sessions
from crosslab.sessions.voices import inbox, queries
from crosslab.sessions.voices.conditions import chosen
from crosslab.sessions.voices.leads import Intent
from crosslab.sessions.voices.own import held
from crosslab.sessions.voices.queries import Order
from crosslab.sessions.voices.tables import TermsChosen, Voice, VoiceKind
from crosslab.sessions.voices.wordings import IN_FORCE, TERMS, Terms


@pytest.fixture
def says(field):
    """`says(guest, "Why?")`: somebody says something, having read what is to be read."""

    def speak(guest, text, kind=VoiceKind.QUESTION, **facts):
        given = {"agrees": True, "warned": True, "key": new_token()[:20].replace("_", "x"), **facts}
        return actions.say(field.db, guest, field.session, kind=kind, text=text, **given)

    return speak


def texts(field, actor=NOBODY_YET, **asked):
    return [each.voice.text for each in queries.heard(field.db, actor, field.session, **asked)]


def support(field, voice):
    return queries.supporters(field.db, field.session).get(voice.id, 0)


def test_a_guest_says_something_and_everybody_reads_it(field, says):
    voice = says(field.comes("Liv"), "How heavy is the lamp?")
    assert texts(field) == ["How heavy is the lamp?"]
    assert (voice.state, voice.terms) == (VoiceState.UP, "yours.1")


def test_nobody_speaks_without_a_place(field, says):
    with pytest.raises(Forbidden):
        says(NOBODY_YET, "Let me in")
    with pytest.raises(Forbidden):
        says(field.opens(field.registers("Liv")), "My address is not proven")


def test_the_same_key_says_it_once(field, says):
    liv = field.comes("Liv")
    assert says(liv, "Once", key="abcdefgh").id == says(liv, "Once", key="abcdefgh").id
    assert texts(field) == ["Once"]


def test_a_voice_keeps_the_wording_it_was_said_under(field, says):
    liv = field.comes("Liv")
    before = says(liv, "Before")
    actions.set_terms(field.db, field.host, field.session, terms=Terms.FREE, shows_new=False, warned=False)
    with pytest.raises(Refused, match="who may use"):
        says(liv, "Not read", agrees=False)
    assert [before.terms, says(liv, "After").terms] == ["yours.1", "free.1"]
    assert says(liv, "Read already", agrees=False).terms == "free.1"


def test_every_wording_in_force_is_one_that_is_kept():
    assert set(IN_FORCE) == set(Terms)
    assert set(IN_FORCE.values()) <= set(TERMS)


def test_an_idea_is_taken_only_from_whoever_has_read_the_warning(field, says):
    liv = field.comes("Liv")
    with pytest.raises(Refused, match="making an idea public"):
        says(liv, "A lamp that floats", VoiceKind.IDEA, warned=False)
    assert says(liv, "A lamp that floats", VoiceKind.IDEA).warning == "idea.1"


def test_something_new_is_shown_only_by_whoever_has_read_what_that_does(field):
    given = {"terms": Terms.YOURS, "shows_new": True}
    with pytest.raises(Refused, match="showing it in public"):
        actions.set_terms(field.db, field.host, field.session, warned=False, **given)
    actions.set_terms(field.db, field.host, field.session, warned=True, **given)
    assert chosen(field.db, field.session).warning == "show.1"


def test_a_session_is_published_when_its_terms_are_said_and_the_warning_is_read(planned):
    with pytest.raises(Refused, match="Say first"):
        actions.publish(planned.db, planned.host, planned.session)
    unread = TermsChosen(session_id=planned.session.id, terms="yours.1", shows_new=True)
    planned.db.add(unread)
    with pytest.raises(Refused, match="Read first"):
        actions.publish(planned.db, planned.host, planned.session)
    planned.has_terms(shows_new=True, warned=True)
    actions.publish(planned.db, planned.host, planned.session)


def test_a_name_kept_back_is_never_read_by_the_host_either(field, says):
    liv = field.comes("Liv")
    says(liv, "With my name", named=True)
    says(liv, "Without")
    shown = {each.voice.text: each.name for each in queries.heard(field.db, field.host, field.session)}
    assert shown == {"With my name": "Liv", "Without": ""}


def test_the_log_says_neither_who_spoke_nor_what(field, says):
    liv = field.comes("Liv")
    voice = says(liv, "Nobody knows that I doubt it")
    actions.support(field.db, field.comes("Tom"), voice, session=field.session)
    told = field.db.exec(select(Event).where(col(Event.verb).in_(("sessions.say", "sessions.support")))).all()
    here = [event for event in told if event.facts["what"] == field.session.title]
    assert {(event.facts["who"], event.person_id) for event in here} == {("", None)}
    assert "doubt" not in str([event.facts for event in here])


def test_one_puts_ones_own_words_right_until_they_are_answered(field, says):
    liv, tom = field.comes("Liv"), field.comes("Tom")
    voice = says(liv, "How hevy?")
    actions.rephrase(field.db, liv, voice, session=field.session, text="How heavy?", named=True)
    with pytest.raises(Forbidden):
        actions.rephrase(field.db, tom, voice, session=field.session, text="Mine now", named=True)
    actions.answer(field.db, field.host, voice, text="Four kilos.")
    with pytest.raises(Refused, match="answered already"):
        actions.unsay(field.db, liv, voice, session=field.session)
    assert texts(field) == ["How heavy?"]


def test_what_is_taken_back_is_read_by_nobody_but_its_author(field, says):
    liv = field.comes("Liv")
    voice = says(liv, "Forget this")
    actions.unsay(field.db, liv, voice, session=field.session)
    for other in (NOBODY_YET, field.host, field.comes("Tom")):
        with pytest.raises(Missing):
            find(field.db, other, Voice, voice.id)
    assert texts(field) == []


def test_support_counts_once_a_person_and_never_ones_own(field, says):
    liv, tom = field.comes("Liv"), field.comes("Tom")
    voice = says(liv, "How heavy?")
    actions.support(field.db, tom, voice, session=field.session)
    actions.support(field.db, tom, voice, session=field.session)
    assert support(field, voice) == 1
    with pytest.raises(Refused, match="your own"):
        actions.support(field.db, liv, voice, session=field.session)
    actions.unsupport(field.db, tom, voice, session=field.session)
    assert support(field, voice) == 0


def test_duplicates_put_together_keep_their_words_and_count_each_person_once(field, says):
    liv, tom, kim = (field.comes(name) for name in ("Liv", "Tom", "Kim"))
    one, two = says(liv, "How heavy?"), says(tom, "What does it weigh?")
    for voice in (one, two):
        actions.support(field.db, kim, voice, session=field.session)
    actions.group(field.db, field.host, two, into=one)
    [row] = queries.heard(field.db, NOBODY_YET, field.session)
    assert [each.voice.text for each in row.sources] == ["What does it weigh?"]
    assert row.support == 2  # Kim, and Tom who said the same
    actions.ungroup(field.db, field.host, two)
    assert sorted(texts(field)) == ["How heavy?", "What does it weigh?"]


def test_what_stood_under_a_voice_stands_alone_when_that_one_goes(field, says):
    liv, tom = field.comes("Liv"), field.comes("Tom")
    one, two = says(liv, "How heavy?"), says(tom, "What does it weigh?")
    actions.group(field.db, field.host, two, into=one)
    actions.hide(field.db, field.host, one, reason="Said before.")
    assert texts(field) == ["What does it weigh?"]
    three = says(liv, "And how long?")
    actions.group(field.db, field.host, two, into=three)
    actions.unsay(field.db, liv, three, session=field.session)
    assert texts(field) == ["What does it weigh?"]


def test_a_voice_is_put_under_one_of_the_same_session_that_is_shown(field, says):
    voice = says(field.comes("Liv"), "How heavy?")
    with pytest.raises(Refused, match="another voice"):
        actions.group(field.db, field.host, voice, into=voice)


def test_its_author_reads_why_it_was_hidden_and_strangers_read_nothing(field, says, world):
    liv = field.comes("Liv")
    voice = says(liv, "Rude words")
    actions.hide(field.db, field.host, voice, reason="Rude.")
    assert [each.voice.reason for each in queries.own_ones(field.db, liv, field.session)] == ["Rude."]
    for other in (NOBODY_YET, field.comes("Tom"), world.tom, world.mikkel):
        assert field.db.exec(seen_by(other, Voice).where(Voice.id == voice.id)).first() is None
    actions.unhide(field.db, field.host, voice)
    assert texts(field) == ["Rude words"]


def test_only_whoever_runs_the_session_moderates(field, says, world):
    voice = says(field.comes("Liv"), "How heavy?")
    for other in (field.comes("Tom"), world.tom, world.mikkel, NOBODY_YET):
        with pytest.raises(Forbidden):
            actions.hide(field.db, other, voice, reason="Because.")
    actions.answer(field.db, world.priya, voice, text="The manager may.")


def test_the_screen_shows_what_was_put_there_and_then_what_most_support(field, says):
    liv, tom = field.comes("Liv"), field.comes("Tom")
    few, many, done = says(liv, "Few"), says(liv, "Many"), says(liv, "Done")
    actions.support(field.db, tom, many, session=field.session)
    actions.mark_answered(field.db, field.host, done)
    actions.pin(field.db, field.host, few, session=field.session)
    shown = queries.on_screen(field.db, field.host, field.session)
    assert [each.voice.text for each in shown] == ["Few", "Many"]


def test_no_more_than_three_are_put_on_the_screen(field, says):
    liv = field.comes("Liv")
    for n in range(3):
        actions.pin(field.db, field.host, says(liv, f"Voice {n}"), session=field.session)
    with pytest.raises(Refused, match="on the screen already"):
        actions.pin(field.db, field.host, says(liv, "One too many"), session=field.session)


def test_voices_are_sorted_by_support_age_and_kind(field, says):
    liv, tom = field.comes("Liv"), field.comes("Tom")
    idea = says(liv, "An idea", VoiceKind.IDEA)
    says(liv, "A question")
    actions.support(field.db, tom, idea, session=field.session)
    assert texts(field) == ["An idea", "A question"]
    assert texts(field, order=Order.NEWEST) == ["A question", "An idea"]
    assert texts(field, order=Order.KIND) == ["A question", "An idea"]
    assert texts(field, kind=VoiceKind.IDEA) == ["An idea"]


def test_a_voice_becomes_a_question_at_a_challenge(field, says, world):
    voice = says(field.comes("Liv"), "How heavy may a lamp on the square be?")
    challenge = inbox.open_challenges(field.db, field.host)[0]
    actions.hand_on(field.db, field.host, voice, challenge=challenge, asks=True)
    asked = field.db.exec(select(Question).where(Question.id == voice.question_id)).one()
    assert (asked.text, asked.challenge_id) == (voice.text, challenge.id)
    with pytest.raises(Refused, match="handed on already"):
        actions.hand_on(field.db, field.host, voice, challenge=challenge, asks=False)


def test_two_weeks_after_the_end_nothing_more_is_said(field, says, later):
    liv = field.comes("Liv")
    with later(days=25), pytest.raises(Refused, match="two weeks"):
        says(liv, "Too late")


def test_whoever_is_in_the_room_comes_in_with_its_code(field, says, later):
    actions.begin(field.db, field.host, field.session)
    actions.come_in(field.db, NOBODY_YET, field.session, name="Ola", token="a-phone")
    ola = with_sessions(field.db, NOBODY_YET, "a-phone")
    assert says(ola, "I walked in").named is False
    assert field.of("Ola").walk_in
    with later(days=10, hours=3):
        actions.finish(field.db, field.host, field.session)
    with pytest.raises(Refused, match="takes nobody in"):
        actions.come_in(field.db, NOBODY_YET, field.session, name="Late", token="another")


def test_whoever_erases_everything_leaves_no_name_and_no_address(field, says):
    liv, tom = field.comes("Liv"), field.comes("Tom")
    answered, open_one = says(liv, "Answered", named=True), says(liv, "Open")
    under = says(tom, "Open as well")
    actions.group(field.db, field.host, under, into=open_one)
    actions.answer(field.db, field.host, answered, text="Yes.")
    lead = actions.leave_lead(
        field.db, liv, field.session, organisation=field.house, intent=Intent.JOB, name="Liv",
        email="liv@example.org", agreed_to="Yes.",
    )  # fmt: skip
    actions.erase(field.db, liv, field.of("Liv"), session=field.session)
    field.db.expire_all()
    shown = {each.voice.text: each.name for each in queries.heard(field.db, field.host, field.session)}
    assert shown == {"Answered": "", "Open as well": ""}
    assert (lead.state, lead.email) == (LeadState.WITHDRAWN, "")


def test_what_is_held_of_somebody_is_theirs_to_take_along(field, says):
    liv, tom = field.comes("Liv"), field.comes("Tom")
    actions.support(field.db, liv, says(tom, "Toms question"), session=field.session)
    says(liv, "Livs question")
    kept = held(field.db, field.of("Liv"))
    assert [each["text"] for each in kept["voices"]] == ["Livs question"]
    assert kept["supported"] == ["Toms question"]
    assert "yours.1" in kept["agreed"]
