"""One log after another: which log a statement must have been made for, by its index in the register."""

from collections.abc import Callable
from typing import Any

from crosslab.ip_vault import client
from crosslab.ip_vault.client import Pen
from crosslab.ip_vault.keys import person_keys
from crosslab.ip_vault.replay import Logged, Rejected, State, apply, view

OLD, NEW, END = "vault.example/log1", "vault.example/log2", 5
AT = "2026-11-21T22:00:00Z"


def cases() -> list[dict[str, Any]]:
    """A person arrives under one log and changes their key under the next, or tries to where they may not."""
    create, newcomer = _person(OLD, b"r"), _person(NEW, b"n")
    rotated = {log: _rotated(log, create) for log in (OLD, NEW)}
    return [
        _case("a chain runs on over the border", (0, create), (6, rotated[NEW])),
        _case("both on one side", (0, create), (4, rotated[OLD])),
        _case("somebody new arrives after the border", (0, create), (6, newcomer)),
        _case("for the old log after its end", (0, create), (5, rotated[OLD])),
        _case("for the new log before it began", (0, create), (4, rotated[NEW])),
        _case("a newcomer for the new log before it began", (4, newcomer)),
    ]


def _random(letter: bytes) -> Callable[[int], bytes]:
    return lambda size: letter * size


def _person(log: str, letter: bytes) -> bytes:
    return client.create_person(
        Pen(State(log), AT, _random(letter), person_keys(letter * 32)), "Somebody"
    ).note


def _rotated(log: str, create: bytes) -> bytes:
    state = State(OLD)
    said = apply(state, Logged(0, create))
    assert said
    state.log = log
    pen = Pen(state, AT, _random(b"t"), person_keys(b"r" * 32), said.id)
    return client.rotate(pen, person_keys(b"s" * 32), "routine").note


def _case(name: str, *history: tuple[int, bytes]) -> dict[str, Any]:
    told = [{"index": index, "note": note.decode()} for index, note in history]
    given = {"log": NEW, "earlier": [[OLD, END]], "history": told}
    return {"name": name, "in": given, "out": _retold(*history)}


def _retold(*history: tuple[int, bytes]) -> dict[str, Any]:
    state = State(NEW, earlier=((OLD, END),))
    for index, note in history:
        try:
            apply(state, Logged(index, note))
        except Rejected as refusal:
            return {"refused": refusal.code.value, "at": index}
    return view(state)
