"""The wall's own diary: every change gets the next number, in the transaction that makes it.

Phones, walls and projectors follow it live and replay what they missed from any number. What is told here are
the kind and the ids of what changed; `news` says what is so of it, and lists the kinds.
"""

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, update

from crosslab.core.clock import now

from .tables import Change, Workshop


def tell(db: Session, workshop_id: UUID, kind: str, **facts: Any) -> None:
    """Write what changed under the wall's next number. Writers of one wall take turns here until they commit."""
    db.flush()
    next_one = update(Workshop).where(col(Workshop.id) == workshop_id).values(seq=col(Workshop.seq) + 1)
    seq = db.execute(next_one.returning(col(Workshop.seq))).scalar_one()
    db.add(Change(workshop_id=workshop_id, seq=seq, kind=kind, facts=_plain(facts)))


def seconds_left(workshop: Workshop) -> int | None:
    """What is left on the clock; None when there is none."""
    if workshop.left is not None:
        return workshop.left
    return max(0, int((workshop.ends_at - now()).total_seconds())) if workshop.ends_at else None


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Ids as text: the diary is JSON."""
    return {name: str(value) if isinstance(value, UUID) else value for name, value in facts.items()}
