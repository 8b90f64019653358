"""What the door itself remembers: which forms were sent, so that none counts twice."""

from datetime import datetime

from sqlmodel import Field

from crosslab.core.tables import Base


class Sent(Base, table=True):
    """A form that was sent. Rows older than a day are swept by a job."""

    token: str = Field(primary_key=True, max_length=40)
    at: datetime = Field(index=True)
