"""What takes long to make, made once for all who ask for the same, and kept until newer things need its place."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock


@dataclass(eq=False, slots=True)
class _Place:
    """One thing, once it is made; whoever asks meanwhile waits here."""

    turn: Lock = field(default_factory=Lock)
    made: bytes | None = None


class Shelf:
    """The last `most` things that were asked for, in the memory of this process.

    A key must say everything that the thing shows: what changed has another key, so nothing old is ever handed out.
    Who may have it is asked before, each time.
    """

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._places: dict[str, _Place] = {}

    def of(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The thing. Of many who ask at once the first one makes it; where that fails, the next one tries."""
        place = self._place(key)
        with place.turn:
            if place.made is None:
                place.made = make()
            return place.made

    def _place(self, key: str) -> _Place:
        with self._lock:
            place = self._places.pop(key, None) or _Place()
            self._places[key] = place
            for old in list(self._places)[: -self._most]:
                del self._places[old]
            return place
