"""What was saved of a step, as somebody would type it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from crosslab.core.money import MINOR_DIGITS
from crosslab.web.formats import number

from .brief import Step
from .steps import DATES, FORMS, Told
from .tables import Challenge


def filled(challenge: Challenge, step: Step, locale: str) -> Told:
    """What was saved of a step, as somebody would type it."""
    fill = FILLS.get(step)
    if fill:
        return fill(challenge, locale)
    return {name: getattr(challenge, name) or "" for name in FORMS[step].model_fields}


def _fill_situation(c: Challenge, _locale: str) -> Told:
    return {"situation": c.situation, **_numbered(c.figures, label="name", figure="words")}


def _fill_asks(c: Challenge, _locale: str) -> Told:
    sizes = {"size_from": c.size_from or "", "size_to": c.size_to or ""}
    return {**sizes, **{f"ask_{n}": ask for n, ask in enumerate(c.asks, 1)}}


def _fill_brings(c: Challenge, locale: str) -> Told:
    typed = {"currency": c.currency, **_numbered(c.brings, bring="name", words="words")}
    if c.budget_minor is not None:
        typed["budget"] = number(Decimal(c.budget_minor).scaleb(-MINOR_DIGITS[c.currency]), locale)
    return typed


def _fill_dates(c: Challenge, _locale: str) -> Told:
    typed: Told = {"zone": c.zone}
    for name, column in DATES.items():
        at = getattr(c, column)
        if at:
            local = at.astimezone(ZoneInfo(c.zone))
            typed |= {f"{name}_day": local.day, f"{name}_month": local.month, f"{name}_year": local.year}
            typed[f"{name}_time"] = f"{local:%H:%M}"
    return typed


def _fill_criteria(c: Challenge, _locale: str) -> Told:
    return _numbered(
        [{**one, "weight": one["weight"] or ""} for one in c.criteria], criterion="name", weight="weight"
    )


def _numbered(rows: list[dict[str, Any]], **columns: str) -> Told:
    return {f"{field}_{n}": row[key] for n, row in enumerate(rows, 1) for field, key in columns.items()}


FILLS: dict[Step, Callable[[Challenge, str], Told]] = {
    Step.SITUATION: _fill_situation,
    Step.ASKS: _fill_asks,
    Step.BRINGS: _fill_brings,
    Step.DATES: _fill_dates,
    Step.CRITERIA: _fill_criteria,
}
