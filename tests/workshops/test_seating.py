"""World-café seating: nobody twice with anybody where a design allows, close to the floor elsewhere, mended live."""

from collections import Counter
from itertools import combinations, product
from math import comb
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosslab.workshops.seating import (
    CannotSeat,
    Guest,
    Rounds,
    changed,
    floor,
    proposal,
    repair,
    seat,
    shuffled,
    worth,
)
from crosslab.workshops.seating.designs import design, transversal
from crosslab.workshops.seating.fields import field
from crosslab.workshops.seating.plan import crowding
from crosslab.workshops.seating.search import Search


def crowd(people: int, tables: int = 0, firms: int = 0) -> list[Guest]:
    """So many people; the first of them host a table each; firms of about the same size."""
    return [
        Guest(f"g{n}", f"firm {n % firms}" if firms else "", n if n < tables else None) for n in range(people)
    ]


def seated(rounds: Rounds) -> list[list[int]]:
    return [sorted(guest for table in turn for guest in table) for turn in rounds]


@pytest.mark.parametrize("order", [2, 3, 4, 5, 7, 8, 9, 11, 13, 16, 25, 27, 32])
def test_a_field_has_an_inverse_for_everything_but_nothing(order: int) -> None:
    sums, products = field(order) or ([], [])
    assert all(sorted(row) == list(range(order)) for row in [*sums, *products[1:]])


@pytest.mark.parametrize("order", [1, 6, 10, 12, 14, 15, 67])
def test_there_is_no_field_of_six_or_ten_and_none_beyond_what_is_asked_for(order: int) -> None:
    assert field(order) is None


@pytest.mark.parametrize(
    ("tables", "many"),
    [(4, 4), (5, 5), (7, 7), (8, 8), (9, 9), (11, 11), (13, 13), (16, 16), (6, 2), (12, 6), (15, 3), (20, 4)],
)
def test_in_a_transversal_design_nobody_meets_twice_and_nobody_but_hosts_stays(
    tables: int, many: int
) -> None:
    rounds = transversal(tables) or []
    guests = crowd(tables * tables, tables)
    assert len(rounds) == many
    assert all(n in turn[n] for turn in rounds for n in range(tables))
    assert (worth(guests, rounds).again, worth(guests, rounds).back) == (0, 0)


@pytest.mark.parametrize(
    ("tables", "size", "rounds"),
    [(5, 3, 7), (7, 4, 6), (7, 4, 9), (8, 4, 5), (8, 4, 10), (5, 4, 5), (4, 4, 5), (9, 3, 8)],
)
def test_known_instances_have_no_repeat(tables: int, size: int, rounds: int) -> None:
    plan = seat(crowd(tables * size), tables, rounds)
    assert len(plan) == rounds
    assert worth(crowd(tables * size), plan).again == 0


def test_a_hundred_people_at_eleven_tables_never_meet_twice_and_colleagues_never_meet() -> None:
    guests = crowd(100, 11, 20)
    plan = seat(guests, 11, 5)
    assert (worth(guests, plan).again, worth(guests, plan).inside, worth(guests, plan).back) == (0, 0, 0)


def test_eleven_tables_are_proposed_instead_of_ten() -> None:
    assert proposal(crowd(100, 10), 10, 5) == 11
    assert proposal(crowd(100, 11), 11, 5) == 11


def test_no_number_of_tables_spares_three_people_two_rounds() -> None:
    assert proposal(crowd(3), 1, 9) is None


@settings(max_examples=40, deadline=None)
@given(st.integers(4, 40), st.integers(1, 8), st.integers(1, 4), st.booleans(), st.integers(0, 9))
def test_everybody_sits_once_a_round_and_tables_are_as_full_as_each_other(
    people: int, tables: int, rounds: int, hosted: bool, seed: int
) -> None:
    tables = min(tables, people)
    guests = crowd(people, tables if hosted else 0, 5)
    plan = seat(guests, tables, rounds, seed=seed, seconds=0.02)
    assert seated(plan) == [list(range(people))] * rounds
    assert all(max(map(len, turn)) - min(map(len, turn)) <= 1 for turn in plan)
    assert all(
        n in turn[guest.hosts] for turn in plan for n, guest in enumerate(guests) if guest.hosts is not None
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 30), st.integers(1, 6), st.integers(1, 4), st.integers(0, 99))
def test_no_plan_goes_below_the_floor(people: int, tables: int, rounds: int, seed: int) -> None:
    guests = crowd(people)
    plan = shuffled(guests, min(tables, people), rounds, Random(seed))
    assert worth(guests, plan).again >= floor(guests, plan)


