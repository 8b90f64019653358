"""The payload of an age file: STREAM over ChaCha20-Poly1305 in chunks of 64 KiB.

`open_chunks` yields a chunk only after its tag was verified, but a cut file is only noticed at its end.
So whoever shows or stores plaintext collects it aside and uses it when the generator has finished.
Do not: show partial plaintext, ignore the exception at the end, write straight to the final file name.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from crosslab.ip_vault.age.errors import PayloadFailure
from crosslab.ip_vault.age.format import hkdf

CHUNK = 64 * 1024
TAG = 16
NONCE = 16
CHUNKS = 8  # in one block of a file: read, worked on and written at a time


class Readable(Protocol):
    """An open file whose bytes are read into a buffer; how many came, none at its end."""

    def readinto(self, buffer: memoryview, /) -> int: ...


class Writable(Protocol):
    """An open file to write to; how many bytes it took."""

    def write(self, piece: bytes | memoryview, /) -> int: ...


def payload_key(file_key: bytes, nonce: bytes) -> bytes:
    """The key of one payload, bound to the file key and the file's nonce."""
    return hkdf(file_key, nonce, b"payload")


def seal_chunks(key: bytes, pieces: Iterable[bytes | memoryview]) -> Iterator[bytes]:
    """The sealed chunks of the plaintext; the last one is marked, and empty only for an empty plaintext."""
    cipher = ChaCha20Poly1305(key)
    for counter, (chunk, last) in enumerate(_regroup(pieces, CHUNK)):
        yield cipher.encrypt(_nonce(counter, last), chunk, None)


def open_chunks(key: bytes, pieces: Iterable[bytes | memoryview]) -> Iterator[bytes]:
    """The verified chunks of the plaintext; raises PayloadFailure where the payload stops being genuine."""
    cipher = ChaCha20Poly1305(key)
    for counter, (chunk, ends) in enumerate(_regroup(pieces, CHUNK + TAG)):
        if ends and counter and len(chunk) == TAG:
            raise PayloadFailure("the last chunk is empty")
        plain, last = _open(cipher, counter, chunk, ends)
        yield plain
        if last != ends:
            raise PayloadFailure("the payload is cut" if ends else "the payload goes on after its last chunk")


def _open(
    cipher: ChaCha20Poly1305, counter: int, chunk: bytes | memoryview, ends: bool
) -> tuple[bytes, bool]:
    """The chunk's plaintext and whether its writer marked it as the last one."""
    try:
        return cipher.decrypt(_nonce(counter, ends), chunk, None), ends
    except InvalidTag as error:
        if len(chunk) == CHUNK + TAG:
            return _open_other(cipher, counter, chunk, ends), not ends
        raise PayloadFailure("a chunk was changed, moved, cut or added") from error


def _open_other(cipher: ChaCha20Poly1305, counter: int, chunk: bytes | memoryview, ends: bool) -> bytes:
    try:
        return cipher.decrypt(_nonce(counter, not ends), chunk, None)
    except InvalidTag as error:
        raise PayloadFailure("a chunk was changed, moved, cut or added") from error


def seal_file(key: bytes, source: Readable, target: Writable) -> None:
    """Seals what is left of an open file into another, in blocks of half a mebibyte: the bytes of `seal_chunks`."""
    cipher, counter = ChaCha20Poly1305(key), 0
    with _Behind(target, CHUNKS * (CHUNK + TAG)) as behind:
        for block, last in _blocks(source, CHUNKS * CHUNK):
            out, made = behind.buffer, 0
            for start in range(0, len(block) or 1, CHUNK):
                chunk = block[start : start + CHUNK]
                nonce = _nonce(counter, last and start + CHUNK >= len(block))
                made += cipher.encrypt_into(nonce, chunk, None, out[made : made + len(chunk) + TAG])
                counter += 1
            behind.write(made)


