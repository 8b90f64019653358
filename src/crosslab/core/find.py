"""The one door through which anything is read: always through the eyes of the actor."""

from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crosslab.rules import N_, Verb

from .actor import Actor
from .allow import allow
from .errors import Missing
from .tables import Governed

T = TypeVar("T", bound=Governed)


def seen_by(actor: Actor, kind: type[T]) -> SelectOfScalar[T]:
    """A select over the rows of `kind` this actor may know about."""
    return select(kind).where(kind.visible_to(actor))


def find(db: Session, actor: Actor, kind: type[T], id: UUID, *, to: Verb | None = None) -> T:
    """The thing; or 404 if it is not for this actor's eyes; or 403 if `to` is not for their hands."""
    return _or_missing(db, actor, seen_by(actor, kind).where(col(kind.id) == id), to)


def find_by(db: Session, actor: Actor, kind: type[T], *, to: Verb | None = None, **values: object) -> T:
    """The same by other columns that name one thing: a number, a slug."""
    wanted = [col(getattr(kind, name)) == value for name, value in values.items()]
    return _or_missing(db, actor, seen_by(actor, kind).where(*wanted), to)


def _or_missing(db: Session, actor: Actor, query: SelectOfScalar[T], to: Verb | None) -> T:
    thing = db.exec(query).one_or_none()
    if thing is None:
        raise Missing(N_("There is nothing here, or it is not for you to see."))
    if to is not None:
        allow(actor, to, thing)
    return thing
