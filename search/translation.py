"""Sentences of `search` in the language that a person chose: as they are, or as a catalogue translates them.

The catalogue is that of the page too, which reads it with Flask-Babel; here the standard library does, and
only where a sentence is not said in Arabic.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.record import record
from search.messages import Message

if TYPE_CHECKING:  # Arabic needs none
    from gettext import GNUTranslations

FOLDER: Final = Path(__file__).parent / "translations"
"""The catalogues, made by `make translations`."""

DOMAIN: Final = "messages"
ARABIC: Final = "ar"
LANGUAGES: Final = (ARABIC, "en")
"""What can be spoken; the first is that in which the sentences are written."""

SEPARATOR: Final = Message("، ")
QUOTED: Final = Message("«{word}»")


@record
class Translator:
    """Says sentences in a language.

    Attributes:
        language: one of `LANGUAGES`.
    """

    language: str = ARABIC

    @property
    def is_arabic(self) -> bool:
        """Whether sentences stay as they are, and lines run from right to left."""
        return self.language == ARABIC

    def say(self, text: str) -> str:
        """A text in the language: messages translated, anything else as it is."""
        if self.is_arabic or not isinstance(text, Message):
            return str(text)
        template = _catalogue(self.language).gettext(text.template)
        values = {name: self._said(value) for name, value in text.values.items()}
        return template.format_map(values) if values else template

    def _said(self, value: object) -> object:
        if isinstance(value, tuple):
            return self._listed(value)
        if isinstance(value, int):
            return f"{value:,}"
        return self.say(value) if isinstance(value, str) else value

    def _listed(self, words: tuple[str, ...]) -> str:
        """Words in a row, each in the quotation marks of the language."""
        return self.say(SEPARATOR).join(self.say(Message(QUOTED.template, word=word)) for word in words)


AS_WRITTEN: Final = Translator()
"""Says everything in Arabic."""


@cache
def _catalogue(language: str) -> GNUTranslations:
    from gettext import translation

    return translation(DOMAIN, FOLDER, [language])
