"""The wall's own diary: every change gets the next number, in the transaction that makes it.

Phones, walls and projectors follow it live and replay what they missed from any number.
"""

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select, update

from .tables import Change, Workshop


def tell(db: Session, workshop_id: UUID, kind: str, **facts: Any) -> None:
    """Write what changed under the wall's next number. Writers of one wall take turns here until they commit."""
    db.flush()
    db.exec(update(Workshop).where(col(Workshop.id) == workshop_id).values(seq=col(Workshop.seq) + 1))
    seq = db.exec(select(Workshop.seq).where(col(Workshop.id) == workshop_id)).one()
    db.add(Change(workshop_id=workshop_id, seq=seq, kind=kind, facts=_plain(facts)))


def changes(db: Session, workshop_id: UUID, after: int, most: int = 2_000) -> list[Change]:
    """What happened after a number, in order."""
    query = select(Change).where(Change.workshop_id == workshop_id, col(Change.seq) > after)
    return list(db.exec(query.order_by(col(Change.seq)).limit(most)).all())


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Ids as text: the diary is JSON."""
    return {name: str(value) if isinstance(value, UUID) else value for name, value in facts.items()}
