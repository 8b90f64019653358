"""The small world with its log, and bundles drawn from it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from crosslab.ip_vault import age, chains, cj, client, evidence, merkle, note, tlog
from crosslab.ip_vault.evidence import Source, Stamp
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.keys import SigningKey
from crosslab.ip_vault.statements import parse
from crosslab.ip_vault.statements.types import FOR_PARTIES, HIDDEN
from tests.ip_vault.world import LOG, Cast, secret

LOG_KEY = SigningKey(secret("log"))
VKEY = note.vkey(LOG, LOG_KEY.public)
WITNESS = SigningKey(secret("witness"))
WITNESS_VKEY = note.vkey("witness.example", WITNESS.public, note.COSIGNATURE)


def entries(notes: Sequence[bytes]) -> list[bytes]:
    """The log's lines for these notes."""
    said = [parse(each)[0] for each in notes]
    return [
        tlog.statement_entry(each.id, whole, each.place.after, for_parties=each.for_parties)
        for each, whole in zip(said, notes, strict=True)
    ]


def checkpoint(lines: Sequence[bytes], *, witnessed: bool = False) -> bytes:
    """The log's signed checkpoint over these lines."""
    tree = merkle.Tree()
    for each in lines:
        tree.append(merkle.leaf_hash(each))
    point = tlog.sign_checkpoint(tlog.Checkpoint(LOG, tree.size, tree.root()), LOG_KEY)
    return point + tlog.cosign(point, "witness.example", WITNESS, 1_795_000_000) if witnessed else point


def source(cast: Cast, reader: str = "", stamps: Sequence[Stamp] = (), *, witnessed: bool = False) -> Source:
    """What an organisation can draw a bundle from; everything for ""."""
    lines = entries(cast.notes)
    notes = {parse(each)[0].id: each for each in cast.notes if _may_read(cast, each, reader)}
    point = checkpoint(lines, witnessed=witnessed)
    known = [WITNESS_VKEY] if witnessed else []
    return Source(note.Signer(LOG, LOG_KEY.public), cast.state, notes, lines, point, stamps, known)


def _may_read(cast: Cast, whole: bytes, reader: str) -> bool:
    said = parse(whole)[0]
    own = said.org == cast.orgs.get(reader) or said.chain == cast.orgs.get(reader)
    return not reader or own or said.type not in HIDDEN or said.body.get("to") == cast.orgs.get(reader)


@dataclass
class Story:
    """A joint contribution, agreed; one of Loom alone; and what Tinsel can show of it."""

    cast: Cast
    sealed: client.Sealed
    other: client.Sealed

    @property
    def subject(self) -> str:
        return self.sealed.version.id


def story() -> Story:
    """Tinsel seals a hinge that it owns with Loom; Loom agrees, and adds a knot of its own, shown to nobody."""
    cast = Cast()
    sealed = cast.seal(cast.claim(tinsel="1/3", loom="2/3"))
    cast.say(client.approve(cast.pen("bo"), cast.orgs["loom"], sealed.version.id))
    other = cast.seal(cast.claim("bo", loom="1"), "bo", "loom")
    return Story(cast, sealed, other)


def reveal(told: Story, *names: str, key: bool = False, classic: bool = False) -> evidence.Reveal:
    """The manifest of the hinge, and some of its files."""
    version = told.cast.statement(told.sealed.version)
    opened = client.open_version(version, told.sealed.content_key, told.sealed.blobs)
    sealed = told.sealed.blobs[version.body["manifest"]["sha256"]]
    return evidence.Reveal(
        evidence_manifest(told, sealed),
        {name: opened.files[name] for name in names},
        told.sealed.content_key if key else None,
        told.sealed.blobs if key else {},
        classic,
    )


def evidence_manifest(told: Story, sealed: bytes) -> bytes:
    """The manifest's plaintext."""
    return age.decrypt(sealed, told.sealed.content_key)


def hinge(told: Story, **shown: bool) -> dict[str, bytes]:
    """Tinsel's claim of the hinge, with its file shown."""
    return evidence.claim(
        source(told.cast, "tinsel"),
        told.subject,
        told.cast.orgs["tinsel"],
        reveal(told, "hinge.txt", **shown),
    )


def told_by(notes: Sequence[bytes], subject: str = "", hidden: Sequence[int] = ()) -> dict[str, bytes]:
    """A register of whatever these notes say, true or not, made without asking anybody. The log holds them all."""
    lines, heads, ids = [], {}, {}
    for whole in notes:
        text = whole[: whole.rindex(b"\n\n") + 1]
        said, body = digest(text), json.loads(text.split(b"\n")[1])
        chain = body["chain"] or said
        apart = body["type"] in FOR_PARTIES
        lines.append(tlog.statement_entry(said, whole, heads.get(chain), for_parties=apart))
        heads[chain] = chains.link(heads.get(chain), said)
        ids.setdefault(chain, []).append(said)
    return sign_over(notes, lines, ids, subject, hidden)


def sign_over(
    notes: Sequence[bytes],
    lines: Sequence[bytes],
    ids: dict[str, list[str]],
    subject: str,
    hidden: Sequence[int],
) -> dict[str, bytes]:
    """The bag with these chains over these lines."""
    tree, point = merkle.Tree(), checkpoint(lines)
    for each in lines:
        tree.append(merkle.leaf_hash(each))
    head = {"v": 1, "kind": "register", "subject": subject or "0" * 64, "log": LOG, "log_vkey": VKEY}
    files = {
        "data/bundle.json": cj.encode(head | {"witness_vkeys": []}),
        "data/checkpoint": point,
        "data/log-entries": b"".join(lines),
        **{
            f"data/chains/{chain}.ids": "".join(f"{each}\n" for each in held).encode()
            for chain, held in ids.items()
        },
    }
    for index, whole in enumerate(notes):
        said = digest(whole[: whole.rindex(b"\n\n") + 1])
        if index not in hidden:
            proof = tuple(merkle.inclusion_proof(index, tree.size, tree.read))
            files[f"data/statements/{said}.note"] = whole
            files[f"data/proofs/{said}.tlog-proof"] = tlog.write_receipt(tlog.Receipt(index, proof, point))
    return evidence.pack(files, b"", b"")
