"""What a statement may look like, and every way it may not."""

import json
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslab.ip_vault import cj, note, shares, statements
from crosslab.ip_vault.errors import FormatError
from crosslab.ip_vault.keys import b64u, person_keys
from crosslab.ip_vault.statements import Place, ingest
from crosslab.ip_vault.statements.statement import LABEL
from tests.ip_vault.world import AT, LOG, secret

OWN = person_keys(secret("ines"))
BODY = {"name": "Ines", "sign": b64u(OWN.sign.public), "age": str(OWN.age.recipient)}
TEXT = statements.compose(Place(LOG), "person.create", BODY, by="", at=AT, salt=b"s" * 16)
FIELDS: dict[str, Any] = json.loads(TEXT.split(b"\n")[1])
ID = "ab" * 32


def text(**changes: Any) -> bytes:
    fields = {key: value for key, value in {**FIELDS, **changes}.items() if value is not ...}
    return LABEL + cj.encode(fields) + b"\n"


def test_a_statement_is_read_as_written() -> None:
    signed = statements.sign(TEXT, OWN.sign)
    statement, parsed = statements.parse(signed)
    assert statement.id == statements.read_text(TEXT).id
    assert statement.names == [f"{LOG}/p/{statement.id}"]
    note.verify_exactly(parsed, [note.Signer(statement.names[0], OWN.sign.public)])


BAD = {
    "an unknown key": text(extra=1),
    "a missing key": text(at=...),
    "another version": text(v=2),
    "true for one": text(v=True),
    "an unknown type": text(type="person.delete"),
    "a type that is no text": text(type=7),
    "a fractional second": text(at="2026-11-21T22:00:00.5Z"),
    "a month of 13": text(at="2026-13-21T22:00:00Z"),
    "a short year": text(at="26-11-21T22:00:00Z"),
    "local time": text(at="2026-11-21T22:00:00+01:00"),
    "a short salt": text(salt=b64u(b"s" * 15)),
    "a padded salt": text(salt=b64u(b"s" * 16) + "=="),
    "a log name with a space": text(log="vault example"),
    "a genesis on a chain": text(chain=ID),
    "a genesis with a number": text(seq=1),
    "a number as text": text(seq="0"),
    "true for zero": text(seq=False),
    "somebody else's first statement": text(by=ID),
    "for an organisation": text(**{"for": ID}),
    "an unknown body key": text(body={**BODY, "x": 1}),
    "a missing body key": text(body={"name": "Ines"}),
    "an e-mail address for a name": text(body={**BODY, "name": "ines@tinsel.example"}),
    "an empty name": text(body={**BODY, "name": ""}),
    "a weak key": text(body={**BODY, "sign": b64u(bytes(32))}),
    "a short key": text(body={**BODY, "sign": b64u(bytes(31))}),
    "an age key that is none": text(body={**BODY, "age": "age1pq1xyz"}),
    "a classic age key": text(body={**BODY, "age": "age1" + "q" * 58}),
    "a body that is a list": text(body=[]),
    "no label": TEXT.removeprefix(LABEL),
    "another label": TEXT.replace(b"/v1", b"/v2", 1),
    "two lines": TEXT + b"{}\n",
    "no line feed": TEXT[:-1],
    "white space": TEXT.replace(b'":', b'": '),
}


@pytest.mark.parametrize("name", BAD)
def test_a_statement_out_of_form_is_refused(name: str) -> None:
    with pytest.raises(FormatError):
        statements.read_text(BAD[name])


def test_a_statement_has_a_largest_size() -> None:
    with pytest.raises(FormatError):
        statements.parse(b"x" * 60_001)


def body(type: str, value: dict[str, Any]) -> None:
    statements.TYPES[type].body(value)


OWNERS = [{"party": ID, "share": "1/1"}]
FILE = {"sha256": ID, "size": 1}
VERSION: dict[str, Any] = {
    "contribution": "", "version": 1, "previous": "", "derived_from": [], "class": "background",
    "rights": [{"type": "copyright", "owners": OWNERS}], "authors": [ID], "content_key": ID,
    "manifest": FILE, "blobs": [], "commitment": ID,
}  # fmt: skip
BAD_VERSIONS: dict[str, dict[str, Any]] = {
    "class": {"class": "secret"},
    "number": {"version": 0},
    "true": {"version": True},
    "no rights": {"rights": []},
    "a right twice": {"rights": VERSION["rights"] * 2},
    "an unknown right": {"rights": [{"type": "magic", "owners": OWNERS}]},
    "an author twice": {"authors": [ID, ID]},
    "65 blobs": {"blobs": [{"sha256": f"{n:064x}", "size": 1} for n in range(65)]},
    "a blob twice": {"blobs": [FILE, FILE]},
    "an empty blob": {"blobs": [{"sha256": ID, "size": 0}]},
    "an upper-case hash": {"commitment": ID.upper()},
    "a derivation twice": {"derived_from": [{"version": ID, "kind": "adapts"}] * 2},
    "a kind of derivation": {"derived_from": [{"version": ID, "kind": "copies"}]},
    "no owners": {"rights": [{"type": "copyright", "owners": []}]},
    "an owner with a name": {"rights": [{"type": "copyright", "owners": [{**OWNERS[0], "name": "x"}]}]},
}


