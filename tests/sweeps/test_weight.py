"""What a first visit costs: bytes of script and style, how many requests, and none to anybody else."""

import gzip
from urllib.parse import urlsplit

import pytest

from crosslab.core.db import transaction
from tests.browser import look
from tests.crowds import full_room

KILOBYTE = 1024


@pytest.fixture
def first_visit(page_as, exhibition):
    """Every answer that a visitor's browser gets when it opens the page, with nothing kept from before."""

    def visit(path):
        page, answers = page_as(), []
        page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright takes no built-in method
        look(page, path)
        page.wait_for_load_state("networkidle")
        return page, answers

    return visit


def weight_of(answers, kind):
    """The sum of the files of a kind as they travel, in KB."""
    files = [each.body() for each in answers if each.request.resource_type == kind and each.status == 200]
    return sum(len(gzip.compress(each, 6)) for each in files) / KILOBYTE


@pytest.mark.parametrize("path", ["/en", "/de/challenges", "/no/organisations", "/sign-in"])
def test_a_first_visit_is_light_and_asks_nobody_else(first_visit, exhibition, path):
    _, answers = first_visit(path)
    hosts = {urlsplit(each.url).netloc for each in answers if not each.url.startswith("data:")}
    assert hosts == {urlsplit(exhibition.url).netloc}
    assert len(answers) <= 12, [each.url for each in answers]
    assert weight_of(answers, "script") <= 20
    assert exhibition.troubles == []


def test_the_core_of_the_style_is_light(first_visit):
    _, answers = first_visit("/sign-in")
    core = next(each for each in answers if "/css/app." in each.url)
    assert len(gzip.compress(core.body(), 6)) <= 8 * KILOBYTE


def test_the_fonts_of_the_first_view_are_two_and_light(first_visit):
    _, answers = first_visit("/en")
    fonts = [each.body() for each in answers if each.request.resource_type == "font"]
    assert len(fonts) <= 2
    assert sum(map(len, fonts)) <= 75 * KILOBYTE


def test_pages_of_a_room_of_three_hundred_are_as_light_as_any(page_as, site):
    with transaction(site.engine) as db:
        at = f"/s/{full_room(db, site.world).no}"
    desk = page_as(site.world.priya)
    for path in (
        "cafe",
        "cafe/tables/7",
        "cafe/tables/7?q=a",
        "control",
        "control?q=a",
        "projector?scene=seats",
    ):
        answer = desk.goto(f"{at}/{path}")
        assert answer.status == 200, path
        assert len(gzip.compress(answer.body(), 6)) <= 30 * KILOBYTE, path
