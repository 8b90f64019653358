"""How far each person has read."""

from uuid import UUID

from sqlmodel import Field

from crosslab.core.tables import Base


class ReadUntil(Base, table=True):
    """The last event a person has seen in the inbox. Ids sort by time, so one id says it all."""

    __tablename__ = "read_until"

    person_id: UUID = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE")
    event_id: UUID
    mailed_id: UUID | None = Field(default=None, description="the last event that a digest told")
