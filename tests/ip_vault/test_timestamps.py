"""A time stamp is believed for exactly what was asked, from an authority we know, and for nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from crosslab.ip_vault import timestamps
from crosslab.ip_vault.errors import ProofError
from crosslab.ip_vault.timestamps import Unreadable
from tests.authority import OTHER_POLICY, POLICY, Authority, certificate

DATA = b"vault.example/log1\n7\nAAAA\n"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture
def asked():
    return timestamps.ask(DATA)


def now():
    return datetime.now(UTC)


def refused(authority, token, asked, policy="", at=None):
    with pytest.raises(ProofError) as told:
        timestamps.read(token, asked, [authority.root], policy, at or now())
    return str(told.value)


def test_a_stamp_says_when_and_how_long_it_is_vouched_for(authority, asked):
    stamp = timestamps.read(authority.reply(asked.query), asked, [authority.root], POLICY, now())

    assert abs(stamp.at - now()) < timedelta(minutes=1)
    assert stamp.until == authority.stamper.not_valid_after_utc
    assert stamp.policy == POLICY
    assert stamp.chain == timestamps.pem([authority.root, authority.stamper])


def test_it_is_verified_again_later_without_the_request(authority, asked):
    stamp = timestamps.read(authority.reply(asked.query), asked, [authority.root], "", now())

    assert timestamps.verify(stamp.token, DATA, [authority.root]) == stamp
    with pytest.raises(ProofError):
        timestamps.verify(stamp.token, DATA + b"x", [authority.root])


def test_a_stamp_over_other_bytes_is_refused(authority, asked):
    other = timestamps.ask(b"something else")
    token = authority.reply(other.query)

    assert refused(authority, token, timestamps.Asked(DATA, other.query, other.nonce))


def test_a_stamp_for_another_request_is_refused(authority, asked):
    assert "Nonce" in refused(authority, authority.reply(timestamps.ask(DATA).query), asked)


def test_a_stamp_under_another_policy_is_refused(authority, asked):
    assert "Policy" in refused(authority, authority.reply(asked.query), asked, OTHER_POLICY)


def test_a_stamp_by_an_authority_of_a_strangers_is_refused(authority, asked):
    stranger = certificate("Test Root", "Test Root", "stranger", (-5, 20), None)
    with pytest.raises(ProofError):
        timestamps.read(authority.reply(asked.query), asked, [stranger], "", now())


@pytest.mark.parametrize("years", [(-3, -1), (1, 3)], ids=["expired", "not yet valid"])
def test_a_certificate_that_was_not_valid_then_is_refused(tmp_path, asked, years):
    late = Authority(tmp_path, years)

    assert refused(late, late.reply(asked.query), asked)


def test_a_certificate_for_another_use_is_refused(authority, asked):
    """The same key, issuer and number, but for signing code; openssl itself would not sign with it."""
    ours, others = (each.public_bytes(Encoding.DER) for each in (authority.stamper, authority.signer))
    token = authority.reply(asked.query)
    assert len(ours) == len(others)
    assert ours in token

    assert "certificate purpose" in refused(authority, token.replace(ours, others), asked)


def test_granted_with_changes_is_not_what_was_asked(authority, asked):
    token = authority.reply(asked.query)
    assert token[4:9] == bytes.fromhex("3003020100")

    for status in range(1, 6):
        changed = token[:8] + bytes([status]) + token[9:]
        assert "not granted" in refused(authority, changed, asked)


@pytest.mark.parametrize("minutes", [-11, 11])
def test_a_stamp_from_another_time_than_ours_is_refused(authority, asked, minutes):
    told = refused(authority, authority.reply(asked.query), asked, at=now() + timedelta(minutes=minutes))

    assert "clock" in told


def test_what_is_no_reply_is_told_apart(authority, asked):
    for rubbish in (b"", b"\x00", b"<html>", authority.reply(asked.query)[:-1]):
        with pytest.raises(Unreadable):
            timestamps.read(rubbish, asked, [authority.root], "", now())


def test_any_changed_byte_is_noticed(authority, asked):
    token = authority.reply(asked.query)
    stamp = timestamps.read(token, asked, [authority.root], "", now())
    for place in range(9, len(token), 61):
        changed = token[:place] + bytes([token[place] ^ 1]) + token[place + 1 :]
        try:
            read = timestamps.read(changed, asked, [authority.root], "", now())
        except (ProofError, Unreadable):
            continue
        assert (read.at, read.policy) == (stamp.at, stamp.policy), f"byte {place} says something else"
