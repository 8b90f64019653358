"""Budgets are exact: whatever the lines, the parts make the whole and only one rounding happens a partner."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslab.funding import rates
from crosslab.funding.sums import Ask, Cost, total

RATES = st.fractions(min_value=0, max_value=1, max_denominator=rates.LARGEST)
KINDS = st.sampled_from(["staff", "travel", "other"])
COSTS = st.builds(Cost, KINDS, st.integers(1, 7), st.text(max_size=5), st.integers(0, 10**13))
ASKS = st.lists(st.builds(Ask, st.lists(COSTS, max_size=12), RATES), max_size=6)


@given(ASKS)
def test_the_parts_make_the_whole(asks):
    sums = total(asks)

    assert sums.cost == sum(sums.by_category.values()) == sum(sums.by_year.values())
    assert sums.cost == sums.requested + sums.co_finance
    assert sums.requested == sum(ask.requested for ask in asks)


@given(st.lists(COSTS, max_size=12), RATES)
def test_what_is_asked_for_is_at_most_half_a_coin_from_exact(costs, rate):
    ask = Ask(costs, rate)

    assert abs(ask.requested - ask.cost * rate) <= Fraction(1, 2)
    assert 0 <= ask.requested <= ask.cost


def test_half_a_coin_goes_to_the_even_one():
    assert Ask([Cost("staff", 1, "", 5)], Fraction(1, 2)).requested == 2
    assert Ask([Cost("staff", 1, "", 7)], Fraction(1, 2)).requested == 4


@pytest.mark.parametrize(
    ("typed", "mark", "rate"),
    [
        ("45", ".", Fraction(9, 20)),
        ("33,5 %", ",", Fraction(67, 200)),
        ("1/3", ",", Fraction(1, 3)),
        ("100\u202f%", ",", Fraction(1)),
        ("0", ".", Fraction(0)),
    ],
)
def test_a_share_is_read_as_the_reader_writes_it(typed, mark, rate):
    assert rates.parse(typed, mark) == rate


@pytest.mark.parametrize("typed", ["", "a third", "101", "1/0", "33.5", "-5", "2/1", "1/20001", "٤٥"])
def test_a_share_that_is_none_is_refused(typed):
    with pytest.raises(ValueError, match="share"):
        rates.parse(typed, ",")


@given(RATES)
def test_a_percentage_is_shown_only_where_it_is_exact(rate):
    shown = rates.percentage(rate)

    assert shown is None or Fraction(shown) / 100 == rate
