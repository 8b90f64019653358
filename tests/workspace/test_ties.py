"""After a restored backup: a chain that is taken back is tied to whom it stood for, where there is no doubt."""

import pytest
from sqlmodel import select

from crosslab.consortia.tables import Consortium
from crosslab.ip_vault.statements import parse
from crosslab.ledger.tables import Statement
from crosslab.people.tables import Organisation, Person
from crosslab.workspace.ties import Ties

KINDS = {"person.create": Person, "org.create": Organisation, "consortium.create": Consortium}


def first_statement(db, kind):
    """A chain's first statement, and what it stands for."""
    rows = db.exec(select(Statement).where(Statement.type == kind).order_by(Statement.idx)).all()
    for row in rows:
        found = db.exec(select(KINDS[kind]).where(KINDS[kind].vault_id == row.chain)).first()
        if found and found.name == parse(row.note.encode())[0].body["name"]:
            return parse(row.note.encode())[0], found
    raise AssertionError(f"no {kind} in this world")


@pytest.mark.parametrize("begun", KINDS)
def test_a_chain_stands_again_for_whom_it_stood(db, world, begun):
    said, meant = first_statement(db, begun)
    meant.vault_id = None
    db.flush()
    ties = Ties()
    ties(db, said)
    assert meant.vault_id == said.id
    assert "again" in ties.told[0]


@pytest.mark.parametrize("begun", KINDS)
def test_a_chain_of_another_name_or_of_somebody_who_has_one_is_left_to_the_operator(db, world, begun):
    said, meant = first_statement(db, begun)
    ties = Ties()
    ties(db, said)
    meant.vault_id, meant.name = None, "Somebody else"
    db.flush()
    ties(db, said)
    assert meant.vault_id is None
    assert [each.endswith("tie it by hand") for each in ties.told] == [True, True]


def test_of_two_people_of_one_name_nobody_is_guessed(db, world):
    said, meant = first_statement(db, "person.create")
    meant.vault_id = None
    db.add(Person(email="namesake@elsewhere.example", name=meant.name))
    db.flush()
    ties = Ties()
    assert ties(db, said) is None
    assert "nobody here" in ties.told[0]


def test_what_begins_no_chain_ties_nothing_and_names_its_signer(db, world):
    row = db.exec(select(Statement).where(Statement.type == "version")).first()
    ties = Ties()
    signer = ties(db, parse(row.note.encode())[0])
    assert db.get(Person, signer).vault_id == row.by
    assert ties.told == []
