"""The verifier with one check taken out at a time: something must notice.

A check is a line that calls `hold` or a function named `check…` for nothing but its refusal. Each is left out in
turn, and the cases that it refuses are put before the program once more: they must now be taken, or be refused
with another sentence than the one that `refusals.json` holds. The few checks whose absence nothing can show are
listed with the reason. `python -m tests.ip_vault.mutants` writes the sentences anew; read what changed.
"""

import ast
import base64
import io
import json
import re
import signal
import sys
import traceback
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crosslab.ip_vault import note
from crosslab.ip_vault.evidence import verify as program
from tests.ip_vault import (
    broken_alone,
    broken_bundles,
    broken_claims,
    broken_histories,
    broken_over_logs,
    stamped,
)
from tests.ip_vault.broken_bundles import ALL_ALLOWED, repack
from tests.ip_vault.bundles import LOG_KEY, VKEY, WITNESS, hinge, story
from tests.ip_vault.zips import ZIPS
from tests.vectors.test_ed25519 import CASES, ours
from tests.vectors.test_evidence import followed

SOURCE = Path(program.__file__).read_text()
VECTORS = Path(__file__).parents[1] / "vectors"
REFUSALS = VECTORS / "evidence" / "refusals.json"
EXPLAINED = {
    "hold(len(digits) <= 17": "the next line refuses the same numbers, only slower",
    "hold(len(parts) == 3": "the next lines find no third part",
    "check_key(unbase64url(said.body['sign'": "its own signature is checked under the same key just before",
    "check_key(unbase64url(said.body['recovery_sign'": "the recovery key's signature is checked just before",
    "hold(index not in self.places.values()": "two texts at one place would have one hash",
    "hold(self.places.get(id, places[0])": "one line twice in the log is a fork, which is refused just before",
}
"""Checks that nothing can miss: the same is refused next to them, with the same sentence."""
CRYPTO = {"check_signature", "check_key", "decode_point", "add", "times", "same_point"}
Refused = Callable[[Any], object]
FEW = 8
"""So many of the cases that a check refuses are put before the program without it."""


class Mutant:
    """The program without one check."""

    def __init__(self, node: Any, inside: str) -> None:
        self.line, self.inside, self.text = node.lineno, inside, ast.unparse(node)
        self.lines = set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        self.key = f"{inside}: {self.text[:70]}"

    def module(self) -> Any:
        """It, ready to be asked."""
        tree = ast.parse(SOURCE)
        for parent in ast.walk(tree):
            body = getattr(parent, "body", None)
            if isinstance(body, list):
                parent.body = [
                    ast.Pass() if getattr(each, "lineno", 0) == self.line else each for each in body
                ]
            other = getattr(parent, "orelse", None)
            if isinstance(other, list):
                parent.orelse = [
                    ast.Pass() if getattr(each, "lineno", 0) == self.line else each for each in other
                ]
        made = types.ModuleType("mutant")
        sys.modules["mutant"] = made
        exec(compile(ast.fix_missing_locations(tree), "mutant", "exec"), made.__dict__)
        if self.inside not in CRYPTO:
            _remember(made)
        return made


def mutants() -> Iterator[Mutant]:
    """One for each check, from top to bottom."""
    for top in ast.parse(SOURCE).body:
        inside = [each for each in ast.walk(top) if isinstance(each, ast.FunctionDef)]
        for function in inside:
            where = f"{top.name}.{function.name}" if isinstance(top, ast.ClassDef) else function.name
            yield from (Mutant(node, where) for node in ast.walk(function) if _is_check(node))


def _is_check(node: ast.AST) -> bool:
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return False
    called = node.value.func
    name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
    return name == "hold" or name.startswith("check")


