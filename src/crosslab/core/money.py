"""Money: integer minor units with a currency, exact. Typed and shown in the reader's own way of writing."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from crosslab.rules import N_

MINOR_DIGITS = {"EUR": 2, "GBP": 2, "NOK": 2, "DKK": 2, "SEK": 2, "CHF": 2, "USD": 2, "ISK": 0, "PLN": 2}
MOST = 10**14
_SPACES = re.compile(r"[\s\u00a0\u202f'’]")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """So many minor units of a currency."""

    minor: int
    currency: str

    @property
    def amount(self) -> Decimal:
        return Decimal(self.minor).scaleb(-MINOR_DIGITS[self.currency])

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError("amounts of two currencies do not add up")
        return Money(self.minor + other.minor, self.currency)


def minor_of(amount: Decimal, currency: str) -> int:
    """The amount in minor units, rounded half to even (IEEE 754 and most accounting rules)."""
    return int(amount.scaleb(MINOR_DIGITS[currency]).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def parse(text: str, currency: str, decimal_mark: str) -> int:
    """What somebody typed, in minor units: `38.400,50`, `38,400.50`, `38 400,50`.

    `decimal_mark` is the reader's own. Raises `ValueError` with a sentence when the text has two meanings or none.
    """
    digits = _SPACES.sub("", text)
    group = "." if decimal_mark == "," else ","
    if digits.count(decimal_mark) > 1 or not _grouped(digits.split(decimal_mark)[0], group):
        raise ValueError(N_("Write the amount with “{mark}” before the decimals, for example {example}."))
    try:
        amount = Decimal(digits.replace(group, "").replace(decimal_mark, "."))
    except InvalidOperation:
        raise ValueError(N_("Write an amount in figures, for example {example}.")) from None
    places = -int(amount.as_tuple().exponent)
    if places > MINOR_DIGITS[currency]:
        raise ValueError(N_("{currency} has {digits} decimals; this has more."))
    if not 0 <= amount.scaleb(MINOR_DIGITS[currency]) < MOST:
        raise ValueError(N_("The amount must be between 0 and {most}."))
    return minor_of(amount, currency)


def _grouped(whole: str, group: str) -> bool:
    """Whether the groups before the decimals are thousands, so that 1,5 is never read as 15."""
    head, *rest = whole.split(group)
    return not rest or (1 <= len(head) <= 3 and all(len(part) == 3 for part in rest))
