"""Takes one check at a time out of rules and formats and looks whether a test notices. What none notices survives.

    python tools/mutate.py                  all mutants, two processes
    python tools/mutate.py --part 3 --of 12 every twelfth, from the third on: what the suite runs
    python tools/mutate.py --only ownership those whose name holds this, or one of several with commas between

What a mutant is stands in `mutants.py`. The tests are collected and run once, to learn which function each of them
calls; then every mutant runs in a forked copy, where only the functions' code is exchanged, against the tests that
call it, until one fails.

Survivors that cannot be killed stand in `tests/mutants.txt` with the reason. Any other survivor, and any line of
that file that is no survivor any more, is a failure.
"""

import argparse
import gc
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType, FunctionType

import pytest
from hypothesis import settings
from mutants import PACKAGE, Mutant, exchange, mutants

ROOT = Path(__file__).parents[1]
EXPLAINED = ROOT / "tests/mutants.txt"
FORMATS = "manifest grants tlog shares filenames note cj chains ids tiles merkle returns"
RULES = ["replay/*.py", "statements/*.py", *(f"{each}.py" for each in FORMATS.split())]
SKIPPED = {"__init__.py", "view.py"}
NAMED = """access cj edges forms log notes ownership refusals releases replay returns sealing single_rules statements
attack_json attack_log attack_notes attack_ownership attack_swaps"""
TESTS = [
    "tests/vectors/test_golden.py",
    "tests/vectors/test_merkle.py",
    *(f"tests/ip_vault/test_{each}.py" for each in NAMED.split()),
]
MOST_SECONDS = 60
QUIET = [
    "-o",
    "addopts=",
    "-p",
    "no:terminal",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:randomly",
    "-p",
    "no:xdist",
    "-p",
    "no:timeout",  # it takes the alarm for itself, and is more patient
]
SURVIVED, KILLED, IMPOSSIBLE = 0, 1, 3


class Judge:
    """Runs the tests once, remembers which functions each of them calls, then runs every mutant against those."""

    def __init__(self, wanted: list[Mutant], jobs: int) -> None:
        self.wanted, self.jobs = wanted, jobs
        self.calls: dict[str, set[tuple[str, str]]] = {}
        self.seconds: dict[str, float] = {}
        self.current, self.failed = "", False
        self.survivors: list[str] = []
        self.impossible: list[str] = []
        self.killers: dict[str, int] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed |= report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for item in session.items:
            self.look(item)
            if self.failed:
                raise SystemExit(f"{item.nodeid} fails without any change.")
        living = [each for each in gc.get_objects() if isinstance(each, FunctionType)]
        living = [each for each in living if each.__code__.co_filename.startswith(str(PACKAGE))]
        running: dict[int, tuple[Mutant, int]] = {}
        for mutant in self.wanted:
            child, told = self.start(mutant, session.items, living)
            running[child] = mutant, told
            while len(running) >= self.jobs:
                self.finish(running)
        while running:
            self.finish(running)
        return True

    def look(self, item: pytest.Item) -> None:
        """Runs a test as it is and notes what it calls."""
        self.current, started = item.nodeid, time.perf_counter()
        sys.settrace(self.trace)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        sys.settrace(None)
        self.seconds[item.nodeid] = time.perf_counter() - started

    def trace(self, frame: FrameType, _event: str, _arg: object) -> None:
        code = frame.f_code
        if code.co_filename.startswith(str(PACKAGE)):
            name = code.co_qualname.split(".<locals>")[0].split(".")[-1]
            self.calls.setdefault(self.current, set()).add((code.co_filename, name))

    def start(self, mutant: Mutant, items: list[pytest.Item], living: list[FunctionType]) -> tuple[int, int]:
        """A copy of this process that is changed and tested; its id, and where it tells which test failed."""
        place = (str(mutant.path), mutant.function)
        calling = [each for each in items if place in self.calls.get(each.nodeid, ())]
        calling.sort(key=lambda each: (-self.killers.get(each.nodeid, 0), self.seconds[each.nodeid]))
        reading, writing = os.pipe()
        if child := os.fork():
            os.close(writing)
            return child, reading
        signal.alarm(MOST_SECONDS)
        try:
            exchange(mutant, living)
        except ValueError:
            os._exit(IMPOSSIBLE)
        for item in calling:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            if self.failed:
                os.write(writing, item.nodeid.encode())
                os._exit(KILLED)
        os._exit(SURVIVED)

    def finish(self, running: dict[int, tuple[Mutant, int]]) -> None:
        """Waits for the next copy to end. Tests that have killed go first from then on."""
        child, status = os.wait()
        mutant, reading = running.pop(child)
        with os.fdopen(reading, "rb") as told:
            if killer := told.read().decode():
                self.killers[killer] = self.killers.get(killer, 0) + 1
        code = os.waitstatus_to_exitcode(status)
        if code == SURVIVED:
            self.survivors.append(mutant.name)
        elif code == IMPOSSIBLE:
            self.impossible.append(mutant.name)


def explained() -> dict[str, str]:
    """Survivors by name, and why no test can tell them from the original."""
    lines = EXPLAINED.read_text(encoding="utf-8").splitlines()
    return dict(line.rsplit(" — ", 1) for line in lines if line and not line.startswith("#"))


def main() -> int:
    """Looks at all mutants or a part of them; 1 when there is something to do."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--part", type=int, default=0)
    asked.add_argument("--of", type=int, default=1)
    asked.add_argument("--only", default="")
    asked.add_argument("--jobs", type=int, default=2)
    told = asked.parse_args()
    paths = sorted(path for each in RULES for path in PACKAGE.glob(each) if path.name not in SKIPPED)
    known = explained()
    every = [each for path in paths for each in mutants(path)]
    wanted = [each for each in every if any(part in each.name for part in told.only.split(","))]
    wanted = wanted[told.part :: told.of]
    judge = Judge(wanted, told.jobs)
    settings.register_profile("mutants", deadline=None, derandomize=True, database=None)
    settings.load_profile("mutants")  # tracing is slow, and the same examples must come each time
    if pytest.main([*TESTS, *QUIET], plugins=[judge]):
        return 1
    gone = sorted(known.keys() - {each.name for each in every})
    return report(judge, wanted, known, gone)


def report(judge: Judge, wanted: list[Mutant], known: dict[str, str], gone: list[str]) -> int:
    """Says what survived without a reason, what has a reason and does not survive, and what cannot be made."""
    names = {each.name for each in wanted}
    wrong = {
        "SURVIVES": sorted(set(judge.survivors) - known.keys()),
        "IS KILLED, take it out of the list": sorted(names & known.keys() - set(judge.survivors)),
        "IS NO MUTANT, take it out of the list": gone,
        "CANNOT BE MADE": judge.impossible,
    }
    for what, found in wrong.items():
        for name in found:
            print(f"{what}: {name}")
    print(f"{len(wanted)} mutants, {len(judge.survivors)} survive.")
    return 1 if any(wrong.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
