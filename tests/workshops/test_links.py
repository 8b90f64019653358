"""From links to who should talk: mutual ones first, the notes quoted, the reason said."""

from hypothesis import given
from hypothesis import strategies as st

from crosslab.workshops.links import Link, LinkKind, Why, matrix, pairs, trios

ORGS = ("Fjordlys", "Tonwerk", "Nordlyd", "Roman Stage")


def link(one: str, two: str, kind: LinkKind = LinkKind.OFFER, n: int = 0) -> Link:
    return Link(f"{one}>{two}>{kind}>{n}", f"note of {one} {n}", one, f"note of {two} {n}", two, kind)


some = st.builds(
    link, st.sampled_from(ORGS), st.sampled_from(ORGS), st.sampled_from(LinkKind), st.integers(0, 3)
)
walls = st.lists(some, max_size=25, unique_by=lambda each: each.id)


def test_an_offer_that_meets_a_need_comes_before_everything() -> None:
    wall = [
        *(link("Roman Stage", "Nordlyd", LinkKind.JOINT, n) for n in range(3)),
        link("Fjordlys", "Tonwerk", LinkKind.OFFER),
        link("Tonwerk", "Fjordlys", LinkKind.NEED),
    ]
    first, second = pairs(wall)
    assert (first.orgs, first.why) == (("Fjordlys", "Tonwerk"), Why.MUTUAL_FIT)
    assert second.why == Why.JOINT


def test_two_who_link_each_other_are_mutual_whatever_they_say() -> None:
    (only,) = pairs([link("Nordlyd", "Tonwerk"), link("Tonwerk", "Nordlyd", LinkKind.QUESTION)])
    assert only.why == Why.MUTUAL


def test_a_suggestion_quotes_each_note_once_with_the_strongest_link_first() -> None:
    (only,) = pairs(
        [link("Nordlyd", "Tonwerk", LinkKind.QUESTION), link("Nordlyd", "Tonwerk", LinkKind.JOINT)]
    )
    assert [each.kind for each in only.links] == [LinkKind.JOINT, LinkKind.QUESTION]
    assert only.notes == ("note of Nordlyd 0", "note of Tonwerk 0")


def test_a_link_to_ones_own_organisation_suggests_nobody() -> None:
    assert pairs([link("Nordlyd", "Nordlyd")]) == []
    assert matrix([link("Nordlyd", "Nordlyd")]) == {}


def test_three_are_suggested_when_each_two_are_linked() -> None:
    wall = [link("Fjordlys", "Tonwerk"), link("Tonwerk", "Nordlyd"), link("Nordlyd", "Fjordlys")]
    assert [each.orgs for each in trios(wall)] == [("Fjordlys", "Nordlyd", "Tonwerk")]
    assert trios(wall[:2]) == []


@given(walls)
def test_the_matrix_counts_every_link_between_two(wall: list[Link]) -> None:
    assert sum(matrix(wall).values()) == sum(each.from_org != each.to_org for each in wall)


@given(walls)
def test_every_pair_with_a_link_is_suggested_once_mutual_ones_first(wall: list[Link]) -> None:
    found = pairs(wall)
    mutual = [each.why in (Why.MUTUAL, Why.MUTUAL_FIT) for each in found]
    assert len({each.orgs for each in found}) == len(found)
    assert mutual == sorted(mutual, reverse=True)


@given(walls, st.randoms())
def test_the_order_in_which_links_were_tied_changes_nothing(wall: list[Link], random) -> None:
    mixed = list(wall)
    random.shuffle(mixed)
    assert (pairs(mixed), trios(mixed)) == (pairs(wall), trios(wall))


@given(walls, some)
def test_another_link_never_weakens_a_pair(wall: list[Link], more: Link) -> None:
    before = {each.orgs: each.strength for each in pairs(wall)}
    after = {each.orgs: each.strength for each in pairs([*wall, more])}
    assert all(after[orgs] >= strength for orgs, strength in before.items())
