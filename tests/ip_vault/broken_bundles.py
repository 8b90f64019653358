"""Bundles in which one thing is wrong, packed anew, so that no list of hashes gives them away."""

import base64
import json
from collections.abc import Iterator
from typing import Any

from crosslab.ip_vault import client, evidence, merkle, note, tlog
from crosslab.ip_vault.ids import digest
from tests.ip_vault.bundles import (
    LOG_KEY,
    VKEY,
    WITNESS,
    WITNESS_VKEY,
    Story,
    checkpoint,
    entries,
    hinge,
    sign_over,
    source,
    story,
    told_by,
)
from tests.ip_vault.world import LOG

Files = dict[str, bytes]
Broken = tuple[str, Files, dict[str, Any]]
ALL_ALLOWED = {"without_time": True, "with_gaps": True, "without_entries": True}


def repack(files: Files, changes: dict[str, bytes | None]) -> Files:
    """The bag with other files in it: None leaves one out."""
    payload = {**{name: data for name, data in files.items() if name.startswith("data/")}, **changes}
    kept = {name: data for name, data in payload.items() if data is not None}
    return evidence.pack(kept, files["VERIFY.md"], files["verify.py"])


def only(files: Files, start: str, end: str = "") -> str:
    """The first file of a kind."""
    return next(name for name in sorted(files) if name.startswith(start) and name.endswith(end))


def bags(told: Story) -> Iterator[Broken]:
    files = hinge(told)
    lines = files["manifest-sha256.txt"]
    yield "a file that is not listed", {**files, "data/more": b"x"}, {}
    yield "a tag file that is not listed", {**files, "more": b"x"}, {}
    yield "a file is missing", {name: data for name, data in files.items() if name != "data/checkpoint"}, {}
    yield "another file", {**files, "VERIFY.md": b"x"}, {}
    for name, text in {
        "a file listed twice": lines + lines.splitlines(keepends=True)[0],
        "a line without a file": lines + b"x\n",
        "not UTF-8": lines + b"\xff\n",
    }.items():
        yield name, retagged({**files, "manifest-sha256.txt": text}), {}
    yield "another bagit.txt", retagged({**files, "bagit.txt": b"BagIt-Version: 0.97\n"}), {}


def retagged(listed: Files) -> Files:
    """The same files with the list of tag files made anew."""
    tags = b"".join(
        f"{digest(listed[each])}  {each}\n".encode()
        for each in sorted(listed)
        if not each.startswith("data/") and each != "tagmanifest-sha256.txt"
    )
    return {**listed, "tagmanifest-sha256.txt": tags}


def heads(told: Story) -> Iterator[Broken]:
    files = hinge(told)
    head = json.loads(files["data/bundle.json"])
    other = note.vkey("other.example/log1", LOG_KEY.public)
    for name, change in {
        "another kind": {"kind": "x"},
        "another log": {"log": "other.example/log1"},
        "another key": {"log_vkey": other},
        "about nothing": {"subject": "0" * 64},
        "a key too many": {"x": 1},
        "a register without its consortium": {"kind": "register"},
        "about an approval": {
            "subject": next(iter(told.cast.state.versions[told.subject].approvals.values()))
        },
    }.items():
        changed = json.dumps(head | change, separators=(",", ":"), sort_keys=True).encode()
        yield name, repack(files, {"data/bundle.json": changed}), {}
    yield "JSON with a space", repack(files, {"data/bundle.json": files["data/bundle.json"] + b" "}), {}
    yield "asked with another log's key", files, {"log_vkey": other}
    yield "asked with another key", files, {"log_vkey": note.vkey(LOG, WITNESS.public)}
    yield "asked with a witness's key", files, {"log_vkey": WITNESS_VKEY}
    yield "asked with a wrong id", files, {"log_vkey": VKEY.replace("+1", "+2", 1)}
    yield "asked with a cut key", files, {"log_vkey": VKEY.rsplit("+", 1)[0]}
    for gap in ALL_ALLOWED:
        allowed = {each: each != gap for each in ALL_ALLOWED}
        asked = evidence.claim(
            source(told.cast, "tinsel"), told.subject, told.cast.orgs["tinsel"], lines=False
        )
        approved = next(n for n, each in enumerate(told.cast.notes) if b'"type":"approve"' in each)
        held = told_by(told.cast.notes, told.cast.consortium, [approved])
        yield f"not {gap}", {"without_entries": asked, "with_gaps": held, "without_time": files}[gap], allowed


