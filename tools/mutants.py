"""What a mutant is: one change to one function of the rules, and how living functions are given its code.

A requirement that always holds, a branch never or always taken, an `and` or `or` with a side left out, a limit
moved by one, a predicate that is always true or false, an effect left out.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType

PACKAGE = Path(__file__).parents[1] / "src/crosslab/ip_vault"
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
