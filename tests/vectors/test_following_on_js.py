"""The browser follows a register from one log to the next, and knows a false heir."""

import json
import subprocess
from base64 import b64encode
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from crosslab.ip_vault import client, keys, merkle, note, tiles, tlog
from crosslab.ip_vault.client import Pen
from crosslab.ip_vault.keys import person_keys
from crosslab.ip_vault.replay import Logged, State, apply
from crosslab.ip_vault.statements import parse

ROOT = Path(__file__).parents[2]
KEYS = [keys.SigningKey(bytes([number]) * 32) for number in (1, 2)]
NAMES = ["vault.example/log1", "vault.example/log2"]
AT = "2026-11-21T22:00:00Z"


def pen(state: State, me: str = "") -> Pen:
    return Pen(state, AT, lambda size: b"x" * size, person_keys(b"r" * 32), me)


def entry(whole: bytes) -> bytes:
    said = parse(whole)[0]
    return tlog.statement_entry(said.id, whole, said.place.after, for_parties=said.for_parties)


def served(prefix: str, origin: int, entries: list[bytes], old: int = 0) -> dict[str, bytes]:
    """The files of a log under a prefix, with the proof from an earlier size."""
    tree = merkle.Tree()
    for each in entries:
        tree.append(merkle.leaf_hash(each))
    point = tlog.Checkpoint(NAMES[origin], tree.size, tree.root())
    proof = merkle.consistency_proof(old, tree.size, tree.read) if 0 < old < tree.size else []
    return {
        f"{prefix}/checkpoint": tlog.sign_checkpoint(point, KEYS[origin]),
        f"{prefix}/{tiles.Tile(0, 0, tree.size).entries_path}": tiles.bundle(entries),
        f"{prefix}/consistency?old={old}&new={tree.size}": "".join(
            b64encode(p).decode() + "\n" for p in proof
        ).encode(),
    }


@pytest.fixture
def register() -> dict[str, Any]:
    """Somebody arrives under the first log, and changes their key under the second."""
    create = client.create_person(pen(State(NAMES[0])), "Somebody").note
    state = State(NAMES[0])
    said = apply(state, Logged(1, create))
    assert said
    state.log = NAMES[1]
    rotate = client.rotate(pen(state, said.id), person_keys(b"s" * 32), "routine").note
    first = [b"r " + b"0" * 64 + b"\n", entry(create)]
    old = served("/vault/log/1", 0, first, 1)
    new = [tlog.previous_log_entry(old["/vault/log/1/checkpoint"]), entry(rotate)]
    ids = [parse(each)[0].id for each in (create, rotate)]
    rows = [
        {"id": each, "seq": seq, "index": index, "note": whole.decode()}
        for seq, (each, index, whole) in enumerate(zip(ids, (1, 3), (create, rotate), strict=True))
    ]
    chain = json.dumps({"size": 2, "ids": ids, "statements": rows}).encode()
    files = {**old, **served("/vault/log", 1, new), f"/vault/chains/{said.id}?after=0": chain}
    return {"files": files, "chain": said.id, "first": first, "new": new}


def followed(register: dict[str, Any], pins: object = None) -> dict[str, Any]:
    found = which("node")
    assert found
    vkeys = [note.vkey(name, key.public) for name, key in zip(NAMES, KEYS, strict=True)]
    files = {path: b64encode(data).decode() for path, data in register["files"].items()}
    told = json.dumps({"files": files, "vkeys": vkeys, "chain": register["chain"], "pins": pins})
    run = subprocess.run(
        [found, "tests/js/follow.mjs"], input=told, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    answer: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return answer


def pinned(entries: list[bytes]) -> dict[str, Any]:
    """What a device keeps that has seen the old log so far."""
    checkpoint = served("", 0, entries)["/checkpoint"]
    return {"checkpoint": b64encode(checkpoint).decode(), "heads": {}, "checked": []}


def test_a_chain_is_followed_over_the_border(register: dict[str, Any]) -> None:
    goes_on = {"keys": 2, "log": NAMES[1], "size": 2}

    assert followed(register) == goes_on
    assert followed(register, pinned(register["first"][:1])) == goes_on


def test_a_log_that_does_not_name_the_end_of_the_old_one_is_no_heir(register: dict[str, Any]) -> None:
    register["files"] |= served("/vault/log", 1, [tlog.previous_log_entry(b"another"), register["new"][1]])

    assert followed(register) == {"lie": "other-log"}


def test_an_old_log_that_is_another_than_was_seen_is_named(register: dict[str, Any]) -> None:
    assert followed(register, pinned([b"r " + b"1" * 64 + b"\n"])) == {"lie": "rewritten"}
    assert followed(register, pinned([*register["first"], register["first"][0]])) == {"lie": "smaller"}
