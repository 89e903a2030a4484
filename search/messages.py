"""Sentences in Arabic that can be said in another language: each keeps its template and what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self


class Message(str):
    """A sentence: text like any other, and how it was made.

    `Message("رقم {n}", n=3)` is the text `رقم 3`; `Message("رقم {n}").format(n=3)` is the same.

    Attributes:
        template: its text with names in braces where values stand. It is what a catalogue translates.
        values: what stands there, by name. A message among them is translated too; words in a tuple are
            listed, each in quotation marks.
    """

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, **values: Any) -> Self:  # noqa: ANN401 - whatever can be shown
        """The sentence of a template, which without values is the sentence itself."""
        shown = {name: _shown(value) for name, value in values.items()}
        message = super().__new__(cls, template.format_map(shown) if shown else template)
        message.template, message.values = template, values
        return message

    def format(self, *unnamed: object, **values: Any) -> Message:  # noqa: ANN401 - whatever can be shown
        """The sentence with these values.

        Raises:
            TypeError: a value has no name.
        """
        if unnamed:
            raise TypeError("the values of a message have names")
        return Message(self.template, **values)


def names(words: tuple[str, ...]) -> str:
    """Words in a row, each in quotation marks."""
    return "، ".join(f"«{word}»" for word in words)


def _shown(value: object) -> object:
    return names(value) if isinstance(value, tuple) else value
