"""Writes the golden files. Everything in them follows from fixed roots, so a second run changes nothing."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from crosslab.ip_vault import chains, cj, curve, keys, manifest, merkle, note, shares, statements, tlog
from crosslab.ip_vault.errors import VaultError
from crosslab.ip_vault.filenames import check_file_name
from crosslab.ip_vault.fingerprint import fingerprint
from crosslab.ip_vault.grants import IdentityFile, write_grant, write_identity_file, write_org_keys
from crosslab.ip_vault.ids import digest
from crosslab.ip_vault.statements import Place
from tests.vectors.golden import hidden, history, outside, rules, succession

FOLDER = Path(__file__).parent
ROOT = bytes(range(32))
OWN = keys.person_keys(ROOT)
RECOVERY = keys.recovery_keys(ROOT)
LOG_KEY = keys.SigningKey(bytes(range(32, 64)))
ORIGIN, AT = "vault.example/log1", "2026-11-21T22:00:00Z"
IDS = [digest(b"statement %d" % number) for number in range(7)]
Case = dict[str, Any]


def outcome(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What comes out, or that it is refused."""
    try:
        return work()
    except VaultError:
        return {"refused": True}


def derivation() -> list[Case]:
    found = {
        "sign_seed_hex": OWN.sign.seed.hex(),
        "sign_public_hex": OWN.sign.public.hex(),
        "sign_public": keys.b64u(OWN.sign.public),
        "age_identity": str(OWN.age),
        "age_recipient": str(OWN.age.recipient),
        "recovery_string": keys.recovery_string(ROOT),
    }
    recovery = {
        "sign_public_hex": RECOVERY.sign.public.hex(),
        "age_identity": str(RECOVERY.age),
        "age_recipient": str(RECOVERY.age.recipient),
        "recovery_string": keys.recovery_string(ROOT, keys.ORG),
    }
    return [
        {"name": "person", "in": {"root_hex": ROOT.hex()}, "out": found},
        {"name": "organisation recovery", "in": {"root_hex": ROOT.hex()}, "out": recovery},
        {
            "name": "invitation",
            "in": {"secret_hex": ROOT.hex()},
            "out": {"sign_public_hex": keys.invite_key(ROOT).public.hex()},
        },
    ]


def canonical_json() -> list[Case]:
    good = [
        '{"a":1,"b":[true,false,"x"],"c":{}}',
        '"Grünkohl\\n\\"ß\\" \\\\"',
        "9007199254740991",
        "-1",
        "[]",
    ]
    bad = [
        '{"b":1,"a":2}', '{"a":1,"a":1}', '{"a": 1}', "1.0", "1e3", "-0", "null", "9007199254740992", '"\\u0041"',
        '{"__proto__":1}', '{"A":1}', '"\\t"', '"\\/"', '"\u202e"', "[" * 17 + "]" * 17, "", "1 ", '"\ufeff"', '{"":1}',
    ]  # fmt: skip
    return [
        {
            "name": text[:24],
            "in": {"text": text},
            "out": outcome(lambda text=text: {"text": cj.encode(cj.decode(text.encode())).decode()}),
        }
        for text in good + bad
    ]


def note_cases() -> list[Case]:
    text = "A text.\n\nWith an empty line.\n"
    whole = note.sign(text.encode(), [(ORIGIN, LOG_KEY)])
    signer = note.vkey(ORIGIN, LOG_KEY.public)
    made = {"note": whole.decode(), "vkey": signer, "key_id_hex": note.key_id(ORIGIN, LOG_KEY.public).hex()}
    return [
        {"name": "signed", "in": {"text": text, "name": ORIGIN, "seed_hex": LOG_KEY.seed.hex()}, "out": made},
        *(
            {"name": name, "in": {"note": changed, "vkey": signer}, "out": {"refused": True}}
            for name, changed in {
                "another text": whole.decode().replace("A text", "A Text"),
                "no empty line": whole.decode().replace("\n\n—", "\n—"),
                "no padding": whole.decode().replace("=\n", "\n"),
                "twice": whole.decode() + whole.decode().split("\n\n")[-1],
                "tab": whole.decode().replace("A text", "A\ttext"),
                "plus in the name": whole.decode().replace("— vault", "— vau+lt"),
            }.items()
        ),
    ]


def statement() -> list[Case]:
    body = {"name": "Ines Ødegård", "sign": keys.b64u(OWN.sign.public), "age": str(OWN.age.recipient)}
    salt = bytes(range(16))
    text = statements.compose(Place(ORIGIN), "person.create", body, by="", at=AT, salt=salt)
    given = {"log": ORIGIN, "type": "person.create", "body": body, "by": "", "at": AT, "salt_hex": salt.hex()}
    made = {"text": text.decode(), "id": digest(text), "note": statements.sign(text, OWN.sign).decode()}
    bad = [
        text.replace(b'"v":1', b'"v":2'),
        text.replace(b'"seq":0', b'"seq":1'),
        text.replace(b"22:00:00Z", b"22:00:00+00:00"),
        text.replace(b"person.create", b"person.delete"),
        text.replace(b'{"after"', b'{"added":1,"after"'),
        text.replace(b"Ines ", b"ines@"),
        text.replace(b"statement/v1", b"statement/v2"),
    ]
    refused = [
        {"name": f"bad {number}", "in": {"text": each.decode()}, "out": {"refused": True}}
        for number, each in enumerate(bad)
    ]
    return [
        {"name": "first statement of a person", "in": given | {"root_hex": ROOT.hex()}, "out": made},
        *refused,
    ]


