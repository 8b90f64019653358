"""The small pure parts of the room: browsers in words, safe ways on, why something matches."""

import pytest

from crosslab.people.browsers import browser_of, system_of
from crosslab.people.countries import is_country, names
from crosslab.people.inside import inside
from crosslab.people.matches import excerpt, reasons, words_of
from crosslab.people.tables import Organisation, OrganisationKind, SizeClass
from crosslab.people.words import KINDS, SIZE_MEANINGS, SIZES

SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0"


@pytest.mark.parametrize(
    ("agent", "browser", "system"),
    [(SAFARI, "Safari", "iPhone"), (EDGE, "Edge", "Windows"), ("curl/8", "", "")],
)
def test_a_browser_is_named_as_people_call_it(agent, browser, system):
    assert (browser_of(agent), system_of(agent)) == (browser, system)


@pytest.mark.parametrize("path", ["/desk", "/", "/en/challenges?q=light", "/invitations/a-b_c"])
def test_a_path_of_this_house_is_followed(path):
    assert inside(path, "/elsewhere") == path


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\t/evil.example",
        "",
        "/a b",
        "javascript:0",
    ],
)
def test_nothing_leads_out_of_this_house(path):
    assert inside(path, "/desk") == "/desk"


def test_a_match_is_told_in_the_words_of_the_profile():
    fjordlys = Organisation(offers="Self-standing rigs, low-voltage light, night events.", needs="A square.")

    assert reasons(fjordlys, ["LIGHT"]) == [("Offers: “{found}”", fjordlys.offers)]
    assert excerpt("one " * 40 + "light " + "two " * 40, ["light"]).startswith("… one")
    assert words_of("light, sound!") == ["light", "sound"]


def test_every_kind_and_size_has_words():
    assert set(KINDS) == set(OrganisationKind)
    assert set(SIZES) == set(SIZE_MEANINGS) == set(SizeClass)


def test_countries_stand_in_the_readers_alphabet():
    german = list(names("de_DE").values())

    assert names("nb_NO")["DE"] == "Tyskland"
    assert german.index("Österreich") < german.index("Panama")
    assert is_country("NO")
    assert not is_country("EU")
