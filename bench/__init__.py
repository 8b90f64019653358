"""The figures that the house promises, each measured by a file of its own here: `make bench`.

How a figure is measured:

* One file, one figure. Its docstring says what is promised, and how it is measured.
* A promise is a ratio of two measurements taken in turns in one run, or a count (statements, bytes): the
  machine is shared, and a number of milliseconds says more about it than about us.
* The database is PostgreSQL, filled by the file itself, and the page is asked for as a signed-in person.
* It prints one line by `promise`, and a broken promise ends the run with an error.
"""

import sys
from collections.abc import Callable
from time import process_time

Work = Callable[[], object]


def promise(what: str, measured: float, at_most: float, unit: str = "×") -> None:
    """Print the figure beside what was promised. Ends the run when the promise is broken."""
    held = measured <= at_most
    print(f"{'✓' if held else '✗'} {what}: {measured:,.1f} {unit}, promised at most {at_most:,.1f} {unit}")
    if not held:
        sys.exit(1)


def ratio(large: Work, small: Work, turns: int = 15) -> float:
    """How many times the processor time of `small` does `large` take: the best of each, measured in turns.

    The best of many is what the code costs; everything above it is what else the machine was doing.
    """
    large(), small()
    pairs = [(_cost(large), _cost(small)) for _ in range(turns)]
    return min(cost for cost, _ in pairs) / min(cost for _, cost in pairs)


def _cost(work: Work) -> float:
    started = process_time()
    work()
    return process_time() - started