def link() -> list[Case]:
    links = [each.hex() for each in chains.links(IDS)]
    return [{"name": "a chain of seven", "in": {"ids": IDS}, "out": {"links_hex": links}}]


def tag() -> list[Case]:
    before = chains.links(IDS)[0]
    return [
        {"name": "genesis", "in": {"id": IDS[0]}, "out": {"tag": tlog.tag(IDS[0], None)}},
        {
            "name": "later",
            "in": {"id": IDS[1], "link_before_hex": before.hex()},
            "out": {"tag": tlog.tag(IDS[1], before)},
        },
        {
            "name": "for its parties",
            "in": {"id": IDS[1], "link_before_hex": before.hex(), "for_parties": True},
            "out": {"tag": tlog.tag(IDS[1], before, for_parties=True)},
        },
    ]


def entry() -> list[Case]:
    before = chains.links(IDS)[0]
    made = tlog.statement_entry(IDS[1], b"a note\n", before)
    given = {"id": IDS[1], "note": "a note\n", "link_before_hex": before.hex()}
    out = {"entry": made.decode(), "leaf_hash_hex": merkle.leaf_hash(made).hex()}
    apart = tlog.statement_entry(IDS[1], b"a note\n", before, for_parties=True)
    turned = {"entry": apart.decode(), "leaf_hash_hex": merkle.leaf_hash(apart).hex()}
    release = tlog.release_entry(b"manifest").decode()
    previous = tlog.previous_log_entry(b"checkpoint").decode()
    return [
        {"name": "statement", "in": given, "out": out},
        {"name": "statement for its parties", "in": given | {"for_parties": True}, "out": turned},
        {"name": "release", "in": {"manifest": "manifest"}, "out": {"entry": release}},
        {"name": "previous log", "in": {"checkpoint": "checkpoint"}, "out": {"entry": previous}},
    ]


def tree_of(size: int) -> tuple[list[bytes], merkle.Tree]:
    entries = [tlog.statement_entry(each, each.encode(), None) for each in IDS[:size]]
    tree = merkle.Tree()
    for each in entries:
        tree.append(merkle.leaf_hash(each))
    return entries, tree


def checkpoint() -> list[Case]:
    cases = []
    for size in range(len(IDS) + 1):
        entries, tree = tree_of(size)
        point = tlog.sign_checkpoint(tlog.Checkpoint(ORIGIN, size, tree.root()), LOG_KEY).decode()
        given = {
            "entries": [each.decode() for each in entries],
            "origin": ORIGIN,
            "seed_hex": LOG_KEY.seed.hex(),
        }
        cases.append({"name": f"size {size}", "in": given, "out": {"checkpoint": point}})
    return cases


def receipt() -> list[Case]:
    entries, tree = tree_of(len(IDS))
    point = tlog.sign_checkpoint(tlog.Checkpoint(ORIGIN, tree.size, tree.root()), LOG_KEY)
    vkey = note.vkey(ORIGIN, LOG_KEY.public)
    cases = []
    for index, each in enumerate(entries):
        proof = tuple(merkle.inclusion_proof(index, tree.size, tree.read))
        text = tlog.write_receipt(tlog.Receipt(index, proof, point)).decode()
        given = {"entry": each.decode(), "receipt": text, "vkey": vkey}
        cases.append({"name": f"index {index}", "in": given, "out": {"size": tree.size}})
        wrong = given | {"entry": entries[index - 1].decode()}
        cases.append({"name": f"another entry at {index}", "in": wrong, "out": {"refused": True}})
    return cases


def consistency() -> list[Case]:
    _, tree = tree_of(len(IDS))
    cases = []
    for old in range(1, tree.size + 1):
        proof = [each.hex() for each in merkle.consistency_proof(old, tree.size, tree.read)]
        given = {
            "old": old,
            "new": tree.size,
            "old_root_hex": tree.root(old).hex(),
            "new_root_hex": tree.root().hex(),
        }
        cases.append({"name": f"{old} to {tree.size}", "in": given, "out": {"proof_hex": proof}})
    return cases


def fingerprint_cases() -> list[Case]:
    return [
        {"name": each[:8], "in": {"person": each}, "out": {"fingerprint": fingerprint(each)}}
        for each in IDS[:3]
    ]


def manifest_cases() -> list[Case]:
    files = tuple(manifest.File(f"{n}.txt", "text/plain", n + 1, IDS[n], IDS[n + 1]) for n in range(2))
    salt = bytes(range(32))
    plain = manifest.write_manifest(manifest.Manifest("Hängsel", "Two lines.\nTruly.", files), salt)
    given = {
        "title": "Hängsel", "description": "Two lines.\nTruly.", "salt_hex": salt.hex(),
        "files": [vars(each) for each in files],
    }  # fmt: skip
    made = {"plaintext": plain.decode(), "commitment": manifest.commitment(plain)}
    return [{"name": "two files", "in": given, "out": made}]