def points(told: Story) -> Iterator[Broken]:
    files = hinge(told)
    point = files["data/checkpoint"]
    text = note.parse(point).text

    def signed(changed: bytes, *more: Any) -> Files:
        return with_point(files, note.sign(changed, [(LOG, LOG_KEY), *more]))

    yield "a checkpoint signed by another", with_point(files, note.sign(text, [(LOG, WITNESS)])), {}
    yield (
        "a checkpoint of another log",
        with_point(files, note.sign(text.replace(b"log1", b"log2"), [(LOG, LOG_KEY)])),
        {},
    )
    yield "signed by one more", signed(text, ("more", WITNESS)), {}
    yield "a line too many", signed(text + b"x\n"), {}
    yield "a size with a nought before", signed(text.replace(b"\n18\n", b"\n018\n")), {}
    yield "a root that is cut", signed(b"\n".join([*text.split(b"\n")[:2], b"AAAA", b""])), {}
    yield (
        "a root that is not the lines'",
        signed(b"\n".join([*text.split(b"\n")[:2], base64.b64encode(bytes(32)), b""])),
        {},
    )
    lines = files["data/log-entries"]
    yield "lines cut at the end", repack(files, {"data/log-entries": lines[:-1]}), {}
    yield (
        "a line left out",
        repack(files, {"data/log-entries": b"".join(lines.splitlines(keepends=True)[:-1])}),
        {},
    )
    last = lines.splitlines(keepends=True)[-1]
    other = lines.replace(last, last[:2] + b"0" * 64 + last[66:])
    yield "another line of somebody else's", repack(files, {"data/log-entries": other}), {}
    yield "another line", repack(files, {"data/log-entries": lines.replace(b"s ", b"r ", 1)}), {}
    register = evidence.register(source(told.cast), told.cast.consortium)
    yield "a register without lines", repack(register, {"data/log-entries": None}), {}


def with_point(files: Files, point: bytes) -> Files:
    """The bag with another checkpoint, in every receipt as well."""
    changes: dict[str, bytes | None] = {"data/checkpoint": point}
    for name in files:
        if name.startswith("data/proofs/"):
            changes[name] = files[name].partition(b"\n\n")[0] + b"\n\n" + point
    return repack(files, changes)


def receipts(told: Story) -> Iterator[Broken]:
    files = hinge(told)
    name = f"data/proofs/{told.subject}.tlog-proof"
    head, _, point = files[name].partition(b"\n\n")
    some = base64.b64encode(bytes(32))
    other = next(each for each in sorted(files) if each.startswith("data/proofs/") and each != name)
    for what, changed in {
        "no receipt": b"x",
        "another title": head.replace(b"v1", b"v2") + b"\n\n" + point,
        "a receipt for another line": head.replace(b"index ", b"index 1") + b"\n\n" + point,
        "a receipt for no line": head.split(b"\n")[0] + b"\nindex -1\n\n" + point,
        "a proof that is too long": head + (b"\n" + some) * 3 + b"\n\n" + point,
        "a proof that is too short": b"\n".join(head.split(b"\n")[:-1]) + b"\n\n" + point,
        "a proof of far too much": head + (b"\n" + some) * 70 + b"\n\n" + point,
        "a hash that is cut": head + b"\nAAAA\n\n" + point,
        "another hash": b"\n".join([*head.split(b"\n")[:-1], some]) + b"\n\n" + point,
        "another checkpoint": head + b"\n\n" + checkpoint(entries(told.cast.notes)[:-1]),
        "another's receipt": files[other],
    }.items():
        yield what, repack(files, {name: changed}), {}
    yield "a receipt for nothing", repack(files, {"data/proofs/" + "0" * 64 + ".tlog-proof": files[name]}), {}
    yield (
        "no statements",
        repack(files, {each: None for each in files if "statements" in each or "proofs" in each}),
        {},
    )
    said = only(files, "data/statements/")
    yield (
        "a statement under another name",
        repack(files, {said: None, said.replace("statements/", "statements/x"): files[said]}),
        {},
    )


