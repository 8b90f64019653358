"""The program in a bundle against the same vectors as the package: keys, notes, JSON, proofs, histories."""

import json
from base64 import b64decode
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from crosslab.ip_vault import evidence, note
from crosslab.ip_vault.evidence import Broken
from crosslab.ip_vault.evidence import verify as program
from tests.ip_vault.bundles import VKEY, told_by
from tests.vectors.test_ed25519 import CASES, ours
from tests.vectors.test_golden_js import node

FOLDER = Path(__file__).parent
ABOUT_ACCESS = {
    "grantee-unknown", "epoch", "no-access", "inside", "not-in-force", "expired", "ended",
}  # fmt: skip
"""A bundle says who owns what. Who was given access, and under which release, it leaves to the members."""


def vectors(*path: str) -> Any:
    return json.loads(FOLDER.joinpath(*path).read_text())


def golden(name: str) -> Any:
    return vectors("golden", f"{name}.json")["cases"]


NOTES = vectors("golden", "replay.json")["notes"]
HISTORIES = [each for each in golden("replay") if each["out"].get("consortia") or "refused" in each["out"]]


def refused(work: Any) -> bool:
    try:
        work()
    except Broken:
        return True
    return False


def register(case: dict[str, Any]) -> dict[str, Any] | None:
    """What the program says of a history's last consortium; nothing when it refuses it."""
    notes = [NOTES[each].encode() for each in case["in"]["history"]]
    hidden = case["in"].get("hidden", ())
    consortium = next(iter(case["out"].get("consortia", ())), "")
    try:
        files = told_by(notes, consortium, hidden)
        found = evidence.check(files, VKEY, without_time=True, with_gaps=True)
    except Broken:
        return None
    return {each["id"]: each for each in found.facts["contributions"]}


@pytest.mark.parametrize("case", HISTORIES, ids=lambda case: case["name"])
def test_the_program_reads_histories_as_everybody_does(case: dict[str, Any]) -> None:
    made = register(case)
    if case["out"].get("refused"):
        assert made is None or case["out"]["refused"] in ABOUT_ACCESS
        return
    assert made is not None
    first = next(iter(case["out"]["consortia"].values()))
    for id in first["contributions"]:  # noqa: A001
        expected = case["out"]["contributions"][id]
        assert made[id]["agreed"] == bool(expected["rights"])
        assert not expected["rights"] or shares(made[id]["rights"]) == owned(expected["rights"])
        standings = [each["standing"] for each in expected["versions"]]
        assert made[id]["standing"] == ("disputed" if "disputed" in standings else standings[-1])


def owned(rights: dict[str, Any]) -> dict[str, list[str]]:
    return {right: sorted(each["share"] for each in held["owners"]) for right, held in rights.items()}


def shares(rights: dict[str, dict[str, str]]) -> dict[str, list[str]]:
    return {right: sorted(held.values()) for right, held in rights.items()}


@pytest.mark.parametrize("case", golden("canonical_json"), ids=lambda case: case["name"])
def test_the_program_reads_canonical_json_and_no_other(case: dict[str, Any]) -> None:
    text = case["in"]["text"].encode("utf-8", "surrogatepass")
    assert refused(lambda: program.read_json(text)) == bool(case["out"].get("refused"))


@pytest.mark.parametrize("case", golden("statement"), ids=lambda case: case["name"])
def test_the_program_reads_statements_in_their_form_alone(case: dict[str, Any]) -> None:
    text = case["in"].get("text") or case["out"]["text"]
    signed = text.encode() + "\n— a AAAAAAA=\n".encode()
    assert refused(lambda: program.Said(signed)) == bool(case["out"].get("refused"))


@pytest.mark.parametrize("case", golden("note"), ids=lambda case: case["name"])
def test_the_program_reads_notes_in_their_form_alone(case: dict[str, Any]) -> None:
    known = {**case["in"], **case["out"]}
    signer = note.parse_vkey(known["vkey"])

    def read() -> None:
        read = program.Note(known["note"].encode())
        program.check_signed(read, [(signer.name, signer.public)], "the note")

    assert refused(read) == bool(case["out"].get("refused"))


@pytest.mark.parametrize("case", golden("public_keys"), ids=lambda case: case["name"])
def test_the_program_takes_the_keys_that_may_be_registered(case: dict[str, Any]) -> None:
    assert refused(lambda: program.check_key(bytes.fromhex(case["in"]["key_hex"]))) == bool(
        case["out"].get("refused")
    )


@pytest.mark.parametrize("case", golden("shares"), ids=lambda case: case["name"])
def test_the_program_adds_shares_exactly(case: dict[str, Any]) -> None:
    owners = [{"party": f"{n:064x}", "share": each} for n, each in enumerate(case["in"]["shares"])]
    assert program.owners_add_up(owners) != bool(case["out"].get("refused"))


def test_the_program_verifies_signatures_as_openssl_does() -> None:
    for case in CASES[::3]:
        key, message, signature = bytes.fromhex(case["key"]), case["msg"].encode(), bytes.fromhex(case["sig"])
        assert refused(lambda k=key, m=message, s=signature: program.check_signature(k, m, s, "x")) != ours(
            case
        )


def followed(module: Any, kind: str, case: dict[str, Any]) -> None:
    """One case of the standard's proofs."""
    proof = [b64decode(each) for each in case["proof"] or []]

    def point(number: str) -> Any:
        return SimpleNamespace(size=case[f"size{number}"], root=b64decode(case[f"root{number}"] or ""))

    if kind == "consistency":
        return module.check_consistency(point("1"), point("2"), proof, "it")
    tree = SimpleNamespace(size=case["treeSize"], root=b64decode(case["root"] or ""))
    return module.check_inclusion(b64decode(case["leafHash"] or ""), case["leafIdx"], tree, proof, "it")


@pytest.mark.parametrize("proof", ["inclusion", "consistency"])
def test_the_program_follows_proofs_as_the_standard_does(proof: str) -> None:
    seen = 0
    for path in sorted((FOLDER / "merkle" / proof).rglob("*.json")):
        case = json.loads(path.read_text())
        seen += 1
        if "sizes-are-equal-one-and-proof-is-empty" in path.name:
            continue
        assert refused(lambda c=case: followed(program, proof, c)) == bool(case["wantErr"]), path.name
    assert seen > 40


BUNDLES = FOLDER / "evidence"


@pytest.mark.parametrize(
    "path", sorted(BUNDLES.rglob("*.zip")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_bundles_of_years_ago_still_hold_for_the_program_and_the_page(path: Path) -> None:
    keys = json.loads((path.parent / "keys.json").read_text())
    found = evidence.check_path(path, keys["log_vkey"], tsa_sha256=[keys["tsa_sha256"]])
    told = json.loads(node("tests/js/verify.mjs", str(path), keys["log_vkey"], "", keys["tsa_sha256"]))
    assert (told["holds"], told["kind"], told["stamped"]) == (True, path.stem, found.facts["time"])
    assert [each["vkey"] for each in told["logs"]] == [*keys.get("earlier", []), keys["log_vkey"]]
    assert found.sentence.startswith({"claim": "This file existed on ", "register": "On "}[path.stem])
