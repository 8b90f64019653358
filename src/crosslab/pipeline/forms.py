"""What a programme manager types about a consortium on the board."""

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from crosslab.rules import N_, Stage
from crosslab.web.forms import Facts
from crosslab.web.typed import Line, Text, day_of

Reason = Annotated[Text, StringConstraints(max_length=600)]
NEEDED = Annotated[Text, StringConstraints(min_length=3, max_length=600)]
PARTS = ("day", "month", "year")


class MoveForm(Facts):
    """Move one stage on or back. The reason is kept with the move."""

    reason: Reason = Field(
        default="", title=N_("Reason"), description=N_("The members read it. It is kept with the move.")
    )
    to: Stage | None = None


class ReviveForm(Facts):
    """Take up again."""

    reason: Reason = Field(default="", title=N_("Reason"), description=N_("The members read it."))


class ReasonForm(Facts):
    """Hold or stop: only with a reason."""

    reason: NEEDED = Field(title=N_("Reason"), description=N_("The members read it."))


def _day(parts: Any) -> date | None:
    return day_of(parts, "next_on") if isinstance(parts, dict) else parts


class NoteForm(Facts):
    """What comes next and by when."""

    next_step: Annotated[Line, StringConstraints(max_length=200)] = Field(
        default="", title=N_("Next step"), description=N_("Only the programme’s managers see it.")
    )
    next_on: Annotated[date | None, BeforeValidator(_day)] = Field(default=None, title=N_("By"))

    @model_validator(mode="before")
    @classmethod
    def _one_day(cls, typed: Any) -> Any:
        """A date is typed in three fields."""
        parts = {f"next_on_{part}": typed.get(f"next_on_{part}", "") for part in PARTS}
        return {**typed, "next_on": parts}
