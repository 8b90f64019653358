"""What the vault's formats say in words is what the code does."""

import re
from hashlib import sha256

import pytest

from crosslab import app
from crosslab.ip_vault import evidence, logins
from crosslab.ip_vault.evidence import bag, verify
from crosslab.ip_vault.replay.refusals import Reason
from crosslab.ip_vault.statements import parse, types
from crosslab.ip_vault.statements.types import TYPES, Chain, Cosigner, For
from tests.house.sources import ROOT, SRC
from tests.ip_vault.bundles import VKEY, source, story

SPEC = (SRC / "ip_vault/SPEC.md").read_text()
PAPER = (ROOT / "docs/vault.md").read_text()
HEAD = "| type | chain | `for` | second signature | body |"
PAGES = {"app", "words"}
FOR = {For.NEVER: "–", For.ALWAYS: "yes", For.MAYBE: "maybe"}
SECOND = {
    Cosigner.NONE: "–",
    Cosigner.NEW_KEY: "new key",
    Cosigner.INVITE: "invitation",
    Cosigner.RECOVERY: "recovery",
}
CHAINS = {Chain.PERSON: "person", Chain.ORGANISATION: "organisation", Chain.CONSORTIUM: "consortium"}


def table(head):
    """The rows of a table, cell by cell."""
    lines = SPEC[SPEC.index(head) :].splitlines()[2:]
    rows = [re.split(r"(?<!\\) \| ", line.strip("| ")) for line in lines[: lines.index("")]]
    return [[cell.strip() for cell in row] for row in rows]


STATEMENTS = {name: row for row in table(HEAD) for name in re.findall(r"`([\w.]+)`", row[0])}


def keys_of(shape):
    """The sets of keys that a shape of the code lets through: one, or one of two."""
    held = dict(zip(shape.__code__.co_freevars, shape.__closure__ or (), strict=True))
    if "fields" in held:
        return [set(held["fields"].cell_contents)]
    return [*keys_of(held["one"].cell_contents), *keys_of(held["two"].cell_contents)]


def keys_in(words):
    """The keys that the words name: at the top, before any brace is opened."""
    words = re.sub(r"\{.*?\}", "", words.replace("\\", ""))
    return {each.split(":")[0].strip() for each in words.split(",") if each.strip()}


def test_every_type_of_statement_is_in_the_table_and_no_other():
    assert sorted(STATEMENTS) == sorted(TYPES)


@pytest.mark.parametrize("name", TYPES)
def test_chain_organisation_and_signatures_are_said_as_they_are(name):
    kind, row = TYPES[name], STATEMENTS[name]
    assert row[1] == CHAINS[kind.chain] + (", genesis" if kind.genesis else "")
    assert row[2:4] == [FOR[kind.acts_for], SECOND[kind.cosigner]]


@pytest.mark.parametrize("name", sorted(TYPES))
def test_the_body_is_said_with_exactly_its_keys(name):
    words = re.findall(r"`([^`]*)`", STATEMENTS[name][4].split("; `")[0])
    if name == "version":
        line = next(line for line in SPEC.splitlines() if line.startswith("`version` body:"))
        words = [", ".join(re.findall(r"`([^`]*)`", line)[1:])]
    assert [keys_in(each) for each in words] == keys_of(TYPES[name].body)


@pytest.mark.parametrize(
    "choices", ["ORG_ROLES", "CLASSES", "DERIVATIONS", "PURPOSES", "ROTATIONS", "RIGHTS"]
)
def test_every_word_that_may_be_chosen_is_named(choices):
    assert [word for word in getattr(types, choices) if word not in SPEC] == []


def test_every_reason_for_a_refusal_is_named():
    assert [each.value for each in Reason if f"`{each.value}`" not in SPEC] == []


def test_every_door_of_the_vault_is_named(settings):
    wire = SPEC[SPEC.index("## 9.") : SPEC.index("## 10.")]
    paths = {route.path for route in app.build(settings).routes if route.path.startswith("/vault/")}
    segments = {word for path in paths for word in path.split("/")[2:] if word and "{" not in word}
    assert [word for word in sorted(segments - PAGES) if word not in wire] == []


def test_how_another_client_gets_its_session_is_said_as_it_is():
    said = next(line for line in SPEC.splitlines() if line.startswith("*A session for another client*"))
    for word in ("/account/machines/new?key=", f"`{logins.LETTERS}`", "`crosslab.dev/login/v1⏎`"):
        assert word in said
    hashed = "ab" * 32
    number = int.from_bytes(sha256(f"crosslab.dev/login/v1\n{hashed}".encode()).digest(), "big")
    letters = "".join(logins.LETTERS[number // 20**place % 20] for place in range(8))
    assert logins.machine_code(hashed) == f"{letters[:4]}-{letters[4:]}"


def test_the_files_around_a_bundle_and_the_gaps_it_may_have_are_said():
    paper = SPEC[SPEC.index("## 10.") :]
    assert [name for name in bag.pack({}, b"", b"") if f"`{name}`" not in paper] == []
    assert f"`{bag.BAGIT.decode().replace(chr(10), '⏎')}`" in paper
    gaps = ("without_time", "with_gaps", "without_entries")
    assert verify.Options(VKEY, **dict.fromkeys(gaps, True)).allowed == set(gaps)
    assert [each for each in gaps if f"--{each.replace('_', '-')}" not in paper] == []


def test_a_claim_holds_without_a_chain_what_the_paper_says_and_nothing_of_the_consortium_else():
    told = story()
    claim = evidence.claim(source(told.cast), told.subject, told.cast.orgs["tinsel"])
    texts = [parse(data)[0] for name, data in claim.items() if name.endswith(".note")]
    chains = {name.split("/")[2][:64] for name in claim if name.startswith("data/chains/")}
    alone = [each for each in texts if (each.chain or each.id) not in chains]
    assert sorted(each.type for each in alone) == ["approve", "version"]
    assert {each.body.get("of", each.id) for each in alone} == {told.subject}
    signers = {each.by for each in texts if each.by} | {each.org for each in alone}
    assert chains == signers


def test_what_the_paper_names_is_there():
    named = set(re.findall(r"`((?:src|tests|assets|bench|docs)/[\w/.-]+)(?:::(\w+))?`", PAPER))
    for path, test in named:
        assert (ROOT / path).exists(), path
        assert not test or f"def {test}(" in (ROOT / path).read_text(), test


def test_where_a_journey_is_told_is_there():
    journeys = PAPER[PAPER.index("| journey |") : PAPER.index("## What the server does")]
    homes = ("ip_vault", ".", "../../assets/vault")
    for place in re.findall(r"`([a-z_]+(?:/[a-z_]+)+)`", journeys):
        assert any(list((SRC / home).glob(f"{place}*")) for home in (*homes, "../..")), place


def test_a_reviewer_is_told_the_true_number_of_types():
    assert f"{len(TYPES)} types, one table" in PAPER