def chains(told: Story) -> Iterator[Broken]:
    files = hinge(told)
    name = next(each for each in files if each.endswith(".ids") and files[each].count(b"\n") > 1)
    ids = files[name]
    first, second = ids.splitlines(keepends=True)[:2]
    for what, changed in {
        "a chain that is cut": ids[:-1],
        "a chain without ids": b"\n",
        "an id that is none": ids + b"x\n",
        "an id twice": ids + second,
        "another first id": second + first,
        "ids in another order": first + b"".join(reversed(ids.splitlines(keepends=True)[1:])),
        "a newest statement withheld": b"".join(ids.splitlines(keepends=True)[:-1]),
        "a strange id": ids + b"0" * 64 + b"\n",
    }.items():
        yield what, repack(files, {name: changed}), {}
    yield (
        "a chain under another name",
        repack(files, {name: None, name.replace("chains/", "chains/x"): ids}),
        {},
    )
    yield "a chain left out", repack(files, {name: None}), {}
    genesis = first.decode().strip()
    hidden = {f"data/statements/{genesis}.note": None, f"data/proofs/{genesis}.tlog-proof": None}
    yield "a first statement hidden", repack(files, hidden), {}


def forks(told: Story) -> Iterator[Broken]:
    """A log that vouches for what it must not: two statements at one place, one left out, another order."""
    cast = told.cast
    lines, ids = entries(cast.notes), {chain: list(each.ids) for chain, each in cast.state.chains.items()}
    one, two = _twin(told, "one"), _twin(told, "two")
    both = [
        *lines,
        tlog.statement_entry(one.id, one.note, one.place.after),
        tlog.statement_entry(two.id, two.note, two.place.after),
    ]
    grown = {**ids, cast.consortium: [*ids[cast.consortium], one.id]}
    yield "a forked history", sign_over([*cast.notes, one.note], both, grown, cast.consortium, ()), {}
    later = [*lines, both[-2]]
    yield "a newest statement that is withheld", sign_over(cast.notes, later, ids, cast.consortium, ()), {}
    hidden = cast.notes.index(next(each for each in cast.notes if b'"type":"approve"' in each))
    short = {**ids, cast.consortium: ids[cast.consortium][:-3]}
    yield (
        "an approval that is withheld",
        sign_over(cast.notes, lines, short, cast.consortium, range(hidden, len(lines))),
        {},
    )
    yield (
        "a line with another tag",
        sign_over(cast.notes, [*lines[:-1], _retagged(lines[-1])], ids, cast.consortium, ()),
        {},
    )
    yield (
        "a line with the label of another kind",
        sign_over(cast.notes, [*lines[:-1], _labelled(lines[-1])], ids, cast.consortium, ()),
        {},
    )
    turned = [*lines, _labelled(lines[-1])]
    yield "a place twice under two labels", sign_over(cast.notes, turned, ids, cast.consortium, ()), {}
    yield "a line that is none", sign_over(cast.notes, [*lines, b"x\n"], ids, cast.consortium, ()), {}


def _twin(told: Story, at: str) -> client.Said:
    """One of two statements at one place."""
    cast = told.cast
    return cast.pen("ines").write(
        "consortium.invite",
        {"invite": json.loads(cast.notes[0].split(b"\n")[1])["body"]["sign"], "note": at},
        chain=cast.consortium,
        org=cast.orgs["tinsel"],
    )


