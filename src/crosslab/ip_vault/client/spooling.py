"""Sealing and opening files of any length in little memory: from open file to open file, hashed on the way.

Nothing of a plaintext is believed before the whole file verified: open into a file of its own, then rename.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedIOBase

from crosslab.ip_vault import age
from crosslab.ip_vault.age import HybridIdentity
from crosslab.ip_vault.client.troubles import Trouble, tampered

Told = Callable[[int], object]
BLOCK = 1 << 20


def _nobody(_: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Measure:
    """Size in bytes and SHA-256 in hex."""

    size: int
    sha256: str


class Watched:
    """An open file whose bytes are counted and hashed as they pass, by a second thread while the first works.

    A piece handed over must stay as it is until the next but one: whoever works in blocks takes turns.
    """

    def __init__(self, file: BufferedIOBase, thread: ThreadPoolExecutor, told: Told = _nobody) -> None:
        self._file, self._thread, self._told = file, thread, told
        self._hash, self._size = sha256(), 0
        self._last: Future[None] | None = None

    def readinto(self, buffer: memoryview) -> int:
        """Reads into the buffer, as a file does."""
        got = self._file.readinto(buffer)
        self._pass(buffer[:got])
        return got

    def write(self, piece: bytes | memoryview) -> int:
        """Writes the piece, as a file does."""
        written = self._file.write(piece)
        self._pass(memoryview(piece)[:written])
        return written

    def measure(self) -> Measure:
        """What has passed, all of it."""
        self._settle()
        return Measure(self._size, self._hash.hexdigest())

    def _pass(self, piece: memoryview) -> None:
        self._settle()
        self._size += len(piece)
        self._last = self._thread.submit(self._hash.update, piece)
        self._told(len(piece))

    def _settle(self) -> None:
        if self._last is not None:
            self._last.result()


def measure(file: BufferedIOBase, told: Told = _nobody) -> Measure:
    """Size and hash of what is left of an open file."""
    hashed, size, buffer = sha256(), 0, memoryview(bytearray(BLOCK))
    while got := file.readinto(buffer):
        hashed.update(buffer[:got])
        size += got
        told(got)
    return Measure(size, hashed.hexdigest())


def seal_file(
    source: BufferedIOBase, target: BufferedIOBase, key: HybridIdentity, told: Told = _nobody
) -> tuple[Measure, Measure]:
    """Encrypts an open file into another; the measures of the plaintext and of the sealed file."""
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as two:
        plain, sealed = Watched(source, one, told), Watched(target, two)
        age.encrypt_file(plain, sealed, key.recipient)
        return plain.measure(), sealed.measure()


def open_file(
    source: BufferedIOBase,
    target: BufferedIOBase,
    key: HybridIdentity,
    said: Measure,
    inside: Measure | None = None,
) -> Measure:
    """Decrypts a sealed file, from its start, once its hash is the one that was signed.

    With `inside`, the plaintext must be what the manifest names. Raises and leaves a target to throw away.
    """
    if measure(source) != said:
        raise tampered(Trouble.WRONG_FILE, "a sealed file is not the one that was signed")
    source.seek(0)
    age.check_shape(source.read(4096), said.size, age.Shape.HYBRID)
    source.seek(0)
    with ThreadPoolExecutor(1) as thread:
        plain = Watched(target, thread)
        age.decrypt_file(source, plain, key)
        made = plain.measure()
    if inside is not None and made != inside:
        raise tampered(Trouble.WRONG_FILE, "a file is not the one the manifest names")
    return made