@pytest.mark.parametrize("name", BAD_VERSIONS)
def test_a_version_out_of_form_is_refused(name: str) -> None:
    body("version", VERSION)
    with pytest.raises(FormatError):
        body("version", {**VERSION, **BAD_VERSIONS[name]})


def owners(*parts: str) -> list[dict[str, str]]:
    return [{"party": f"{n:064x}", "share": part} for n, part in enumerate(parts)]


@pytest.mark.parametrize("parts", [["1/1"], ["1/3", "2/3"], ["1/2", "1/3", "1/6"], ["1/64"] * 64])
def test_shares_add_up_to_the_whole(parts: list[str]) -> None:
    assert sum(shares.parse_owners(owners(*parts)).values()) == 1


BAD_SHARES = [
    ["1/2"], ["1/2", "1/2", "1/2"], ["2/6", "2/3"], ["0/1", "1/1"], ["-1/2", "3/2"], ["1/0"], ["3/2"], ["1"],
    ["1/2", "4999999999/10000000000"], ["1/1000000001", "1000000000/1000000001"], ["2/2"], ["1/1 "], ["0.5", "0.5"],
    ["3333/10000", "3333/10000", "3333/10000"], ["01/2", "1/2"], ["1/2/1", "1/2"], ["½", "½"], ["１/２", "1/2"],
]  # fmt: skip


@pytest.mark.parametrize("parts", BAD_SHARES, ids=str)
def test_shares_that_do_not_add_up_are_refused(parts: list[str]) -> None:
    with pytest.raises(FormatError):
        shares.parse_owners(owners(*parts))


def test_an_owner_is_named_once() -> None:
    with pytest.raises(FormatError):
        shares.parse_owners([{"party": ID, "share": "1/2"}] * 2)


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_share_is_read_as_written(one: int, two: int) -> None:
    share = Fraction(min(one, two), max(one, two))
    assert shares.parse_share(shares.write_share(share)) == share


@pytest.mark.parametrize(
    ("type", "value"),
    [
        ("org.invite", {"invite": BODY["sign"], "role": "owner"}),
        ("org.remove", {"person": ID, "invite": ID}),
        ("org.remove", {}),
        ("org.key", {"epoch": 1, "age": BODY["age"]}),
        ("org.wrap", {"items": []}),
        ("org.wrap", {"items": [{"person": ID, **FILE}] * 2}),
        ("org.wrap", {"items": [{"person": ID, "sha256": ID, "size": 65_537}]}),
        ("consortium.create", {"name": "x", "regime": "No Spaces", "orgs": [ID]}),
        ("consortium.create", {"name": "x", "regime": "custom", "orgs": []}),
        ("grant", {"to": ID, "epoch": 0, "items": [{"version": ID, **FILE}]}),
        ("transfer", {"contribution": ID, "right": "copyright", "basis": "", "owners": OWNERS}),
        ("approve", {"of": ""}),
    ],
)
def test_other_bodies_out_of_form_are_refused(type: str, value: dict[str, Any]) -> None:
    with pytest.raises(FormatError):
        body(type, value)


def test_every_type_is_named_in_the_specification() -> None:
    assert len(statements.TYPES) == 26
    assert {kind.chain for kind in statements.TYPES.values()} == set(statements.Chain)


NOW = datetime(2026, 11, 21, 22, 9, 59, tzinfo=UTC)


def test_the_server_alone_looks_at_the_clock() -> None:
    statement = statements.read_text(TEXT)
    ingest.check(statement, NOW)
    for late in (NOW.replace(hour=23), NOW.replace(hour=21)):
        with pytest.raises(FormatError):
            ingest.check(statement, late)


@pytest.mark.parametrize("name", ["Ine\u0301s", "Ines\u200b", "\u2060Ines"])
def test_the_server_alone_looks_at_unicode(name: str) -> None:
    odd = statements.read_text(text(body={**BODY, "name": name}))
    with pytest.raises(FormatError):
        ingest.check(odd, NOW)
