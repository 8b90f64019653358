"""Which consortia a manager wants to see, in which order: the query of the board's address. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal
from urllib.parse import urlencode

from crosslab.rules import Stage

SORTS = ("ref", "name", "stage", "since")
Flag = Literal["", "decide", "stalled", "held"]


@dataclass(frozen=True, slots=True)
class Filters:
    """A view of the pipeline. A value that is none of ours is left out."""

    view: str = "board"
    q: str = ""
    challenge: str = ""
    sector: str = ""
    stage: str = ""
    only: str = ""
    sort: str = "ref"
    way: str = "up"
    after: str = ""

    @classmethod
    def of(cls, typed: Mapping[str, Any]) -> "Filters":
        """The filters of a query string."""
        given = {name: str(typed.get(name, ""))[:80] for name in asdict(cls())}
        allowed = {
            "view": ("board", "table"),
            "stage": tuple(Stage),
            "only": ("decide", "stalled", "held"),
            "sort": SORTS,
            "way": ("up", "down"),
        }
        known = {
            name: value for name, value in given.items() if value and value in allowed.get(name, (value,))
        }
        return cls(**known)

    def query(self, **changes: str) -> str:
        """The query string of this view with something changed. Another filter begins again at the top."""
        asked = replace(self, **({"after": ""} | changes))
        said = {name: value for name, value in asdict(asked).items() if value != getattr(Filters(), name)}
        return f"?{urlencode(said)}" if said else "?"

    def sorted_by(self, key: str) -> str:
        """The query string that sorts by a column, or turns the order round."""
        return self.query(sort=key, way="down" if (self.sort, self.way) == (key, "up") else "up")

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return any((self.q, self.challenge, self.sector, self.stage, self.only))
