"""A form is a pydantic model, what was typed, and what is wrong with it, told in the reader's language."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo

from crosslab.core.errors import Hurried, No, Overtaken, Refused
from crosslab.rules import N_

from .languages import Words

if TYPE_CHECKING:
    from .page import Page

NEEDS_A_LOOK = N_("Something in the form needs another look.")
SENTENCES = {
    "missing": N_("Fill in “{label}”."),
    "string_too_short": N_("Write at least {min_length} characters."),
    "string_too_long": N_("Write at most {max_length} characters."),
    "too_short": N_("Choose at least {min_length}."),
    "too_long": N_("Choose at most {max_length}."),
    "int_parsing": N_("Write a whole number, for example 12."),
    "int_type": N_("Write a whole number, for example 12."),
    "greater_than_equal": N_("The number must be {ge} or more."),
    "less_than_equal": N_("The number must be {le} or less."),
    "literal_error": N_("Choose one of the answers."),
    "enum": N_("Choose one of the answers."),
    "uuid_parsing": N_("Choose one of the answers."),
    "string_type": N_("Write one text here."),
    "url_parsing": N_("Write a web address that begins with https://."),
}
ODD = N_("This cannot be understood. Write it another way.")


class Facts(BaseModel):
    """The base of every form's model. `title` of a field is its label, `description` its hint."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)


class Again(No):
    """Show the form again, filled in, with the reasons. Raised, so nothing is saved."""

    status = 422

    def __init__(self, template: str, context: dict[str, Any], status: int = 422, **facts: Any) -> None:
        super().__init__(NEEDS_A_LOOK, **facts)
        self.template, self.context, self.status = template, context, status


class Form:
    """What somebody typed into the fields of `model`."""

    def __init__(self, model: type[Facts], typed: Mapping[str, Any] | None, words: Words) -> None:
        self.model, self.typed, self.words = model, dict(typed or {}), words
        self.errors: dict[str, str] = {}
        self.trouble = ""

    def facts(self) -> dict[str, Any]:
        """The checked values, ready to hand to an action. Raises `Refused` with every field's reason kept."""
        checked = self.checked()
        return {name: getattr(checked, name) for name in self.model.model_fields}

    def checked(self) -> Facts:
        """The checked model itself."""
        try:
            return self.model.model_validate(
                _filled(self.typed), context={"locale": self.words.language.locale}
            )
        except ValidationError as wrong:
            for error in wrong.errors():
                self._tell(str(error["loc"][0]) if error["loc"] else "", error)
            raise Refused(NEEDS_A_LOOK) from None

    def _tell(self, field: str, error: Any) -> None:
        facts = {k: v for k, v in error.get("ctx", {}).items() if k != "error"}
        inner = error.get("ctx", {}).get("error")
        if isinstance(inner, No | ValueError) and inner.args:
            text = str(inner.args[0])
            facts = getattr(inner, "facts", {})
        else:
            text = self._own(field, error["type"]) or SENTENCES.get(_kind(error), ODD)
            facts["label"] = self.label(field) if field in self.model.model_fields else ""
        told = self.words.say(text, **facts)
        if field in self.model.model_fields:
            self.errors.setdefault(field, told)
        else:
            self.trouble = told

    def _own(self, field: str, kind: str) -> str | None:
        """A field's own sentence for a kind of mistake, from `json_schema_extra={"told": {...}}`."""
        extra = self.field(field).json_schema_extra if field in self.model.model_fields else None
        told = extra.get("told", {}) if isinstance(extra, dict) else {}
        own = (told.get(kind) or told.get("*")) if isinstance(told, dict) else None
        return own if isinstance(own, str) else None

    @contextmanager
    def again(
        self,
        page: "Page",
        template: str,
        whole: str | None = None,
        besides: Callable[[], dict[str, Any]] = dict,
        **context: Any,
    ) -> Iterator[None]:
        """Whatever refuses inside, the form or the domain, comes back as this form.

        htmx gets the fragment `template`; a plain form gets the page `whole`, which includes it. What is dear to
        read and needed for the page alone comes from `besides`, when it is needed.
        """
        try:
            yield
        except Refused as no:
            self._take(no)
            asked = template if page.is_part or whole is None else whole
            status = no.status if isinstance(no, Overtaken | Hurried) else 422
            more = {} if page.for_script else besides()
            raise Again(asked, {**more, **context, "form": self}, status, **no.facts) from no

    def _take(self, no: Refused) -> None:
        told = self.words.say(no.text, **no.facts)
        if no.field:
            self.errors.setdefault(no.field, told)
        elif no.text != NEEDS_A_LOOK:
            self.trouble = told

    def field(self, name: str) -> FieldInfo:
        return self.model.model_fields[name]

    def label(self, name: str) -> str:
        return self.words.say(self.field(name).title or name)

    def hint(self, name: str) -> str:
        text = self.field(name).description
        return self.words.say(text) if text else ""

    def limit(self, name: str) -> int | None:
        """The most characters the field takes, if it has a limit."""
        return next((m.max_length for m in self.field(name).metadata if getattr(m, "max_length", None)), None)

    def value(self, name: str) -> Any:
        """What was typed in a field, or the empty text."""
        return self.typed.get(name, "")

    def one_id(self, name: str) -> UUID | None:
        """The id in a field before the form is read as a whole; None when there is none."""
        try:
            return UUID(str(self.value(name)))
        except ValueError:
            return None

    def values(self, name: str) -> list[str]:
        """What was chosen in a field with several answers."""
        value = self.typed.get(name, [])
        return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value != "" else []


def _kind(error: Any) -> str:
    """What is amiss. A text of too few letters is not a choice of too few answers, though both are `too_short`."""
    kind = str(error["type"])
    return f"string_{kind}" if kind in ("too_short", "too_long") and isinstance(error["input"], str) else kind


def _filled(typed: dict[str, Any]) -> dict[str, Any]:
    """An empty field is a missing one, so that optional facts stay unsaid."""
    return {name: value for name, value in typed.items() if value != ""}
