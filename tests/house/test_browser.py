"""The checks that every journey leans on do notice what they are there to notice."""

import os
import signal

import pytest

from tests.browser import a_context, descendants, is_browser, look, violations, within

SPOIL = """() => {
    const picture = document.createElement("img");
    picture.src = document.querySelector("link[rel=icon]").href;
    document.querySelector("main").append(picture);
}"""
BREAK = """() => { setTimeout(() => notThere(), 0) }"""
INJECT = """() => { try { document.body.innerHTML = "<p>changed</p>" } catch (refused) {} }"""


def test_axe_sees_a_picture_without_words(page_as, exhibition):
    page = look(page_as(), "/sign-in")
    before = violations(page)
    page.evaluate(SPOIL)
    assert before == []
    assert any(found.startswith("image-alt: ") for found in violations(page))


def test_a_page_that_is_missing_is_not_taken_for_a_page(page_as, exhibition):
    with pytest.raises(AssertionError, match="answered 404"):
        look(page_as(), "/en/nothing-is-here")


@pytest.mark.parametrize(("script", "trouble"), [(BREAK, "weberror"), (INJECT, "console")])
def test_a_script_error_and_a_breach_of_the_content_policy_are_noted(chromium, exhibition, script, trouble):
    context = a_context(chromium, exhibition)
    page = look(context.new_page(), "/sign-in")
    with context.expect_event(trouble):
        page.evaluate(script)
    context.close()
    assert len(exhibition.troubles) == 1
    exhibition.troubles.clear()


def test_a_person_is_signed_in_on_a_browser_of_their_own(page_as, exhibition):
    look(page_as(exhibition.world.ane), "/desk")
    assert "/sign-in" in page_as().goto("/desk").url


def test_a_browser_that_does_not_answer_is_killed_and_the_next_test_gets_another(launch):
    hung = launch()
    context = hung.new_context()
    context.new_page()
    browsers = [pid for pid in descendants(os.getpid()) if is_browser(pid)]
    for pid in browsers:
        os.kill(pid, signal.SIGSTOP)
    within(context.close, seconds=1)
    assert browsers
    assert not hung.is_connected()
    assert launch().new_context().new_page().title() == ""
