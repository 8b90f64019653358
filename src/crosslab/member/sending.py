"""Sealed files on their way to the server, by draft-ietf-httpbis-resumable-upload: it says how far one has come.

What it says is durable there, so that many broken lines cost no more than one. Parts are small enough that a proxy
which takes in a whole request before it hands it on keeps no more than a part from arriving.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from .line import AGAIN, Line, pause, refusal, unreachable
from .stops import Stop

Told = Callable[[int], object]
SMALL = 1 << 20  # bytes up to which a file is sent in one go
PART = 32 << 20
PIECE = 1 << 20
SLOWEST = 4 << 20  # bytes a second that a server puts together at least
BUSY = 429


@dataclass(frozen=True)
class Come:
    """How much of a sealed file of ours the server has: so many bytes, or all of it."""

    bytes: int
    whole: bool


class Later(Exception):
    """The server is busy, or the file goes on elsewhere: ask again, after so many seconds at least."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        told, self.answer = answer.headers.get("retry-after", ""), answer
        self.seconds = int(told) if re.fullmatch("[0-9]{1,2}", told) else 0


def come(line: Line, sha256: str) -> Come:
    """How much of a sealed file has come, as the server says."""
    answer = line.ask("HEAD", _door(sha256))
    line.accept(answer)
    return _said(answer)


def send(line: Line, sha256: str, path: Path, told: Told) -> None:
    """Sends a sealed file from where it stopped. Gives up when so many tries in a row have brought nothing."""
    way = Way(line, sha256, path, told)
    furthest, vain, rest = -1, 0, 0
    while True:
        pause(vain, rest)
        try:
            way.go_on()
            return
        except (httpx.TransportError, Later) as broke:
            rest = broke.seconds if isinstance(broke, Later) else 0
            vain = 1 if way.there > furthest else vain + 1
            furthest = max(furthest, way.there)
            if vain >= line.tries:
                raise _given_up(broke) from broke


class Way:
    """The way of one file: how far the server says it is, and how far the bar is that somebody looks at."""

    def __init__(self, line: Line, sha256: str, path: Path, told: Told) -> None:
        self._line, self._sha256, self._path, self._told = line, sha256, path, told
        self._size, self._shown, self.there = path.stat().st_size, 0, -1

    def go_on(self) -> None:
        """Asks how far it has come, and sends the rest. Raises when the line breaks."""
        found = _said(_passed(self._line.client.head(_door(self._sha256))))
        self._is_at(self._size if found.whole else found.bytes)
        if found.whole:
            return
        if not found.bytes and self._size <= SMALL:
            self._hand_over("PUT", 0, self._size, {"Content-Type": "application/octet-stream"})
            return
        while self._part():
            pass

    def _part(self) -> bool:
        """Sends the next part; whether another one follows."""
        at = self.there
        stop = min(self._size, at + PART)
        last = stop == self._size
        headers = {
            "Content-Type": "application/partial-upload",
            "Upload-Offset": str(at),
            "Upload-Length": str(self._size),
            "Upload-Complete": "?1" if last else "?0",
        }
        self._hand_over("PATCH", at, stop, headers)
        return not last

    def _hand_over(self, method: str, at: int, stop: int, headers: dict[str, str]) -> None:
        headers = {**self._line.proof(), **headers, "Content-Length": str(max(0, stop - at))}
        patience = httpx.Timeout(self._line.patience, read=self._line.patience + stop / SLOWEST)
        pieces, door = self._pieces(at, stop), _door(self._sha256)
        _passed(self._line.client.request(method, door, content=pieces, headers=headers, timeout=patience))
        self._is_at(stop)

    def _pieces(self, at: int, stop: int) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            file.seek(at)
            while at < stop and (piece := file.read(min(PIECE, stop - at))):
                yield piece
                at += len(piece)
                self._show(at)

    def _is_at(self, at: int) -> None:
        self.there = at
        self._show(at)

    def _show(self, at: int) -> None:
        """Moves the bar, back too."""
        self._told(at - self._shown)
        self._shown = at


def _door(sha256: str) -> str:
    return f"/vault/blobs/{sha256}"


def _passed(answer: httpx.Response) -> httpx.Response:
    """The answer, if it is none that asks us to come again."""
    if answer.is_success:
        return answer
    elsewhere = answer.status_code == 409 and answer.headers.get("upload-complete") == "?0"
    if elsewhere or answer.status_code in {*AGAIN, BUSY}:
        raise Later(answer)
    raise refusal(answer)


def _said(answer: httpx.Response) -> Come:
    told = answer.headers.get("upload-offset", "")
    return Come(
        int(told) if re.fullmatch("[0-9]{1,15}", told) else 0, answer.headers.get("upload-complete") == "?1"
    )


def _given_up(broke: httpx.TransportError | Later) -> Stop:
    return refusal(broke.answer) if isinstance(broke, Later) else unreachable(broke)
