"""The page believes a time stamp for its signature alone, and only of an authority that the reader knows."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from crosslab.ip_vault import evidence
from crosslab.ip_vault.evidence import Stamp
from tests.ip_vault import stamped
from tests.ip_vault.bundles import VKEY, Story, reveal, source, story
from tests.ip_vault.tokens import (
    CONTENT_TYPE,
    DIGEST,
    ESS,
    SIGNED_DATA,
    Holder,
    der,
    ess_of,
    holder,
    key_of,
    root,
    token,
)
from tests.vectors.test_golden_js import node

NOW = datetime.now(UTC).replace(microsecond=0)
AGES_AGO = datetime(2015, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def told() -> Story:
    return story()


@pytest.fixture(scope="module")
def trusted() -> Holder:
    return root()


@pytest.fixture(scope="module")
def stamper(trusted: Holder) -> Holder:
    return holder("Stamper", trusted)


class Page:
    """What the page says of bundles with one stamp each."""

    def __init__(self, told: Story, folder: Path) -> None:
        self.told, self.folder = told, folder
        self.issued = source(told.cast, "tinsel").issued[0]

    def says(self, made: bytes, known: Holder, *, beside: str = "", subject: str = "claim") -> dict[str, Any]:
        """The verdict on a bundle with this token, for a reader who knows this root, which lies in the bundle."""
        stamp = Stamp(self.issued, made, (known.pem + beside).encode())
        cast = self.told.cast
        lines = source(cast, "tinsel" if subject == "claim" else "", [stamp])
        shown = reveal(self.told, "hinge.txt")
        files = (
            evidence.claim(lines, self.told.subject, cast.orgs["tinsel"], shown)
            if subject == "claim"
            else evidence.register(lines, cast.consortium)
        )
        (self.folder / "x.zip").write_bytes(evidence.write_zip(files, "bundle"))
        answer = node("tests/js/verify.mjs", str(self.folder / "x.zip"), VKEY, "", known.fingerprint)
        found: dict[str, Any] = json.loads(answer)
        return found

    def doubts(self, made: bytes, known: Holder, **more: Any) -> str:
        """Why the page does not tell the time that a token names, though the rest of the bundle holds."""
        found = self.says(made, known, **more)
        assert (found["holds"], found["stamped"], "stamp" in found["links"]) == (True, None, False)
        return str(found["doubt"])


@pytest.fixture
def page(told: Story, tmp_path: Path) -> Page:
    return Page(told, tmp_path)


@pytest.mark.parametrize("way", ["rsa", "pss", "ec"])
def test_an_honest_stamp_is_believed_however_it_is_signed(page: Page, trusted: Holder, way: str) -> None:
    by = holder(f"Stamper {way}", trusted, key=key_of(way, way), pss=way == "pss")
    found = page.says(token(page.issued, NOW, by, how=way), trusted)

    assert (found["stamped"], found["root"]) == (f"{NOW:%Y-%m-%dT%H:%M:%SZ}", trusted.fingerprint)
    assert "stamp" in found["links"]


def test_what_openssl_stamps_is_believed_by_who_knows_the_root_and_by_nobody_else(
    told: Story, tmp_path: Path
) -> None:
    files, known = stamped.claim(told, tmp_path)
    (tmp_path / "x.zip").write_bytes(evidence.write_zip(files, "bundle"))
    ours, others = (
        json.loads(node("tests/js/verify.mjs", str(tmp_path / "x.zip"), VKEY, "", each))
        for each in (known, "0" * 64)
    )

    assert ours["stamped"] == evidence.check(files, VKEY, tsa_sha256=[known]).facts["time"]
    assert (others["holds"], others["stamped"], others["doubt"]) == (True, None, "unknown-root")


def test_one_between_is_followed_and_may_lie_beside_the_token(page: Page, trusted: Holder) -> None:
    between = holder("Between", trusted, ca=True, depth=0)
    made = token(page.issued, NOW, holder("Far stamper", between))

    assert page.says(made, trusted, beside=between.pem)["stamped"]
    assert page.doubts(made, trusted) == "unproven"


@pytest.mark.parametrize("subject", ["claim", "register"])
def test_an_unsigned_token_of_2015_is_not_told(page: Page, trusted: Holder, subject: str) -> None:
    assert page.doubts(token(page.issued, AGES_AGO, None), trusted, subject=subject) == "unproven"


def test_a_stamp_earlier_than_what_it_is_over_is_not_told(
    page: Page, stamper: Holder, trusted: Holder, told: Story
) -> None:
    made_at = told.cast.statement(told.sealed.version).at
    said = datetime.fromisoformat(str(made_at)).astimezone(UTC)
    near, far = (token(page.issued, said - timedelta(minutes=each), stamper) for each in (9, 11))

    assert page.says(near, trusted)["stamped"]
    assert page.doubts(far, trusted) == "too-early"


WRONG = {
    "signed as something else": {CONTENT_TYPE: SIGNED_DATA},
    "another text was signed": {DIGEST: der(4, bytes(32))},
    "no text was signed": {DIGEST: None},
    "the signer is not named by its hash": {ESS: None},
    "another signer is named": {ESS: ess_of(root())},
}


@pytest.mark.parametrize("changed", WRONG.values(), ids=WRONG)
def test_what_was_signed_must_be_this_text_by_this_signer(
    page: Page, stamper: Holder, trusted: Holder, changed: dict[str, bytes | None]
) -> None:
    assert page.doubts(token(page.issued, NOW, stamper, changed=changed), trusted) == "unproven"


def test_an_attribute_that_stands_twice_is_not_believed(page: Page, stamper: Holder, trusted: Holder) -> None:
    assert page.doubts(token(page.issued, NOW, stamper, twice=True), trusted) == "unproven"


def test_another_time_under_a_true_signature_is_not_believed(
    page: Page, stamper: Holder, trusted: Holder
) -> None:
    made = token(page.issued, NOW, stamper)
    then = f"{AGES_AGO:%Y%m%d%H%M%SZ}".encode()

    assert page.doubts(made.replace(f"{NOW:%Y%m%d%H%M%SZ}".encode(), then), trusted) == "unproven"
    assert page.doubts(made[:-1] + bytes([made[-1] ^ 1]), trusted) == "unproven"


def strangers(trusted: Holder) -> dict[str, tuple[Holder, tuple[Holder, ...]]]:
    """Signers whom a known root does not vouch for, with whatever they carry to look as if it did."""
    leaf = holder("Stamper", trusted)
    small = key_of("small", size=1024)
    twin = root("Root", key_of("a stranger’s"))
    short = holder("Short", trusted, ca=True, depth=0)
    other = ExtendedKeyUsageOID.CODE_SIGNING
    stamps = ExtendedKeyUsageOID.TIME_STAMPING
    return {
        "of a root of the same name": (holder("Theirs", twin), (twin,)),
        "issued by one who may only stamp": (holder("Theirs", leaf), (leaf,)),
        "one more between than allowed": (
            holder("Deep", longer := holder("Longer", short, ca=True)),
            (longer, short),
        ),
        "for another use": (holder("Coder", trusted, uses=(other,)), ()),
        "for another use as well": (holder("Both", trusted, uses=(stamps, other)), ()),
        "for a use that is not binding": (holder("Loose", trusted, critical=False), ()),
        "for no use in particular": (holder("Any", trusted, uses=()), ()),
        "no longer valid": (holder("Old", trusted, years=(-3, -1)), ()),
        "not yet valid": (holder("New", trusted, years=(1, 3)), ()),
        "a key that is too short": (holder("Small", trusted, key=small), ()),
        "the root itself": (trusted, ()),
    }


@pytest.mark.parametrize("case", list(strangers(root())))
def test_a_signer_whom_no_known_root_vouches_for_is_not_believed(
    page: Page, trusted: Holder, case: str
) -> None:
    by, carried = strangers(trusted)[case]
    assert page.doubts(token(page.issued, NOW, by, carried=carried), trusted) == "unproven"


def test_a_root_that_had_ended_vouches_for_nothing(page: Page) -> None:
    ended = root("Ended root", years=(-5, -1))
    assert page.doubts(token(page.issued, NOW, holder("Orphan", ended)), ended) == "unproven"
