"""What goes into a bundle, and what never does.

A claim holds one version, the approvals given to it, and the chains of keys and organisations that it takes to
check those; no other text of anybody. A register holds everything of a consortium that the exporter may read.
Neither ever holds a root, or a sealed file that was not handed in by the exporter.
"""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crosslab.ip_vault import age, cj
from crosslab.ip_vault.age import HybridIdentity, X25519Identity
from crosslab.ip_vault.evidence.bag import PROGRAM, pack
from crosslab.ip_vault.evidence.by_hand import instructions
from crosslab.ip_vault.evidence.source import Source, Stamp, Unavailable
from crosslab.ip_vault.evidence.verify import shown_at
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.manifest import open_manifest
from crosslab.ip_vault.note import Signer
from crosslab.ip_vault.statements import Statement


@dataclass(frozen=True)
class Reveal:
    """What the exporter chooses to show of a version: its manifest's plaintext, and as much more as they like.

    `files` are plaintexts by name; `content_key` opens every sealed file of this version and no other;
    `blobs` are sealed files by hash; `classic` adds the shown files sealed to an old kind of key, which age
    opens from version 1.0 on, where the sealed files need 1.3.
    """

    manifest: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)
    content_key: HybridIdentity | None = field(default=None, repr=False)
    blobs: Mapping[str, bytes] = field(default_factory=dict)
    classic: bool = False


def claim(
    source: Source, subject: str, exporter: str, reveal: Reveal | None = None, *, lines: bool = True
) -> dict[str, bytes]:
    """The bundle that shows a version, and the approvals it has: path to bytes.

    `exporter` is the organisation that shows it, which must be named in it. Without `lines` the log's lines
    are left out; its reader must then allow that a forked history would not be seen.
    """
    version = source.said(subject)
    known = source.state.versions.get(subject)
    if version is None or known is None:
        raise Unavailable("the version is not at hand")
    if exporter not in {known.org, *(party for owners in known.rights.values() for party in owners)}:
        raise Unavailable("the version does not name the organisation that wants to show it")
    said = [version, *filter(None, map(source.said, known.approvals.values()))]
    last = max(source.places[each.id] for each in said)
    own = source.state.organisations[exporter].people
    chains = _closure(source, said, [each for each in known.authors if each in own], last)
    stamps = [each for each in source.stamps if source.reach(each) > source.places[subject]]
    files = _files(source, "claim", subject, said, chains, last, sorted(stamps, key=source.reach)[:1])
    files |= _lines(source) if lines else {}
    return pack(
        files | (_shown(version, reveal) if reveal else {}), instructions(files, _signers(source)), PROGRAM
    )


def register(source: Source, consortium: str, *, stamped: bool = True) -> dict[str, bytes]:
    """The bundle that shows who owns what in a consortium, and everything said there that one may read.

    With `stamped` it is of the moment of the newest time stamp of the newest log, if there is one, so that its time
    is proven.
    """
    stamps = [each for each in source.stamps if source.reach(each) > source.bases[-1]]
    if stamped and stamps:
        source = source.as_of(max(stamps, key=source.reach))
        stamps = [each for each in stamps if source.reach(each) == source.size]
    if consortium not in source.state.consortia or consortium not in source.places:
        raise Unavailable("the consortium is not at hand")
    ids = source.state.chains[consortium].ids
    said = [each for each in map(source.said, ids) if each]
    named = {author for each in said for author in each.body.get("authors", [])}
    named |= {str(each.body["to"]) for each in said if each.type in {"grant", "release"}}
    chains = _closure(source, said, named, source.size)
    files = _files(source, "register", consortium, [], {consortium, *chains}, source.size, stamps[:1])
    files |= _lines(source)
    return pack(files, instructions(files, _signers(source)), PROGRAM)


def _signers(source: Source) -> list[Signer]:
    return [each.signer for each in source.logs]


def _lines(source: Source) -> dict[str, bytes]:
    """Every line of every log."""
    files = {"data/log-entries": b"".join(source.entries)}
    for number, each in enumerate(source.earlier, 1):
        files[f"data/earlier/{number}.log-entries"] = b"".join(each.entries)
    return files


def _closure(source: Source, said: Sequence[Statement], named: Iterable[str], last: int) -> set[str]:
    """The chains of whoever signed, of whom they signed for, and of whoever signed those, up to a line.

    Only those that the exporter may follow: not even the ids of a stranger's chain, whoever names them as author.
    """
    found: set[str] = set()
    wanted = {each.by for each in said} | {each.org for each in said} | set(named)
    while wanted := {each for each in wanted if each in source.state.chains and each in source.notes} - found:
        found |= wanted
        texts = [each for chain in wanted for each in _texts(source, chain, last)]
        wanted = {each.by for each in texts}
    return found


