"""The vault's one page: static, with a policy of its own, so that nothing the platform serves can look inside."""

from datetime import date
from typing import Any

from litestar import Response, Router
from litestar.params import FromQuery
from litestar.static_files import create_static_files_router

from crosslab.core.paths import STATIC
from crosslab.ledger.releases import releases as in_register
from crosslab.web.given import Db, Here
from crosslab.web.languages import BY_CODE, ENGLISH, LANGUAGES, catalogue
from crosslab.web.routes import ask, ask_anyone, ask_json

from . import releases, threats

WRITTEN = date(2026, 11, 22)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types crosslab-worker; report-uri /csp"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


@ask_anyone("/vault/")
def vault(page: Here) -> Response[str]:
    answer = page.show("workspace/vault.html")
    answer.headers.update(HEADERS)
    return answer


@ask("/protected", public=True)
def protected(db: Db, page: Here) -> Response[str]:
    release, logged = releases.served(), in_register(db)
    return page.show(
        "workspace/protected.html", threats=threats, release=release, logged=logged, written=WRITTEN
    )


@ask_json("/vault/words", public=True)
def words(lang: FromQuery[str] = "en") -> Response[dict[str, Any]]:
    """The page's sentences in a language; the page itself knows none but English."""
    language = BY_CODE.get(lang) or next((each for each in LANGUAGES if each.tag == lang), ENGLISH)
    return Response(dict(catalogue(language.catalogue, "vault")), headers={"Cache-Control": "no-cache"})


def _fresh(response: Response[Any]) -> Response[Any]:
    """The worker lives under the headers of its own response, so it gets the page's."""
    response.headers.update(HEADERS)
    return response


bundle = create_static_files_router(
    "/vault/app", directories=[STATIC / "vault"], opt={"public": True}, after_request=_fresh
)
router = Router("/", route_handlers=[vault, protected, words])
