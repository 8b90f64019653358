"""After a session: the summary goes out once to each in their language, and three questions are asked."""

import pytest

from crosslab.core.actor import NOBODY_YET
from crosslab.core.errors import Forbidden, Refused
from crosslab.sessions import actions
from crosslab.sessions.voices import jobs, letters, queries
from crosslab.sessions.voices.tables import VoiceKind


def test_everybody_who_had_a_place_gets_one_letter_in_their_language(over):
    assert actions.sum_up(over.db, over.host, over.session) == 2
    sent = over.summaries()
    assert [(each["to"], each["language"]) for each in sent] == [
        ("liv@example.org", "no"),
        ("tom@example.org", "en"),
    ]


def test_each_letter_holds_the_answers_to_ones_own_voices_alone(over):
    actions.sum_up(over.db, over.host, over.session)
    liv, tom = (each["facts"]["voices"] for each in over.summaries())
    assert [(each["text"], each["answer"]) for each in liv] == [("How heavy is it?", "Four kilos.")]
    assert tom == []


def test_a_second_summary_is_refused_and_the_job_sends_none(over, later):
    actions.sum_up(over.db, over.host, over.session)
    with pytest.raises(Refused, match="already"):
        actions.sum_up(over.db, over.host, over.session)
    with later(days=13):
        jobs.sum_up(over.db)
    assert len(over.summaries()) == 2


def test_a_forgotten_summary_goes_out_by_itself_after_two_days(over, later):
    with later(days=11):
        jobs.sum_up(over.db)
        assert over.summaries() == []
    with later(days=13):
        jobs.sum_up(over.db)
        jobs.sum_up(over.db)
    assert len(over.summaries()) == 2


def test_a_summary_waits_for_the_end(field):
    with pytest.raises(Refused, match="not over"):
        actions.sum_up(field.db, field.host, field.session)


def test_slides_come_with_what_may_be_done_with_them(over):
    given = {"words": "Thank you.", "slides": "https://fjordlys.example/lamp.pdf"}
    with pytest.raises(Refused, match="slides"):
        actions.prepare(over.db, over.host, over.session, licence="", **given)
    actions.prepare(over.db, over.host, over.session, licence="cc-by-4.0", **given)
    actions.sum_up(over.db, over.host, over.session)
    told = over.summaries()[0]["facts"]
    assert (told["slides"], told["licence"]) == (given["slides"], "CC BY 4.0")


def test_whoever_was_put_under_another_reads_that_ones_answer(field, later):
    liv, tom = field.comes("Liv"), field.comes("Tom")
    one, two = (
        actions.say(field.db, who, field.session, kind=VoiceKind.QUESTION, text=text, key=key, agrees=True)
        for who, text, key in ((liv, "How heavy?", "11111111"), (tom, "What weight?", "22222222"))
    )
    actions.group(field.db, field.host, two, into=one)
    actions.answer(field.db, field.host, one, text="Four kilos.")
    assert letters.own_voices(field.db, field.of("Tom"))[0]["answer"] == "Four kilos."


def test_an_opinion_is_given_once_and_can_be_changed(over):
    liv = over.opens(over.of("Liv"))
    actions.rate(over.db, liv, over.session, worth=5, took="Light without a cable.")
    actions.rate(over.db, liv, over.session, worth=4)
    assert [(each.worth, each.took) for each in queries.opinions(over.db, over.session)] == [(4, "")]
    with pytest.raises(Forbidden):
        actions.rate(over.db, NOBODY_YET, over.session, worth=1)


def test_nobody_rates_what_has_not_begun(field):
    with pytest.raises(Refused, match="not begun"):
        actions.rate(field.db, field.comes("Liv"), field.session, worth=5)
