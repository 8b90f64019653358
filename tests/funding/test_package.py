"""What is signed: the same content gives the same digest, and any change another one."""

from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st

from crosslab.funding import package

TEXT = st.text(st.characters(codec="utf-8"), max_size=30).map(package.plain)
DETAILS = st.fixed_dictionaries({"title": TEXT, "months": st.integers(1, 120)})
PARTNER = st.fixed_dictionaries({"organisation": TEXT, "name": TEXT})
SECTION = st.fixed_dictionaries({"key": TEXT, "text": TEXT})
BUDGET = st.fixed_dictionaries({"organisation": TEXT, "rate": TEXT, "no_costs": st.booleans()})
CONTENT = st.fixed_dictionaries(
    {
        "application": DETAILS,
        "partners": st.lists(PARTNER, max_size=3),
        "sections": st.lists(SECTION, max_size=3, unique_by=lambda one: one["key"]),
        "budgets": st.lists(BUDGET, max_size=3, unique_by=lambda one: one["organisation"]),
    }
)

SMALL = {
    "application": {"title": "Lantern Walk", "months": 12},
    "partners": [{"organisation": "a", "name": "Ane"}],
    "sections": [{"key": "summary", "text": "Light."}, {"key": "risks", "text": "Rain."}],
    "budgets": [{"organisation": "a", "rate": "1/2", "no_costs": False}],
}


@given(CONTENT)
def test_the_same_content_has_the_same_digest_and_can_be_read_back(content):
    again = {key: deepcopy(content[key]) for key in reversed(content)}

    assert package.digest(again) == package.digest(content)
    assert package.read(package.canonical(content).decode()) == content


@given(CONTENT, CONTENT)
def test_the_digest_changes_exactly_when_the_content_does(one, other):
    assert (package.digest(one) == package.digest(other)) == (one == other)
    assert (package.changed(package.parts(one), package.parts(other)) == []) == (
        one == other or _order_alone(one, other)
    )


def _order_alone(one, other):
    def held(name, key):
        return {each[key]: each for each in one[name]} == {each[key]: each for each in other[name]}

    same = one["application"] == other["application"] and one["partners"] == other["partners"]
    return same and held("sections", "key") and held("budgets", "organisation")


def test_the_digest_of_a_small_application_never_changes():
    assert package.digest(SMALL) == "88af3636d914bd6b88995b085bbab8a4d12cbae06d6344df5016b2dc27771a96"


def test_each_part_that_changed_is_named():
    now = deepcopy(SMALL)
    now["sections"][1]["text"] = "Snow."
    now["budgets"].append({"organisation": "b", "rate": "1/3", "no_costs": True})

    assert package.changed(package.parts(SMALL), package.parts(now)) == ["budget:b", "section:risks"]


def test_characters_nobody_sees_do_not_stop_a_signature():
    assert package.plain("a\tb\x0b\u202ec\ufffe") == "a bc"


def test_money_is_written_with_all_its_decimals():
    assert package.decimal_text(3840050, "EUR") == "38400.50"
    assert package.decimal_text(700, "ISK") == "700"
    assert package.decimal_text(0, "GBP") == "0.00"
