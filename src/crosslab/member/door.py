"""The server's doors, as the command line uses them: nothing they answer is believed, and no code of theirs is run.

Reading and sending of sealed files is tried again when the line breaks; what came already is not fetched twice.
"""

import base64
import binascii
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from crosslab.ip_vault import tiles
from crosslab.ip_vault.client import Said
from crosslab.ip_vault.client.memory import Row, Shown
from crosslab.ip_vault.errors import FormatError
from crosslab.ip_vault.evidence import Stamp

from .stops import Code, Stale, Stop, locked

COOKIE = "crosslab"
UA = "crosslab-vault/1"
PIECE = 1 << 20
AGAIN = {502, 503, 504}
NEWEST = "/vault/log"
MOST_ANSWER = 64 << 20  # bytes of anything that is not a sealed file
HALTED = "halted"  # what a register calls it that vouches for nothing, as after a restored backup
NONSENSE = "This is no Crosslab server, or it answers nonsense."
Told = Callable[[int], object]
Pieces = Iterator[bytes]


class Door:
    """One server, and our session with it."""

    def __init__(self, url: str, token: str, *, tries: int = 5, patience: float = 30) -> None:
        self.url, self.tries, self.csrf = url.rstrip("/"), tries, ""
        self.log = NEWEST
        self.client = httpx.Client(
            base_url=self.url,
            cookies={COOKIE: token} if token else None,
            headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": UA},
            timeout=patience,
            trust_env=False,
        )

    def session(self) -> dict[str, Any]:
        """Who we are to the server, and what it says we belong to."""
        told = self._json(self._get("/vault/session"))
        self.csrf = str(told.get("csrf", ""))
        return told

    def checkpoint(self) -> bytes:
        """The log's newest checkpoint."""
        return self._get(f"{self.log}/checkpoint")

    def agreed(self, quorum: int) -> bytes | None:
        """The newest checkpoint that so many witnesses have signed, if there is one."""
        return self._look(f"{self.log}/checkpoint?quorum={quorum}")

    def logs(self) -> list[dict[str, Any]]:
        """The logs of the register as the server tells them, the newest last."""
        told = self._json(self._get(f"{NEWEST}/about")).get("logs", [])
        return [dict(each) for each in told if isinstance(each, dict)]

    def stamps(self, origin: str, size: int) -> list[Stamp]:
        """The time stamps of this log's checkpoints up to a size, the smallest first. None of them is believed yet."""
        try:
            ids = [UUID(each["id"]) for each in json.loads(self._get(f"{NEWEST}/timestamps"))]
        except (KeyError, TypeError, ValueError) as error:
            raise Stop(Code.NETWORK, NONSENSE) from error
        found = [self._stamp(each) for each in ids]
        fitting = [each for each in found if each.origin == origin and each.size <= size]
        return sorted(fitting, key=lambda each: each.size)

    def _stamp(self, id: UUID) -> Stamp:
        place = f"{NEWEST}/timestamps/{id}"
        return Stamp(*(self._get(f"{place}/{part}") for part in ("checkpoint", "token", "chain")))

    def consistency(self, old: int, new: int) -> Sequence[bytes]:
        """The proof between two sizes. Raises FormatError when it is none."""
        lines = self._get(f"{self.log}/consistency?old={old}&new={new}").split(b"\n")
        try:
            return [base64.b64decode(line, validate=True) for line in lines if line]
        except binascii.Error as error:
            raise FormatError("a proof is not base64") from error

    def entries(self, bundle: int, width: int) -> Sequence[bytes]:
        """The entries under a tile: as a tile of this width, or whole when the log has grown since."""
        for path in (tiles.Tile(0, bundle, width).entries_path, tiles.Tile(0, bundle).entries_path):
            found = self._look(f"{self.log}/{path}")
            if found is not None:
                return tiles.unbundle(found)
        return ()

    def chain(self, id: str, after: int) -> Shown | None:
        """A chain from a place on, or None when there is none for us."""
        data = self._look(f"/vault/chains/{id}?after={after}")
        if data is None:
            return None
        told = self._json(data)
        try:
            rows = [
                Row(str(row["id"]), int(row["seq"]), int(row["index"]), _note(row["note"]))
                for row in told["statements"]
            ]
            return Shown([str(each) for each in told["ids"]], rows)
        except (KeyError, TypeError, ValueError) as error:
            raise FormatError("a chain is not in the form that chains have") from error

    def attachment(self, sha256: str) -> bytes:
        """A grant or a wrapped key."""
        return self._get(f"/vault/attachments/{sha256}")

    def receipt(self, id: str) -> bytes:
        """The proof that a statement stands in the log."""
        return self._get(f"/vault/statements/{id}/receipt")

    def unlock_file(self, kind: str = "passphrase") -> bytes | None:
        """Our sealed root, or None."""
        return self._look(f"/vault/unlock/{kind}")

    def keep_unlock_file(self, data: bytes, kind: str = "passphrase") -> None:
        """Leaves our sealed root with the server."""
        self._accept(self._ask("PUT", f"/vault/unlock/{kind}", content=data, headers=self._proof()))

    def hand_in(
        self, said: Sequence[Said], about: Mapping[str, str], path: str = "/vault/statements"
    ) -> list[dict[str, Any]]:
        """Statements that belong together: all or none. The receipts, still to be verified. Raises `Stale`."""
        parts: list[tuple[str, tuple[str, bytes, str]]] = []
        for each in said:
            parts.append(("note", ("note", each.note, "text/plain")))
        for file in (file for each in said for file in each.files.values()):
            parts.append(("attachment", ("attachment", file, "application/octet-stream")))
        told, headers = {"about": json.dumps(dict(about))}, self._proof()
        answer = self._ask("POST", path, data=told, files=parts, headers=headers)
        if answer.status_code == 409 and _told(answer).get("error") == "stale":
            raise Stale
        made: list[dict[str, Any]] = self._json(self._accept(answer)).get("statements", [])
        return made

    def give_back(self, data: bytes) -> None:
        """Hands back what the register has lost."""
        self._accept(self._ask("PUT", "/vault/returned", content=data, headers=self._proof()))

    def post(self, path: str, content: bytes) -> bytes:
        """Hands in a text at an open door, as a witness does."""
        headers = {"Content-Type": "text/plain; charset=utf-8", **self._proof()}
        return self._accept(self._ask("POST", path, content=content, headers=headers))

    def has(self, sha256: str) -> bool:
        """Whether the server still holds a sealed file of ours, so that it need not be sent again."""
        with self._stream("GET", f"/vault/blobs/{sha256}", headers={"Range": "bytes=0-0"}) as answer:
            if answer.status_code == 401:
                raise locked("Your session has ended. Sign in again: crosslab vault login")
            return answer.is_success

    def send(self, sha256: str, path: Path, told: Told) -> None:
        """Sends a sealed file, whole; from the start again when the line breaks."""
        passed = 0

        def pieces() -> Pieces:
            nonlocal passed
            with path.open("rb") as file:
                while piece := file.read(PIECE):
                    yield piece
                    passed += len(piece)
                    told(len(piece))

        size = str(path.stat().st_size)
        headers = {**self._proof(), "Content-Type": "application/octet-stream", "Content-Length": size}
        for left in self._patiently():
            told(-passed)
            passed = 0
            try:
                answer = self.client.put(f"/vault/blobs/{sha256}", content=pieces(), headers=headers)
            except httpx.TransportError as error:
                if not left:
                    raise _unreachable(error) from error
                continue
            if answer.status_code in AGAIN and left:
                continue
            self._accept(answer)
            return

    def fetch(self, sha256: str, size: int, part: Path, told: Told) -> None:
        """Fetches a sealed file into `part`, going on where an earlier attempt broke off."""
        for left in self._patiently():
            have = part.stat().st_size if part.exists() else 0
            if have >= size:
                break
            try:
                self._fetch_rest(sha256, have, size, part, told)
                break
            except httpx.TransportError as error:
                if not left:
                    raise _unreachable(error) from error

    def _fetch_rest(self, sha256: str, have: int, size: int, part: Path, told: Told) -> None:
        headers = {"Range": f"bytes={have}-"} if have else {}
        with self._stream("GET", f"/vault/blobs/{sha256}", headers=headers) as answer:
            if not answer.is_success:
                answer.read()
                self._accept(answer)
            mode = "ab" if answer.status_code == 206 else "wb"
            with os.fdopen(os.open(part, _FLAGS[mode], 0o600), mode) as out:
                for piece in answer.iter_raw(PIECE):
                    out.write(piece)
                    told(len(piece))
                    if out.tell() > size:
                        break
            if part.stat().st_size < size:
                raise httpx.ReadError("the line broke off")

    @contextmanager
    def _stream(self, method: str, path: str, **more: Any) -> Iterator[httpx.Response]:
        with self.client.stream(method, path, **more) as answer:
            yield answer

    def _proof(self) -> dict[str, str]:
        return {"X-CSRF": self.csrf}

    def _patiently(self) -> Iterator[int]:
        """How many tries are left, with a growing pause between them."""
        for done in range(self.tries):
            if done:
                time.sleep(min(8.0, 0.25 * 2**done))
            yield self.tries - done - 1

    def _get(self, path: str) -> bytes:
        return self._accept(self._ask("GET", path))

    def _look(self, path: str) -> bytes | None:
        answer = self._ask("GET", path)
        return None if answer.status_code == 404 else self._accept(answer)

    def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One answer. A GET is asked again when the line breaks; a change never by itself."""
        for left in self._patiently():
            try:
                answer = self.client.request(method, path, **more)
            except httpx.TransportError as error:
                if not left or method == "POST":
                    raise _unreachable(error) from error
                continue
            if answer.status_code not in AGAIN or not left or method == "POST":
                return answer
        raise Stop(Code.NETWORK, "The server does not answer.")

    def _accept(self, answer: httpx.Response) -> bytes:
        if answer.is_success and len(answer.content) <= MOST_ANSWER:
            return answer.content
        raise refusal(answer)

    def _json(self, data: bytes) -> dict[str, Any]:
        try:
            told = json.loads(data)
        except ValueError as error:
            raise Stop(Code.NETWORK, NONSENSE) from error
        return told if isinstance(told, dict) else {}


_FLAGS = {"ab": os.O_WRONLY | os.O_CREAT | os.O_APPEND, "wb": os.O_WRONLY | os.O_CREAT | os.O_TRUNC}


def refusal(answer: httpx.Response) -> Stop:
    """What the server's refusal means here: its sentence as it came, and our number."""
    told = _told(answer)
    sentence = str(told.get("sentence") or f"The server answered {answer.status_code}.")
    if answer.status_code == 401:
        return locked("Your session has ended. Sign in again: crosslab vault login")
    if answer.status_code == 404:
        return Stop(Code.NOTHING, sentence)
    if answer.status_code >= 500 or answer.status_code in (301, 302, 303, 307, 308, 429):
        return Stop(Code.NETWORK, sentence, HALTED if told.get("error") == HALTED else "")
    return Stop(Code.REFUSED, sentence, str(told.get("reason", "")))


def _unreachable(error: httpx.TransportError) -> Stop:
    return Stop(Code.NETWORK, f"The server cannot be reached ({type(error).__name__}). Try again.")


def _told(answer: httpx.Response) -> dict[str, Any]:
    try:
        told = json.loads(answer.content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _note(text: Any) -> bytes | None:
    return None if text is None else str(text).encode()
