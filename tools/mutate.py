"""Takes one check at a time out of the rules and looks whether a test notices. Mutants that no test notices survive.

    python tools/mutate.py                  all mutants, two processes
    python tools/mutate.py --part 3 --of 12 every twelfth, from the third on: what the suite runs
    python tools/mutate.py --only ownership those whose name holds this, or one of several with commas between

A mutant is one change to one function: a requirement that always holds, a branch never or always taken, an `and`
or `or` with a side left out, a limit moved by one, a predicate that is always true or false, an effect left out.
The tests are collected and run once, to learn which function each of them calls; then every mutant runs in a
forked copy, where only the functions' code is exchanged, against the tests that call it, until one fails.

Survivors that cannot be killed stand in `tests/mutants.txt` with the reason. Any other survivor, and any line of
that file that is no survivor any more, is a failure.
"""

import argparse
import ast
import gc
import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, FunctionType

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src/crosslab/ip_vault"
EXPLAINED = ROOT / "tests/mutants.txt"
RULES = ["replay/*.py"]
SKIPPED = {"__init__.py", "view.py"}
TESTS = ["tests/vectors/test_golden.py", *(f"tests/ip_vault/test_{each}.py" for each in (
    "access", "cj", "log", "notes", "ownership", "refusals", "releases", "replay", "sealing", "single_rules",
    "statements", "attack_json", "attack_log", "attack_notes", "attack_ownership", "attack_swaps"))]  # fmt: skip
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
]
SURVIVED, KILLED, IMPOSSIBLE = 0, 1, 3
NEVER = ast.parse("().__len__()", mode="eval").body  # false, and no compiler knows
BOUNDS = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}


@dataclass(frozen=True)
class Mutant:
    """One change: in which module and function, at which node of its tree, and which of the changes to that node."""

    path: Path
    function: str
    change: str
    at: int
    number: int

    @property
    def name(self) -> str:
        return f"{self.path.relative_to(PACKAGE)} · {self.function} · {self.change}"

    def tree(self) -> ast.Module:
        """The module with the change."""
        source = ast.parse(self.path.read_text(encoding="utf-8"))
        found = list(ast.walk(source))[self.at]
        _, new = list(changes(found))[self.number]
        Exchange(found, new).visit(source)
        return ast.fix_missing_locations(source)


def fixed(test: ast.expr, value: bool) -> ast.expr:
    """The expression is still worked out, so that the function closes over the same names; its value is fixed."""
    told = ast.Tuple([test, ast.Constant(value)], ast.Load())
    return ast.Subscript(told, ast.Constant(1), ast.Load())


def boolean(node: ast.AST) -> bool:
    return isinstance(node, ast.Compare | ast.BoolOp) or (
        isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    )


def changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Every way to change this very node, with words for it."""
    yield from changed_questions(node)
    yield from changed_values(node)
    if isinstance(node, ast.Raise):
        yield f"silent: {ast.unparse(node)}", ast.If(NEVER, [node], [])
    elif effect(node):
        yield f"left out: {ast.unparse(node)}", ast.If(NEVER, [node], [])


def changed_questions(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What is required or asked, answered once and for all."""
    match node:
        case ast.Call(func=ast.Name(id="require"), args=[test, *rest]):
            yield (
                f"unasked: {ast.unparse(test)}",
                ast.Call(node.func, [fixed(test, True), *rest], node.keywords),
            )
        case ast.If(test=test, body=body):
            yield f"never: if {ast.unparse(test)}", ast.If(fixed(test, False), body, node.orelse)
            if not isinstance(body[0], ast.Raise):
                yield f"always: if {ast.unparse(test)}", ast.If(fixed(test, True), body, node.orelse)
        case ast.comprehension(ifs=[test]):
            every = ast.comprehension(node.target, node.iter, [fixed(test, True)], node.is_async)
            yield f"unfiltered: {ast.unparse(test)}", every
        case ast.Return(value=value) if value is not None and boolean(value):
            for fix in (True, False):
                yield f"always {fix}: {ast.unparse(node)}", ast.Return(fixed(value, fix))


def changed_values(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """A side of an `and` or `or` left out, a limit moved by one."""
    match node:
        case ast.BoolOp(values=values):
            for at, each in enumerate(values):
                idle = fixed(each, isinstance(node.op, ast.And))
                left = [*values[:at], idle, *values[at + 1 :]]
                yield f"without {ast.unparse(each)}: {ast.unparse(node)} [{at}]", ast.BoolOp(node.op, left)
        case ast.Compare(ops=ops):
            for at, each in enumerate(ops):
                if type(each) in BOUNDS:
                    moved = [*ops[:at], BOUNDS[type(each)](), *ops[at + 1 :]]
                    yield (
                        f"by one: {ast.unparse(node)} [{at}]",
                        ast.Compare(node.left, moved, node.comparators),
                    )


def effect(node: ast.AST) -> bool:
    """Whether a statement does nothing but change something, or ask."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="require"))):
            return False
        case ast.Expr(value=ast.Call()) | ast.Delete() | ast.AugAssign():
            return True
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript(), *_]):
            return True
    return False


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module, function by function."""
    source = ast.parse(path.read_text(encoding="utf-8"))
    for function, at, node in places(source):
        for number, (change, _) in enumerate(changes(node)):
            yield Mutant(path, function, change, at, number)


class Exchange(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, ast.copy_location(new, old) if hasattr(old, "lineno") else new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def places(source: ast.Module) -> Iterator[tuple[str, int, ast.AST]]:
    """Every node inside a function, by its number in the walk, with the outermost function's name."""
    owner: dict[int, str] = {}
    for top in source.body:
        for named in [top, *top.body] if isinstance(top, ast.ClassDef) else [top]:
            if isinstance(named, ast.FunctionDef):
                owner |= {id(node): named.name for node in ast.walk(named)}
    lone = raises_behind_a_question(source)
    for at, node in enumerate(ast.walk(source)):
        if id(node) in owner and id(node) not in lone:
            yield owner[id(node)], at, node


def raises_behind_a_question(source: ast.Module) -> set[int]:
    """A `raise` that is all there is behind an `if` is taken out with the `if`."""
    return {
        id(node.body[0])
        for node in ast.walk(source)
        if isinstance(node, ast.If) and len(node.body) == 1 and isinstance(node.body[0], ast.Raise)
    }


def flat(code: CodeType) -> list[CodeType]:
    """A code object and all inside it, in order."""
    inner = (each for const in code.co_consts if isinstance(const, CodeType) for each in flat(const))
    return [code, *inner]


def exchange(mutant: Mutant, living: list[FunctionType]) -> None:
    """Gives every living function of the module the mutant's code."""
    old = flat(compile(mutant.path.read_text(encoding="utf-8"), str(mutant.path), "exec"))
    new = flat(compile(mutant.tree(), str(mutant.path), "exec"))
    for function in living:
        code = function.__code__
        if code.co_filename == str(mutant.path):
            function.__code__ = next(two for one, two in zip(old, new, strict=True) if one == code)


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
