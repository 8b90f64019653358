"""Nothing that a server sends is decrypted unless it is for one reader alone, although its hash was signed."""

from secrets import token_bytes

import pytest

from crosslab.ip_vault import age
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client import open_blob
from crosslab.ip_vault.ids import digest
from crosslab.member.vault import wrapped

OURS, THEIRS = HybridIdentity(token_bytes(32)), HybridIdentity(token_bytes(32))


def for_two(data: bytes) -> bytes:
    return age.encrypt(data, OURS.recipient, THEIRS.recipient)


def test_an_organisation_s_keys_are_in_a_file_for_one_reader() -> None:
    alone = age.encrypt(b"keys", OURS.recipient)
    assert wrapped(alone, digest(alone), OURS) == b"keys"
    shared = for_two(b"keys")
    with pytest.raises(age.HeaderFailure):
        wrapped(shared, digest(shared), OURS)


def test_a_sealed_file_is_for_its_version_s_key_alone() -> None:
    for data in (for_two(b"list"), age.encrypt(b"list", age.X25519Identity.generate().recipient)):
        with pytest.raises(age.HeaderFailure):
            open_blob({"sha256": digest(data), "size": len(data)}, OURS, data)