def _ids(source: Source, chain: str, last: int) -> list[str]:
    """A chain up to a line of the log."""
    return [each for each in source.state.chains[chain].ids if source.places.get(each, last + 1) <= last]


def _texts(source: Source, chain: str, last: int) -> list[Statement]:
    return [each for each in map(source.said, _ids(source, chain, last)) if each]


def _files(
    source: Source,
    kind: str,
    subject: str,
    alone: Sequence[Statement],
    chains: set[str],
    last: int,
    stamps: Sequence[Stamp],
) -> dict[str, bytes]:
    """The payload without what is sealed and without the logs' lines."""
    files = _logs(source, kind, subject)
    for chain in chains:
        files[f"data/chains/{chain}.ids"] = "".join(
            f"{each}\n" for each in _ids(source, chain, last)
        ).encode()
    for each in {text.id for chain in chains for text in _texts(source, chain, last)} | {
        text.id for text in alone
    }:
        files[f"data/statements/{each}.note"] = source.notes[each]
        files[f"data/proofs/{each}.tlog-proof"] = source.receipt(each)
    for number, stamp in enumerate(stamps, 1):
        files |= _stamp(source, f"data/timestamps/{number}", stamp)
    return files


def _logs(source: Source, kind: str, subject: str) -> dict[str, bytes]:
    """What the bundle is about, under which checkpoints, and what ties each log to the one before."""
    checkpoint, cosignatures = source.issued
    head: dict[str, object] = {
        "v": 1,
        "kind": kind,
        "subject": subject,
        "log": source.log.name,
        "log_vkey": source.vkey,
        "witness_vkeys": sorted(set(source.witnesses)),
    }
    if source.earlier:
        named = [{"log": each.signer.name, "log_vkey": each.vkey} for each in source.earlier]
        head |= {"v": 2, "earlier": named}
    files = {"data/bundle.json": cj.encode(head), "data/checkpoint": checkpoint}
    if cosignatures:
        files["data/cosignatures"] = cosignatures
    for number, (each, tie) in enumerate(zip(source.earlier, source.ties(), strict=True), 1):
        files[f"data/earlier/{number}.checkpoint"] = each.checkpoint
        files[f"data/earlier/{number}.tlog-proof"] = tie
    return files


def _stamp(source: Source, base: str, stamp: Stamp) -> dict[str, bytes]:
    proof = [base64.b64encode(each).decode() + "\n" for each in source.consistency(stamp)]
    return {
        f"{base}.checkpoint": stamp.checkpoint,
        f"{base}.tsr": stamp.token,
        f"{base}.pem": stamp.chain,
        f"{base}.proof": "".join(proof).encode(),
    }


def _shown(version: Statement, reveal: Reveal) -> dict[str, bytes]:
    """What the exporter shows, if it is what the version committed to."""
    body = version.body
    manifest = open_manifest(reveal.manifest, body["commitment"], [each["sha256"] for each in body["blobs"]])
    listed = {each.name: (at, each.sha256) for at, each in enumerate(manifest.files, 1)}
    files = {"data/reveal/manifest.json": reveal.manifest}
    for name, data in reveal.files.items():
        at, hashed = listed.get(name, (0, ""))
        if hashed != digest(data):
            raise Unavailable("a file to show is not one of the version's")
        files[shown_at(at, name)] = data
    named = {body["manifest"]["sha256"], *(each["sha256"] for each in body["blobs"])}
    for name, data in reveal.blobs.items():
        if name not in named or digest(data) != name:
            raise Unavailable("a sealed file to show is not one of the version's")
        files[f"data/blobs/{name}.age"] = data
    if reveal.content_key:
        files["data/reveal/content-key.txt"] = _key_file(reveal.content_key, body["content_key"])
    return files | (_classic(reveal.files) if reveal.classic else {})


def _key_file(key: HybridIdentity, committed: str) -> bytes:
    """The content key, as age reads it."""
    if digest(str(key.recipient).encode()) != committed:
        raise Unavailable("the content key is not the version's")
    return f"# public key: {key.recipient}\n{key}\n".encode()


def _classic(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The shown files once more, sealed to a fresh key of the old kind."""
    key = X25519Identity.generate()
    made = {"data/reveal/classic/key.txt": f"# public key: {key.recipient}\n{key}\n".encode()}
    sealed = {
        f"data/reveal/classic/{digest(each)}.age": age.encrypt(each, key.recipient) for each in files.values()
    }
    return made | sealed
