"""What takes long to make is made once, kept while there is place, and tried again where it failed."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from crosslab.core.shelf import Shelf


def test_many_who_ask_at_once_get_what_the_first_one_made():
    numbers, shelf = count(), Shelf(2)
    with ThreadPoolExecutor(20) as crowd:
        got = list(crowd.map(lambda _: shelf.of("a", lambda: b"%d" % next(numbers)), range(100)))
    assert set(got) == {b"0"}


def test_the_thing_that_nobody_asked_for_longest_makes_room():
    shelf = Shelf(2)
    for key in ("a", "b", "a", "c"):
        shelf.of(key, key.encode)
    assert shelf.of("a", lambda: b"anew") == b"a"
    assert shelf.of("b", lambda: b"anew") == b"anew"


def test_what_failed_is_tried_again_by_the_next_one():
    shelf = Shelf(2)
    with pytest.raises(ZeroDivisionError):
        shelf.of("a", lambda: b"%d" % (1 // 0))
    assert shelf.of("a", lambda: b"made") == b"made"
