"""What the templates of a challenge are given, whole page or fragment."""

from typing import Any

from sqlmodel import Session

from crosslab.challenges import brief, queries, stages, vocabulary
from crosslab.challenges.tables import Challenge
from crosslab.people.countries import names
from crosslab.people.tables import Organisation
from crosslab.people.words import KINDS, SECTORS
from crosslab.web.page import Page


def shown(db: Session, page: Page, challenge: Challenge, host: Organisation) -> dict[str, Any]:
    """A challenge with all that gathers around it."""
    return {
        **told(page, challenge, host),
        "around": queries.around(db, page.actor, challenge),
        "houses": queries.houses(db, page.actor) if page.signed_in else [],
        "thread": stages.thread(challenge),
        "over": stages.is_over(challenge),
        "left": stages.days_left(challenge),
    }


def told(page: Page, challenge: Challenge, host: Organisation) -> dict[str, Any]:
    """A brief with the words it is told in."""
    return {
        "challenge": challenge,
        "host": host,
        "path": brief.path_of(challenge),
        "kinds": KINDS,
        "countries": names(page.locale),
        "sectors": SECTORS,
        "terms": vocabulary.TERMS,
        "rights": vocabulary.rights(),
        "tongues": vocabulary.TONGUES,
    }
