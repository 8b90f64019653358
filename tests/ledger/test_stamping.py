"""Checkpoints get time stamps from authorities, which are down, wrong and odd; stamps age and are renewed."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from crosslab.core import clock
from crosslab.core.clock import now
from crosslab.core.db import session, transaction
from crosslab.core.settings import Unfit
from crosslab.ip_vault import timestamps, tlog
from crosslab.ip_vault.ids import digest
from crosslab.ledger import log, outside, stamping
from crosslab.ledger.keeper import keeper
from crosslab.ledger.stamping import authorities, due, stamp, stamps
from tests.authority import OTHER_POLICY, POLICY, Authority, certificate, served


@pytest.fixture
def kept(house):
    return keeper(house.settings)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa"))


def answering(authority, kind=timestamps.REPLY_TYPE):
    return served(lambda query: (200, kind, authority.reply(query)))


def asked(authority, url, more=""):
    return authorities(f"test {url} {authority.root_file} {more}")


def grow(engine):
    with transaction(engine) as db:
        log.locked(db)
        log.append(db, [b"one more\n"])


def kept_stamps(house):
    with session(house.engine, read_only=True) as db:
        return [(each, stamping.checkpoint_of(db, each)) for each in stamps(db)]


def test_a_checkpoint_is_stamped_when_the_log_has_grown_and_only_then(house, kept, authority):
    with answering(authority) as url:
        known = asked(authority, url)
        assert [stamp(house.engine, kept, known) for _ in range(2)] == [{"test": ""}, {}]
        grow(house.engine)
        assert stamp(house.engine, kept, known) == {"test": ""}
    assert [len(kept_stamps(house)), kept_stamps(house)[0][0].level] == [2, "rfc3161"]


def test_what_is_kept_is_verified_without_us(house, kept, authority):
    with answering(authority) as url:
        stamp(house.engine, kept, asked(authority, url, f"{POLICY} qualified"))
    ((row, checkpoint),) = kept_stamps(house)
    point = tlog.open_checkpoint(checkpoint, kept.origin, kept.key.public)
    root, *_ = x509.load_pem_x509_certificates(row.chain.encode())

    assert (row.level, row.size, root) == ("qualified", point.size, authority.root)
    assert timestamps.verify(row.token, checkpoint, [root]).at == row.at


@pytest.mark.parametrize(
    "answer",
    [(500, "text/html", b""), (200, "text/html", b"<html>"), (200, "x", b""), (200, "x", b"x" * 70_000)],
)
def test_an_authority_that_answers_nonsense_leaves_no_trace(house, kept, authority, answer):
    with served(lambda _: answer) as url:
        assert stamp(house.engine, kept, asked(authority, url))["test"]
    assert kept_stamps(house) == []


def test_an_authority_that_is_down_holds_nobody_up_and_another_is_asked_all_the_same(house, kept, authority):
    with answering(authority) as down:
        pass
    with answering(authority) as url:
        known = asked(authority, down) + authorities(f"second {url} {authority.root_file}")
        told = stamp(house.engine, kept, known)
    assert (told["second"], told["test"].startswith("Connect")) == ("", True)
    grow(house.engine)


def test_while_an_authority_thinks_statements_are_taken_in(house, kept, authority, monkeypatch):
    monkeypatch.setattr(outside, "SECONDS", 20)
    grew = []

    def think(query):
        grow(house.engine)
        grew.append(True)
        return 200, "x", authority.reply(query)

    with served(think) as url:
        assert stamp(house.engine, kept, asked(authority, url)) == {"test": ""}
    assert grew == [True]


def test_another_policy_than_agreed_is_not_kept(house, kept, authority):
    with answering(authority) as url:
        assert "Policy" in stamp(house.engine, kept, asked(authority, url, OTHER_POLICY))["test"]
    assert kept_stamps(house) == []


def test_an_authority_that_orders_its_certificates_as_it_likes_is_judged_by_openssl(house, kept, tmp_path):
    other = certificate("Another one of a longer name", "Test Root", "another", (-1, 9), None)
    odd = Authority(
        tmp_path,
        certs=timestamps.pem([other, certificate("Test Root", "Test Root", "Test Root", (-5, 20), None)]),
    )
    with answering(odd) as url:
        for more, trouble in ((OTHER_POLICY, "another policy"), (POLICY, "")):
            told = stamp(house.engine, kept, asked(odd, url, more))["test"]
            assert trouble in told if trouble else told == ""
    ((row, _),) = kept_stamps(house)
    assert abs(row.at - now()) < timedelta(minutes=1)
    assert row.until == odd.stamper.not_valid_after_utc


def test_openssl_refuses_what_we_would(house, kept, tmp_path):
    root = certificate("Test Root", "Test Root", "Test Root", (-5, 20), None)
    odd = Authority(tmp_path, certs=timestamps.pem([root]))
    stranger = Authority(tmp_path / "s")
    stranger.root_file.write_text(
        timestamps.pem([certificate("Test Root", "Test Root", "stranger", (-5, 20), None)])
    )
    other = timestamps.ask(b"something else")
    replies = {
        "other bytes": (lambda _: odd.reply(other.query), odd),
        "with changes": (lambda query: _granted_with_changes(odd.reply(query)), odd),
        "another root": (odd.reply, stranger),
    }
    for name, (reply, trusted) in replies.items():
        with served(lambda query, reply=reply: (200, "x", reply(query))) as url:
            assert stamp(house.engine, kept, asked(trusted, url))["test"], name
    assert kept_stamps(house) == []


def _granted_with_changes(token):
    assert token[4:9] == bytes.fromhex("3003020100")
    return token[:8] + b"\x01" + token[9:]


def test_a_stamp_that_ages_is_renewed_though_nothing_has_grown(house, kept, tmp_path):
    lasting, ending = Authority(tmp_path / "a"), Authority(tmp_path / "b", years=(-1, 0.1))
    with answering(lasting) as one, answering(ending) as two:
        known = authorities(f"lasting {one} {lasting.root_file}, ending {two} {ending.root_file}")
        assert stamp(house.engine, kept, known) == {"lasting": "", "ending": ""}
    for days, expected in ((0.5, []), (2, ["ending"]), (366, ["lasting", "ending"])):
        with clock.at(now() + timedelta(days=days)), session(house.engine, read_only=True) as db:
            assert [each.name for each in due(db, known)] == expected


@pytest.mark.parametrize(
    "wrong",
    [
        "test",
        "test http://x",
        "test ftp://x {root}",
        "test http://x /nowhere.pem",
        "test http://x {root} gold",
        "a/b http://x {root}",
    ],
)
def test_a_setting_that_cannot_be_right_is_told(authority, wrong):
    with pytest.raises(Unfit, match="CROSSLAB_TSA"):
        authorities(wrong.format(root=authority.root_file))


def test_whose_word_counts_is_listed_by_name_and_root(authority):
    known = stamping.roots(f"tsa.example https://tsa.example {authority.root_file}")
    fingerprint = digest(authority.root.public_bytes(Encoding.DER))

    assert known == ({"name": "tsa.example", "sha256": fingerprint},)
    assert stamping.roots("") == ()
