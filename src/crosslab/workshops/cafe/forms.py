"""What people type around a café."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from crosslab.rules import N_
from crosslab.web.forms import Facts
from crosslab.web.typed import Line, Text
from crosslab.workshops.forms import Words

from .plan import MOST_PEOPLE, MOST_ROUNDS, MOST_TABLES

Told = Annotated[Line, StringConstraints(max_length=200)]


class CafeForm(Facts):
    """The plan of a café."""

    tables: int = Field(default=8, ge=1, le=MOST_TABLES, title=N_("Tables"))
    rounds: int = Field(default=3, ge=1, le=MOST_ROUNDS, title=N_("Rounds"))
    minutes: int = Field(default=20, ge=1, le=180, title=N_("Minutes for each round"))
    staying: bool = Field(
        default=False, title=N_("A host stays at each table and tells what was said before")
    )
    question: Told = Field(
        default="",
        title=N_("One question for all tables"),
        description=N_("Leave it empty and each table keeps its own."),
    )


class RehearsalForm(Facts):
    """A try: so many people at so many tables."""

    people: int = Field(default=40, ge=2, le=MOST_PEOPLE, title=N_("People"))
    tables: int = Field(default=8, ge=1, le=MOST_TABLES, title=N_("Tables"))
    rounds: int = Field(default=3, ge=1, le=MOST_ROUNDS, title=N_("Rounds"))


class TableForm(Facts):
    """A table of the café."""

    question: Told = Field(default="", title=N_("Question of this table"))
    everywhere: bool = Field(default=False, title=N_("Ask it at every table"))
    near: bool = Field(default=False, title=N_("Reached without steps"))
    writer: UUID | None = Field(default=None, title=N_("Who writes its card"))


class HostForm(Facts):
    """Who hosts a table. Nobody is empty."""

    host: UUID | None = Field(default=None, title=N_("Table host"))


class NeedForm(Facts):
    """Whether somebody needs a table without steps."""

    near: bool = Field(default=False, title=N_("Needs a table that is reached without steps"))


class AdmitForm(Facts):
    """People without a phone, or who are expected: a name a line."""

    company: Annotated[Line, StringConstraints(min_length=2, max_length=120)] = Field(title=N_("Company"))
    names: Annotated[Text, StringConstraints(min_length=2, max_length=6000)] = Field(
        title=N_("Names"), description=N_("One on each line.")
    )

    def people(self) -> list[str]:
        """The names, cut to what a card holds."""
        return [line.strip()[:120] for line in self.names.splitlines() if len(line.strip()) > 1]


class TurnForm(Facts):
    """The round that is meant, so that two presses are one."""

    turn: int = Field(ge=1, le=MOST_ROUNDS)


class HarvestForm(Facts):
    """What a table brought out of a round."""

    turn: int = Field(ge=1, le=MOST_ROUNDS, title=N_("Round"))
    at: int = Field(ge=1, le=MOST_TABLES, title=N_("Number of the table"))
    idea: Words = Field(
        title=N_("The idea in one sentence"),
        json_schema_extra={"told": {"missing": N_("Write the idea in one sentence.")}},
    )
    whom: Told = Field(default="", title=N_("Who it is for"))
    needs: Told = Field(default="", title=N_("What it needs"))
    companies: list[UUID] = Field(default_factory=list, title=N_("Who could do it together"))
    seen: int = Field(default=0, ge=0)

    @model_validator(mode="before")
    @classmethod
    def _listed(cls, typed: Any) -> Any:
        """One company ticked is a list of one."""
        named = typed.get("companies", [])
        return {**typed, "companies": named if isinstance(named, list) else [named]}
