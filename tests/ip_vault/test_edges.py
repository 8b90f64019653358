"""Proofs, tiles, notes and shares at their very edges: the last that is taken, the first that is not."""

from fractions import Fraction

import pytest

from crosslab.ip_vault import merkle, note, returns, shares, tiles
from crosslab.ip_vault.errors import FormatError, ProofError, VaultError
from crosslab.ip_vault.keys import SigningKey
from crosslab.ip_vault.tiles import Tile
from tests.ip_vault.test_returns import GIVEN

KEY = SigningKey(b"k" * 32)
LEAF, OTHER = merkle.leaf_hash(b"a"), merkle.leaf_hash(b"b")


def test_the_only_leaf_stands_at_no_other_place() -> None:
    merkle.verify_inclusion(LEAF, 0, 1, [], LEAF)
    for index in (-1, 1):
        with pytest.raises(ProofError):
            merkle.verify_inclusion(LEAF, index, 1, [], LEAF)


def test_two_hashes_cannot_be_cut_elsewhere() -> None:
    """A node is the hash of both halves in a row: where one ends must not be a matter of taste."""
    root, both = merkle.node_hash(LEAF, OTHER), LEAF + OTHER
    merkle.verify_inclusion(LEAF, 0, 2, [OTHER], root)
    for cut in (0, 31, 33, 64):
        with pytest.raises(ProofError):
            merkle.verify_inclusion(both[:cut], 0, 2, [both[cut:]], root)


def test_a_root_is_a_hash_even_when_it_is_the_same_twice() -> None:
    with pytest.raises(ProofError):
        merkle.verify_consistency(1, 1, b"x", b"x", [])


def test_a_tree_of_full_tiles_has_no_empty_one() -> None:
    assert list(tiles.tiles(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles.tiles(257)) == [Tile(0, 0), Tile(0, 1, 1), Tile(1, 0, 1)]


@pytest.mark.parametrize(("level", "held"), [(0, b""), (0, bytes(31)), (7, bytes(32 * 127 + 31))])
def test_a_tile_that_is_cut_is_no_tile(level: int, held: bytes) -> None:
    with pytest.raises(ProofError, match="shorter"):
        tiles.reader(lambda _level, _index: held)(level, 0)


@pytest.mark.parametrize("data", [b"\0", b"\0\0\0", b"\0\2a"])
def test_a_bundle_that_is_cut_is_none(data: bytes) -> None:
    with pytest.raises(FormatError):
        tiles.unbundle(data)


def lines(count: int) -> bytes:
    return b"a text\n\n" + b"".join(f"— n{at} AAAAAAA=\n".encode() for at in range(count))


def test_a_note_has_up_to_thirty_two_lines() -> None:
    assert len(note.parse(lines(32)).signatures) == 32
    with pytest.raises(FormatError, match="32"):
        note.parse(lines(33))


def test_a_verifier_key_is_of_a_good_name_and_key() -> None:
    for name in ("", "a b", "a+b"):
        with pytest.raises(FormatError):
            note.vkey(name, KEY.public)
    with pytest.raises(VaultError):
        note.parse_vkey(note.vkey("a", bytes(32)))
    with pytest.raises(FormatError):
        note.parse_vkey(note.vkey("a", KEY.public, note.COSIGNATURE))


def test_a_share_is_at_most_the_whole_in_parts_of_at_least_a_billionth() -> None:
    assert shares.parse_share("1/1000000000") == Fraction(1, 10**9)
    assert shares.parse_share("1/1") == 1
    for text in ("2/1", "3/2", "1/1000000001", "1/9999999999"):
        with pytest.raises(FormatError):
            shares.parse_share(text)


def test_a_party_named_twice_does_not_own_once() -> None:
    twice = [{"party": "a", "share": "1/1"}, {"party": "a", "share": "1/1"}]
    with pytest.raises(FormatError, match="twice"):
        shares.parse_owners(twice)


def test_a_return_has_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    data = returns.write_return(GIVEN)
    monkeypatch.setattr(returns, "MOST_BYTES", len(data))
    assert returns.read_return(data) == GIVEN
    monkeypatch.setattr(returns, "MOST_BYTES", len(data) - 1)
    with pytest.raises(FormatError):
        returns.read_return(data)
