"""Letters to those who follow a challenge."""

from typing import Any

from sqlmodel import Session, col, select

from crosslab.challenges.brief import path_of
from crosslab.challenges.tables import Challenge, Follow
from crosslab.core.actor import Actor
from crosslab.core.mail import post
from crosslab.people.tables import Person


def tell_followers(db: Session, actor: Actor, challenge: Challenge, letter: str, **facts: Any) -> None:
    """Put a letter for each follower in the queue, save for whoever did it."""
    followers = (
        select(Person.email, Person.language)
        .join(Follow, col(Follow.person_id) == col(Person.id))
        .where(Follow.challenge_id == challenge.id, col(Person.id) != actor.person_id)
    )
    for email, language in db.exec(followers).all():
        post(db, email, language, letter, title=challenge.question, path=path_of(challenge), **facts)
