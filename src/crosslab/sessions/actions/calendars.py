"""A person's own calendar address: made, made anew, ended."""

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.core.find import find
from crosslab.people.tables import Person
from crosslab.people.tokens import digest, new_token
from crosslab.rules import N_, Verb
from crosslab.sessions import queries
from crosslab.sessions.tables import Feed

NONE = N_("You have no calendar address.")


def renew_feed(db: Session, actor: Actor) -> str:
    """Make a secret address for one's own calendar. The one before it is dead at once. Gives its token, once."""
    token, person = new_token(), _oneself(db, actor)
    with act(db, actor, Verb.SESSIONS_RENEW_FEED, person):
        feed = queries.feed_of(db, person.id) or Feed(person_id=person.id, token_hash="")
        feed.token_hash, feed.made_at = digest(token), now()
        db.add(feed)
    return token


def end_feed(db: Session, actor: Actor) -> None:
    """End it: calendars that ask get nothing."""
    with act(db, actor, Verb.SESSIONS_END_FEED, _oneself(db, actor)):
        feed = queries.feed_of(db, actor.person_id)
        if feed is None:
            raise Refused(NONE)
        db.delete(feed)


def _oneself(db: Session, actor: Actor) -> Person:
    if actor.person_id is None:
        raise Refused(NONE)
    return find(db, actor, Person, actor.person_id)
