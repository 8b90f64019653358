"""What a person may type into an application and its budget."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationInfo, create_model

from crosslab.core.errors import Refused
from crosslab.core.money import MINOR_DIGITS
from crosslab.rules import N_
from crosslab.web.formats import decimal_mark
from crosslab.web.forms import Facts
from crosslab.web.typed import Amount, Line, Mistake, Name, Text, day_of

from . import rates
from .sums import Cost
from .tables import CostCategory

MOST_YEARS = 7
SPARE_ROWS = 3

CATEGORY_NAMES = {
    CostCategory.STAFF: N_("Staff"),
    CostCategory.SUBCONTRACTING: N_("Subcontracting"),
    CostCategory.TRAVEL: N_("Travel"),
    CostCategory.EQUIPMENT: N_("Equipment"),
    CostCategory.MATERIALS: N_("Materials"),
    CostCategory.OTHER: N_("Other direct costs"),
    CostCategory.OVERHEADS: N_("Overheads"),
}

Currency = Literal["EUR", "GBP", "NOK", "DKK", "SEK", "CHF", "USD", "ISK", "PLN"]
CURRENCIES = tuple(MINOR_DIGITS)
Months = Annotated[int, Field(ge=1, le=120)]


def _day(_value: object, info: ValidationInfo) -> date | None:
    return day_of(info.data, "starts_on")


class DetailsForm(Facts):
    """What the project is called, when it begins, how long it lasts."""

    title: Name = Field(
        title=N_("Title of the project"),
        json_schema_extra={"told": {"missing": N_("Give the project a title.")}},
    )
    acronym: Annotated[Line, StringConstraints(max_length=20)] = Field(
        default="", title=N_("Short name"), description=N_("An acronym, if the funder asks for one.")
    )
    language: Literal["en", "de", "no"] = Field(
        default="en",
        title=N_("Language of the application"),
        description=N_("The printed application has its headings and figures in this language."),
    )
    starts_on_day: str = ""
    starts_on_month: str = ""
    starts_on_year: str = ""
    starts_on: Annotated[date | None, BeforeValidator(_day)] = Field(
        default=None,
        validate_default=True,
        title=N_("First day of the project"),
        description=N_("For example 1 5 2027"),
    )
    months: Months = Field(default=12, title=N_("Length in months"))


class StartForm(DetailsForm):
    """Begin an application."""

    scheme: Line = Field(
        title=N_("Funding programme"),
        json_schema_extra={"told": {"*": N_("Choose the programme you apply to.")}},
    )
    currency: Annotated[Currency | None, Field()] = Field(
        default=None,
        title=N_("Currency"),
        description=N_("Leave it as it is to use the programme's own."),
    )


def said_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts for an action, without the three fields that made up the day."""
    return {name: value for name, value in facts.items() if not name.startswith("starts_on_")}


class SectionForm(Facts):
    """One section's text. `version` is the one the writer has read."""

    text: Annotated[Text, StringConstraints(max_length=40_000)] = Field(default="", title=N_("Your text"))
    version: int = 1


class SignForm(Facts):
    """A signature names exactly what was seen."""

    digest: Annotated[Line, StringConstraints(min_length=64, max_length=64)]


class SubmitForm(Facts):
    """Record that it went out."""

    reference: Annotated[Line, StringConstraints(min_length=2, max_length=80)] = Field(
        title=N_("The funder's reference"),
        description=N_("The number or name the funder's portal gave you, for example NL-26-00417."),
        json_schema_extra={"told": {"missing": N_("Write the reference the funder gave you.")}},
    )


class AwardForm(Facts):
    """Record the award."""

    currency: Currency = "GBP"
    amount: Amount = Field(
        title=N_("Amount awarded"),
        json_schema_extra={"told": {"missing": N_("Write how much was awarded.")}},
    )
    note: Annotated[Text, StringConstraints(max_length=1000)] = Field(
        default="", title=N_("Conditions"), description=N_("What the funder attached to the award.")
    )


class ReasonForm(Facts):
    """Why it ended."""

    reason: Annotated[Text, StringConstraints(max_length=1000)] = Field(
        title=N_("Reason"),
        description=N_("The partners read this."),
        json_schema_extra={"told": {"missing": N_("Say why, in a sentence or two.")}},
    )


def _share(value: Any, info: ValidationInfo) -> Fraction:
    mark = decimal_mark((info.context or {}).get("locale", "en_GB"))
    try:
        return rates.parse(str(value), mark)
    except ValueError as wrong:
        raise Mistake(str(wrong), example=f"33{mark}5", most=rates.LARGEST) from None


def _costs_something(value: int | None, info: ValidationInfo) -> int | None:
    """A line that says what it is for also says what it costs, and the other way round."""
    what = info.data.get(f"what_{str(info.field_name).rpartition('_')[2]}")
    if what and value is None:
        raise Mistake(N_("Write what “{what}” costs."), what=what)
    if value is not None and not what:
        raise Mistake(N_("Say what this cost is for."))
    return value


class BudgetForm(Facts):
    """A partner's budget without its lines, which are added one by one: see `budget_form`."""

    currency: Currency = "GBP"
    version: int = 1
    rate: Annotated[Fraction, BeforeValidator(_share)] = Field(
        title=N_("Share you ask for"),
        description=N_("What part of your costs the grant is to cover: a percentage such as 45, or 1/3."),
        json_schema_extra={"told": {"missing": N_("Write the share you ask for.")}},
    )  # fmt: skip
    no_costs: bool = Field(default=False, title=N_("We take part without costs"))
    note: Annotated[Text, StringConstraints(max_length=600)] = Field(
        default="", title=N_("Note"), description=N_("How you reckoned. The partners and the programme read it.")
    )  # fmt: skip


@cache
def budget_form(rows: int) -> type[BudgetForm]:
    """The form of a budget with this many lines."""
    fields: dict[str, Any] = {}
    for n in range(1, rows + 1):
        fields[f"category_{n}"] = (CostCategory, Field(default=CostCategory.STAFF, title=N_("Category")))
        fields[f"year_{n}"] = (Annotated[int, Field(ge=1, le=MOST_YEARS)], Field(default=1, title=N_("Year")))
        fields[f"what_{n}"] = (
            Annotated[Line, StringConstraints(max_length=160)],
            Field(default="", title=N_("What for")),
        )
        fields[f"cost_{n}"] = (
            Annotated[Amount | None, AfterValidator(_costs_something)],
            Field(default=None, validate_default=True, title=N_("Cost")),
        )
    return create_model(f"BudgetForm{rows}", __base__=BudgetForm, **fields)


def rows_in(typed: Mapping[str, Any]) -> int:
    """How many lines were posted."""
    numbers = [int(name[5:]) for name in typed if name.startswith("what_") and name[5:].isdigit()]
    if len(numbers) > 200:
        raise Refused(N_("A budget has at most {most} lines. Join small ones."), most=60)
    return max([n for n in numbers if n <= 200], default=0)


def costs_of(facts: Mapping[str, Any], rows: int) -> list[Cost]:
    """The lines that say something, in the order they were typed."""
    return [
        Cost(facts[f"category_{n}"], facts[f"year_{n}"], facts[f"what_{n}"], facts[f"cost_{n}"])
        for n in range(1, rows + 1)
        if facts[f"cost_{n}"] is not None
    ]
