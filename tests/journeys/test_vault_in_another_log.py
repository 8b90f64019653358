"""The vault's page when the server says that another log continues the one this device has seen."""

import json
from typing import Any

from playwright.sync_api import Route, expect

from crosslab.ip_vault import keys, note
from tests.browser import look, violations

NEW = "vault.example/log2"
VKEY = note.vkey(NEW, keys.SigningKey(b"\2" * 32).public)
SEE = """async origin => {
    const data = new Uint8Array(await (await fetch("/vault/log/checkpoint")).arrayBuffer());
    const pins = {checkpoint: btoa(String.fromCharCode(...data)), heads: {}, checked: []};
    localStorage.setItem("crosslab-vault-pins", JSON.stringify({[origin]: pins}));
}"""


def rolled_over(route: Route) -> None:
    answer = route.fetch()
    told: dict[str, Any] = answer.json()
    log = {**told["log"], "origin": NEW, "vkey": VKEY, "earlier": [told["log"]["vkey"]]}
    route.fulfill(response=answer, body=json.dumps({**told, "log": log}))


def test_another_log_is_followed_only_knowingly(exhibition, page_as) -> None:
    page = page_as(exhibition.world.ane)
    look(page, "/account")
    old = page.request.get("/vault/session").json()["log"]
    page.evaluate(SEE, old["origin"])
    page.context.route("**/vault/session", rolled_over)

    page.goto("/vault/")
    expect(page.get_by_role("alert")).to_contain_text(old["vkey"])
    expect(page.get_by_role("alert")).to_contain_text(VKEY)
    assert violations(page) == []
    page.get_by_role("button", name="Continue knowingly").click()
    expect(page.get_by_role("heading", name="The register goes on in another log")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("The register goes on in another log")
    kept = page.evaluate("JSON.parse(localStorage.getItem('crosslab-vault-pins'))")
    assert kept[old["origin"]]["next"] == VKEY
