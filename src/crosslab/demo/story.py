"""What every chapter of the story is given: a session, the cast as they are now, and a calendar."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, select

from crosslab.consortia.seats import with_consortia
from crosslab.core import clock
from crosslab.core.actor import Actor
from crosslab.core.db import transaction
from crosslab.people.queries import actor_for
from crosslab.people.tables import Organisation, Person, Programme
from crosslab.web.door import Door

from .cast import HOUSES, PLAYERS


@dataclass
class Story:
    """The story being told. `keys` holds what chapters hand on to later ones."""

    door: Door
    begins: datetime
    keys: dict[str, UUID] = field(default_factory=dict)

    @contextmanager
    def chapter(self) -> Iterator[Session]:
        """One transaction of the story."""
        with transaction(self.door.engine) as db:
            yield db

    def days_ago(self, days: float, hour: int = 10) -> AbstractContextManager[None]:
        """Let it be so many days before the story is told, at that hour."""
        return clock.at(
            (self.begins - timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
        )

    def actor(self, db: Session, key: str) -> Actor:
        """One of the cast, with the seats they hold at this point of the story."""
        return with_consortia(db, actor_for(db, person_id(db, key)))

    def house(self, db: Session, key: str) -> Organisation:
        """One of the organisations."""
        name = next(h.name for h in HOUSES if h.key == key)
        return db.exec(select(Organisation).where(Organisation.name == name)).one()

    def programme(self, db: Session) -> Programme:
        """The programme of the story."""
        return db.exec(select(Programme).where(Programme.code == "HIP")).one()


def person_id(db: Session, key: str) -> UUID:
    """The id of one of the cast."""
    email = next(p.email for p in PLAYERS if p.key == key)
    return db.exec(select(Person.id).where(Person.email == email)).one()
