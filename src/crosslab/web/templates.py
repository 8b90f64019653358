"""The one template environment: strict, escaping, and knowing our words, formats and buttons."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context
from markdown_it import MarkdownIt
from markupsafe import Markup

from crosslab.core.money import Money
from crosslab.core.names import initials
from crosslab.core.paths import STATIC, TEMPLATES
from crosslab.rules import ROLE_NAMES, RULES, Role, Verb

from . import formats

_markdown = MarkdownIt("commonmark", {"html": False}).disable(["image"])
TAGS = {"p", "em", "strong", "ul", "ol", "li", "a", "br", "blockquote", "code"}


def environment(*, fresh: bool = False) -> Environment:
    """Templates of all rooms. `fresh` reads them again when they change."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=select_autoescape(("html", "xml")),  # letters are plain text
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=fresh,
    )
    made.globals.update(
        Verb=Verb, RULES=RULES, Role=Role, ROLE_NAMES=ROLE_NAMES, Money=Money,
        _=_say, ngettext=_say_count, hx=_hx, hx_body=_hx_body, csrf_field=_csrf_field, once_field=_once_field,
        url_for_asset=asset,
    )  # fmt: skip
    made.filters.update(
        day=_by_locale(formats.day), long_day=_by_locale(formats.long_day), ago=_by_locale(formats.ago),
        money=_by_locale(formats.money), number=_by_locale(formats.number),
        percent=_by_locale(formats.percent),
        moment=_moment, short_moment=_short_moment, span=_span, instant=datetime.fromisoformat,
        markdown=markdown, initials=initials,
    )  # fmt: skip
    return made


@pass_context
def _say(context: Context, sentence: str, **facts: Any) -> str:
    said: str = context["page"].say(sentence, **facts)
    return said


@pass_context
def _say_count(context: Context, one: str, many: str, n: int, **facts: Any) -> str:
    said: str = context["page"].words.say_count(one, many, n, **facts)
    return said


def _by_locale(form: Callable[[Any, str], str]) -> Callable[..., str]:
    @pass_context
    def shown(context: Context, value: Any) -> str:
        return form(value, context["page"].locale)

    return shown


@pass_context
def _moment(context: Context, value: datetime, zone: str = "UTC") -> str:
    return formats.moment(value, context["page"].locale, zone)


@pass_context
def _span(context: Context, value: datetime, end: datetime, zone: str = "UTC") -> str:
    return formats.span(value, end, context["page"].locale, zone)


@pass_context
def _short_moment(context: Context, value: datetime, zone: str = "UTC") -> str:
    return formats.short_moment(value, context["page"].locale, zone)


@pass_context
def _hx(
    context: Context, *, get: str = "", post: str = "", target: str = "", swap: str = "outerHTML", **more: str
) -> Markup:
    """The attributes of an element that htmx improves, with the nonce that proves they are ours."""
    given = {
        "get": get,
        "post": post,
        "target": target,
        "swap": swap,
        **{k.replace("_", "-"): v for k, v in more.items()},
    }
    written = "".join(f' hx-{name}="{Markup.escape(value)}"' for name, value in given.items() if value)
    nonce = context["page"].nonce
    return Markup(f'{written} hx-status:5xx="swap:none" hx-nonce="{nonce}"')  # noqa: S704 - values are escaped above


@pass_context
def _hx_body(context: Context) -> Markup:
    """On the body: every request by htmx carries the token."""
    page = context["page"]
    headers = Markup.escape(json.dumps({"x-csrf": page.csrf}))
    return Markup(f' hx-headers:inherited="{headers}" hx-nonce="{page.nonce}"')  # noqa: S704 - escaped above


@pass_context
def _csrf_field(context: Context) -> Markup:
    return Markup('<input type="hidden" name="csrf" value="{}">').format(context["page"].csrf)


@pass_context
def _once_field(context: Context) -> Markup:
    return Markup('<input type="hidden" name="once" value="{}">').format(context["page"].once)


@cache
def _manifest() -> dict[str, str]:
    path = STATIC / "manifest.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def asset(name: str) -> str:
    """The address of a built file; its name holds a hash of its content, so it is cached for ever."""
    return f"/static/{_manifest().get(name, name)}"


def markdown(text: str) -> Markup:
    """Public text with paragraphs, emphasis, lists and links; everything else is shown as typed."""
    rendered = nh3.clean(
        _markdown.render(text), tags=TAGS, attributes={"a": {"href"}}, link_rel="noopener nofollow ugc"
    )
    return Markup(rendered)  # noqa: S704 - cleaned by nh3
