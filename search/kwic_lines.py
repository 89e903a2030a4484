"""A text to lines of a concordance: each keyword with the words before and after it.

The text goes through the analysis that indexed it, so that a keyword is what the search marks, whole as it is
written; and all that is shown of a line are slices of the original.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from index.analysis import Tokens
from index.record import record
from search.marking import Marker

SORTED_BY: Final = 4
"""Words on each side that lines are sorted by."""

BESIDE: Final = frozenset(" \u00a0-\u2010\u2011")
"""What may stand between two words of one keyword: space on one line, and hyphens."""


@record
class KwicText:
    """One occurrence in a text; what is not asked of it is not worked out.

    `before + keyword + after` is a slice of the text, and `text[start:end]` is the keyword.

    Attributes:
        text: the original.
        tokens: its words.
        first, last: which of them the keyword begins and ends with.
        matched: the words of the query that it matched, as typed.
        words: how many are shown on each side.
    """

    text: str
    tokens: Tokens
    first: int
    last: int
    matched: tuple[str, ...]
    words: int

    @property
    def start(self) -> int:
        """Where the keyword begins, in code points."""
        return self.tokens[self.first].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.tokens[self.last].end

    @property
    def before(self) -> str:
        """What stands before it."""
        return self.text[_begin(self.text, self.tokens, max(0, self.first - self.words)) : self.start]

    @property
    def keyword(self) -> str:
        """The words that matched."""
        return self.text[self.start : self.end]

    @property
    def after(self) -> str:
        """What stands after it."""
        last = min(len(self.tokens) - 1, self.last + self.words)
        return self.text[self.end : _end(self.text, self.tokens, last)]

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms of the keyword's words."""
        return self.tokens.forms(self.first, self.last + 1)

    @property
    def forms_before(self) -> tuple[str, ...]:
        """Those of the words before it, the nearest first, to sort by."""
        return self.tokens.forms(max(0, self.first - SORTED_BY), self.first)[::-1]

    @property
    def forms_after(self) -> tuple[str, ...]:
        """Those of the words after it."""
        return self.tokens.forms(self.last + 1, min(len(self.tokens), self.last + 1 + SORTED_BY))


@dataclass(slots=True)
class _Run:
    """Words that are one keyword, from the first to the last."""

    first: int
    last: int
    typed: dict[str, None]


def kwic_texts(text: str, marker: Marker, words: int) -> Iterator[KwicText]:
    """Every occurrence of what was sought, in order.

    Different words of a query that stand side by side are one keyword, and so is a phrase; a word that is
    repeated is as many.

    Args:
        text: the original.
        marker: finds what is looked for.
        words: how many words are shown on each side, 0 or more.
    """
    tokens, found_there = marker.find(text)
    runs: list[_Run] = []
    found = [(places[0], places[-1], typed) for places, typed in found_there]
    for first, last, typed in sorted(found, key=lambda each: (each[0], -each[1])):
        if runs and _is_one(text, tokens, runs[-1], first, typed):
            runs[-1].last = max(runs[-1].last, last)
            runs[-1].typed[typed] = None
        else:
            runs.append(_Run(first, last, {typed: None}))
    return (KwicText(text, tokens, run.first, run.last, tuple(run.typed), words) for run in runs)


def _is_one(text: str, tokens: Tokens, run: _Run, first: int, typed: str) -> bool:
    if first <= run.last:
        return True
    if first != run.last + 1 or typed in run.typed:
        return False
    return BESIDE.issuperset(text[tokens[run.last].end : tokens[first].start])


def _begin(text: str, tokens: Tokens, first: int) -> int:
    """Where a word begins, with the signs that are written to it: an opening quotation mark."""
    begin = tokens[first].start
    least = tokens[first - 1].end if first else 0
    while begin > least and not text[begin - 1].isspace():
        begin -= 1
    return tokens[first].start if begin == least > 0 else begin


def _end(text: str, tokens: Tokens, last: int) -> int:
    """Where a word ends, with the signs that are written to it: a full stop."""
    end = tokens[last].end
    most = tokens[last + 1].start if last + 1 < len(tokens) else len(text)
    while end < most and not text[end].isspace():
        end += 1
    return tokens[last].end if end == most < len(text) else end
