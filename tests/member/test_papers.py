"""What leaves the platform: exports that the stock `age` opens, evidence that a stranger checks, a witness's lines."""

import http.client
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from crosslab.ip_vault import keys, merkle, note, tlog, witness
from crosslab.ip_vault.client.troubles import Trouble, read_proof
from crosslab.ip_vault.evidence.verify import certificates
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.witness import Asked
from crosslab.ledger import stamping
from crosslab.ledger.keeper import keeper
from crosslab.member.commands import sheets, witnessing
from crosslab.member.desk import Desk
from crosslab.member.home import Home
from crosslab.member.show import Show
from tests.authority import Authority, served
from tests.member.machine import Machine
from tests.vectors.test_interop import typage

Of = Callable[[str], Machine]
PLACE = ("--in", "amphi-nights")
SEALED = ["field-by-row.csv.age", "load-table.csv.age", "site-plan.csv.age", "wiring.txt.age"]
LOG = keys.SigningKey(b"l" * 32)
ORIGIN = "log.example/1"


def test_stock_age_opens_a_classic_export(machine: Of, tmp_path: Path) -> None:
    told = machine("ane").run("export", str(tmp_path / "out"), "--classic", "--plain", "--newest", *PLACE)
    assert len(told["versions"]) == 6
    sealed = sorted((tmp_path / "out").rglob("*.age"), key=lambda path: path.name)
    assert [path.name for path in sealed] == SEALED
    for path in sealed:
        place = path.parent.parent
        command = ["age", "-d", "-i", place / "key.txt", path]
        opened = subprocess.run(command, check=True, capture_output=True).stdout
        assert opened == (place / "files" / path.stem).read_bytes()
    assert "age -d -i key.txt" in (tmp_path / "out/README.txt").read_text()


def test_typage_opens_every_file_of_an_export_as_it_was_sealed_with_the_key_beside_it(
    machine: Of, tmp_path: Path
) -> None:
    machine("ane").run("export", str(tmp_path / "out"), "--plain", "--newest", *PLACE)
    sealed = sorted((tmp_path / "out").rglob("*.age"))
    keys_beside = [(path.parent.parent / "key.txt").read_text() for path in sealed]
    told = [
        {"open": path.read_bytes(), "identity": key.splitlines()[-1]}
        for path, key in zip(sealed, keys_beside, strict=True)
    ]
    assert sorted(path.name for path in sealed) == SEALED
    assert all(each["identity"].startswith("AGE-SECRET-KEY-PQ-1") for each in told)
    plain = [(path.parent.parent / "files" / path.stem).read_bytes() for path in sealed]
    assert typage(*told) == plain


def test_an_export_holds_the_sealed_files_as_they_were_signed(machine: Of, tmp_path: Path) -> None:
    ane = machine("ane")
    ane.run("export", str(tmp_path / "out"), "--newest", *PLACE)
    names = {path.name for path in ane.site.house.var.rglob("sealed/*/*")}
    for path in (tmp_path / "out").rglob("*.age"):
        summed = subprocess.run(["sha256sum", path], check=True, capture_output=True, text=True).stdout
        assert summed.split()[0] in names
    assert ane.run("export", str(tmp_path / "out"), *PLACE, code=1)["sentence"].endswith("is not empty.")


def test_evidence_carries_the_logs_time_stamps(machine: Of, tmp_path: Path) -> None:
    ane, authority = machine("ane"), Authority(tmp_path)
    house = ane.site.house
    with served(lambda query: (200, "x", authority.reply(query))) as address:
        known = stamping.authorities(f"ours {address} {authority.root_file}")
        assert stamping.stamp(house.engine, keeper(house.settings), known) == {"ours": ""}
    ane.run("evidence", "Audience-lit stage", "--to", str(tmp_path / "claim.zip"), *PLACE)
    root = authority.root_file.read_bytes()
    vkey, known_root = ane.run("status")["log"]["vkey"], digest(certificates(root)[0])
    asked = ("verify", str(tmp_path / "claim.zip"), "--log-key", vkey, "--tsa-sha256")
    assert "existed on" in ane.run(*asked, known_root)["sentence"]
    assert "time not checked" in ane.run(*asked, "0" * 64, code=5)["sentence"]


