"""No lock-in: four programs for age, written apart, open each other's files.

Ours, typage in Node, pyrage (Rust), and the `age` of the distribution. The last two do not know the hybrid
recipient yet; for older programs a member's own machine seals anew to a classic key.
"""

import json
import os
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path
from shutil import which
from typing import Any

import pyrage
import pytest

from crosslab.ip_vault import age, client, grants
from crosslab.ip_vault.keys import person_keys
from tests.ip_vault.world import Cast, identity, secret
from tests.vectors.test_golden_js import node

SIZES = [0, 1, 65535, 65536, 65537, 200_000]
CLASSIC, HYBRID = age.X25519Identity(secret("classic")), age.HybridIdentity(secret("hybrid"))
WORDS = "Grünkohl smørbrød ☃ e\u0301"
PLAIN = {size: bytes(number % 251 for number in range(size)) for size in SIZES}


def typage(*work: dict[str, Any]) -> list[bytes]:
    """What typage makes of each piece of work, in order; bytes go there and back."""
    told = [
        {key: _b64(value) if isinstance(value, bytes) else value for key, value in each.items()}
        for each in work
    ]
    return [b64decode(each) for each in json.loads(node("tests/js/interop.mjs", given=json.dumps(told)))]


def _b64(data: bytes) -> str:
    return b64encode(data).decode()


@pytest.fixture
def stock(tmp_path: Path) -> Path:
    """A folder to work in with the distribution's `age`."""
    assert which("age"), "tools/system.sh installs it"
    return tmp_path


def run(folder: Path, *command: str, typed: str = "") -> None:
    """Runs a program in a folder; what is typed goes to a terminal of its own, as it asks for words there."""
    ours, theirs = os.openpty()
    apart = ["setsid", "--ctty", "--wait", *command]
    with subprocess.Popen(apart, cwd=folder, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE) as asked:
        os.close(theirs)
        if typed:
            os.write(ours, typed.encode() + b"\n")
        _, said = asked.communicate(timeout=60)
    os.close(ours)
    assert asked.returncode == 0, said.decode()


@pytest.mark.parametrize("key", [CLASSIC, HYBRID], ids=["classic", "hybrid"])
def test_typage_and_we_open_each_others_files(key: age.X25519Identity | age.HybridIdentity) -> None:
    ours = [{"open": age.encrypt(plain, key.recipient), "identity": str(key)} for plain in PLAIN.values()]
    theirs = [{"seal": plain, "recipient": str(key.recipient)} for plain in PLAIN.values()]
    told = typage(*ours, *theirs)
    assert told[: len(SIZES)] == list(PLAIN.values())
    assert [age.decrypt(each, key) for each in told[len(SIZES) :]] == list(PLAIN.values())


def test_typage_and_pyrage_open_each_others_files() -> None:
    """The two others among themselves: no quirk of ours is what holds it together."""
    rust = pyrage.x25519.Identity.from_str(str(CLASSIC))
    work = [
        {"open": pyrage.encrypt(plain, [rust.to_public()]), "identity": str(CLASSIC)}
        for plain in PLAIN.values()
    ]
    back = [{"seal": plain, "recipient": str(CLASSIC.recipient)} for plain in PLAIN.values()]
    told = typage(*work, *back)
    assert told[: len(SIZES)] == list(PLAIN.values())
    assert [pyrage.decrypt(each, [rust]) for each in told[len(SIZES) :]] == list(PLAIN.values())


def test_words_in_any_script_open_what_another_program_sealed_with_them() -> None:
    ours, theirs = typage(
        {"open": age.encrypt(PLAIN[65537], age.ScryptRecipient(WORDS)), "passphrase": WORDS},
        {"seal": PLAIN[65537], "passphrase": WORDS},
    )
    assert ours == PLAIN[65537]
    assert age.decrypt(theirs, age.ScryptIdentity(WORDS)) == PLAIN[65537]
    assert pyrage.passphrase.decrypt(theirs, WORDS) == PLAIN[65537]


@pytest.mark.parametrize("size", SIZES[1:])
def test_the_age_of_the_distribution_and_we_open_each_others_files(stock: Path, size: int) -> None:
    """Nothing is not tried: that program writes no file at all for an empty plaintext."""
    (stock / "key").write_text(f"{CLASSIC}\n")
    (stock / "plain").write_bytes(PLAIN[size])
    (stock / "ours.age").write_bytes(age.encrypt(PLAIN[size], CLASSIC.recipient))
    run(stock, "age", "-d", "-i", "key", "-o", "opened", "ours.age")
    run(stock, "age", "-r", str(CLASSIC.recipient), "-o", "theirs.age", "plain")
    assert (stock / "opened").read_bytes() == PLAIN[size]
    assert age.decrypt((stock / "theirs.age").read_bytes(), CLASSIC) == PLAIN[size]


def test_the_age_of_the_distribution_opens_an_unlock_file_with_the_words_typed(stock: Path) -> None:
    own = grants.IdentityFile("ab" * 32, 1, secret("ines"))
    (stock / "unlock.age").write_bytes(client.lock(own, WORDS))
    run(stock, "age", "-d", "-o", "identity", "unlock.age", typed=WORDS)
    assert (stock / "identity").read_bytes() == grants.write_identity_file(own)


def test_from_six_words_to_the_drawing_with_stock_programs_alone(stock: Path) -> None:
    """Words open the unlock file, its key a ring, the ring a grant, the grant's key the sealed file.

    The vault's own keys are hybrid; the walk is done here with classic ones, as sealed anew for old programs,
    and the same files are plain lines that `age -i` takes as they are.
    """
    person, org, content = (age.X25519Identity(secret(name)) for name in ("person", "org", "content"))
    version = "ab" * 32
    files = {
        "unlock.age": age.encrypt(f"# crosslab identity v1\n{person}\n".encode(), age.ScryptRecipient(WORDS)),
        "ring.age": age.encrypt(f"# crosslab org keys {version}\n{org}\n".encode(), person.recipient),
        "grant.age": age.encrypt(f"# crosslab grant v1 {version}\n{content}\n".encode(), org.recipient),
        "hinge.age": age.encrypt(b"fold here", content.recipient),
    }
    for name, data in files.items():
        (stock / name).write_bytes(data)
    run(stock, "age", "-d", "-i", "unlock.age", "-o", "ring", "ring.age", typed=WORDS)
    run(stock, "age", "-d", "-i", "ring", "-o", "content.key", "grant.age")
    run(stock, "age", "-d", "-i", "content.key", "-o", "hinge", "hinge.age")
    assert (stock / "hinge").read_bytes() == b"fold here"


def test_the_same_walk_through_the_vaults_own_files_with_typage_alone() -> None:
    """Nothing of ours is asked: what is decrypted is read line by line for its key."""
    cast = Cast()
    sealed, org = cast.seal(), cast.orgs["tinsel"]
    wrapped = client.wrap_keys(cast.pen("ines"), org, [identity("tinsel")], [cast.people["ines"]])
    own = grants.write_identity_file(grants.IdentityFile(cast.people["ines"], 1, secret("ines")))
    key = own.decode().splitlines()[-1]
    assert key == str(person_keys(secret("ines")).age)
    for file in (*wrapped.files.values(), *sealed.grant.files.values()):
        (opened,) = typage({"open": file, "identity": key})
        key = opened.decode().splitlines()[-1]
    manifest, hinge = typage(*({"open": blob, "identity": key} for blob in sealed.blobs.values()))
    assert json.loads(manifest)["title"] == "Hinge"
    assert hinge == b"fold here"
