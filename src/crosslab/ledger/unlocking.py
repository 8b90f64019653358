"""Handing out unlock files: to their owner alone, and not so often that a passphrase could be guessed at leisure."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from crosslab.core.clock import now
from crosslab.core.errors import Refused
from crosslab.rules import N_

from .tables import Unlock, UnlockFetch

MOST_FETCHES = 30
AN_HOUR = timedelta(hours=1)


class TooOften(Refused):
    """Somebody asks again and again."""

    status = 429


def ways(db: Session, person_id: UUID) -> Sequence[Unlock]:
    """A person's unlock files: which there are and since when, not what is in them."""
    return db.exec(select(Unlock).where(Unlock.person_id == person_id).order_by(col(Unlock.kind))).all()


def forget_all(db: Session, person_id: UUID) -> None:
    """Drop every unlock file of a person who begins anew: an old one would only lead to a key that is not theirs."""
    db.execute(delete(Unlock).where(col(Unlock.person_id) == person_id))


def hand_out(db: Session, person_id: UUID, kind: str) -> bytes | None:
    """A person's own unlock file of a kind, counted; None when there is none. Raises `TooOften`."""
    found = db.exec(select(Unlock.data).where(Unlock.person_id == person_id, Unlock.kind == kind)).first()
    if found is None:
        return None
    mine = col(UnlockFetch.person_id) == person_id
    db.execute(delete(UnlockFetch).where(mine, col(UnlockFetch.at) < now() - AN_HOUR))
    if db.exec(select(func.count()).select_from(UnlockFetch).where(mine)).one() >= MOST_FETCHES:
        raise TooOften(
            N_("Your unlock file was fetched {most} times within an hour. Wait an hour, then try again."),
            most=MOST_FETCHES,
        )
    db.add(UnlockFetch(person_id=person_id, at=now()))
    return found