def test_crowding_counts_the_pairs_that_must_come_together() -> None:
    assert [crowding(*each) for each in ((6, 4), (5, 5), (3, 1), (9, 8))] == [2, 0, 3, 1]
    assert [crowding(*each) for each in ((6, 8, 2), (6, 4, 2), (9, 4, 3), (4, 3, 4))] == [1, 2, 6, 6]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9), st.integers(1, 4), st.integers(0, 9))
def test_crowding_is_what_every_way_of_spreading_people_comes_to_at_least(
    people: int, places: int, stuck: int
) -> None:
    stuck = min(stuck, people)
    ways = (
        Counter([0] * stuck + list(way))
        for way in product(range(places), repeat=people - stuck)
        if places**people < 9e4
    )
    found = min(
        (sum(comb(n, 2) for n in way.values()) for way in ways), default=crowding(people, places, stuck)
    )
    assert crowding(people, places, stuck) == found


def needing(people: int, tables: int, only: set[int], many: int = 1) -> list[Guest]:
    """A crowd of firms of four, whose last ones can reach certain tables alone."""
    guests = crowd(people, tables, people // 4)
    last = range(people - many, people)
    return [
        Guest(g.id, g.organisation, g.hosts, frozenset(only if n in last else ()))
        for n, g in enumerate(guests)
    ]


@pytest.mark.parametrize(
    ("only", "many", "least"),
    [({0}, 1, 10), ({0}, 2, 30), ({0, 1}, 1, 4), ({0, 1, 2, 3, 4}, 1, 0), ({0, 1}, 2, 8)],
)
def test_the_floor_counts_what_those_who_need_a_table_cannot_avoid(
    only: set[int], many: int, least: int
) -> None:
    guests = needing(48, 8, only, many)
    plan = seat(guests, 8, 5, seconds=0.2)
    assert worth(guests, plan).floor == least
    assert worth(guests, plan).again >= least


@pytest.mark.parametrize(("people", "tables", "rounds"), [(48, 8, 5), (30, 7, 3), (40, 7, 4), (60, 9, 5)])
def test_one_who_needs_a_table_leaves_the_design_as_it_is_for_everybody_else(
    people: int, tables: int, rounds: int
) -> None:
    guests = needing(people, tables, {0})
    found = worth(guests, seat(guests, tables, rounds, seconds=0.3))
    assert found.inside == 0
    assert found.again <= found.floor + 2 * rounds


def test_six_rounds_at_twelve_tables_and_three_at_fifteen_bring_nobody_together_twice() -> None:
    for people, tables, rounds in ((96, 12, 6), (90, 15, 3), (300, 60, 3)):
        guests = crowd(people, tables, people // 4)
        assert worth(guests, seat(guests, tables, rounds)).again == 0


def test_what_a_change_costs_is_known_however_often_seats_were_changed() -> None:
    random, guests = Random(2), needing(30, 5, {0, 1})
    told = [
        {n: at for at, table in enumerate(turn) for n in table} for turn in shuffled(guests, 5, 4, random)
    ]
    search = Search(guests, shuffled(guests, 5, 4, random), 1, told, 0.6)
    for _ in range(300):
        turn, one, two = random.choice((1, 2, 3)), random.randrange(5, 29), random.randrange(5, 29)
        if search.at[turn][one] != search.at[turn][two]:
            search.swap(turn, one, two)
    anew = Search(guests, search.rounds, 1, told, 0.6)
    swaps = [(turn, one, two) for turn in (1, 2, 3) for one in range(5, 29) for two in range(5, 29)]
    assert [search.gain(*swap) for swap in swaps] == pytest.approx([anew.gain(*swap) for swap in swaps])


def test_what_a_plan_is_worth_is_counted_one_by_one() -> None:
    guests = [Guest("a", "x"), Guest("b", "x"), Guest("c", "y"), Guest("d", "z", 1)]
    plan = [[[0, 1], [2, 3]], [[0, 1], [2, 3]]]
    counted = worth(guests, plan)
    assert (counted.again, counted.inside, counted.back, counted.met, counted.pairs) == (2, 2, 3, 2, 6)


@pytest.mark.parametrize(
    "guests",
    [[], crowd(2), [Guest("a", hosts=1), Guest("b", hosts=1), Guest("c")], [Guest("a", hosts=7), *crowd(3)]],
)
def test_what_cannot_be_seated_is_refused(guests: list[Guest]) -> None:
    with pytest.raises(CannotSeat):
        seat(guests, 3, 2)


def test_a_repair_leaves_what_has_begun_and_seats_everybody_who_is_here() -> None:
    guests = crowd(60, 10, 12)
    plan = seat(guests, 10, 5)
    gone = {17, 23, 31, 40, 44, 58}
    late = [*guests, Guest("late 1", "firm 1"), Guest("late 2", "firm 2")]
    mended = repair(late, plan, begun=2, gone=gone, seconds=0.3)
    here = sorted(set(range(62)) - gone)
    assert mended[:2] == plan[:2]
    assert seated(mended)[2:] == [here] * 3
    assert all(max(map(len, turn)) - min(map(len, turn)) <= 1 for turn in mended[2:])


def test_a_repair_after_ten_no_shows_keeps_most_announced_seats() -> None:
    guests = crowd(100, 11, 25)
    plan = seat(guests, 11, 5)
    gone = set(Random(1).sample(range(11, 100), 10))
    mended = repair(guests, plan, begun=2, gone=gone, seconds=0.6)
    told = [{g: at for at, table in enumerate(turn) for g in table if g not in gone} for turn in plan]
    assert changed(mended[2:], told[2:]) <= 0.15 * sum(map(len, told[2:]))
    assert worth(guests, mended).inside == 0


def test_the_same_seed_gives_the_same_plan_where_a_design_is_known() -> None:
    guests = crowd(100, 11, 20)
    assert seat(guests, 11, 5, seed=4) == seat(guests, 11, 5, seed=4)


def test_every_design_lists_every_place_once_a_round() -> None:
    for tables, size in combinations(range(2, 14), 2):
        for turn in design(size, tables) or []:
            places = [place for table in turn for place in table]
            assert len(places) == len(set(places)) == size * tables


@settings(max_examples=40, deadline=None)
@given(st.integers(12, 60), st.integers(2, 8), st.integers(1, 4), st.integers(0, 9))
def test_whoever_needs_a_table_that_can_be_reached_sits_at_one_in_every_round(
    people: int, tables: int, rounds: int, seed: int
) -> None:
    near, tables = frozenset({0}), min(tables, people // 3)
    guests = [
        Guest(each.id, each.organisation, each.hosts, near if n in {people - 1, people - 2} else frozenset())
        for n, each in enumerate(crowd(people, tables, 5))
    ]
    plan = seat(guests, tables, rounds, seed=seed, seconds=0.02)
    mended = repair([*guests, Guest("late", only=near)], plan, begun=1, gone={people - 1}, seconds=0.02)
    assert all({people - 1, people - 2} <= set(turn[0]) for turn in plan)
    assert all({people, people - 2} <= set(turn[0]) for turn in mended[1:])


def test_more_people_than_seats_at_a_table_that_can_be_reached_are_refused() -> None:
    guests = [Guest(f"g{n}", only=frozenset({0}) if n < 4 else frozenset()) for n in range(9)]
    with pytest.raises(CannotSeat):
        seat(guests, 3, 2)


def test_a_host_who_leaves_gives_the_table_to_another_who_stays_there_from_then_on() -> None:
    guests = crowd(40, 8, 10)
    plan = seat(guests, 8, 4)
    heir = next(n for n in plan[1][3] if guests[n].hosts is None)
    now = [
        Guest(g.id, g.organisation, 3 if n == heir else None if n == 3 else g.hosts)
        for n, g in enumerate(guests)
    ]
    mended = repair(now, plan, begun=2, gone={3}, seconds=0.1)
    assert mended[:2] == plan[:2]
    assert all(heir in turn[3] for turn in mended[2:])


def test_whoever_was_missing_for_a_round_and_comes_back_sits_once() -> None:
    plan = seat(crowd(20), 4, 4, seconds=0.05)
    without = repair(crowd(20), plan, begun=1, gone={7}, seconds=0.05)
    again = repair(crowd(20), without, begun=2, gone=(), seconds=0.05)
    assert seated(again)[2:] == [list(range(20))] * 2
