"""The wizard's forms: what may be typed in each step, and how it becomes facts.

Nothing is required here. What is missing is told on the page that checks the answers.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from crosslab.people.words import SECTORS
from crosslab.rules import N_
from crosslab.web.forms import Facts
from crosslab.web.typed import Amount, Line, Mistake, Text, instant_of

from .brief import Step
from .tables import IpTerms
from .vocabulary import CURRENCIES, TONGUES, ZONES, rights

Told = dict[str, Any]
FIGURES, ASKS, BRINGS, CRITERIA = 4, 5, 5, 6
CHOOSE = N_("Choose one of the answers.")


def _one_of(names: Callable[[], Any]) -> BeforeValidator:
    def check(value: Any) -> Any:
        if value and value not in names():
            raise Mistake(CHOOSE)
        return value

    return BeforeValidator(check)


def _rows(model: Facts, first: str, second: str, most: int) -> list[dict[str, str]]:
    """Two columns of fields as a list of rows, without those left empty."""
    pairs = [(getattr(model, f"{first}_{n}"), getattr(model, f"{second}_{n}")) for n in range(1, most + 1)]
    return [{"name": name, "words": words} for name, words in pairs if name or words]


class StepForm(Facts):
    """A step. `fields` turns it into the columns it sets."""

    def told(self) -> Told:
        return {name: getattr(self, name) for name in type(self).model_fields}


class QuestionStep(StepForm):
    """The question."""

    question: Line = Field(
        default="", max_length=120, title=N_("Your challenge, as a question"),
        description=N_("Sixty characters read best. People decide here whether to read on."),
    )  # fmt: skip
    lead: Text = Field(
        default="", max_length=400, title=N_("What it is about, in two sentences"),
        description=N_("Say what there is, and what you hope to hear."),
    )  # fmt: skip
    sector: Annotated[str, _one_of(lambda: SECTORS)] = Field(default="", title=N_("Sector"))
    language: Annotated[str, _one_of(lambda: TONGUES)] = Field(
        default="en", title=N_("The language you write in")
    )


class SituationStep(StepForm):
    """The situation and its figures."""

    situation: Text = Field(
        default="", max_length=4000, title=N_("What is so today"),
        description=N_("The place, its use, its limits. What you do not want belongs here too."),
    )  # fmt: skip
    figure_1: Line = Field(default="", max_length=30)
    figure_2: Line = Field(default="", max_length=30)
    figure_3: Line = Field(default="", max_length=30)
    figure_4: Line = Field(default="", max_length=30)
    label_1: Line = Field(default="", max_length=80)
    label_2: Line = Field(default="", max_length=80)
    label_3: Line = Field(default="", max_length=80)
    label_4: Line = Field(default="", max_length=80)

    def told(self) -> Told:
        return {"situation": self.situation, "figures": _rows(self, "label", "figure", FIGURES)}


class AsksStep(StepForm):
    """What is asked for, and of how many."""

    ask_1: Text = Field(default="", max_length=400)
    ask_2: Text = Field(default="", max_length=400)
    ask_3: Text = Field(default="", max_length=400)
    ask_4: Text = Field(default="", max_length=400)
    ask_5: Text = Field(default="", max_length=400)
    size_from: int | None = Field(default=None, ge=2, le=30, title=N_("Fewest organisations in a consortium"))
    size_to: int | None = Field(default=None, ge=2, le=30, title=N_("Most organisations in a consortium"))

    @field_validator("size_to")
    @classmethod
    def _most_is_not_less(cls, value: int | None, info: ValidationInfo) -> int | None:
        least = info.data.get("size_from")
        if value is not None and least is not None and value < least:
            raise Mistake(N_("This is less than the fewest, {least}."), least=least)
        return value

    def told(self) -> Told:
        asks = [ask for n in range(1, ASKS + 1) if (ask := getattr(self, f"ask_{n}"))]
        return {"asks": asks, "size_from": self.size_from, "size_to": self.size_to}


class BringsStep(StepForm):
    """What the host brings, money among it."""

    bring_1: Line = Field(default="", max_length=60)
    bring_2: Line = Field(default="", max_length=60)
    bring_3: Line = Field(default="", max_length=60)
    bring_4: Line = Field(default="", max_length=60)
    bring_5: Line = Field(default="", max_length=60)
    words_1: Text = Field(default="", max_length=300)
    words_2: Text = Field(default="", max_length=300)
    words_3: Text = Field(default="", max_length=300)
    words_4: Text = Field(default="", max_length=300)
    words_5: Text = Field(default="", max_length=300)
    currency: Annotated[str, _one_of(lambda: CURRENCIES)] = Field(default="GBP", title=N_("Currency"))
    budget: Amount | None = Field(
        default=None, title=N_("Money you can put in"),
        description=N_("Leave it empty when there is none, or when you do not want to say."),
    )  # fmt: skip

    def told(self) -> Told:
        brings = _rows(self, "bring", "words", BRINGS)
        return {"brings": brings, "currency": self.currency, "budget_minor": self.budget}


class PictureStep(StepForm):
    """The picture's label and rights. The file comes beside it."""

    image_title: Line = Field(
        default="", max_length=120, title=N_("Title on the label"),
        description=N_("For example: Plan of the amphitheatre, ink on paper, 1906"),
    )  # fmt: skip
    image_alt: Text = Field(
        default="", max_length=400, title=N_("What can be seen"),
        description=N_("For people who do not see the picture. Say what matters in it."),
    )  # fmt: skip
    image_decorative: bool = Field(
        default=False, title=N_("The picture is decoration and says nothing the text does not say")
    )
    image_credit: Line = Field(
        default="", max_length=200, title=N_("Whose picture it is"),
        description=N_("Maker, house and inventory number."),
    )  # fmt: skip
    image_rights: Annotated[str, _one_of(rights)] = Field(default="", title=N_("What others may do with it"))


