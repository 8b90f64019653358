"""Addresses that people and programs make up: nothing there, said in a sentence, on both databases."""

import pytest

ODD = ("%00", "a%00b", "%F0%9F%92%A9", "..%2F..%2Fetc", "x" * 300, "%27%20OR%201=1", "9" * 40)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "place", ["/w/{}", "/en/organisations/{}", "/p/{}/pipeline", "/en/funding/{}", "/vault/chains/{}"]
)
def test_an_odd_address_is_nothing_and_not_a_fault(browse, world, place, odd):
    assert browse(world.ane).get(place.format(odd)).status_code in {404, 422}
