"""What happens to consortia by itself."""

from uuid import UUID

from sqlmodel import Session, col, select

from crosslab.core.actor import SYSTEM

from . import actions
from .tables import WAITING, Membership


def expire(db: Session, membership_id: str) -> None:
    """Let an invitation or a request expire if nobody has answered it. Right when late, and when twice."""
    waiting = select(Membership).where(
        Membership.id == UUID(membership_id), col(Membership.state).in_(WAITING)
    )
    membership = db.exec(waiting).first()
    if membership is not None:
        actions.expire(db, SYSTEM, membership)
