"""Claims and registers that were put together by somebody who can sign, and break one rule each."""

import json
from collections.abc import Iterator
from typing import Any

from crosslab.ip_vault import cj, client, evidence
from crosslab.ip_vault.ids import digest
from tests.ip_vault.broken_bundles import ALL_ALLOWED, Broken, Files, repack, strange
from tests.ip_vault.bundles import VKEY, Story, entries, hinge, reveal, sign_over, source, story, told_by


def forms(told: Story) -> Iterator[Broken]:
    files = hinge(told)
    yield "without bagit.txt", {name: data for name, data in files.items() if name != "bagit.txt"}, {}
    yield "a bagit.txt of more than a page", {**files, "bagit.txt": b"x" * 1001}, {}
    yield "a register of nothing that is in it", told_by(told.cast.notes), {}


def orders(told: Story) -> Iterator[Broken]:
    """Two statements of one chain, which the log holds the other way round."""
    cast = told.cast
    notes, lines = list(cast.notes), entries(cast.notes)
    one, two = [
        at for at, each in enumerate(notes) if json.loads(each.split(b"\n")[1])["chain"] == cast.consortium
    ][-2:]
    for swapped in (notes, lines):
        swapped[one], swapped[two] = swapped[two], swapped[one]
    ids = {chain: list(each.ids) for chain, each in cast.state.chains.items()}
    yield "two lines the other way round", sign_over(notes, lines, ids, cast.consortium, ()), {}


def members(told: Story) -> Iterator[Broken]:
    """A claim with more, or less, than a claim holds."""
    cast = told.cast
    plain = evidence.claim(source(cast, "tinsel"), told.subject, cast.orgs["tinsel"])
    ids = "".join(f"{each}\n" for each in cast.state.chains[cast.consortium].ids).encode()
    founded = next(each for each in cast.notes if b'"type":"consortium.create"' in each)
    more = {f"data/chains/{cast.consortium}.ids": ids, **strange(told, founded)}
    yield "a claim with a consortium and its chain", repack(plain, more), {}
    gone = [each for each in plain if _type(plain[each]) in ("version", "approve")]
    receipts = [each.replace("statements", "proofs").replace(".note", ".tlog-proof") for each in gone]
    yield "a claim without its statement", repack(plain, dict.fromkeys([*gone, *receipts])), {}
    short = evidence.claim(source(cast, "tinsel"), told.subject, cast.orgs["tinsel"], lines=False)
    name = next(each for each in short if each.endswith(".ids") and short[each].count(b"\n") > 1)
    kept = b"".join(short[name].splitlines(keepends=True)[:-1])
    yield "a chain that ends before a statement that is shown", repack(short, {name: kept}), {}


def _type(data: bytes) -> str:
    found = data.split(b"\n")[1:2]
    return str(json.loads(found[0])["type"]) if data.startswith(b"crosslab.dev/statement/") else ""


def manifests(told: Story) -> Iterator[Broken]:
    """A list of files that was signed, and is none or another version's."""
    honest = json.loads(reveal(told).manifest)
    for name, listed in {
        "a list that is none": {"title": "Hinge"},
        "a list that is no list": {**honest, "files": "hinge.txt"},
        "the list of other files": {**honest, "files": [{**honest["files"][0], "blob": digest(b"x")}]},
    }.items():
        data = cj.encode(listed)
        yield name, repack(*_committed(data)), {}


def _committed(data: bytes) -> tuple[Files, dict[str, bytes | None]]:
    """A claim whose version was signed over this list, and the list to show with it."""
    told = story()
    cast = told.cast
    sealed = client.seal(
        cast.pen("ines"), cast.orgs["tinsel"], cast.consortium, cast.claim(), client.Content("x")
    )
    body: dict[str, Any] = {**cast.statement(sealed.version).body, "commitment": digest(data)}
    said = cast.log(
        cast.pen("ines").write("version", body, chain=cast.consortium, org=cast.orgs["tinsel"]).note
    )
    files = evidence.claim(source(cast, "tinsel"), said.id, cast.orgs["tinsel"])
    return files, {"data/reveal/manifest.json": data}


def all_of_them() -> Iterator[Broken]:
    told = story()
    for kind in (forms, orders, members, manifests):
        for name, files, options in kind(told):
            yield name, files, {"log_vkey": VKEY, **ALL_ALLOWED, **options}
