"""Numbers of organisations: what each register's numbers look like, and what they add up to."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosslab.people.identifiers import NO_FORM, NO_SCHEME, NO_SUM, SCHEMES, Unlike, canonical, page_of

REAL = [
    ("NO-BRC", "986 399 445", "986399445"),
    ("NO-BRC", "NO-BRC-972417920", "972417920"),
    ("GB-COH", "7444723", "07444723"),
    ("GB-COH", "sc990016", "SC990016"),
    ("GB-CHC", "1090095", "1090095"),
    ("GB-SC", "SC042386", "SC042386"),
    ("DE-CR", "RA000290-HRA7672HL", "RA000290-HRA7672HL"),
    ("DK-CVR", "29614288", "29614288"),
    ("EE-RIK", "12964097", "12964097"),
    ("FI-PRO", "22618733", "2261873-3"),
    ("LT-RC", "304140248", "304140248"),
    ("SE-ON", "5560125790", "556012-5790"),
    ("BE-BCE_KBO", "0518.884.078", "0518884078"),
    ("CH-FDJP", "CHE-104.867.501", "CHE104867501"),
    ("XI-ROR", "https://ror.org/01kj2bm70", "01kj2bm70"),
    ("XI-LEI", "724500pmk2a2m1sqq228", "724500PMK2A2M1SQQ228"),
    ("ISIL", "GB-UkBiCRL", "GB-UkBiCRL"),
    ("EU-PIC", "999 991 234", "999991234"),
    ("EU-VAT", "DE 123456789", "DE123456789"),
]
CHECKED = ["NO-BRC", "XI-LEI", "XI-ROR", "BE-BCE_KBO", "CH-FDJP", "DK-CVR", "FI-PRO", "SE-ON"]


@pytest.mark.parametrize(("scheme", "typed", "kept"), REAL)
def test_a_number_is_kept_as_its_register_writes_it(scheme, typed, kept):
    assert canonical(scheme, typed) == kept


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_example_of_every_register_is_one_of_its_numbers(scheme):
    assert canonical(scheme, SCHEMES[scheme].example) == SCHEMES[scheme].example


@pytest.mark.parametrize(
    ("scheme", "typed", "why"),
    [
        ("NO-BRC", "986399446", NO_SUM),
        ("NO-BRC", "98639944", NO_FORM),
        ("XI-ROR", "05asf4e92", NO_SUM),
        ("XI-LEI", "549300ITS31QK8VRBQ15", NO_SUM),
        ("ISIL", "gb-ukbicrl", NO_FORM),
        ("GB-SC", "042386", NO_FORM),
        ("NO-BRC", "٩٨٦٣٩٩٤٤٥", NO_FORM),
        ("XX-NONE", "1", NO_SCHEME),
    ],
)
def test_what_cannot_be_a_number_says_why(scheme, typed, why):
    with pytest.raises(Unlike) as told:
        canonical(scheme, typed)
    assert str(told.value) == why


@given(st.sampled_from(CHECKED), st.data())
def test_one_wrong_digit_never_passes_a_check_sum(scheme, data):
    example = SCHEMES[scheme].example
    at = data.draw(st.sampled_from([n for n, letter in enumerate(example) if letter.isdigit()]))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != example[at]]))
    with pytest.raises(Unlike):
        canonical(scheme, example[:at] + other + example[at + 1 :])


@given(st.sampled_from(sorted(SCHEMES)), st.text(max_size=40))
def test_whatever_is_typed_is_kept_in_one_form_or_refused(scheme, typed):
    kept = ""
    with contextlib.suppress(Unlike):
        kept = canonical(scheme, typed)
    assert not kept or canonical(scheme, kept) == kept


def test_registers_with_a_page_of_their_own_are_linked():
    assert page_of("XI-ROR", "05asf4e91") == "https://ror.org/05asf4e91"
    assert page_of("EU-PIC", "999991234") == ""
