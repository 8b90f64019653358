"""A page: what a handler answers with. It knows the reader's language, who they are and how they asked."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote
from uuid import uuid4

from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.enums import MediaType
from markupsafe import Markup
from sqlmodel import Session

from crosslab.core.actor import Actor
from crosslab.core.settings import Settings

from .door import COOKIE, LANGUAGE_COOKIE, SAID_COOKIE, THEME_COOKIE, VISITOR_COOKIE, Door
from .languages import BY_CODE, LANGUAGES, Language, Words, best, words
from .security import csrf_token, new_nonce

Asked = Request[Any, Any, Any]


@dataclass
class Page:
    """One answer in the making. Templates see it as `page`."""

    door: Door
    request: Asked
    actor: Actor
    db: Session | None = None
    context_name: str = ""

    @classmethod
    def of(cls, request: Asked, actor: Actor, db: Session | None = None) -> "Page":
        """The page of this request, remembered so that a refusal can be told in the same frame."""
        page = cls(request.app.state.door, request, actor, db)
        request.state["nonce"] = page.nonce
        request.state["page"] = page
        return page

    @cached_property
    def language(self) -> Language:
        """The URL's language; else the person's own; else the last one seen; else what the browser asks for."""
        code = self.path.split("/")[1] if self.path.count("/") else ""
        if code in BY_CODE:
            return BY_CODE[code]
        if self.actor.signed_in:
            return BY_CODE[self.actor.language]
        kept = self.request.cookies.get(LANGUAGE_COOKIE, "")
        return BY_CODE.get(kept) or best(self.request.headers.get("accept-language", ""))

    @cached_property
    def nonce(self) -> str:
        return new_nonce()

    @property
    def path(self) -> str:
        return self.request.url.path

    @property
    def settings(self) -> Settings:
        return self.door.settings

    @property
    def locale(self) -> str:
        return self.language.locale

    @property
    def code(self) -> str:
        return self.language.code

    @property
    def lang_tag(self) -> str:
        return self.language.tag

    @property
    def signed_in(self) -> bool:
        return self.actor.signed_in

    @property
    def theme(self) -> str:
        chosen = self.request.cookies.get(THEME_COOKIE, "")
        return chosen if chosen in {"light", "dark"} else ""

    @property
    def toast(self) -> str | None:
        """What was said on the way here, once."""
        return unquote(self.request.cookies.get(SAID_COOKIE, "")) or None

    @cached_property
    def unread(self) -> int:
        return self.door.unread(self.db, self.actor) if self.db and self.signed_in else 0

    @property
    def is_part(self) -> bool:
        """Whether htmx asked, and wants the fragment only."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def cookie(self) -> str:
        """The cookie that proves a form is ours: the session's, or the visitor's own."""
        return (
            self.request.cookies.get(COOKIE) or self.request.cookies.get(VISITOR_COOKIE) or self._new_visitor
        )

    @cached_property
    def _new_visitor(self) -> str:
        return uuid4().hex

    @property
    def csrf(self) -> str:
        return csrf_token(self.settings.secret, self.cookie)

    @property
    def once(self) -> str:
        """A token that a form can be sent with once."""
        return uuid4().hex

    @property
    def alternates(self) -> list[tuple[str, str, str, str, bool]]:
        """This page in each language: code, tag, name, URL, whether it is this one."""
        head, _, rest = self.path.lstrip("/").partition("/")
        tail = f"/{rest}" if head in BY_CODE and rest else ("" if head in BY_CODE else None)
        query = f"?{self.request.url.query}" if self.request.url.query else ""
        return [
            (
                each.code,
                each.tag,
                each.name,
                f"/{each.code}{tail}{query}"
                if tail is not None
                else f"/language/{each.code}?to={quote(self.path)}",
                each == self.language,
            )
            for each in LANGUAGES
        ]

    def here(self, path: str = "") -> str:
        """A public address in the reader's language."""
        return f"/{self.code}{path}"

    def absolute(self, path: str) -> str:
        """An address that works in a letter."""
        return f"{self.settings.origin}{path}"

    @property
    def words(self) -> Words:
        return words(self.code)

    def say(self, sentence: str, **facts: Any) -> str:
        """A sentence in the reader's language."""
        return self.words.say(sentence, **facts)

    def render(self, template: str, **context: Any) -> Markup:
        """A template filled in the reader's language, through the same environment as everything."""
        made = self.door.templates.get_template(template)
        return Markup(made.render(page=self, actor=self.actor, **context))  # noqa: S704 - autoescaped by the environment

    def show(self, template: str, *, status: int = 200, **context: Any) -> Response[str]:
        """Answer with a whole page."""
        return self._answer(self.render(template, **context), status)

    def part(self, template: str, *, status: int = 200, **context: Any) -> Response[str]:
        """Answer with a fragment."""
        return self._answer(self.render(template, **context), status)

    @property
    def for_script(self) -> bool:
        """Whether a script of ours asked that stays where it is: it wants no page, only what became of it."""
        return self.request.headers.get("accept") == MediaType.JSON

    def tell(self, url: str, also: dict[str, Any], *, said: str | None = None) -> Response[Any]:
        """Send the browser on like `go`. A script is told instead of sent, and `also` what it needs to know besides."""
        if not self.for_script:
            return self.go(url, said=said)
        told = {"to": url, "said": self.say(said) if said else "", **also}
        return Response(told, status_code=200, media_type=MediaType.JSON)

    def go(self, url: str, *, said: str | None = None, **facts: Any) -> Response[Any]:
        """Send the browser on, with a word about what was done. htmx is told to go, a plain form gets a 303."""
        if self.for_script:
            return self.tell(url, {"said": self.say(said, **facts)} if said else {})
        status, headers = (200, {"HX-Redirect": url}) if self.is_part else (303, {"Location": url})
        answer: Response[Any] = Response("", status_code=status, headers=headers, media_type=MediaType.HTML)
        if said:
            answer.set_cookie(self.cookie_of(SAID_COOKIE, quote(self.say(said, **facts)), max_age=60))
        return answer

    def done(
        self,
        fragment: str,
        url: str,
        *,
        said: str | None = None,
        facts: dict[str, Any] | None = None,
        **context: Any,
    ) -> Response[Any]:
        """After a change: the fragment that changed for htmx, or the page again for a plain form."""
        if not self.is_part:
            return self.go(url, said=said, **(facts or {}))
        body = self.render(fragment, **context)
        if said:
            body += self.render("parts/_toast.html", said=self.say(said, **(facts or {})))
        return self._answer(body, 200)

    def _answer(self, body: str, status: int) -> Response[str]:
        answer = Response(
            str(body), status_code=status, media_type=MediaType.HTML, headers={"Vary": "HX-Request"}
        )
        if self.signed_in:
            answer.headers["Cache-Control"] = "no-store"
        if not self.request.cookies.get(COOKIE) and not self.request.cookies.get(VISITOR_COOKIE):
            answer.set_cookie(self.cookie_of(VISITOR_COOKIE, self._new_visitor))
        if self.toast and not self.is_part:
            answer.delete_cookie(SAID_COOKIE)
        if not self.signed_in and self.request.cookies.get(LANGUAGE_COOKIE) != self.code:
            answer.set_cookie(self.cookie_of(LANGUAGE_COOKIE, self.code, max_age=31_536_000))
        return answer

    def cookie_of(self, name: str, value: str, max_age: int | None = None) -> Cookie:
        """A cookie that scripts cannot read and other sites cannot send."""
        secure = self.settings.secure
        return Cookie(
            name, value=value, max_age=max_age, httponly=True, samesite="lax", path="/", secure=secure
        )
