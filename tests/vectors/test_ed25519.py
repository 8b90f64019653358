"""The 914 edge cases of Ed25519: a key we would not register never verifies, else OpenSSL's word counts."""

import json
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from crosslab.ip_vault import keys
from crosslab.ip_vault.curve import check_public
from crosslab.ip_vault.errors import ProofError

CASES = json.loads((Path(__file__).parent / "ed25519" / "ed25519vectors.json").read_text())


def registrable(key: bytes) -> bool:
    try:
        check_public(key)
    except ProofError:
        return False
    return True


def ours(case: dict[str, str]) -> bool:
    try:
        keys.verify(bytes.fromhex(case["key"]), case["msg"].encode(), bytes.fromhex(case["sig"]))
    except ProofError:
        return False
    return True


def openssl(case: dict[str, str]) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(case["key"]))
        key.verify(bytes.fromhex(case["sig"]), case["msg"].encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def test_every_edge_case() -> None:
    for case in CASES:
        good = registrable(bytes.fromhex(case["key"]))
        assert ours(case) == (good and openssl(case)), case["number"]


def test_flagged_keys_are_never_registered() -> None:
    bad = {"low_order_A", "low_order_component_A", "non_canonical_A"}
    for case in CASES:
        if bad & set(case["flags"] or []):
            assert not registrable(bytes.fromhex(case["key"])), case["number"]


def test_the_file_holds_the_vectors() -> None:
    assert len(CASES) == 914
    assert sum(openssl(case) for case in CASES) == 208
    assert sum(ours(case) for case in CASES) == 2
