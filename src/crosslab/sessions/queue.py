"""Until when a place is kept for somebody: arithmetic alone.

A place that is kept is a place that nobody else has, so it is kept no longer than half of what is left until the
session begins: then there is time for the next in the queue.
"""

from datetime import datetime, timedelta

TO_PROVE, TO_ANSWER = timedelta(hours=2), timedelta(hours=24)
LEAST_TO_PROVE, LEAST_TO_ANSWER = timedelta(minutes=15), timedelta(minutes=30)
UNPROVEN_WAITS = timedelta(hours=24)


def free_places(capacity: int | None, taken: int) -> int | None:
    """How many places are free; None for as many as come. Never below none, also when a room has shrunk."""
    return None if capacity is None else max(0, capacity - taken)


def prove_by(at: datetime, starts_at: datetime) -> datetime:
    """Until when an e-mail address can be shown to be one's own: two hours, less when the session is near."""
    return at + max(LEAST_TO_PROVE, min(TO_PROVE, (starts_at - at) / 2))


def answer_by(at: datetime, starts_at: datetime) -> datetime | None:
    """Until when somebody who waited can take the place: a day, less when the session is near.

    None when there is no time to ask: then the place is theirs without.
    """
    given = min(TO_ANSWER, (starts_at - at) / 2)
    return at + given if given >= LEAST_TO_ANSWER else None
