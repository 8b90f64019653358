"""Identifiers sort as things were made, also within one millisecond and by many threads."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from crosslab.core.clock import at, now
from crosslab.core.ids import uuid7


def test_what_is_made_in_one_millisecond_sorts_in_the_order_it_was_made():
    with at(now()):
        made = [uuid7() for _ in range(5000)]

    assert made == sorted(made)
    assert len(set(made)) == 5000


def test_they_are_of_version_7_and_say_when():
    moment = now()
    with at(moment):
        made = uuid7()

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(moment.timestamp() * 1000)


def test_a_clock_set_back_gives_others_all_the_same():
    moment = now()
    made = []
    for ahead in (0, 1, 0, 1):
        with at(moment + timedelta(seconds=ahead)):
            made += [uuid7() for _ in range(100)]

    assert len(set(made)) == 400


def test_threads_at_once_never_get_the_same_one():
    with at(now()), ThreadPoolExecutor(8) as many:
        made = list(many.map(lambda _: uuid7(), range(4000)))

    assert len(set(made)) == 4000
