"""The forms of a page, read from its HTML: where each goes, and its fields by name."""

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

PROOFS = {"csrf", "once"}
WRITTEN = {"text", "email", "url", "search", "textarea", "tel"}


@dataclass
class Form:
    """A form that posts. `kinds` and `values` are by the name of the field."""

    action: str
    kinds: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    @property
    def written(self) -> list[str]:
        """The fields a person writes in."""
        return [name for name, kind in self.kinds.items() if kind in WRITTEN]

    @property
    def chosen(self) -> list[str]:
        """The fields whose values the page gave."""
        return [name for name, kind in self.kinds.items() if kind in {"select", "radio", "hidden"}]

    def filled(self, **instead: str) -> dict[str, str]:
        """What a browser would send, with some values changed."""
        return {**self.values, **instead}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.inside: Form | None = None
        self.area = self.choice = ""
        self.patterns = 0  # templates that are open: what a script fills in is no form of the page yet

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.patterns += tag == "template"
        if self.patterns:
            return
        if tag == "form" and given.get("method") == "post":
            self.inside = Form(given.get("action", ""))
            self.forms += [self.inside] if self.inside.action else []  # else its buttons say where it goes
        elif self.inside and given.get("formaction"):
            self.forms.append(replace(self.inside, action=given["formaction"]))
        elif self.inside and given.get("name") not in {None, *PROOFS}:
            self._field(self.inside, tag, given)
        elif self.inside and tag == "option" and self.choice and ("selected" in given):
            self.inside.values[self.choice] = given.get("value", "")

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind = given["name"], given.get("type", "text") if tag == "input" else tag
        if kind in {"button", "file", "submit"}:
            return
        form.kinds[name] = kind
        self.area, self.choice = (name if tag == "textarea" else ""), (name if tag == "select" else "")
        if kind not in {"checkbox", "radio"} or "checked" in given:
            form.values[name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.inside and self.area:
            self.inside.values[self.area] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self.patterns -= tag == "template"
        if tag == "form":
            self.inside = None
        if tag in {"textarea", "select"}:
            self.area = self.choice = ""


def forms_in(html: str) -> list[Form]:
    """Every form of a page that changes something."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
