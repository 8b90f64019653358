"""The bases of table classes: a row has an id that sorts by time; a governed row has places and a version."""

from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, MetaData
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from crosslab.rules import Cycle

from .actor import Actor
from .ids import uuid7

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Base(SQLModel):
    """Every table shares one metadata with one naming convention."""

    metadata = metadata


class Row(Base):
    """A row with an id that sorts by the time it was made."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)


class Governed(Row):
    """A row somebody answers for.

    `places` are the organisation, programme or consortium whose seats decide what may be done with it.
    `version` is the optimistic lock: of two people who change it at once, one wins and the other is told.
    """

    lifecycle: ClassVar[Cycle] = None

    version: int = Field(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands in the class
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]  # given by SQLAlchemy, unknown to SQLModel

    @property
    def places(self) -> tuple[UUID, ...]:
        raise NotImplementedError

    @property
    def called(self) -> str:
        """What the log calls it. Never anything sealed."""
        raise NotImplementedError

    @classmethod
    def visible_to(cls, actor: Actor) -> ColumnElement[bool]:
        """Who may know that a row exists."""
        raise NotImplementedError
