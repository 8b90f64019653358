"""The vault's doors: what is taken in, what is handed out, and to whom nothing is."""

from hashlib import sha256

from crosslab.ip_vault import age, tlog
from crosslab.ip_vault.note import parse_vkey
from crosslab.ip_vault.statements import parse
from crosslab.people.tables import Person
from tests.workspace.members import Member


def test_a_first_key_is_recorded_and_answered_with_a_receipt_that_verifies(browse, world):
    stig = Member(browse(world.stig))
    answer = stig.arrive("Stig Ukjent")

    assert answer.status_code == 200, answer.text
    log = stig.session()["log"]
    entry_note = stig.get(f"statements/{stig.me}").json()["note"].encode()
    entry = tlog.statement_entry(parse(entry_note)[0].id, entry_note, None)
    receipt = tlog.parse_receipt(answer.json()["receipt"].encode())
    assert tlog.verify_receipt(receipt, entry, log["origin"], parse_vkey(log["vkey"]).public).size >= 1


def test_a_person_has_one_first_key(browse, world, db):
    stig = Member(browse(world.stig))
    stig.arrive("Stig Ukjent")
    again = Member(browse(world.stig)).arrive("Stig Ukjent")

    assert (again.status_code, again.json()["error"]) == (409, "refused")
    assert db.get(Person, world.stig.person_id).vault_id == stig.me


def test_the_same_statement_sent_twice_is_recorded_once(browse, world):
    stig = Member(browse(world.stig))
    first = stig.arrive("Stig Ukjent").json()
    note = stig.get(f"statements/{stig.me}").json()["note"]
    headers = {"x-csrf": stig.session()["csrf"]}
    again = stig.visitor.client.post("/vault/statements", data={"note": note}, headers=headers)

    assert (again.status_code, again.json()["index"]) == (200, first["index"])


def test_nothing_is_taken_in_without_the_pages_token(browse, world):
    stig = Member(browse(world.stig))
    answer = stig.visitor.client.post("/vault/statements", data={"note": "x"})

    assert answer.status_code == 403
    assert stig.session()["person"]["vault_id"] is None


def test_a_sealed_file_that_is_another_one_leaves_nothing_behind(browse, world, var):
    stig = Member(browse(world.stig))
    before = sorted(path for path in (var / "files").rglob("*") if path.is_file())
    sealed = age.encrypt(b"a drawing", stig.org_key.recipient)

    assert stig.put(sealed, "0" * 64).status_code == 409
    assert stig.put(b"a drawing, not sealed").status_code == 409
    assert sorted(path for path in (var / "files").rglob("*") if path.is_file()) == before


def test_a_sealed_file_is_handed_out_from_a_place_on(browse, world):
    stig = Member(browse(world.stig))
    sealed = age.encrypt(b"a drawing", stig.org_key.recipient)
    stig.put(sealed)
    path, size = f"/vault/blobs/{sha256(sealed).hexdigest()}", len(sealed)

    def part(asked):
        return stig.visitor.client.get(path, headers={"Range": asked})

    assert (part("bytes=9-").status_code, part("bytes=9-").content) == (206, sealed[9:])
    assert part("bytes=3-9").headers["content-range"] == f"bytes 3-9/{size}"
    assert part("bytes=3-9").content == sealed[3:10]
    for whole in ("bytes=0-", f"bytes={size}-", "bytes=-5", "bytes=1-2,4-5", "bytes=7-3", "lines=1-"):
        assert (part(whole).status_code, part(whole).content) == (200, sealed)


def test_a_sealed_file_is_for_its_sender_and_no_stranger(browse, world):
    stig, ruth = Member(browse(world.stig)), Member(browse(world.ruth))
    sealed = age.encrypt(b"a drawing", stig.org_key.recipient)
    assert stig.put(sealed).status_code == 201
    name = sha256(sealed).hexdigest()

    assert stig.get(f"blobs/{name}").content == sealed
    assert ruth.get(f"blobs/{name}").status_code == 404


def test_a_visitor_is_told_to_sign_in(browse):
    answer = browse().get("/vault/session")

    assert (answer.status_code, answer.json()["error"]) == (401, "signedout")
