"""The reference data is whole, and every rule has words."""

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from crosslab.funding.catalogue import REFERENCE, SCHEMA, DuplicateKey, catalogue, load
from crosslab.funding.rule_terms import (
    CONFIDENCES,
    COUNTRY_SETS,
    DOCUMENTS,
    INSTRUMENTS,
    SEVERITIES,
    STATUSES,
)
from crosslab.funding.rule_words import KINDS, rule_words
from crosslab.funding.tongue import Tongue
from crosslab.web.languages import LANGUAGES, words


def test_the_reference_data_has_the_shape_its_schema_says():
    data = json.loads(json.dumps(load(REFERENCE.read_text()), default=str))

    assert list(Draft202012Validator(json.loads(SCHEMA.read_text())).iter_errors(data)) == []


def test_norway_is_a_country_and_not_a_refusal():
    assert "NO" in catalogue().countries["INTERREG_BSR"]
    assert all(isinstance(code, str) for codes in catalogue().countries.values() for code in codes)


def test_a_key_that_is_there_twice_is_refused():
    with pytest.raises(DuplicateKey, match="max is there twice, line 2"):
        load("rule:\n  max: 1\n  max: 2\n")


def test_every_programme_and_rule_is_there():
    known = catalogue()

    assert len(known.schemes) == 24
    assert sum(len(one.rules) for one in known.schemes) == 126
    assert len({rule.id for one in known.schemes for rule in one.rules}) == 126
    assert known.compiled_on < date(2027, 1, 1)


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_every_rule_has_words_in_every_language(language):
    tongue = Tongue(words(language))
    for scheme in catalogue().schemes:
        for rule in scheme.rules:
            said = rule_words(rule, scheme.currency, tongue)
            assert said
            assert "{" not in said


def test_every_kind_of_rule_the_data_may_name_has_words():
    kinds = set(load(REFERENCE.read_text())["enums"]["rule_kind"])

    assert kinds == set(KINDS)
    assert len(kinds) == 16


def test_every_word_of_the_data_has_a_name():
    data = load(REFERENCE.read_text())

    assert set(DOCUMENTS) == set(data["document_types"])
    assert set(COUNTRY_SETS) <= set(data["country_sets"])
    assert set(INSTRUMENTS) == set(data["enums"]["instrument"])
    assert set(STATUSES) == set(data["enums"]["programme_status"])
    assert set(SEVERITIES) == set(data["enums"]["severity"])
    assert set(CONFIDENCES) == set(data["enums"]["confidence"])


def test_rules_are_said_as_people_say_them():
    tongue = Tongue(words("en"))
    eurostars = {rule.id: rule_words(rule, "EUR", tongue) for rule in catalogue().get("eurostars-3").rules}

    assert eurostars["ES-5"] == "No single partner carries more than 70% of the eligible costs."
    assert eurostars["ES-7"] == "The project lasts 36 months at most."
    assert (
        eurostars["ES-GB-2"]
        == "The grant is at most €360,000 for each country. Who counts: from United Kingdom."
    )
    assert eurostars["ES-8"] == "Must be true: the project serves civil purposes only."


def test_the_catalogue_is_narrowed_by_all_that_was_chosen():
    found = catalogue().search("heritage", instrument="grant", country="GB", status="active")

    assert [one.id for one in found] == ["nlhf-10k-250k", "nlhf-250k-10m"]
    assert catalogue().search("no such programme") == []
