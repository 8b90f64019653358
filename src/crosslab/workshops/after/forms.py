"""What people type after a workshop."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from crosslab.rules import N_
from crosslab.web.forms import Facts
from crosslab.web.typed import Email, Line, Text, instant_of

from .tables import Audience, Outcome

AUDIENCES = {
    Audience.ROOM: (
        N_("Those who were there"),
        N_("They see themes, threads and notes with the company. So does whoever runs the workshop."),
    ),
    Audience.EVERYONE: (
        N_("Everyone"),
        N_("Anyone sees themes, figures and who should talk. The words of notes stay with those who were there."),
    ),
}  # fmt: skip
OUTCOMES = {
    Outcome.NOTHING: N_("Nothing yet"),
    Outcome.CONTACT: N_("We have been in contact"),
    Outcome.MEETING: N_("We have met"),
    Outcome.DEAL: N_("We have agreed on something"),
}
"""What came of it, in the words of whoever answers."""


class SummaryForm(Facts):
    """What stands above the results, who may see them, and what is next. Times are in the workshop's zone."""

    summary: Annotated[Text, StringConstraints(min_length=1, max_length=3000)] = Field(
        title=N_("What came of the day"),
        description=N_("A few plain sentences for somebody who was not there. They stand above results and report."),
    )  # fmt: skip
    audience: Audience = Field(
        default=Audience.ROOM, title=N_("Who sees the results once they are published")
    )
    next_words: Annotated[Line, StringConstraints(max_length=300)] = Field(
        default="", title=N_("What is next")
    )
    next_at: datetime | None = Field(default=None, title=N_("When"))

    @model_validator(mode="before")
    @classmethod
    def _when(cls, typed: Any) -> Any:
        """The day is typed in several fields, in the zone that the page adds."""
        at = instant_of(typed, "next_at", typed["zone"])
        return {**typed, "next_at": at} if at else typed


class DaysForm(Facts):
    """In how many days they are asked."""

    days: int = Field(default=30, ge=1, le=180, title=N_("Days from today"))


class AddressForm(Facts):
    """An address that is put right."""

    email: Email = Field(title=N_("E-mail"))


def _several(value: Any) -> Any:
    return value if isinstance(value, list) else [value] if value else []


class AnswerForm(Facts):
    """Three questions, weeks later."""

    outcome: Outcome = Field(
        title=N_("What came of it for you?"), json_schema_extra={"told": {"missing": N_("Choose one of the answers.")}}
    )  # fmt: skip
    companies: Annotated[list[UUID], BeforeValidator(_several)] = Field(
        default=[], title=N_("With whom?"), description=N_("Choose as many as you like, or none.")
    )
    words: Annotated[Line, StringConstraints(max_length=300)] = Field(
        default="",
        title=N_("In a sentence, if you like"),
        description=N_("Whoever runs the workshop reads it, with your company and without your name."),
    )
