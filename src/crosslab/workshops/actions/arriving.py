"""Many companies at once, from a list."""

from collections.abc import Sequence

from sqlmodel import Session

from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.errors import Refused
from crosslab.rules import N_, Verb
from crosslab.workshops import queries
from crosslab.workshops.arriving import Line
from crosslab.workshops.headings import hang
from crosslab.workshops.tables import Company, Workshop

from .people import ENDED, OVER


def add_companies(db: Session, actor: Actor, workshop: Workshop, *, listed: Sequence[Line]) -> list[Company]:
    """Put a heading on the wall for each line that is new there. What hangs already or stands twice is left out."""
    with act(db, actor, Verb.WORKSHOPS_ADD_COMPANIES, workshop) as event:
        if workshop.state in ENDED:
            raise Refused(OVER)
        joining = [each for each in queries.arriving(db, actor, workshop, listed) if each.joins]
        if not joining:
            raise Refused(N_("No line of this list can be added. Beside each it is said why."), field="names")
        event.facts["companies"] = len(joining)
        return [hang(db, workshop, each.name, each.known.id if each.known else None) for each in joining]
