"""The outline of a business case: the five questions of the wall, the lean canvas, and what heritage asks for.

Ten fields are required before it is whole; everything may stay empty while it is worked on.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from crosslab.core.money import MINOR_DIGITS
from crosslab.rules import N_
from crosslab.web.formats import number
from crosslab.web.forms import Facts
from crosslab.web.typed import Amount, Mistake, Name, Text

from .tables import Skeleton

LIMIT = 600
CURRENCIES = ("GBP", "EUR", "NOK", "DKK", "SEK", "CHF")
Words = Annotated[Text, StringConstraints(max_length=LIMIT)]


def _level(value: Any) -> Any:
    if value and str(value) not in set("123456789"):
        raise Mistake(N_("A level from 1 to 9."))
    return value


Level = Annotated[str, BeforeValidator(_level)]


class OutlineForm(Facts):
    """A business case in outline, as it is typed."""

    title: Name = Field(title=N_("Title"))

    network: Words = Field(default="", title=N_("What the companies gain by doing it together"))
    improve: Words = Field(
        default="",
        title=N_("Products or services it improves"),
        description=N_("One on each line."),
    )
    customers: Words = Field(
        default="", title=N_("Further customers it reaches"), description=N_("One group on each line.")
    )
    together: Words = Field(default="", title=N_("What you would do together"))
    gain_us: Words = Field(default="", title=N_("What that brings you"))
    gain_them: Words = Field(default="", title=N_("What that brings the others"))
    abroad: Words = Field(
        default="",
        title=N_("Chances abroad"),
        description=N_("The country and the chance, one on each line."),
    )
    help: Words = Field(default="", title=N_("Help you would need abroad"))

    problem: Words = Field(default="", title=N_("The problem"))
    alternatives: Words = Field(default="", title=N_("How it is solved today"))
    segments: Words = Field(default="", title=N_("Who pays, and who tries it first"))
    value: Words = Field(default="", title=N_("What is unlike everything else"))
    solution: Words = Field(default="", title=N_("The answer"))
    channels: Words = Field(default="", title=N_("How customers hear of it"))
    revenue: Words = Field(default="", title=N_("Where money comes in"))
    costs: Words = Field(default="", title=N_("What it costs"))
    metrics: Words = Field(default="", title=N_("What you would measure"))
    advantage: Words = Field(default="", title=N_("What others cannot copy"))

    public_value: Words = Field(default="", title=N_("What the public gains"))
    fit: Words = Field(default="", title=N_("How it answers the challenge"))
    offering: Words = Field(
        default="",
        title=N_("Who brings what"),
        description=N_("One company on each line. Say what is whose."),
    )
    trl: Level = Field(
        default="",
        title=N_("How ready the technology is"),
        description=N_("Technology readiness level, 1 (an idea) to 9 (in use)."),
    )
    srl: Level = Field(
        default="",
        title=N_("How ready people are for it"),
        description=N_("Societal readiness level, 1 (an idea) to 9 (in use)."),
    )
    pilot: Words = Field(default="", title=N_("How you would try it"))
    resources: Words = Field(default="", title=N_("What is there already, in kind or in hours"))
    risks: Words = Field(default="", title=N_("What could go wrong"))
    decisions: Words = Field(default="", title=N_("What has to be decided, and by whom"))
    currency: str = Field(default="EUR", pattern=f"^({'|'.join(CURRENCIES)})$", title=N_("Currency"))
    income: Amount | None = Field(default=None, title=N_("Income in the first year"))
    cost: Amount | None = Field(default=None, title=N_("Cost in the first year"))
    version: int = Field(default=0)


FIVE: dict[str, tuple[str, ...]] = {
    "A": ("network",),
    "B": ("improve",),
    "C": ("customers",),
    "D": ("together", "gain_us", "gain_them"),
    "E": ("abroad", "help"),
}
"""The fields that answer each question of the wall."""
CANVAS = (
    *("problem", "alternatives", "segments", "value", "solution"),
    *("channels", "revenue", "costs", "metrics", "advantage"),
)
HERITAGE = ("public_value", "fit", "offering", "pilot", "resources", "risks", "decisions")
LEVELS = ("trl", "srl")
REQUIRED = (
    *("network", "improve", "customers", "together", "abroad"),
    *("problem", "value", "solution", "offering", "pilot"),
)
SAID = (*(name for names in FIVE.values() for name in names), *CANVAS, *HERITAGE, *LEVELS)
"""Every field that holds words."""
PARTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("five", N_("The five questions"), tuple(name for names in FIVE.values() for name in names)),
    ("canvas", N_("The model"), CANVAS),
    ("heritage", N_("Heritage, and the way there"), (*HERITAGE, *LEVELS)),
)
"""Key, name and fields of each part."""
NAMES: dict[str, str] = {name: field.title or name for name, field in OutlineForm.model_fields.items()}


def filled(said: Mapping[str, str]) -> int:
    """How many of the required fields are filled."""
    return sum(bool(said.get(name, "").strip()) for name in REQUIRED)


def completeness(said: Mapping[str, str]) -> int:
    """How whole an outline is, in whole percent of the required fields."""
    return 100 * filled(said) // len(REQUIRED)


def told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The checked form as the action takes it: words by field, amounts in minor units."""
    return {
        "title": facts["title"],
        "version": facts["version"],
        "said": {name: facts[name] for name in SAID if facts[name]},
        "currency": facts["currency"],
        "income_minor": facts["income"],
        "cost_minor": facts["cost"],
    }


def typed(skeleton: Skeleton, locale: str) -> dict[str, Any]:
    """A business case in the fields it is typed in."""
    amounts = {"income": skeleton.income_minor, "cost": skeleton.cost_minor}
    digits = MINOR_DIGITS[skeleton.currency]
    return {
        "title": skeleton.title,
        "currency": skeleton.currency,
        "version": skeleton.version,
        **skeleton.said,
        **{
            name: number(Decimal(minor).scaleb(-digits), locale)
            for name, minor in amounts.items()
            if minor is not None
        },
    }


def day_typed(name: str, day: date | None) -> dict[str, str]:
    """A day in the three fields it is typed in."""
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")} if day else {}
