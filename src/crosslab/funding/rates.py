"""A rate as people write it, `45 %` or `1/3`, and as an exact fraction. Pure."""

import re
from decimal import Decimal
from fractions import Fraction

from crosslab.rules import N_

_SPACES = re.compile(r"[\s\u00a0\u202f%]")
LARGEST = 10_000
"""The largest denominator: four decimals of a percentage are more than any funder asks for."""


def parse(text: str, decimal_mark: str) -> Fraction:
    """The fraction somebody typed: a percentage in their own way of writing, or numerator/denominator.

    Raises `ValueError` with a sentence when it is neither, or not between nothing and all of the cost.
    """
    typed = _SPACES.sub("", text)
    rate = _ratio(typed) if "/" in typed else _percentage(typed, decimal_mark)
    if rate is None:
        raise ValueError(
            N_("Write the share as a percentage or a fraction, for example 45 or {example} or 1/3.")
        )
    if not 0 <= rate <= 1:
        raise ValueError(N_("The share must be between 0 and 100 %."))
    if rate.denominator > LARGEST:
        raise ValueError(N_("This share is finer than {most} parts. Round it."))
    return rate


def _ratio(typed: str) -> Fraction | None:
    over, _, under = typed.partition("/")
    if not (over.isascii() and over.isdigit() and under.isascii() and under.isdigit()) or int(under) == 0:
        return None
    return Fraction(int(over), int(under))


def _percentage(typed: str, decimal_mark: str) -> Fraction | None:
    mark = re.escape(decimal_mark)
    if not re.fullmatch(rf"[0-9]{{1,3}}({mark}[0-9]{{1,4}})?", typed):
        return None
    return Fraction(Decimal(typed.replace(decimal_mark, "."))) / 100


def percentage(rate: Fraction) -> Decimal | None:
    """The rate as an exact percentage, or None when only the fraction is exact."""
    hundredths = rate * 100 * 100
    return Decimal(hundredths.numerator) / 100 if hundredths.denominator == 1 else None