class TermsStep(StepForm):
    """Who owns what."""

    ip_terms: IpTerms | None = Field(default=None, title=N_("Who owns what is made"))
    ip_note: Text = Field(
        default="", max_length=1000, title=N_("In your own words"),
        description=N_("For example: for how long and where you would use it."),
    )  # fmt: skip


def _instant(value: Any, info: ValidationInfo) -> datetime | None:
    if not isinstance(value, dict):
        return None
    return instant_of(value, "at", str(info.data.get("zone") or "Europe/London"))


Instant = Annotated[datetime | None, BeforeValidator(_instant)]
DATES: dict[str, str] = {
    "workshop": "workshop_at", "closes": "closes_at", "develop": "develop_until", "decides": "decides_at"
}  # fmt: skip
"""The dates as they are typed and as they are kept."""


class DatesStep(StepForm):
    """The dates, all in one zone."""

    parts: ClassVar[tuple[str, ...]] = ("day", "month", "year", "time")

    zone: Annotated[str, _one_of(lambda: ZONES)] = Field(
        default="Europe/London", title=N_("Time zone"), description=N_("All dates here are in this zone.")
    )
    closes: Instant = Field(default=None, title=N_("Deadline for interest"))
    workshop: Instant = Field(default=None, title=N_("Workshop"))
    develop: Instant = Field(default=None, title=N_("You develop together until"))
    decides: Instant = Field(default=None, title=N_("Funding decision"))

    @model_validator(mode="before")
    @classmethod
    def _gathered(cls, typed: Any) -> Any:
        made = dict(typed)
        for name in DATES:
            made[name] = {f"at_{part}": typed.get(f"{name}_{part}", "") for part in cls.parts}
        return made

    def told(self) -> Told:
        return {"zone": self.zone, **{column: getattr(self, name) for name, column in DATES.items()}}


class CriteriaStep(StepForm):
    """Criteria and their weights in hundredths."""

    criterion_1: Line = Field(default="", max_length=120)
    criterion_2: Line = Field(default="", max_length=120)
    criterion_3: Line = Field(default="", max_length=120)
    criterion_4: Line = Field(default="", max_length=120)
    criterion_5: Line = Field(default="", max_length=120)
    criterion_6: Line = Field(default="", max_length=120)
    weight_1: int | None = Field(default=None, ge=1, le=100)
    weight_2: int | None = Field(default=None, ge=1, le=100)
    weight_3: int | None = Field(default=None, ge=1, le=100)
    weight_4: int | None = Field(default=None, ge=1, le=100)
    weight_5: int | None = Field(default=None, ge=1, le=100)
    weight_6: int | None = Field(default=None, ge=1, le=100)

    @field_validator("weight_1", "weight_2", "weight_3", "weight_4", "weight_5", "weight_6", mode="before")
    @classmethod
    def _without_sign(cls, value: Any) -> Any:
        return value.strip().removesuffix("%").strip() if isinstance(value, str) else value

    def told(self) -> Told:
        rows = [
            (getattr(self, f"criterion_{n}"), getattr(self, f"weight_{n}")) for n in range(1, CRITERIA + 1)
        ]
        return {
            "criteria": [{"name": name, "weight": weight or 0} for name, weight in rows if name or weight]
        }


class DecidersStep(StepForm):
    """Who decides, and what follows."""

    deciders: Text = Field(
        default="", max_length=600, title=N_("Who decides"),
        description=N_("Names or offices. They are on the public page."),
    )  # fmt: skip
    contact: Line = Field(
        default="", max_length=200, title=N_("Contact"),
        description=N_("An office and a telephone number, if you wish. Questions come in public."),
    )  # fmt: skip
    may_procure: bool = Field(
        default=False, title=N_("We may buy what comes out of this"),
        description=N_("Then everyone must know the same: questions and answers are public, and you keep a record."),
    )  # fmt: skip


FORMS: dict[Step, type[StepForm]] = {
    Step.QUESTION: QuestionStep,
    Step.SITUATION: SituationStep,
    Step.ASKS: AsksStep,
    Step.BRINGS: BringsStep,
    Step.PICTURE: PictureStep,
    Step.TERMS: TermsStep,
    Step.DATES: DatesStep,
    Step.CRITERIA: CriteriaStep,
    Step.DECIDERS: DecidersStep,
}
