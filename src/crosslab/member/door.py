"""The server's doors, as the command line uses them: nothing they answer is believed, and no code of theirs is run.

Reading and sending of sealed files is tried again when the line breaks; no byte that came goes over it twice.
"""

import base64
import binascii
import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from crosslab.ip_vault import tiles
from crosslab.ip_vault.client import Said
from crosslab.ip_vault.client.memory import Row, Shown
from crosslab.ip_vault.errors import FormatError
from crosslab.ip_vault.evidence import Stamp

from . import sending
from .line import NONSENSE, Line, told_by, unreachable
from .stops import Code, Stale, Stop

NEWEST = "/vault/log"
PIECE = 1 << 20
Told = Callable[[int], object]


class Door(Line):
    """One server's doors."""

    def __init__(self, url: str, token: str, *, tries: int = 5, patience: float = 30) -> None:
        super().__init__(url, token, tries=tries, patience=patience)
        self.log = NEWEST

    def session(self) -> dict[str, Any]:
        """Who we are to the server, and what it says we belong to."""
        told = self.json(self.get("/vault/session"))
        self.csrf = str(told.get("csrf", ""))
        return told

    def checkpoint(self) -> bytes:
        """The log's newest checkpoint."""
        return self.get(f"{self.log}/checkpoint")

    def agreed(self, quorum: int) -> bytes | None:
        """The newest checkpoint that so many witnesses have signed, if there is one."""
        return self.look(f"{self.log}/checkpoint?quorum={quorum}")

    def logs(self) -> list[dict[str, Any]]:
        """The logs of the register as the server tells them, the newest last."""
        told = self.json(self.get(f"{NEWEST}/about")).get("logs", [])
        return [dict(each) for each in told if isinstance(each, dict)]

    def stamps(self) -> list[Stamp]:
        """The time stamps of the register's checkpoints. None of them is believed yet."""
        try:
            ids = [UUID(each["id"]) for each in json.loads(self.get(f"{NEWEST}/timestamps"))]
        except (KeyError, TypeError, ValueError) as error:
            raise Stop(Code.NETWORK, NONSENSE) from error
        return [self._stamp(each) for each in ids]

    def _stamp(self, id: UUID) -> Stamp:
        place = f"{NEWEST}/timestamps/{id}"
        return Stamp(*(self.get(f"{place}/{part}") for part in ("checkpoint", "token", "chain")))

    def consistency(self, old: int, new: int) -> Sequence[bytes]:
        """The proof between two sizes. Raises FormatError when it is none."""
        lines = self.get(f"{self.log}/consistency?old={old}&new={new}").split(b"\n")
        try:
            return [base64.b64decode(line, validate=True) for line in lines if line]
        except binascii.Error as error:
            raise FormatError("a proof is not base64") from error

    def entries(self, bundle: int, width: int) -> Sequence[bytes]:
        """The entries under a tile: as a tile of this width, or whole when the log has grown since."""
        for path in (tiles.Tile(0, bundle, width).entries_path, tiles.Tile(0, bundle).entries_path):
            found = self.look(f"{self.log}/{path}")
            if found is not None:
                return tiles.unbundle(found)
        return ()

    def chain(self, id: str, after: int) -> Shown | None:
        """A chain from a place on, or None when there is none for us."""
        data = self.look(f"/vault/chains/{id}?after={after}")
        if data is None:
            return None
        told = self.json(data)
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
        return self.get(f"/vault/attachments/{sha256}")

    def receipt(self, id: str) -> bytes:
        """The proof that a statement stands in the log."""
        return self.get(f"/vault/statements/{id}/receipt")

    def unlock_file(self, kind: str = "passphrase") -> bytes | None:
        """Our sealed root, or None."""
        return self.look(f"/vault/unlock/{kind}")

    def keep_unlock_file(self, data: bytes, kind: str = "passphrase") -> None:
        """Leaves our sealed root with the server."""
        self.accept(self.ask("PUT", f"/vault/unlock/{kind}", content=data, headers=self.proof()))

    def hand_in(
        self, said: Sequence[Said], about: Mapping[str, str], path: str = "/vault/statements"
    ) -> list[dict[str, Any]]:
        """Statements that belong together: all or none. The receipts, still to be verified. Raises `Stale`."""
        parts: list[tuple[str, tuple[str, bytes, str]]] = []
        for each in said:
            parts.append(("note", ("note", each.note, "text/plain")))
        for file in (file for each in said for file in each.files.values()):
            parts.append(("attachment", ("attachment", file, "application/octet-stream")))
        told, headers = {"about": json.dumps(dict(about))}, self.proof()
        answer = self.ask("POST", path, data=told, files=parts, headers=headers)
        if answer.status_code == 409 and told_by(answer).get("error") == "stale":
            raise Stale
        made: list[dict[str, Any]] = self.json(self.accept(answer)).get("statements", [])
        return made

    def give_back(self, data: bytes) -> None:
        """Hands back what the register has lost."""
        self.accept(self.ask("PUT", "/vault/returned", content=data, headers=self.proof()))

    def post(self, path: str, content: bytes) -> bytes:
        """Hands in a text at an open door, as a witness does."""
        headers = {"Content-Type": "text/plain; charset=utf-8", **self.proof()}
        return self.accept(self.ask("POST", path, content=content, headers=headers))

    def has(self, sha256: str) -> bool:
        """Whether the server holds a sealed file of ours whole, so that it need not be sent again."""
        return sending.come(self, sha256).whole

    def send(self, sha256: str, path: Path, told: Told) -> None:
        """Sends a sealed file, going on at the byte the server has come to."""
        sending.send(self, sha256, path, told)

    def fetch(self, sha256: str, size: int, part: Path, told: Told) -> None:
        """Fetches a sealed file into `part`, going on where an earlier attempt broke off."""
        for left in self.patiently():
            have = part.stat().st_size if part.exists() else 0
            if have >= size:
                break
            try:
                self._fetch_rest(sha256, have, size, part, told)
                break
            except httpx.TransportError as error:
                if not left:
                    raise unreachable(error) from error

    def _fetch_rest(self, sha256: str, have: int, size: int, part: Path, told: Told) -> None:
        headers = {"Range": f"bytes={have}-"} if have else {}
        with self.client.stream("GET", f"/vault/blobs/{sha256}", headers=headers) as answer:
            if not answer.is_success:
                answer.read()
                self.accept(answer)
            mode = "ab" if answer.status_code == 206 else "wb"
            with os.fdopen(os.open(part, _FLAGS[mode], 0o600), mode) as out:
                for piece in answer.iter_raw(PIECE):
                    out.write(piece)
                    told(len(piece))
                    if out.tell() > size:
                        break
            if part.stat().st_size < size:
                raise httpx.ReadError("the line broke off")


_FLAGS = {"ab": os.O_WRONLY | os.O_CREAT | os.O_APPEND, "wb": os.O_WRONLY | os.O_CREAT | os.O_TRUNC}


def _note(text: Any) -> bytes | None:
    return None if text is None else str(text).encode()
