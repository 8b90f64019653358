"""C2SP tlog-tiles: the tree cut into files of up to 256 hashes. Coordinates and readers only."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from crosslab.ip_vault import merkle
from crosslab.ip_vault.errors import FormatError, ProofError

WIDTH = 256
HEIGHT = 8
_PLACE = re.compile(r"((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


@dataclass(frozen=True)
class Tile:
    """The `index`-th tile of a level, holding its first `width` hashes."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """`tile/<L>/<N>[.p/<W>]`, the index in groups of three digits."""
        return f"tile/{self.level}/{self._rest}"

    @property
    def entries_path(self) -> str:
        """`tile/entries/<N>[.p/<W>]` of the bundle under a level-0 tile."""
        return f"tile/entries/{self._rest}"

    @property
    def _rest(self) -> str:
        digits = f"{self.index:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[start : start + 3] for start in range(0, len(digits), 3)]
        name = "/".join([*("x" + group for group in groups[:-1]), groups[-1]])
        return name if self.width == WIDTH else f"{name}.p/{self.width}"


def parse_place(text: str) -> tuple[int, int]:
    """The index and width in `<N>[.p/<W>]`, in the one form that `Tile` writes. Raises `FormatError`."""
    found = _PLACE.fullmatch(text)
    if found is None:
        raise FormatError("this is not the place of a tile")
    made = Tile(0, int(found[1].replace("x", "").replace("/", "")), int(found[2] or WIDTH))
    if made.entries_path != f"tile/entries/{text}":
        raise FormatError("this is not the place of a tile")
    return made.index, made.width


def tiles(size: int) -> Iterator[Tile]:
    """Every tile of a tree of this size, partial ones included."""
    level, count = 0, size
    while count:
        full, rest = divmod(count, WIDTH)
        yield from (Tile(level, index) for index in range(full))
        if rest:
            yield Tile(level, full, rest)
        level, count = level + 1, full


def place(level: int, index: int) -> tuple[Tile, int, int]:
    """Which full tile holds a complete subtree's hash: the tile, and the range of its hashes to combine."""
    tile_level, height = divmod(level, HEIGHT)
    first = index << height
    tile, start = divmod(first, WIDTH)
    return Tile(tile_level, tile), start, start + (1 << height)


def reader(load: Callable[[int, int], bytes]) -> merkle.Reader:
    """A reader of subtree hashes over stored tiles; `load(level, index)` gives a tile's bytes so far."""

    def read(level: int, index: int) -> bytes:
        tile, start, stop = place(level, index)
        data = load(tile.level, tile.index)
        hashes = [data[at * merkle.SIZE : (at + 1) * merkle.SIZE] for at in range(start, stop)]
        if any(len(each) != merkle.SIZE for each in hashes):
            raise ProofError("a tile is shorter than the tree says")
        while len(hashes) > 1:
            hashes = [merkle.node_hash(*hashes[at : at + 2]) for at in range(0, len(hashes), 2)]
        return hashes[0]

    return read


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries as an entry bundle: each after its length in two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundle(data: bytes) -> list[bytes]:
    """The entries of a bundle."""
    entries, at = [], 0
    while at < len(data):
        stop = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if stop > len(data) or at + 2 > len(data):
            raise FormatError("the entry bundle is cut")
        entries.append(data[at + 2 : stop])
        at = stop
    return entries
