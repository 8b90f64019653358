"""Where a partner was met: a lead of an open session led to this consortium."""

from datetime import date

from sqlmodel import Session

from crosslab.consortia import queries
from crosslab.consortia.tables import Consortium
from crosslab.core.act import act
from crosslab.core.actor import Actor
from crosslab.core.errors import Refused
from crosslab.rules import N_, MembershipState, Verb
from crosslab.sessions import actions as session_actions
from crosslab.sessions.voices.leads import Lead, Outcome

NOT_OURS = N_("Choose a consortium in which your organisation is a member.")


def trace(
    db: Session, actor: Actor, lead: Lead, *, consortium: Consortium, of: str = "", on: date | None = None
) -> None:
    """Note that somebody an organisation met in an open session came to a consortium it is a member of.

    The other members read that it goes back to that session, and never to whom.
    """
    with act(db, actor, Verb.CONSORTIA_TRACE, consortium, at=lead):
        ours = queries.membership_in(db, consortium.id, lead.organisation_id)
        if ours is None or ours.state is not MembershipState.ACTIVE:
            raise Refused(NOT_OURS, field="consortium")
        session_actions.become(
            db, actor, lead, became=Outcome.CONSORTIUM, of=of, on=on, consortium_id=consortium.id
        )
