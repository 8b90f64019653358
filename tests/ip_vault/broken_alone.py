"""What must be refused and is no whole bundle: folders, zips, single statements in an empty or a short history."""

import base64
import json
import os
import struct
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crosslab.ip_vault import cj, client, keys, note
from crosslab.ip_vault.keys import SigningKey
from tests.ip_vault.bundles import VKEY
from tests.ip_vault.world import LOG, Cast, secret
from tests.ip_vault.zips import packed

Refused = Callable[[Any], object]
Fields = dict[str, Any]


def folders() -> Iterator[Refused]:
    """A folder that holds what no bundle may hold."""
    yield _in_a_folder(lambda at: (at / "x").symlink_to("/etc/hostname"))
    yield _in_a_folder(lambda at: os.mkfifo(at / "x"))
    yield _in_a_folder(lambda at: (at / "a:b").write_bytes(b""))
    yield _in_a_folder(_too_large)


def _too_large(folder: Path) -> None:
    with (folder / "x").open("wb") as file:
        file.truncate(2 * 1024**3 + 1)  # sparse: it takes no room


def _in_a_folder(fill: Callable[[Path], object]) -> Refused:
    def ask(module: Any) -> object:
        with TemporaryDirectory() as folder:
            fill(Path(folder))
            return module.Folder(Path(folder))

    return ask


def zips() -> Iterator[bytes]:
    """Zips whose list of contents lies."""
    with warnings.catch_warnings(action="ignore"):
        yield packed(("b/x", b"1"), ("b/x", b"2"))
    yield packed(("b/xAy", b"1")).replace(b"b/xAy", b"b/x\0y")
    honest, huge = struct.pack("<II", 3, 3), struct.pack("<II", 2**31 + 1, 2**31 + 1)
    at = (listed := packed(("b/x", b"abc"))).index(b"PK\x01\x02")
    yield listed[:at] + listed[at:].replace(honest, huge)


def statements() -> Iterator[Refused]:
    """Single statements that are not in their form."""
    cast = Cast()
    created, founded = _first(cast, "person.create"), _first(cast, "consortium.create")
    later = _first(cast, "consortium.invite")
    for text in (
        {**created, "by": "0" * 64},
        {**founded, "by": ""},
        {name: value for name, value in founded.items() if name != "for"},
        {**created, "for": "0" * 64},
        {**founded, "for": "x"},
        {**later, "chain": ""},
        {**later, "after": "x"},
        {**later, "seq": 0},
    ):
        yield lambda module, text=text: module.Said(_note(text))
    long = {**created, "log": "x" * 60_000}
    yield lambda module: module.Said(_note(long))


def _note(fields: Fields, *signed: tuple[str, SigningKey]) -> bytes:
    text = b"crosslab.dev/statement/v1\n" + cj.encode(fields) + b"\n"
    return note.sign(text, signed) if signed else text + "\n— a AAAAAAA=\n".encode()


def _first(cast: Cast, type: str) -> Fields:
    """What the first statement of a type says."""
    texts = (json.loads(each.split(b"\n")[1]) for each in cast.notes)
    return next(each for each in texts if each["type"] == type)


def histories() -> Iterator[Refused]:
    """Statements in a history that lacks what they stand on, or with another's signature."""
    cast = Cast()
    notes = {kind: [each for each in cast.notes if f'"type":"{kind}"'.encode() in each] for kind in _TYPES}
    people, orgs = notes["person.create"], notes["org.create"]
    yield _read([people[0]], log="other.example/log1")
    yield _read([note.sign(_text(people[0]), [(_signer(people[0]), SigningKey(secret("x")))])])
    yield _read([orgs[0]])
    yield _read([*people, notes["org.invite"][0]])
    yield _read([*people, *orgs, notes["consortium.invite"][0]])
    yield _read([*people, _recovery(cast)])
    yield _read([*people, _alone(notes["person.request"][0])])
    yield _read(_admitted_again(cast))


_TYPES = ("person.create", "org.create", "org.invite", "person.request", "consortium.invite")


def _read(notes: Sequence[bytes], log: str = LOG) -> Refused:
    def ask(module: Any) -> object:
        history = module.History([(log, 0)], whole=True)
        for index, each in enumerate(notes):
            said = module.Said(each)
            history.read(index, said)
        return history

    return ask


def _text(whole: bytes) -> bytes:
    return whole[: whole.rindex(b"\n\n") + 1]


def _signer(whole: bytes) -> str:
    return whole.rsplit("\n— ".encode(), 1)[1].split(b" ")[0].decode()


def _alone(request: bytes) -> bytes:
    """A request without the line of the invitation's key."""
    return request[: request.rindex("— ".encode())]


def _recovery(cast: Cast) -> bytes:
    fresh = keys.recovery_keys(secret("fresh"))
    body = {
        "person": cast.people["ines"],
        "recovery_sign": keys.b64u(fresh.sign.public),
        "recovery_age": str(fresh.age.recipient),
    }
    return cast.pen("ines").write("org.recover", body, chain=cast.orgs["tinsel"], cosigner=fresh.sign).note


def _admitted_again(cast: Cast) -> list[bytes]:
    """Admitted, removed, and admitted once more with the same request."""
    tinsel, link, kai = cast.orgs["tinsel"], secret("kai's link"), cast.people["kai"]
    invite = cast.say(client.invite_person(cast.pen("ines"), tinsel, link, "signer"))
    asked = cast.say(client.request(cast.pen("kai"), tinsel, invite, link))
    answer = {"person": kai, "request": asked}
    for kind, body in (("org.add", answer), ("org.remove", {"person": kai})):
        cast.log(cast.pen("ines").write(kind, body, chain=tinsel).note)
    again = cast.pen("ines").write("org.add", answer, chain=tinsel).note
    return [each for each in (*cast.notes, again) if b'"type":"org.' in each or b'"type":"person.' in each]


def texts() -> Iterator[Refused]:
    """Times and keys in no form."""
    yield lambda module: module.stamp_time("Time stamp: Foo  1 00:00:00 2026 GMT")
    cut = base64.b64encode(b"\1" + bytes(30)).decode()
    yield lambda module: module.read_vkey(VKEY.rsplit("+", 1)[0] + "+" + cut)
