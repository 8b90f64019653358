"""The sums of a budget, exact. Pure: minor units and fractions in, minor units out, rounded once per partner."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Cost:
    """One line of a budget, in minor units."""

    category: str
    year: int
    what: str
    minor: int


@dataclass(frozen=True, slots=True)
class Ask:
    """What one partner costs and asks for. The rate is the exact share of its cost that the grant covers."""

    costs: Sequence[Cost]
    rate: Fraction

    @property
    def cost(self) -> int:
        return sum(cost.minor for cost in self.costs)

    @property
    def requested(self) -> int:
        """Cost times rate, rounded half to even: the only rounding in a budget."""
        return round(self.cost * self.rate)

    @property
    def co_finance(self) -> int:
        """What the partner brings itself."""
        return self.cost - self.requested

    @property
    def by_category(self) -> Counter[str]:
        sums: Counter[str] = Counter()
        for cost in self.costs:
            sums[cost.category] += cost.minor
        return sums

    @property
    def by_year(self) -> Counter[int]:
        sums: Counter[int] = Counter()
        for cost in self.costs:
            sums[cost.year] += cost.minor
        return sums


@dataclass(frozen=True, slots=True)
class Total:
    """What all partners cost and ask for together: the sum of what each partner's page shows."""

    cost: int
    requested: int
    by_category: Counter[str]
    by_year: Counter[int]

    @property
    def co_finance(self) -> int:
        return self.cost - self.requested


def total(asks: Iterable[Ask]) -> Total:
    """The asks of all partners added up."""
    each = list(asks)
    return Total(
        sum(ask.cost for ask in each),
        sum(ask.requested for ask in each),
        sum((ask.by_category for ask in each), Counter()),
        sum((ask.by_year for ask in each), Counter()),
    )
