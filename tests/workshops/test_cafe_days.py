"""Whole days of a café, invented at random: whatever happens, everybody sits once and what was is never changed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crosslab.workshops.seating import Guest, Rounds, repair, seat

FIRMS = 5


class Day:
    """A café by itself: people by number, who is here, and the seats of every round."""

    def __init__(self, people: int, tables: int, rounds: int, near: int) -> None:
        reach = frozenset({tables - 1})
        self.guests = [
            Guest(
                f"g{n}", f"firm {n % FIRMS}", n if n < tables else None,
                reach if tables <= n < tables + near else frozenset(),
            )
            for n in range(people)
        ]  # fmt: skip
        self.tables, self.rounds, self.begun, self.gone = tables, rounds, 0, set[int]()
        self.plan: Rounds = seat(self.guests, tables, rounds, seconds=0.01)
        self.frozen: Rounds = []

    def begin(self) -> None:
        """A round begins: it is remembered as it was told."""
        self.frozen.append([list(table) for table in self.plan[self.begun]])
        self.begun += 1

    def leave(self, number: int) -> None:
        self.gone.add(number % len(self.guests))

    def come(self) -> None:
        self.guests.append(Guest(f"late {len(self.guests)}", f"firm {len(self.guests) % FIRMS}"))

    def mend(self) -> None:
        self.plan = repair(self.guests, self.plan, begun=self.begun, gone=self.gone, seconds=0.01)

    def here(self) -> list[int]:
        return [n for n in range(len(self.guests)) if n not in self.gone]


happenings = st.lists(st.one_of(st.none(), st.integers(0, 60)), max_size=8)
"""In each pause some leave (a number) and some come (None)."""


@settings(max_examples=60, deadline=None)
@given(st.integers(12, 50), st.integers(2, 6), st.integers(2, 5), st.data())
def test_through_a_whole_day_everybody_sits_once_and_what_was_stays(people, tables, rounds, data):
    day = Day(people, tables, rounds, near=1)
    for _ in range(rounds):
        for each in data.draw(happenings):
            day.come() if each is None else day.leave(each)
        if len(day.here()) < tables:
            return
        day.mend()
        ahead = day.plan[day.begun :]
        assert all(sorted(n for table in turn for n in table) == day.here() for turn in ahead)
        assert day.plan[: day.begun] == day.frozen
        day.begin()


@settings(max_examples=60, deadline=None)
@given(st.integers(12, 50), st.integers(2, 6), st.lists(st.integers(0, 60), max_size=6), st.integers(0, 6))
def test_tables_stay_alike_while_hosts_stay_and_others_can_move(people, tables, leaving, coming):
    day = Day(people, tables, 3, near=0)
    day.begin()
    for number in leaving:
        day.leave(max(tables, number % people))
    for _ in range(coming):
        day.come()
    day.mend()
    for turn in day.plan[1:]:
        sizes = [len(table) for table in turn]
        assert max(sizes) - min(sizes) <= 1
        assert all(host in turn[host] for host in range(tables))


@settings(max_examples=40, deadline=None)
@given(st.integers(14, 40), st.integers(2, 4), st.lists(st.integers(0, 60), max_size=5))
def test_whoever_needs_a_table_without_steps_keeps_one_whatever_happens(people, tables, leaving):
    day = Day(people, tables, 4, near=2)
    day.begin()
    for number in leaving:
        day.leave(number)
    day.mend()
    needing = {tables, tables + 1} - day.gone
    assert all(needing <= set(turn[tables - 1]) for turn in day.plan[1:])
