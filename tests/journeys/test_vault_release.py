"""Which release of the page runs: hashed on the device and looked up in the register."""

from playwright.sync_api import Page, Route, expect

from crosslab.workspace.releases import served

WORDS = "**/vault/app/words.txt"


def release_of(page: Page) -> str:
    """What the page says of itself, once it has looked."""
    line = page.locator('.release a[href$="#release"]').locator("visible=true")
    expect(line).to_be_visible()
    return line.inner_text()


def test_the_page_says_which_release_it_is_and_where_it_stands(exhibition, page_as):
    page = page_as(exhibition.world.ane)
    page.goto("/vault/#/w/amphi-nights")
    told = release_of(page)
    assert told.startswith(f"This page: release {served().digest[:8]}, in the register at ")
    page.locator(".seal .release a").locator("visible=true").first.click()
    expect(page.get_by_role("heading", name="What is protected and what is not")).to_be_visible()
    expect(page.locator("#release")).to_contain_text(served().digest)


def test_a_page_with_one_other_file_is_in_no_register(exhibition, page_as):
    page = page_as(exhibition.world.ane)

    def another(route: Route) -> None:
        route.fulfill(body="abacus\n", content_type="text/plain")

    page.context.route(WORDS, another)
    page.goto("/vault/#/w/amphi-nights")
    told = release_of(page)
    assert served().digest[:8] not in told
    assert told.endswith("not in the register")