def open_file(key: bytes, source: Readable, target: Writable) -> None:
    """Opens what is left of an open file into another; on PayloadFailure the caller throws the target away."""
    cipher, counter = ChaCha20Poly1305(key), 0
    with _Behind(target, CHUNKS * CHUNK) as behind:
        for block, last in _blocks(source, CHUNKS * (CHUNK + TAG)):
            out, made = behind.buffer, 0
            for start in range(0, len(block) or 1, CHUNK + TAG):
                chunk = block[start : start + CHUNK + TAG]
                ends = last and start + CHUNK + TAG >= len(block)
                if len(chunk) < TAG or (ends and counter and len(chunk) == TAG):
                    raise PayloadFailure("the payload is cut, or its last chunk is empty")
                try:
                    nonce = _nonce(counter, ends)
                    made += cipher.decrypt_into(nonce, chunk, None, out[made : made + len(chunk) - TAG])
                except InvalidTag as error:
                    raise PayloadFailure("a chunk was changed, moved, cut or added") from error
                counter += 1
            behind.write(made)


class _Behind:
    """Writes one block while the next is worked on. Three buffers take turns, so that whoever watches the file
    may still look at the block before; an error of writing is raised by the next block, or at the end."""

    def __init__(self, target: Writable, size: int) -> None:
        self._target, self._turn = target, 0
        self._buffers = [memoryview(bytearray(size)) for _ in range(3)]
        self._thread = ThreadPoolExecutor(1)
        self._last: Future[None] | None = None

    @property
    def buffer(self) -> memoryview:
        """Where the next block goes."""
        return self._buffers[self._turn % 3]

    def write(self, size: int) -> None:
        """Writes the first bytes of the buffer, once what came before is written."""
        self._settle()
        self._last = self._thread.submit(self._put, self.buffer[:size])
        self._turn += 1

    def _put(self, data: memoryview) -> None:
        while data:
            data = data[self._target.write(data) :]

    def _settle(self) -> None:
        if self._last is not None:
            self._last.result()

    def __enter__(self) -> "_Behind":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self._settle()
        finally:
            self._thread.shutdown()


def _blocks(source: Readable, size: int) -> Iterator[tuple[memoryview, bool]]:
    """The file in blocks of exactly `size` and a last one that is only empty when the file is."""
    buffers = memoryview(bytearray(size)), memoryview(bytearray(size)), memoryview(bytearray(size))
    have, turn = _fill(source, buffers[0]), 0
    while have == size:
        more = _fill(source, buffers[(turn + 1) % 3])
        yield buffers[turn % 3], not more
        if not more:
            return
        have, turn = more, turn + 1
    yield buffers[turn % 3][:have], True


def _fill(source: Readable, buffer: memoryview) -> int:
    """Reads until the buffer is full or the file ends; a read may bring less than was asked for."""
    have = 0
    while have < len(buffer):
        got = source.readinto(buffer[have:])
        if not got:
            break
        have += got
    return have


def legal_payload(size: int) -> bool:
    """Whether a payload (nonce and chunks) can have this many bytes at all; a check without keys."""
    whole, rest = divmod(size - NONCE, CHUNK + TAG)
    return size >= NONCE + TAG and (rest == 0 or rest > TAG or (whole == 0 and rest == TAG))


def _nonce(counter: int, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _regroup(pieces: Iterable[bytes | memoryview], size: int) -> Iterator[tuple[bytes | memoryview, bool]]:
    """Groups of exactly `size` bytes and a last one of 1 to `size` (or of none, if nothing came)."""
    held = bytearray()
    ready: bytes | memoryview | None = None
    for piece in pieces:
        view = memoryview(piece)
        while view:
            if ready is not None:
                yield ready, False
                ready = None
            if not held and len(view) >= size:
                ready, view = view[:size], view[size:]
                continue
            taken = size - len(held)
            held += view[:taken]
            view = view[taken:]
            if len(held) == size:
                ready, held = bytes(held), bytearray()
    if ready is not None and held:
        yield ready, False
        ready = None
    yield ready if ready is not None else bytes(held), True