@cache
def _verdict(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        program.check_signature(key, message, signature, "")
    except program.Broken:
        return False
    return True


def _remember(made: Any) -> None:
    """Signatures are checked once for all mutants whose mathematics is whole."""

    def check_signature(key: bytes, message: bytes, signature: bytes, who: str) -> None:
        made.hold(_verdict(key, message, signature), who)

    made.check_signature = check_signature
    made.judged.update(program.judged)


class Held:
    """A bundle in memory, its names looked at by the program that is asked."""

    def __init__(self, module: Any, files: dict[str, bytes]) -> None:
        self.files, self.sizes = files, {name: len(data) for name, data in files.items()}
        for name in files:
            module.check_name(name)
        module.check_sizes(self.sizes)

    def pieces(self, name: str) -> Iterator[bytes]:
        yield self.files[name]


def bundle(files: dict[str, bytes], options: dict[str, Any]) -> Refused:
    def ask(module: Any) -> object:
        given = {**options}
        asked = module.Options(given.pop("log_vkey", VKEY), **given)
        return module.Bundle(module.Files(Held(module, files)), asked).check()

    return ask


@cache
def cases(kind: str) -> list[Refused]:
    """What the whole program refuses, for checks of a kind."""
    if kind == "keys":
        return list(_keys())
    if kind == "history":
        registers = [bundle(files, dict(ALL_ALLOWED)) for _, files in broken_histories.all_of_them()]
        return [*registers, *broken_alone.histories()]
    alone = [*broken_alone.folders(), *broken_alone.statements(), *broken_alone.texts()]
    over_logs = broken_over_logs.all_of_them()
    whole = (*broken_bundles.all_of_them(), *broken_claims.all_of_them(), *over_logs)
    bundles = [bundle(files, options) for _, files, options in whole]
    return [*_forms(), *_texts(), *_zips(), *_proofs(), *alone, *bundles, *_stamps()]


def kind_of(inside: str) -> str:
    """Which cases can notice that a check of this function is missing."""
    if inside in CRYPTO:
        return "keys"
    return "history" if inside.startswith("History.") else "bundle"


def _forms() -> Iterator[Refused]:
    """Single texts, names and sizes."""
    key = note.parse_vkey(VKEY).public
    text = b"x\n"
    twice = note.sign(text, [("a", LOG_KEY), ("b", WITNESS)])
    yield lambda module: module.check_sizes({str(number): 0 for number in range(10_001)})
    yield lambda module: module.check_sizes({"x": 2 * 1024**3 + 1})
    for wrong in ("AB==", "A", "AA=A"):
        yield lambda module, wrong=wrong: module.unbase64(wrong)
    yield lambda module: module.unbase64url("AB", 1)
    yield lambda module: module.unbase64url("AAA", 1)
    for name in ("", "a b", "a+b", "a\u3000b"):
        yield lambda module, name=name: module.check_key_name(name)
    kind = base64.b64encode(b"\4" + key).decode()
    yield lambda module: module.read_vkey(f"a+{note.key_id('a', key).hex()}+{kind}")
    spaced = base64.b64encode(b"\1" + key).decode()
    yield lambda module: module.read_vkey(f"a b+{note.key_id('a b', key).hex()}+{spaced}")
    small = base64.b64encode(b"\1" + bytes(32)).decode()
    yield lambda module: module.read_vkey(f"a+{note.key_id('a', bytes(32)).hex()}+{small}")
    yield lambda module: module.check_signed(module.Note(twice), [("a", LOG_KEY.public)], "it")
    yield lambda module: module.check_signed(
        module.Note(twice), [("a", LOG_KEY.public), ("c", WITNESS.public)], "it"
    )
    for broken in (
        b"",
        b"x\n",
        twice[:-1],
        twice.replace("—".encode(), b"-"),
        b"x\r" + twice,
        b"\xff" + twice,
    ):
        yield lambda module, broken=broken: module.Note(broken)
    yield lambda module: module.Note(twice + twice.split(b"\n\n")[1])
    yield lambda module: module.Note(text + b"\n" + "".join(f"— n{n} AAAAAAA=\n" for n in range(33)).encode())
    yield lambda module: module.Note(text + "\n— a AAAA\n".encode())


def _golden(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((VECTORS / "golden" / f"{name}.json").read_text())["cases"]
    return [each for each in found if each["out"].get("refused")]


def _texts() -> Iterator[Refused]:
    for case in _golden("canonical_json"):
        text = case["in"]["text"].encode("utf-8", "surrogatepass")
        yield lambda module, text=text: module.read_json(text)
    for case in _golden("statement"):
        signed = case["in"]["text"].encode() + "\n— a AAAAAAA=\n".encode()
        yield lambda module, signed=signed: module.Said(signed)
    for case in _golden("note"):
        given = case["in"]
        yield lambda module, given=given: module.check_signed(
            module.Note(given["note"].encode()), [module.read_vkey(given["vkey"])], "it"
        )


def _zips() -> Iterator[Refused]:
    for data in (*ZIPS, *broken_alone.zips()):
        yield lambda module, data=data: _unzipped(module.Zip(io.BytesIO(data)))


def _unzipped(zipped: Any) -> list[bytes]:
    return [b"".join(zipped.pieces(name)) for name in zipped.sizes]


def _proofs() -> Iterator[Refused]:
    for kind in ("inclusion", "consistency"):
        for path in sorted((VECTORS / "merkle" / kind).rglob("*.json")):
            case = json.loads(path.read_text())
            if case["wantErr"]:
                yield lambda module, kind=kind, case=case: followed(module, kind, case)


def _keys() -> Iterator[Refused]:
    for case in [each for each in CASES if not ours(each)]:
        key, message, signature = bytes.fromhex(case["key"]), case["msg"].encode(), bytes.fromhex(case["sig"])
        yield lambda module, k=key, m=message, s=signature: module.check_signature(k, m, s, "it")
    public, signed = LOG_KEY.public, LOG_KEY.sign(b"x")
    high = int.from_bytes(signed[32:], "little") + program.ORDER
    yield lambda module: module.check_signature(public, b"x", signed + bytes(1), "it")
    yield lambda module: module.check_signature(public, b"x", signed[:32] + high.to_bytes(32, "little"), "it")
    yield lambda module: module.check_key(public + bytes(1))
    for beyond in range(program.P, 2**255):
        for sign in (0, 1 << 255):
            spelt = (beyond | sign).to_bytes(32, "little")
            yield lambda module, key=spelt: module.check_key(key)
    for number in range(64):
        yield lambda module, short=bytes([number]) + bytes(range(30)): module.check_key(short)
    for case in _golden("public_keys"):
        named = bytes.fromhex(case["in"]["key_hex"])
        yield lambda module, key=named: module.check_key(key)


def _stamps() -> Iterator[Refused]:
    told = story()
    with TemporaryDirectory() as folder:
        files, root = stamped.claim(told, Path(folder))
    other = hinge(story())
    asked = {**ALL_ALLOWED, "tsa_sha256": [root]}
    yield bundle(repack(files, {"data/timestamps/1.proof": b"AAAA\n"}), asked)
    yield bundle(repack(files, {"data/timestamps/1.checkpoint": other["data/checkpoint"]}), asked)
    token = files["data/timestamps/1.tsr"]
    yield bundle(repack(files, {"data/timestamps/1.tsr": token[:-9] + bytes(9)}), asked)
    yield bundle(repack(files, {"data/timestamps/1.tsr": b"x"}), asked)


Lines = frozenset[int]


@cache
def answers(kind: str) -> list[tuple[Refused, str, Lines]]:
    """Each case with the sentence of the whole program, and the lines it was refused on, callers and all."""
    return [(each, *_answer(program, each)) for each in cases(kind)]


def _answer(module: Any, ask: Refused) -> tuple[str, Lines]:
    try:
        with _patience():
            ask(module)
    except module.Broken as broken:
        return str(broken), _lines(broken, module)
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as crashed:
        return f"it crashed: {type(crashed).__name__}", frozenset()
    return "it was taken", frozenset()


@contextmanager
def _patience() -> Iterator[None]:
    """Without one of its checks a program may never end: so much of the processor it gets, and no more."""

    def enough(*_: object) -> None:
        raise OSError("it never ended")

    before = signal.signal(signal.SIGVTALRM, enough)
    signal.setitimer(signal.ITIMER_VIRTUAL, 20)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _lines(broken: BaseException, module: Any) -> Lines:
    frames = traceback.walk_tb(broken.__traceback__)
    return frozenset(line for frame, line in frames if frame.f_globals.get("__name__") == module.__name__)


def noticed(mutant: Mutant) -> bool:
    """Whether a case that this check refuses is answered otherwise without it: taken, or with another sentence."""
    met = [(ask, said) for ask, said, lines in answers(kind_of(mutant.inside)) if lines & mutant.lines]
    module = mutant.module()
    return any(_answer(module, ask)[0] != said for ask, said in met[:FEW])


def sentences() -> dict[str, list[str]]:
    """What the whole program says to each case, in order; ids differ from run to run."""
    return {
        kind: [re.sub("[0-9a-f]{12,64}", "<id>", said) for _, said, _ in answers(kind)]
        for kind in ("keys", "bundle", "history")
    }


if __name__ == "__main__":
    REFUSALS.write_text(json.dumps(sentences(), ensure_ascii=False, indent=1) + "\n")
