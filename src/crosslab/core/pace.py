"""How often somebody may ask for what takes long to make. Each process counts for itself, in memory."""

from collections import deque
from datetime import datetime, timedelta
from math import ceil
from threading import Lock
from uuid import UUID

from .clock import now


class Pace:
    """At most `most` askings of one person `within` a time."""

    def __init__(self, most: int, within: timedelta) -> None:
        self.most, self._within = most, within
        self._asked: dict[UUID | None, deque[datetime]] = {}
        self._lock = Lock()

    def rest(self, person: UUID | None) -> int:
        """The whole seconds until the person may ask again."""
        with self._lock:
            times = self._asked.get(person)
            if not times or len(times) < self.most:
                return 0
            return max(1, ceil((times[0] + self._within - now()).total_seconds()))

    def allows(self, person: UUID | None) -> bool:
        """Whether the person may ask now, which then counts. Who is refused need not wait longer for having asked."""
        with self._lock:
            since = now() - self._within
            for each, times in list(self._asked.items()):
                while times and times[0] < since:
                    times.popleft()
                if not times:
                    del self._asked[each]
            times = self._asked.setdefault(person, deque())
            if len(times) >= self.most:
                return False
            times.append(now())
            return True