def _labelled(line: bytes) -> bytes:
    """The same line with the last bit of its tag turned."""
    return line[:-2] + b"%x" % (int(line[-2:-1], 16) ^ 1) + b"\n"


def _retagged(line: bytes) -> bytes:
    return line[:-33] + b"0" * 32 + b"\n"


def shown(told: Story) -> Iterator[Broken]:
    files = hinge(told, key=True)
    key, blob = files["data/reveal/content-key.txt"], only(files, "data/blobs/")
    for what, changes in {
        "another title": {
            "data/reveal/manifest.json": files["data/reveal/manifest.json"].replace(b"Hinge", b"Hinga")
        },
        "another file": {"data/reveal/files/hinge.txt": b"fold there"},
        "a file under another name": {
            "data/reveal/files/hinge.txt": None,
            "data/reveal/files/x.txt": b"fold here",
        },
        "a file without the list": {"data/reveal/manifest.json": None},
        "a file too many": {"data/reveal/files/more.txt": b"more"},
        "something unknown": {"data/reveal/more": b"more"},
        "another sealed file": {blob: files[blob] + b"x"},
        "a sealed file too many": {"data/blobs/" + digest(b"x") + ".age": b"x"},
        "another key": {"data/reveal/content-key.txt": key.replace(b"age1pq1", b"age1pq1q", 1)},
        "no key": {"data/reveal/content-key.txt": b"x"},
    }.items():
        yield what, repack(files, changes), {}
    register = evidence.register(source(told.cast), told.cast.consortium)
    yield "a register that shows something", repack(register, {"data/reveal/x": b"x"}), {}
    other = told.other.version
    claimed = repack(files, strange(told, other))
    yield "a claim with another version", claimed, {}
    created = next(each for each in told.cast.notes if b'"type":"consortium.create"' in each)
    yield "a claim with a consortium", repack(files, strange(told, created)), {}


def strange(told: Story, said: Any) -> Files:
    """One more statement with its receipt."""
    whole = said if isinstance(said, bytes) else said.note
    index, tree, lines = told.cast.notes.index(whole), merkle.Tree(), entries(told.cast.notes)
    for each in lines:
        tree.append(merkle.leaf_hash(each))
    proof = tlog.Receipt(index, tuple(merkle.inclusion_proof(index, tree.size, tree.read)), checkpoint(lines))
    id = digest(whole[: whole.rindex(b"\n\n") + 1])  # noqa: A001
    return {f"data/statements/{id}.note": whole, f"data/proofs/{id}.tlog-proof": tlog.write_receipt(proof)}


def witnesses(told: Story) -> Iterator[Broken]:
    org = told.cast.orgs["tinsel"]
    files = evidence.claim(source(told.cast, "tinsel", witnessed=True), told.subject, org)
    line = files["data/cosignatures"]
    name, encoded = line.decode().split(" ")[1:]
    data = base64.b64decode(encoded)
    asked = {"witness": [WITNESS_VKEY]}
    short = note.signature_line(name, data[:4], data[4:-1])
    later = note.signature_line(name, data[:4], (1).to_bytes(8, "big") + data[12:])
    yield "a witness's line that is cut", repack(files, {"data/cosignatures": short}), asked
    yield "a witness's line of another second", repack(files, {"data/cosignatures": later}), asked
    yield "a witness that did not sign", repack(files, {"data/cosignatures": None}), asked
    yield "one witness asked for twice", files, {"witness": [WITNESS_VKEY, WITNESS_VKEY], "quorum": 2}
    yield "a witness's key of another kind", files, {"witness": [VKEY]}


def all_of_them() -> Iterator[Broken]:
    told = story()
    for kind in (bags, heads, points, receipts, chains, forks, shown, witnesses):
        for name, files, options in kind(told):
            yield name, files, {"log_vkey": VKEY, **ALL_ALLOWED, **options}
