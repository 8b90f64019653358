"""What a server in memory says, honest or not, at the paths where the house says it: for clients as they are."""

import json
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from re import fullmatch
from typing import Any

from crosslab.ip_vault import note, tiles
from crosslab.ip_vault.client.memory import Row
from tests.ip_vault.honest import SIGNER, View
from tests.ip_vault.world import LOG

VKEY = note.vkey(LOG, SIGNER.public)
Files = Callable[[str], bytes | None]


@dataclass
class Doors:
    """One reader's doors. `honest` is whose word on who is here counts, `files` what a hash is answered with.

    `garbled` are the answers that arrive otherwise than they were sent.
    """

    source: View
    honest: View | None = None
    files: Files | None = None
    vkey: str = VKEY
    garbled: dict[str, bytes] = field(default_factory=dict)
    sent: dict[str, bytes] = field(default_factory=dict)

    def answer(self, path: str) -> bytes | None:
        """What arrives from a path, or None."""
        for form, door in DOORS.items():
            if found := fullmatch(form, path):
                body = door(self, *found.groups())
                self.sent |= {} if body is None else {path: body}
                return self.garbled.get(path, body)
        return None

    def session(self) -> bytes:
        """Who is here, as the house says it."""
        known = self.honest or self.source
        person, *orgs = known.own
        return as_json(
            person={"name": "", "vault_id": person, "ways": {}},
            organisations=[{"id": each, "name": "", "roles": [], "vault_id": each} for each in orgs],
            consortia=[
                {"slug": each, "vault_id": each, "partners": [], "recipients": []} for each in known.inside
            ],
            released=[],
            csrf="",
            lang="en",
            log={"origin": LOG, "vkey": self.vkey},
        )

    def about(self) -> bytes:
        return as_json(logs=[{"number": 1, "vkey": self.vkey}])

    def checkpoint(self) -> bytes:
        return self.source.checkpoint()

    def consistency(self, old: str, new: str) -> bytes:
        proof = self.source.consistency(int(old), int(new))
        return "".join(b64encode(each).decode() + "\n" for each in proof).encode()

    def entries(self, place: str) -> bytes:
        return tiles.bundle(self.source.entries(*tiles.parse_place(place)))

    def chain(self, id: str, after: str) -> bytes | None:
        shown = self.source.chain(id, int(after))
        return shown and as_json(size=len(shown.ids), ids=list(shown.ids), statements=rows(shown.rows))

    def receipt(self, id: str) -> bytes:
        return self.source.server.receipts[id]

    def file(self, sha256: str) -> bytes | None:
        return self.files(sha256) if self.files else self.source.server.files.get(sha256)


DOORS: dict[str, Callable[..., bytes | None]] = {
    r"/vault/session": Doors.session,
    r"/vault/log/about": Doors.about,
    r"/vault/log/checkpoint": Doors.checkpoint,
    r"/vault/log/consistency\?old=(\d+)&new=(\d+)": Doors.consistency,
    r"/vault/log/tile/entries/(.+)": Doors.entries,
    r"/vault/chains/(\w+)\?after=(\d+)": Doors.chain,
    r"/vault/statements/(\w+)/receipt": Doors.receipt,
    r"/vault/(?:attachments|blobs)/(\w+)": Doors.file,
}


def rows(shown: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows of a chain; a note that is no text is sent as far as it is one."""
    return [
        {
            "id": row.id,
            "seq": row.seq,
            "index": row.index,
            "note": row.note and row.note.decode(errors="replace"),
        }
        for row in shown
    ]


def as_json(**told: Any) -> bytes:
    return json.dumps(told).encode()
