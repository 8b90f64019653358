"""The project's own sources, as the tests of the house read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC, TEMPLATES = ROOT / "src/crosslab", ROOT / "templates"


def modules(room: str, layer: str) -> list[Path]:
    """The files of one layer of a room: `actions.py`, or every file of `actions/`."""
    return [*SRC.glob(f"{room}/{layer}.py"), *sorted(SRC.glob(f"{room}/{layer}/*.py"))]


def rooms(layer: str) -> list[str]:
    """The rooms that have this layer."""
    found = {path.parent.name for path in SRC.glob(f"*/{layer}.py")}
    return sorted(found | {path.parent.name for path in SRC.glob(f"*/{layer}") if path.is_dir()})


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions at the top of a file."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(function: ast.AST, name: str) -> list[ast.Call]:
    """The calls of a function by its bare name."""
    found = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    return [call for call in found if ast.unparse(call.func) == name]
