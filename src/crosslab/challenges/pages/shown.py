"""What the templates of a challenge are given, whole page or fragment."""

from typing import Any

from sqlmodel import Session

from crosslab.challenges import brief, queries, stages, vocabulary
from crosslab.challenges.tables import Challenge
from crosslab.core.actor import Actor
from crosslab.people.tables import Organisation
from crosslab.people.words import KINDS, SECTORS


def shown(db: Session, actor: Actor, challenge: Challenge, host: Organisation) -> dict[str, Any]:
    """A challenge with all that gathers around it."""
    return {
        **told(challenge, host),
        "around": queries.around(db, actor, challenge),
        "houses": queries.houses(db, actor) if actor.signed_in else [],
        "thread": stages.thread(challenge),
        "over": stages.is_over(challenge),
        "left": stages.days_left(challenge),
    }


def told(challenge: Challenge, host: Organisation) -> dict[str, Any]:
    """A brief with the words it is told in."""
    return {
        "challenge": challenge,
        "host": host,
        "path": brief.path_of(challenge),
        "kinds": KINDS,
        "sectors": SECTORS,
        "terms": vocabulary.TERMS,
        "rights": vocabulary.rights(),
        "tongues": vocabulary.TONGUES,
    }
