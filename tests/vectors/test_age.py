"""Every age vector found in `age/` is a case: put a file there and it runs."""

import io
import zlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from crosslab.ip_vault import age
from crosslab.ip_vault.age import hybrid, x25519

FOLDER = Path(__file__).parent / "age"
CASES = sorted(path for path in FOLDER.iterdir() if path.name not in {"COMMIT", "README.md"})
OUTCOME = {
    "header failure": age.HeaderFailure,
    "no match": age.NoMatch,
    "HMAC failure": age.HmacFailure,
    "payload failure": age.PayloadFailure,
    "armor failure": age.ArmorFailure,
}


@dataclass
class Case:
    facts: dict[str, str]
    identities: list[age.Identity]
    data: bytes


def read(path: Path) -> Case:
    head, _, data = path.read_bytes().partition(b"\n\n")
    lines = [line.split(": ", 1) for line in head.decode().splitlines()]
    facts = dict(lines)
    keys: list[age.Identity] = []
    for key, value in lines:
        if key == "identity":
            parse = hybrid.parse_identity if "-PQ-" in value else x25519.parse_identity
            keys.append(parse(value))
        elif key == "passphrase":
            keys.append(age.ScryptIdentity(value))
    return Case(facts, keys, zlib.decompress(data) if facts.get("compressed") == "zlib" else data)


def open_in(case: Case, size: int) -> bytes:
    """Everything released before the end or the failure; the failure is re-raised with it attached."""
    released = b""
    data = age.dearmor(case.data) if "armored" in case.facts else case.data
    pieces = (data[start : start + size] for start in range(0, len(data), size))
    try:
        for piece in age.decrypt_pieces(pieces, *case.identities):
            released += piece
    except age.PayloadFailure as error:
        error.add_note(sha256(released).hexdigest())
        raise
    return released


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_age_vector_between_two_open_files(path: Path) -> None:
    case, opened = read(path), io.BytesIO()
    expected = case.facts["expect"]
    if "armored" in case.facts:
        return
    if expected == "success":
        age.decrypt_file(io.BytesIO(case.data), opened, *case.identities)
        assert sha256(opened.getvalue()).hexdigest() == case.facts["payload"]
        return
    with pytest.raises(OUTCOME[expected]):
        age.decrypt_file(io.BytesIO(case.data), opened, *case.identities)


@pytest.mark.parametrize("size", [1 << 30, 4096, 1], ids=["whole", "pages", "bytes"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_age_vector(path: Path, size: int) -> None:
    case = read(path)
    if size == 1 and len(case.data) > 200_000:
        size = 7919
    expected = case.facts["expect"]
    if expected == "success":
        assert sha256(open_in(case, size)).hexdigest() == case.facts["payload"]
        return
    with pytest.raises(OUTCOME[expected]) as caught:
        open_in(case, size)
    if expected == "payload failure":
        assert caught.value.__notes__ == [case.facts["payload"]]


def test_the_folder_holds_the_vectors() -> None:
    assert len(CASES) >= 93
