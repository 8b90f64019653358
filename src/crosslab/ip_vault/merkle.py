"""RFC 6962 tree maths: roots, proofs, and their verification (as RFC 9162, section 2.1 words it).

Builders read the hashes of complete subtrees through a function, so memory, tiles and a database serve
alike. Leaves and nodes are hashed under different first bytes; do not hash entries any other way.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

from crosslab.ip_vault.errors import ProofError

Reader = Callable[
    [int, int], bytes
]  # (level, index) -> hash over leaves [index << level, (index + 1) << level)
SIZE = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one log entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A growing tree in memory: every complete subtree's hash, level by level."""

    def __init__(self) -> None:
        self.levels: list[list[bytes]] = [[]]

    @property
    def size(self) -> int:
        """How many leaves it has."""
        return len(self.levels[0])

    def read(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree."""
        return self.levels[level][index]

    def append(self, leaf: bytes) -> int:
        """Adds a leaf hash; returns its index."""
        index = self.size
        for level, place, value in appended(index, leaf, self.read):
            if level == len(self.levels):
                self.levels.append([])
            assert place == len(self.levels[level])  # noqa: S101 - the tree only ever grows at its end
            self.levels[level].append(value)
        return index

    def root(self, size: int | None = None) -> bytes:
        """The root over the first `size` leaves, or over all."""
        return root(self.size if size is None else size, self.read)


def appended(size: int, leaf: bytes, read: Reader) -> list[tuple[int, int, bytes]]:
    """The subtrees that a new leaf completes, as (level, index, hash), lowest first."""
    made, level, index, value = [(0, size, leaf)], 0, size, leaf
    while index & 1:
        value = node_hash(read(level, index - 1), value)
        level, index = level + 1, index >> 1
        made.append((level, index, value))
    return made


def root(size: int, read: Reader) -> bytes:
    """The root of a tree with this many leaves."""
    return EMPTY_ROOT if size == 0 else _span(0, size, read)


def inclusion_proof(index: int, size: int, read: Reader) -> list[bytes]:
    """The hashes that lead from a leaf to the root, sibling first."""
    if not 0 <= index < size:
        raise ProofError("there is no such leaf in a tree of this size")
    proof, low, high = [], 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            proof.append(_span(middle, high, read))
            high = middle
        else:
            proof.append(_span(low, middle, read))
            low = middle
    return proof[::-1]


def consistency_proof(old: int, new: int, read: Reader) -> list[bytes]:
    """The hashes that show a tree of `new` leaves to begin with the tree of `old` leaves."""
    if not 0 < old <= new:
        raise ProofError("a consistency proof leads from a smaller tree, that is not empty, to a larger one")
    proof, low, high, whole = [], 0, new, True
    while high != old:
        middle = low + _split(high - low)
        if old <= middle:
            proof.append(_span(middle, high, read))
            high = middle
        else:
            proof.append(_span(low, middle, read))
            low, whole = middle, False
    if not whole:
        proof.append(_span(low, high, read))
    return proof[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that a leaf and its proof lead to; a proof of the wrong length is refused."""
    if not 0 <= index < size or any(len(each) != SIZE for each in (leaf, *proof)):
        raise ProofError("the proof is not for a leaf of this tree")
    place, last, value = index, size - 1, leaf
    for each in proof:
        if last == 0:
            raise ProofError("the proof is too long")
        if place & 1 or place == last:
            value = node_hash(each, value)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            value = node_hash(value, each)
        place, last = place >> 1, last >> 1
    if last:
        raise ProofError("the proof is too short")
    return value


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> None:
    """Raises ProofError unless the leaf stands at this index under this root."""
    if root_from_inclusion(leaf, index, size, proof) != expected:
        raise ProofError("the entry is not in the log at this place")


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raises ProofError unless the newer tree begins with the older one."""
    if not 0 < old <= new or any(len(each) != SIZE for each in (old_root, new_root, *proof)):
        raise ProofError("the proof does not lead from a smaller tree to a larger one")
    if old == new:
        if proof or old_root != new_root:
            raise ProofError("two roots for one size: the log was forked")
        return
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    if not steps or _climb(old, new, steps) != (old_root, new_root):
        raise ProofError("the log does not begin with what it showed before")


def _climb(old: int, new: int, steps: list[bytes]) -> tuple[bytes, bytes]:
    """The two roots that a consistency proof leads to."""
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    older = newer = steps[0]
    for each in steps[1:]:
        if last == 0:
            raise ProofError("the proof is too long")
        if place & 1 or place == last:
            older, newer = node_hash(each, older), node_hash(each, newer)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            newer = node_hash(newer, each)
        place, last = place >> 1, last >> 1
    if last:
        raise ProofError("the proof is too short")
    return older, newer


def _split(count: int) -> int:
    return 1 << (count - 1).bit_length() - 1


def _span(low: int, high: int, read: Reader) -> bytes:
    """The hash over the leaves [low, high); `low` is always a multiple of the span's complete subtrees."""
    count = high - low
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return read(level, low >> level)
    middle = low + _split(count)
    return node_hash(_span(low, middle, read), _span(middle, high, read))
