"""Letters: written by the same environment as pages, in the reader's language, as plain text."""

from dataclasses import dataclass
from typing import Any

from crosslab.core.settings import Settings

from .door import Door
from .languages import BY_CODE, Words, words


@dataclass(frozen=True)
class Sheet:
    """What a letter's template sees as `page`."""

    settings: Settings
    words: Words

    @property
    def locale(self) -> str:
        return self.words.language.locale

    @property
    def code(self) -> str:
        return self.words.language.code

    def say(self, sentence: str, **facts: Any) -> str:
        return self.words.say(sentence, **facts)

    def here(self, path: str = "") -> str:
        return f"{self.settings.origin}/{self.code}{path}"

    def absolute(self, path: str) -> str:
        return f"{self.settings.origin}{path}"


def write(door: Door, language: str, letter: str, facts: dict[str, Any]) -> tuple[str, str]:
    """Subject and text of `templates/mail/<letter>.txt`: its first line is the subject. Plain text is not escaped."""
    sheet = Sheet(door.settings, words(language if language in BY_CODE else "en"))
    made = door.templates.get_template(f"mail/{letter}.txt").render(page=sheet, **facts)
    subject, _, text = made.strip().partition("\n")
    return subject.strip(), text.strip() + "\n"
