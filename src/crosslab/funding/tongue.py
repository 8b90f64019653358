"""Rules, amounts and countries in the reader's language."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from babel import Locale
from babel.numbers import format_currency, format_decimal

from crosslab.core.money import MINOR_DIGITS, Money, minor_of
from crosslab.web import formats
from crosslab.web.languages import Words

from . import rates
from .catalogue import catalogue
from .rule_terms import COUNTRY_SETS, DOCUMENTS


class Tongue:
    """One language, as the words of a rule need it."""

    def __init__(self, words: Words) -> None:
        self.words, self.locale = words, words.language.locale

    def say(self, sentence: str, **facts: Any) -> str:
        return self.words.say(sentence, **facts)

    def money(self, amount: int | str, currency: str) -> str:
        return formats.money(Money(minor_of(Decimal(amount), currency), currency), self.locale)

    def exact(self, minor: int, currency: str) -> str:
        """An amount with all its decimals, so that a column of them lines up."""
        amount = Money(minor, currency).amount
        return str(format_currency(amount, currency, locale=self.locale))

    def percent(self, share: str) -> str:
        return formats.percent(Decimal(share) * 100, self.locale)

    def country(self, code: str) -> str:
        """The name of a country; `EU` is the Union."""
        return str(Locale.parse(self.locale).territories.get(code, code))

    def countries(self, which: str | list[str]) -> str:
        if isinstance(which, str) and which in COUNTRY_SETS:
            return self.say(COUNTRY_SETS[which])
        codes = catalogue().countries[which] if isinstance(which, str) else which
        return ", ".join(self.country(code) for code in codes)

    def documents(self, which: list[str]) -> str:
        return ", ".join(self.say(DOCUMENTS[one]) for one in which)

    def rate(self, rate: Fraction) -> str:
        """A rate as a percentage where that is exact, else as a fraction."""
        return typed_rate(rate, self.locale)


def typed_amount(minor: int, currency: str, locale: str) -> str:
    """An amount as the reader would type it: 38,400.50 · 38.400,50 · 38 400,50."""
    amount, digits = Money(minor, currency).amount, MINOR_DIGITS[currency]
    whole = amount == amount.to_integral_value()
    return format_decimal(amount, "#,##0" if whole else f"#,##0.{'0' * digits}", locale=locale)


def typed_rate(rate: Fraction, locale: str) -> str:
    """A rate as the reader would type it: 33.5% · 33,5 % · 1/3."""
    share = rates.percentage(rate)
    return formats.percent(share, locale) if share is not None else f"{rate.numerator}/{rate.denominator}"