def file_names() -> list[Case]:
    names = [
        "a.txt",
        "Wie es war.pdf",
        "../x",
        "CON",
        "con.txt",
        ".x",
        "x.",
        "a:b",
        "a\u202eexe",
        "e\u0301",
        "x" * 256,
    ]

    def check(name: str) -> dict[str, Any]:
        check_file_name(name)
        return {"allowed": True}

    return [
        {"name": name[:16], "in": {"file": name}, "out": outcome(lambda name=name: check(name))}
        for name in names
    ]


def share_cases() -> list[Case]:
    sums = [
        ["1/1"], ["1/3", "2/3"], ["1/2", "1/3", "1/6"], ["1/2"], ["2/4", "1/2"], ["1/2", "1/2", "1/2"], ["0/1", "1/1"],
        ["-1/2", "3/2"], ["1/0"], ["3333/10000", "3333/10000", "3333/10000"], ["1/1000000001", "1000000000/1000000001"],
    ]  # fmt: skip

    def check(parts: list[str]) -> dict[str, Any]:
        shares.parse_owners([{"party": IDS[n], "share": part} for n, part in enumerate(parts)])
        return {"whole": True}

    return [
        {"name": " + ".join(parts), "in": {"shares": parts}, "out": outcome(lambda parts=parts: check(parts))}
        for parts in sums
    ]


def private_files() -> list[Case]:
    identity = write_identity_file(IdentityFile(IDS[0], 1, ROOT)).decode()
    grant = write_grant(IDS[1], OWN.age).decode()
    ring = write_org_keys(IDS[2], [OWN.age, RECOVERY.age]).decode()
    person = {"person": IDS[0], "epoch": 1, "root_hex": ROOT.hex()}
    org = {"org": IDS[2], "identities": [str(OWN.age), str(RECOVERY.age)]}
    return [
        {"name": "identity file", "in": person, "out": {"text": identity}},
        {"name": "grant", "in": {"version": IDS[1], "identity": str(OWN.age)}, "out": {"text": grant}},
        {"name": "organisation keys", "in": org, "out": {"text": ring}},
    ]


def public_keys() -> list[Case]:
    known = [
        OWN.sign.public.hex(), "00" * 32, "01" + "00" * 31, "ff" * 32, "ed" + "ff" * 30 + "7f",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", "02" + "00" * 31,
    ]  # fmt: skip

    def check(key: str) -> dict[str, Any]:
        curve.check_public(bytes.fromhex(key))
        return {"accepted": True}

    return [
        {"name": key[:12], "in": {"key_hex": key}, "out": outcome(lambda key=key: check(key))}
        for key in known
    ]


SUITES: dict[str, tuple[str, Callable[[], list[Case]]]] = {
    "derivation": (
        "Keys from a root: HKDF-SHA256, Ed25519, age hybrid identity, recovery strings.",
        derivation,
    ),
    "canonical_json": (
        "CJ1: canonical texts come out as they went in, all others are refused.",
        canonical_json,
    ),
    "note": ("C2SP signed notes with Ed25519.", note_cases),
    "statement": ("A statement's text, id and note; texts outside the schema are refused.", statement),
    "link": ("The links of a chain.", link),
    "tag": ("The tag of a place in a chain, its last bit turned for kinds that may be hidden.", tag),
    "entry": ("Log entries and their leaf hash.", entry),
    "checkpoint": ("Signed checkpoints over logs of 0 to 7 entries.", checkpoint),
    "receipt": ("Receipts, right and wrong.", receipt),
    "consistency": ("Consistency proofs to a log of 7 entries.", consistency),
    "fingerprint": ("Fingerprints of persons.", fingerprint_cases),
    "manifest": ("A manifest's plaintext and commitment.", manifest_cases),
    "file_names": ("File names that are allowed and refused.", file_names),
    "shares": ("Shares of one right, each of another party.", share_cases),
    "private_files": ("Plaintexts of identity file, grant and organisation keys.", private_files),
    "public_keys": ("Ed25519 public keys that may and may not be registered.", public_keys),
    "succession": (
        "One log after another: a statement is for the log in which its index of the register stands.",
        succession.cases,
    ),
}


def build() -> dict[str, dict[str, Any]]:
    """Every golden file by name."""
    made: dict[str, dict[str, Any]] = {
        name: {"what": what, "cases": work()} for name, (what, work) in SUITES.items()
    }
    made["hidden"] = hidden.build()
    made["replay"] = history.build(*outside.TELLERS, *rules.TELLERS)
    return made


def write(content: dict[str, Any]) -> str:
    """A golden file's text."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Writes them all."""
    for name, content in build().items():
        text = write(content)
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")
        print(name, len(text), sha256(text.encode()).hexdigest()[:12])


if __name__ == "__main__":
    main()
