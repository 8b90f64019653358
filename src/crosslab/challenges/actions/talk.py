"""Questions, answers and news: public to all, so that nobody knows more than another."""

from sqlmodel import Session, select

from crosslab.challenges.brief import path_of
from crosslab.challenges.followers import tell_followers
from crosslab.challenges.stages import is_late
from crosslab.challenges.tables import Challenge, Question, Update
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.core.mail import post
from crosslab.people.tables import Organisation, Person
from crosslab.rules import N_, Verb

MOST_OPEN = 5


def ask(
    db: Session, actor: Actor, challenge: Challenge, *, text: str, named: Organisation | None = None
) -> Question:
    """Ask in public. The organisation is named only if the asker wishes and holds a seat in it."""
    made = Question(
        challenge_id=challenge.id,
        organisation_id=challenge.organisation_id,
        person_id=actor.me,
        asked_by=named.name if named and named.id in actor.places else "",
        text=text,
    )
    with act(db, actor, Verb.CHALLENGES_ASK, challenge):
        if is_late(challenge):
            raise Refused(N_("The deadline has passed, so no more questions are taken."))
        _not_too_many(db, actor, challenge)
        db.add(made)
    return made


def _not_too_many(db: Session, actor: Actor, challenge: Challenge) -> None:
    waiting = select(Question.id).where(
        Question.challenge_id == challenge.id, Question.person_id == actor.person_id, Question.answer == ""
    )
    if len(db.exec(waiting).all()) >= MOST_OPEN:
        text = N_("{most} of your questions wait for an answer here. Ask the next one after that.")
        raise Refused(text, field="text", most=MOST_OPEN)


def answer(db: Session, actor: Actor, challenge: Challenge, *, question: Question, text: str) -> None:
    """Answer in public. A later answer takes the place of an earlier one. The asker gets a letter."""
    with act(db, actor, Verb.CHALLENGES_ANSWER, challenge):
        question.answer, question.answered_by, question.answered_at = text, actor.name, now()
        db.add(question)
        asker = db.exec(select(Person).where(Person.id == question.person_id)).one()
        post(
            db, asker.email, asker.language, "challenge_answer",
            title=challenge.question, question=question.text, answer=text, path=path_of(challenge),
        )  # fmt: skip


def tell(db: Session, actor: Actor, challenge: Challenge, *, title: str, text: str) -> Update:
    """Publish news. Everyone who follows gets a letter."""
    made = Update(challenge_id=challenge.id, title=title, text=text, by=actor.name)
    with act(db, actor, Verb.CHALLENGES_TELL, challenge):
        db.add(made)
        tell_followers(db, actor, challenge, "challenge_update", heading=title, text=text)
    return made
