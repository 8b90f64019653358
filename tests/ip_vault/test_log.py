"""Trees, tiles, chains, checkpoints and receipts."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslab.ip_vault import chains, keys, merkle, note, tiles, tlog
from crosslab.ip_vault.errors import FormatError, ProofError, VaultError
from crosslab.ip_vault.ids import digest

KEY, WITNESS = keys.SigningKey(b"l" * 32), keys.SigningKey(b"w" * 32)
ORIGIN = "vault.example/log1"
IDS = [digest(bytes([number])) for number in range(5)]
ENTRIES = [tlog.statement_entry(each, b"note of " + each.encode(), None) for each in IDS]


def tree(size: int) -> merkle.Tree:
    made = merkle.Tree()
    for number in range(size):
        made.append(merkle.leaf_hash(b"%d" % number))
    return made


def slow_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return merkle.node_hash(slow_root(leaves[:half]), slow_root(leaves[half:]))


@given(st.integers(0, 80))
def test_the_root_is_that_of_the_rfc(size: int) -> None:
    assert tree(size).root() == slow_root([merkle.leaf_hash(b"%d" % number) for number in range(size)])


@given(st.data(), st.integers(1, 300))
def test_inclusion_proofs_lead_to_the_root_and_nowhere_else(data: st.DataObject, size: int) -> None:
    made, index = tree(size), data.draw(st.integers(0, size - 1))
    leaf, proof = made.read(0, index), merkle.inclusion_proof(index, size, made.read)
    merkle.verify_inclusion(leaf, index, size, proof, made.root())
    for bad in ([*proof, leaf], proof[:-1] if proof else [leaf], [b"x" * 32, *proof[1:]]):
        with pytest.raises(ProofError):
            merkle.verify_inclusion(leaf, index, size, bad, made.root())


@given(st.data(), st.integers(1, 300))
def test_consistency_proofs_tie_two_sizes_together(data: st.DataObject, new: int) -> None:
    made, old = tree(new), data.draw(st.integers(1, new))
    proof = merkle.consistency_proof(old, new, made.read)
    merkle.verify_consistency(old, new, made.root(old), made.root(), proof)
    for bad in ([*proof, b"x" * 32], proof[:-1] if proof else [b"x" * 32]):
        with pytest.raises(ProofError):
            merkle.verify_consistency(old, new, made.root(old), made.root(), bad)
    with pytest.raises(ProofError):
        merkle.verify_consistency(old, new, b"f" * 32, made.root(), proof)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_there_is_no_proof_beyond_the_tree(index: int, size: int) -> None:
    with pytest.raises(ProofError):
        merkle.inclusion_proof(index, size, tree(size).read)
    with pytest.raises(ProofError):
        merkle.root_from_inclusion(b"l" * 32, index, size, [])


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (0, 0)])
def test_nothing_is_consistent_with_an_empty_or_larger_tree(old: int, new: int) -> None:
    with pytest.raises(ProofError):
        merkle.consistency_proof(old, new, tree(4).read)
    with pytest.raises(ProofError):
        merkle.verify_consistency(old, new, b"a" * 32, b"b" * 32, [])


@pytest.mark.parametrize("size", [1, 255, 256, 257, 1000])
def test_tiles_carry_the_whole_tree(size: int) -> None:
    made = tree(size)
    stored = {
        (tile.level, tile.index): b"".join(
            made.read(tile.level * 8, tile.index * 256 + at) for at in range(tile.width)
        )
        for tile in tiles.tiles(size)
    }
    read = tiles.reader(lambda level, index: stored[level, index])
    assert merkle.root(size, read) == made.root()
    assert merkle.inclusion_proof(size // 2, size, read) == merkle.inclusion_proof(size // 2, size, made.read)


def test_tile_paths_are_those_of_the_standard() -> None:
    assert tiles.Tile(0, 1234067).path == "tile/0/x001/x234/067"
    assert tiles.Tile(1, 0, 17).path == "tile/1/000.p/17"
    assert tiles.Tile(0, 273, 112).entries_path == "tile/entries/273.p/112"
    found = list(tiles.tiles(70_000))
    assert len(found) == 273 + 1 + 1 + 1 + 1
    assert [tile.width for tile in found if tile.width < 256] == [112, 17, 1]


@given(st.integers(0, 10**15), st.integers(1, 256))
def test_the_place_of_a_tile_is_read_back(index: int, width: int) -> None:
    path = tiles.Tile(3, index, width).path
    assert tiles.parse_place(path.removeprefix("tile/3/")) == (index, width)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "0",
        "1234",
        "x000/001",
        "x001/23",
        "001.p/0",
        "001.p/256",
        "001.p/07",
        "001.p",
        "x001",
        "00a",
        "001/",
    ],
)
def test_the_place_of_a_tile_has_one_form(bad: str) -> None:
    with pytest.raises(FormatError):
        tiles.parse_place(bad)


@given(st.lists(st.binary(max_size=200)))
def test_entry_bundles_round_trip(entries: list[bytes]) -> None:
    assert tiles.unbundle(tiles.bundle(entries)) == entries
    with pytest.raises(FormatError):
        tiles.unbundle(tiles.bundle([*entries, b"xx"])[:-1])


def test_entries_have_one_form() -> None:
    entry = tlog.statement_entry(IDS[0], b"note", None)
    assert len(entry) == 165
    assert tlog.parse_entry(entry) == tlog.Entry(
        tlog.Kind.STATEMENT, IDS[0], digest(b"note"), tlog.tag(IDS[0], None)
    )
    assert tlog.parse_entry(tlog.release_entry(b"m")).kind is tlog.Kind.RELEASE
    assert tlog.parse_entry(tlog.previous_log_entry(b"c")).id == digest(b"c")
    for bad in (
        entry[:-1],
        entry + b"\n",
        entry.upper(),
        b"s " + entry,
        b"",
        b"r x\n",
        entry.replace(b" ", b"  "),
    ):
        with pytest.raises(FormatError):
            tlog.parse_entry(bad)


def test_two_statements_at_one_place_carry_one_tag() -> None:
    before = chains.links(IDS[:2])[-1]
    assert tlog.tag(IDS[2], before) == tlog.tag(IDS[3], before)
    assert tlog.tag(IDS[2], None) != tlog.tag(IDS[3], None)


def test_links_depend_on_everything_before() -> None:
    assert chains.links(IDS)[-1] != chains.links([IDS[1], IDS[0], *IDS[2:]])[-1]
    assert chains.links(IDS)[1] == chains.link(chains.link(None, IDS[0]), IDS[1])


def logged(size: int = 5) -> tuple[merkle.Tree, bytes]:
    made = merkle.Tree()
    for entry in ENTRIES[:size]:
        made.append(merkle.leaf_hash(entry))
    return made, tlog.sign_checkpoint(tlog.Checkpoint(ORIGIN, size, made.root()), KEY)


def receipt(index: int) -> tlog.Receipt:
    made, checkpoint = logged()
    return tlog.Receipt(index, tuple(merkle.inclusion_proof(index, made.size, made.read)), checkpoint)


def test_a_receipt_proves_its_entry_and_no_other() -> None:
    data = tlog.write_receipt(receipt(2))
    point = tlog.verify_receipt(tlog.parse_receipt(data), ENTRIES[2], ORIGIN, KEY.public)
    assert point.size == 5
    for entry, origin, key in [
        (ENTRIES[1], ORIGIN, KEY.public),
        (ENTRIES[2], "other/log", KEY.public),
        (ENTRIES[2], ORIGIN, WITNESS.public),
    ]:
        with pytest.raises(ProofError):
            tlog.verify_receipt(tlog.parse_receipt(data), entry, origin, key)


@given(st.data())
def test_a_changed_receipt_proves_nothing(data: st.DataObject) -> None:
    changed = bytearray(tlog.write_receipt(receipt(3)))
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(VaultError):
        tlog.verify_receipt(tlog.parse_receipt(bytes(changed)), ENTRIES[3], ORIGIN, KEY.public)


def test_checkpoints_have_exactly_three_lines() -> None:
    _, checkpoint = logged()
    assert tlog.open_checkpoint(checkpoint, ORIGIN, KEY.public).size == 5
    text = tlog.checkpoint_text(tlog.parse_checkpoint(checkpoint))
    for bad in (text + b"extension\n", text.replace(b"\n5\n", b"\n05\n"), text.replace(b"\n5\n", b"\n-5\n")):
        with pytest.raises(FormatError):
            tlog.parse_checkpoint(note.sign(bad, [(ORIGIN, KEY)]))


def test_a_fork_or_a_smaller_log_is_noticed() -> None:
    made, _ = logged()
    pin = tlog.Checkpoint(ORIGIN, 3, made.root(3))
    newer = tlog.Checkpoint(ORIGIN, 5, made.root())
    tlog.extends(pin, newer, merkle.consistency_proof(3, 5, made.read))
    tlog.extends(tlog.Checkpoint(ORIGIN, 0, merkle.EMPTY_ROOT), newer, [])
    with pytest.raises(ProofError):
        tlog.extends(newer, pin, [])
    with pytest.raises(ProofError):
        tlog.extends(pin, tlog.Checkpoint(ORIGIN, 3, b"f" * 32), [])


def test_a_witness_signs_one_size_at_one_second() -> None:
    _, checkpoint = logged()
    signer = note.Signer("witness.example", WITNESS.public)
    seen = checkpoint + tlog.cosign(checkpoint, signer.name, WITNESS, 1_800_000_000)
    assert tlog.verify_cosignature(seen, signer) == 1_800_000_000
    assert tlog.open_checkpoint(seen, ORIGIN, KEY.public).size == 5
    _, other = logged(4)
    with pytest.raises(ProofError):
        tlog.verify_cosignature(other + seen[len(checkpoint) :], signer)
    with pytest.raises(ProofError):
        tlog.verify_cosignature(checkpoint, signer)
