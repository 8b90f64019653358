"""What may be done with a challenge, by whom, and when."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crosslab.challenges import actions, brief, pictures
from crosslab.challenges.brief import Step
from crosslab.challenges.tables import Audience, Comment, Document, Follow, Interest, Question, Update
from crosslab.core import clock
from crosslab.core.clock import now
from crosslab.core.errors import Forbidden, Overtaken, Refused
from crosslab.core.jobs import Job
from crosslab.core.money import Money
from crosslab.rules import ChallengeState, Verb
from tests.challenges.conftest import a_picture, last_event

CRITERIA = {"criteria": [{"name": "Pays its way", "weight": 60}, {"name": "Fits the place", "weight": 25}]}


def letters(db, kind):
    """To whom letters of a kind wait."""
    waiting = db.exec(
        select(Job).where(Job.name == "mail.send", Job.done_at.is_(None)).order_by(Job.id)
    ).all()
    return [job.facts["to"] for job in waiting if job.facts.get("letter") == kind]


def test_a_curator_begins_a_challenge_and_a_stranger_may_not(db, world):
    made = actions.draft(db, world.helen, world.houses["library"], programme=world.programme)
    assert (made.state, last_event(db, made)) == (ChallengeState.DRAFT, Verb.CHALLENGES_DRAFT)
    assert made.currency == world.programme.currency

    with pytest.raises(Forbidden):
        actions.draft(db, world.stig, world.houses["library"], programme=world.programme)


def test_a_step_is_saved_with_the_name_of_who_saved_it(db, world, asked):
    actions.edit(
        db,
        world.grace,
        asked.coins,
        step=Step.ASKS,
        opened=now(),
        told={"asks": ["Touch"], "size_from": 2, "size_to": 3},
    )

    assert asked.coins.asks == ["Touch"]
    assert asked.coins.edits["asks"]["by"] == "Grace Holt"
    assert last_event(db, asked.coins) == Verb.CHALLENGES_EDIT


def test_what_is_public_cannot_be_edited(db, world, asked):
    with pytest.raises(Refused):
        actions.edit(
            db,
            world.helen,
            asked.amphitheatre,
            step=Step.ASKS,
            opened=now(),
            told={"asks": [], "size_from": None, "size_to": None},
        )


def test_whoever_saves_over_a_colleague_is_told(db, world):
    draft = actions.draft(db, world.helen, world.houses["library"], programme=world.programme)
    opened = now()
    told = {"deciders": "The council", "contact": "", "may_procure": False}
    actions.edit(db, world.omar, draft, step=Step.DECIDERS, opened=opened, told=told)

    with pytest.raises(Overtaken, match="Omar Haddad saved this step"):
        actions.edit(
            db, world.helen, draft, step=Step.DECIDERS, opened=opened, told={**told, "deciders": "I"}
        )


def test_one_does_not_overtake_oneself(db, world, asked):
    opened = now()
    for text in ("first", "second"):
        told = {"situation": text, "figures": []}
        actions.edit(db, world.grace, asked.coins, step=Step.SITUATION, opened=opened, told=told)

    assert asked.coins.situation == "second"


def test_weights_must_make_a_hundred_once_the_step_is_finished(db, world, asked):
    actions.edit(
        db, world.grace, asked.coins, step=Step.CRITERIA, opened=now(), told=CRITERIA, finished=False
    )
    assert brief.weights(asked.coins) == 85

    with pytest.raises(Refused) as no:
        actions.edit(db, world.grace, asked.coins, step=Step.CRITERIA, opened=now(), told=CRITERIA)
    assert str(no.value) == "The weights add up to 85 %. They must make 100 %."


def test_dates_come_one_after_the_other(db, world, asked):
    day = now() + timedelta(days=30)
    told = {
        "zone": "UTC",
        "workshop_at": None,
        "closes_at": day,
        "develop_until": day - timedelta(days=1),
        "decides_at": None,
    }
    with pytest.raises(Refused) as no:
        actions.edit(db, world.grace, asked.coins, step=Step.DATES, opened=now(), told=told)
    assert no.value.field == "develop"


def test_a_picture_is_kept_in_all_its_sizes(db, world, asked, door):
    words = {
        "image_title": "A coin",
        "image_alt": "A coin",
        "image_decorative": False,
        "image_credit": "MM 1",
        "image_rights": "CC0-1.0",
    }
    made = pictures.prepare(a_picture(1200, 800))
    actions.picture(db, world.grace, asked.coins, files=door.files, made=made, opened=now(), told=words)

    assert (asked.coins.image_width, asked.coins.image_height, asked.coins.image_colour) == (
        1000,
        667,
        "#245663",
    )
    assert all(door.files.size(name) for name in made.files)
    assert last_event(db, asked.coins) == Verb.CHALLENGES_PICTURE


def test_a_document_is_added_and_taken_away_again(db, world, asked, door):
    from crosslab.challenges.documents import prepare

    paper = prepare("plan.pdf", b"%PDF-1.7 plan")
    added = actions.attach(
        db, world.grace, asked.coins, files=door.files, paper=paper, title="Plan", language="en"
    )
    assert door.files.get(paper.key) == b"%PDF-1.7 plan"

    actions.detach(db, world.grace, asked.coins, document=added, files=door.files)
    assert db.exec(select(Document).where(Document.id == added.id)).first() is None
    assert door.files.size(paper.key) is None


def test_documents_of_a_public_challenge_stay(db, world, asked, door):
    there = db.exec(select(Document).where(Document.challenge_id == asked.amphitheatre.id)).first()
    with pytest.raises(Refused):
        actions.detach(db, world.helen, asked.amphitheatre, document=there, files=door.files)


def test_an_incomplete_brief_is_not_sent(db, world, asked):
    with pytest.raises(Refused, match="Something is still missing: 7"):
        actions.submit(db, world.grace, asked.coins)


def test_sent_back_it_is_a_draft_again_with_the_reason(db, world, asked):
    actions.send_back(db, world.priya, asked.reading, reason="Say how cold it may become.")
    assert (asked.reading.state, asked.reading.reason) == (
        ChallengeState.DRAFT,
        "Say how cold it may become.",
    )

    actions.submit(db, world.karl, asked.reading)
    assert asked.reading.state is ChallengeState.REVIEW
    assert last_event(db, asked.reading) == Verb.CHALLENGES_SUBMIT


def test_the_manager_comments_and_the_host_may_not(db, world, asked):
    said = actions.comment(db, world.priya, asked.reading, step=Step.DATES, text="Is this a holiday?")
    assert db.exec(select(Comment).where(Comment.id == said.id)).one().by == "Priya Nair"

    with pytest.raises(Forbidden):
        actions.comment(db, world.karl, asked.reading, step=Step.DATES, text="No.")


def test_published_it_has_a_number_a_slug_and_words_to_be_found_by(db, world, asked):
    actions.publish(db, world.priya, asked.reading)

    year = now().year
    assert asked.reading.no == f"{year}-{4:03d}" or asked.reading.no.startswith(f"{year}-")
    assert asked.reading.slug == "wie-wird-ein-lesesaal-ohne-gas-warm"
    assert "stadtarchiv rheinau" in asked.reading.words
    assert last_event(db, asked.reading) == Verb.CHALLENGES_PUBLISH


def test_the_host_does_not_publish_its_own_challenge(db, world, asked):
    with pytest.raises(Forbidden):
        actions.publish(db, world.karl, asked.reading)


def test_a_call_reaches_those_who_follow(db, world, asked):
    actions.follow(db, world.tom, asked.drawings)
    actions.call(
        db,
        world.helen,
        asked.drawings,
        text="Come together now.",
        minimum="Two",
        roles=["A school"],
        choice="",
    )

    assert asked.drawings.state is ChallengeState.CALLED
    assert letters(db, "challenge_call")[-1] == "tom@tinkertap.example"
    with pytest.raises(Refused):
        actions.call(db, world.helen, asked.drawings, text="Again.", minimum="", roles=[], choice="")


def test_closed_it_takes_no_more_interest(db, world, asked):
    actions.close(db, world.priya, asked.drawings, reason="We have found our partners.")
    assert asked.drawings.ended_at is not None

    with pytest.raises(Refused):
        interested(db, world.ane, asked.drawings, world.houses["fjordlys"])


def test_only_a_signatory_withdraws_and_only_with_a_reason(db, world, asked):
    with pytest.raises(Forbidden):
        actions.withdraw(db, world.omar, asked.drawings, reason="")
    with pytest.raises(Refused) as no:
        actions.withdraw(db, world.helen, asked.drawings, reason="")
    assert no.value.field == "reason"

    actions.withdraw(db, world.helen, asked.drawings, reason="The roof fell in.")
    assert asked.drawings.state is ChallengeState.WITHDRAWN


def test_a_question_names_the_organisation_only_if_the_asker_sits_there(db, world, asked):
    named = actions.ask(
        db, world.ane, asked.drawings, text="How large are they?", named=world.houses["fjordlys"]
    )
    other = actions.ask(db, world.ane, asked.drawings, text="And how heavy?", named=world.houses["tinker"])

    assert (named.asked_by, other.asked_by) == ("Fjordlys AS", "")
    assert last_event(db, asked.drawings) == Verb.CHALLENGES_ASK


def test_five_open_questions_are_enough(db, world, asked):
    for n in range(5):
        actions.ask(db, world.stig, asked.drawings, text=f"Question {n}?")
    with pytest.raises(Refused, match="5 of your questions wait"):
        actions.ask(db, world.stig, asked.drawings, text="One more?")


def test_an_answer_is_public_and_the_asker_gets_a_letter(db, world, asked):
    waiting = db.exec(select(Question).where(Question.answer == "")).one()
    actions.answer(db, world.omar, asked.amphitheatre, question=waiting, text="They count.")

    assert waiting.answered_by == "Omar Haddad"
    assert letters(db, "challenge_answer")[-1] == "sam@twolocks.example"
    with pytest.raises(Forbidden):
        actions.answer(db, world.ane, asked.amphitheatre, question=waiting, text="They do not.")


def test_an_update_is_mailed_to_everyone_who_follows_but_its_writer(db, world, asked):
    actions.follow(db, world.omar, asked.drawings)
    actions.follow(db, world.lars, asked.drawings)
    actions.tell(db, world.omar, asked.drawings, title="News", text="The scans are online.")

    assert letters(db, "challenge_update")[-1:] == ["lars@fjordlys.example"]
    assert db.exec(select(Update).where(Update.challenge_id == asked.drawings.id)).one().by == "Omar Haddad"


def test_following_twice_is_following_once(db, world, asked):
    for _ in range(2):
        actions.follow(db, world.fiona, asked.drawings)
    mine = select(Follow).where(Follow.person_id == world.fiona.person_id)
    assert len(db.exec(mine).all()) == 1

    actions.unfollow(db, world.fiona, asked.drawings)
    assert db.exec(mine).all() == []


def interested(db, actor, challenge, house, shown=Audience.INTERESTED):
    return actions.interest(
        db, actor, challenge, organisation=house, brings="Heat without drilling.", seeks="", shown=shown
    )


def test_saying_it_again_replaces_the_interest(db, world, asked):
    first = interested(db, world.fiona, asked.drawings, world.houses["heatloop"])
    again = interested(db, world.fiona, asked.drawings, world.houses["heatloop"], Audience.EVERYONE)

    assert first.id == again.id
    assert again.shown is Audience.EVERYONE
    assert last_event(db, asked.drawings) == Verb.CHALLENGES_INTEREST


def test_interest_is_in_time_for_a_quarter_of_an_hour_after_the_deadline(db, world, asked):
    with clock.at(asked.drawings.closes_at + timedelta(minutes=14)):
        interested(db, world.fiona, asked.drawings, world.houses["heatloop"])
    with (
        clock.at(asked.drawings.closes_at + timedelta(minutes=16)),
        pytest.raises(Refused, match="15 minutes"),
    ):
        interested(db, world.nina, asked.drawings, world.houses["sorlandet"])


def test_nobody_speaks_for_a_firm_they_have_no_seat_in(db, world, asked):
    with pytest.raises(Forbidden):
        interested(db, world.stig, asked.drawings, world.houses["fjordlys"])


def test_the_host_is_not_interested_in_its_own_question(db, world, asked):
    with pytest.raises(Refused, match="your own challenge"):
        interested(db, world.helen, asked.drawings, world.houses["library"])


def test_interest_taken_back_is_taken_back_once(db, world, asked):
    mine = db.exec(select(Interest).where(Interest.organisation_id == world.houses["tinker"].id)).one()
    actions.withdraw_interest(db, world.tom, mine, challenge=asked.amphitheatre)
    assert mine.withdrawn_at is not None

    with pytest.raises(Refused):
        actions.withdraw_interest(db, world.tom, mine, challenge=asked.amphitheatre)


def test_the_money_of_the_story_is_exact(asked):
    assert Money(asked.amphitheatre.budget_minor, asked.amphitheatre.currency) == Money(6_000_000, "GBP")
