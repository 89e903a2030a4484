"""Words one slip away: a letter for another, too many, too few, or two in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

LETTERS: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"
"""The letters that forms are made of."""


def slips(form: str) -> dict[str, None]:
    """All words one slip away from a form, each once, whether there are such words or not; not the form."""
    found = dict.fromkeys(_slips(form))
    found.pop(form, None)
    return found


def _slips(form: str) -> Iterator[str]:
    for at in range(len(form) + 1):
        before, after = form[:at], form[at:]
        yield from (before + letter + after for letter in LETTERS)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
