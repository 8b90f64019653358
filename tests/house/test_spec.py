"""What the vault's formats say in words is what the code does."""

import re

import pytest

from crosslab import app
from crosslab.ip_vault.replay.refusals import Reason
from crosslab.ip_vault.statements import types
from crosslab.ip_vault.statements.types import TYPES, Chain, Cosigner, For
from tests.house.sources import ROOT, SRC

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
