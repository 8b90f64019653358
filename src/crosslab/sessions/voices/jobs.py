"""What voices and leads do by themselves, once a day: leads that ran out are erased, forgotten summaries go out."""

from sqlmodel import Session

from crosslab.core.actor import SYSTEM
from crosslab.sessions import actions

from . import inbox, letters
from .conditions import for_the_host


def erase_leads(db: Session) -> None:
    """On the day told in its consent a lead's contact is gone."""
    for lead in inbox.run_out(db):
        actions.erase_lead(db, SYSTEM, lead)


def sum_up(db: Session) -> None:
    """Two days after a session everybody gets the summary, also when its host forgot it."""
    for session in letters.owed(db):
        actions.sum_up(db, for_the_host(session.id), session)
