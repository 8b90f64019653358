"""Files shown in a bundle lie under their names, whatever these are, and never two at one path."""

import json
from pathlib import Path

import pytest

from crosslab.ip_vault import client, evidence
from crosslab.ip_vault.evidence import Broken
from tests.ip_vault.bundles import VKEY, evidence_manifest, source
from tests.ip_vault.bundles import Story as Told
from tests.ip_vault.world import Cast
from tests.vectors.test_golden_js import node

NAMES = ("a_b.txt", "a%b.txt", "1", "%_.txt", "_%.txt")
PATHS = {"a_b.txt": "files/a_b.txt", "a%b.txt": "renamed/2/a_b.txt", "1": "files/1"}


@pytest.fixture
def shown() -> dict[str, bytes]:
    """A claim with five files whose names would fall together if `%` were merely replaced."""
    cast = Cast()
    files = [(name, "text/plain", f"this is {name}".encode()) for name in NAMES]
    content = client.Content("Names", "", files)
    sealed = client.seal(cast.pen("ines"), cast.orgs["tinsel"], cast.consortium, cast.claim(), content)
    cast.say(sealed.version)
    cast.say(sealed.grant)
    plain = evidence_manifest(
        Told(cast, sealed, sealed), sealed.blobs[cast.statement(sealed.version).body["manifest"]["sha256"]]
    )
    reveal = evidence.Reveal(plain, {name: data for name, _, data in files})
    return evidence.claim(source(cast, "tinsel"), sealed.version.id, cast.orgs["tinsel"], reveal)


def test_no_two_names_share_a_path(shown: dict[str, bytes]) -> None:
    for name in NAMES:
        holds = [path for path, data in shown.items() if data == f"this is {name}".encode()]
        assert len(holds) == 1
        assert "%" not in holds[0]
        assert holds[0] == f"data/reveal/{PATHS.get(name, holds[0][12:])}"


def test_both_readers_give_every_file_the_name_it_was_sealed_under(
    shown: dict[str, bytes], tmp_path: Path
) -> None:
    assert set(evidence.check(shown, VKEY, without_time=True).facts["files"]) == set(NAMES)
    (tmp_path / "names.zip").write_bytes(evidence.write_zip(shown, "names"))
    told = json.loads(node("tests/js/verify.mjs", str(tmp_path / "names.zip"), VKEY))
    assert told["holds"], told
    assert set(told["claim"]["files"]) == set(NAMES)


def test_a_file_under_the_path_of_another_name_is_refused(shown: dict[str, bytes]) -> None:
    payload = {path: data for path, data in shown.items() if path.startswith("data/")}
    one, other = "data/reveal/files/a_b.txt", "data/reveal/renamed/2/a_b.txt"
    payload[one], payload[other] = payload[other], payload[one]
    files = evidence.bag.pack(payload, shown["VERIFY.md"], shown["verify.py"])
    with pytest.raises(Broken, match="not the one on the list"):
        evidence.check(files, VKEY, without_time=True)