def test_evidence_is_made_and_checked_without_the_server(machine: Of, tmp_path: Path) -> None:
    ane, stranger = machine("ane"), machine("stig")
    ane.run(
        "evidence",
        "Audience-lit stage",
        "--to",
        str(tmp_path / "claim.zip"),
        "--reveal",
        "wiring.txt",
        *PLACE,
    )
    ane.run("evidence", "--to", str(tmp_path / "register.zip"), *PLACE)
    vkey = ane.run("status")["log"]["vkey"]
    asked = ("--log-key", vkey, "--without-time")
    for name in ("claim", "register"):
        assert stranger.run("verify", str(tmp_path / f"{name}.zip"), *asked)["holds"]
    for name, hand in (("claim", "other"), ("register", "untold")):
        told = stranger.run("verify", str(tmp_path / f"{name}.zip"), *asked, "--file", __file__, code=6)
        assert (told["holds"], told["hand"]) == (True, hand)
    assert stranger.run("verify", str(tmp_path / "claim.zip"), code=2)["sentence"]
    spoilt = tmp_path / "spoilt.zip"
    with zipfile.ZipFile(tmp_path / "claim.zip") as whole, zipfile.ZipFile(spoilt, "w") as broken:
        for each in whole.namelist():
            data = whole.read(each)
            broken.writestr(each, data.replace(b"Audience", b"Audiense") if "manifest.json" in each else data)
    assert "NOT VERIFIED" in stranger.run("verify", str(spoilt), *asked, code=5)["sentence"]


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[tuple[Callable[..., tuple[int, bytes]], Desk]]:
    """A witness that logs can ask: `ask(old, proof, checkpoint)` gives the status and the answer."""
    desk = Desk(
        SimpleNamespace(host="127.0.0.1", port=0, name="here.example/w"), Home(tmp_path), Show(quiet=True)
    )
    witnessing.key(desk)
    server = witnessing.server_for(desk, witnessing._own(desk), {ORIGIN: LOG.public})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()

    def ask(old: int, proof: list[bytes], checkpoint: bytes, path: str = witness.PATH) -> tuple[int, bytes]:
        line = http.client.HTTPConnection(*server.server_address[:2])
        line.request("POST", path, witness.write_request(Asked(old, tuple(proof), checkpoint)))
        answer = line.getresponse()
        told = answer.status, answer.read()
        line.close()
        return told

    yield ask, desk
    server.shutdown()
    server.server_close()
    thread.join()


def a_tree(*leaves: bytes) -> merkle.Tree:
    tree = merkle.Tree()
    for each in leaves:
        tree.append(merkle.leaf_hash(each))
    return tree


def a_checkpoint(tree: merkle.Tree) -> bytes:
    return tlog.sign_checkpoint(tlog.Checkpoint(ORIGIN, tree.size, tree.root()), LOG)


def test_a_witness_signs_what_continues_and_nothing_else(listening) -> None:
    ask, desk = listening
    one, two, other = a_tree(b"a"), a_tree(b"a", b"b"), a_tree(b"a", b"x")
    status, line = ask(0, [], a_checkpoint(one))
    signer = note.Signer("here.example/w", witnessing._own(desk).key.public)
    assert status == 200
    assert tlog.verify_cosignature(a_checkpoint(one) + line, signer)
    proof = merkle.consistency_proof(1, 2, two.read)
    assert ask(1, proof, a_checkpoint(two))[0] == 200
    assert ask(1, proof, a_checkpoint(two)) == (409, b"2\n")
    for _ in range(2):
        assert ask(2, [], a_checkpoint(other))[0] == 409
    [proof_of_it] = desk.home.folder.glob("proof-of-misbehaviour*.json")
    assert read_proof(proof_of_it.read_bytes()).trouble is Trouble.SPLIT
    assert ask(2, [], a_checkpoint(two), path="/other")[0] == 404


def test_a_house_does_not_take_the_line_of_a_witness_that_it_does_not_know(machine: Of) -> None:
    ane = machine("ane")
    ane.run("witness", "once", code=6)
    vkey = ane.run("witness", "key", "ane.example/w")["vkey"]
    assert ane.run("witness", "key")["vkey"] == vkey
    assert ane.try_("witness", "once").code in (1, 6)  # this house has no witness of that name on its list
    ane.run("trust", "--witness", vkey, "--quorum", "1")
    assert ane.run("sync", code=4)["trouble"] == "witnesses"
    assert not list(ane.folder.rglob("proof-of-misbehaviour*"))
    ane.run("trust", "--witness", "no key at all", code=2)
    ane.run("trust")
    assert ane.run("sync")["entries"]


def test_a_sheet_says_whose_it_is_since_when_and_by_which_fingerprint(machine: Of) -> None:
    mei = machine("mei")
    path = mei.folder / "sheet.txt"
    made = mei.run("setup", "--sheet", str(path))
    text = path.read_text()
    assert made["fingerprint"] in text
    assert "Made on 20" in text
    plain = sheets.sheet("Tinker & Tap Ltd", "CROSSLAB-ORG-1X")
    assert "Made on 20" in plain
    assert "Fingerprint" not in plain
