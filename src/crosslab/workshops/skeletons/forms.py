"""What people type around a business case and its call."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from crosslab.challenges.tables import Audience
from crosslab.rules import N_
from crosslab.web.forms import Facts
from crosslab.web.typed import Line, Name, Text, day_of

from .tables import Brings


def _listed(value: Any) -> Any:
    """One ticked is a list of one."""
    return value if isinstance(value, list) else [value]


def _with_day(typed: Any) -> Any:
    """A day is typed in three fields; none of them is no day."""
    day = day_of(typed, "due_on")
    return {**typed, "due_on": day} if day else typed


class DraftForm(Facts):
    """Which suggestion."""

    origin: Line = Field(max_length=160, title=N_("Suggestion"))


class HandsForm(Facts):
    """Whose it is, by when, and who is in it."""

    company: UUID = Field(title=N_("Company that has it"))
    card: UUID | None = Field(
        default=None,
        title=N_("One person of it"),
        description=N_(
            "Then only this person changes it, and the facilitator. Nobody means everybody there."
        ),
    )
    due_on: date | None = Field(default=None, title=N_("Whole by"))
    companies: Annotated[list[UUID], BeforeValidator(_listed)] = Field(
        default_factory=list,
        title=N_("Companies in it"),
        description=N_(
            "Their people read the business case. Nobody else in the room does. Those whose notes it rests on stay."
        ),
    )
    _day = model_validator(mode="before")(_with_day)


class ActionForm(Facts):
    """What somebody does next."""

    words: Annotated[Line, StringConstraints(min_length=3, max_length=200)] = Field(title=N_("What is done"))
    company: UUID = Field(title=N_("By whom"))
    due_on: date | None = Field(default=None, title=N_("By when"))
    _day = model_validator(mode="before")(_with_day)


class CallForm(Facts):
    """A call to action."""

    title: Name = Field(title=N_("What the call is for"))
    words: Annotated[Text, StringConstraints(max_length=600)] = Field(
        default="",
        title=N_("What you want to do, and what you ask of others"),
        description=N_("This is what others read. The business case itself stays with those in it."),
    )
    seeks: Annotated[Text, StringConstraints(max_length=600)] = Field(
        default="", title=N_("Whom you look for"), description=N_("One on each line, six at most.")
    )
    public: bool = Field(
        default=False,
        title=N_("Also people who were not in the room"),
        description=N_("Then the call has a public page, which names the companies in the business case."),
    )


class InterestForm(Facts):
    """What somebody would bring."""

    organisation: UUID | None = Field(default=None, title=N_("Your organisation"))
    ticks: Annotated[list[Brings], BeforeValidator(_listed)] = Field(
        default_factory=list, title=N_("What you would bring")
    )
    brings: Annotated[Text, StringConstraints(max_length=200)] = Field(default="", title=N_("In your words"))
    seeks: Annotated[Text, StringConstraints(max_length=200)] = Field(
        default="", title=N_("Whom you look for")
    )
    shown: Audience = Field(default=Audience.INTERESTED, title=N_("Who may see this"))


BRINGS: dict[Brings, str] = {
    Brings.PEOPLE: N_("People and time"),
    Brings.KNOW_HOW: N_("Know-how"),
    Brings.EQUIPMENT: N_("Machines and equipment"),
    Brings.PLACE: N_("A place to try it"),
    Brings.CUSTOMERS: N_("Customers"),
    Brings.MONEY: N_("Money"),
}
"""What one can bring, in words."""
