"""A text to lines of a concordance: each keyword with the words before and after it.

The text goes through the analysis that indexed it, so that a keyword is what the search marks, whole as it is
written; and all that is kept of a line are slices of the original.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.analysis import Token, analyze
from search.rank import Sought
from search.snippets import occurrences

SORTED_BY: Final = 4
"""Words on each side that lines are sorted by."""

BESIDE: Final = frozenset(" \u00a0-\u2010\u2011")
"""What may stand between two words of one keyword: space on one line, and hyphens."""


@dataclass(frozen=True, slots=True)
class KwicText:
    """One occurrence in a text.

    `before + keyword + after` is a slice of the text, and `text[start:end]` is the keyword.

    Attributes:
        start, end: where the keyword is, in code points.
        matched: the words of the query that it matched, as typed.
        forms: the forms of the keyword's words.
        forms_before, forms_after: those of the words around it, the nearest first, to sort by.
    """

    start: int
    end: int
    before: str
    keyword: str
    after: str
    matched: tuple[str, ...]
    forms: tuple[str, ...]
    forms_before: tuple[str, ...]
    forms_after: tuple[str, ...]


@dataclass(slots=True)
class _Run:
    """Words that are one keyword, from the first to the last."""

    first: int
    last: int
    typed: dict[str, None]


def kwic_texts(text: str, sought: Iterable[Sought], words: int) -> Iterator[KwicText]:
    """Every occurrence of what was sought, in order.

    Different words of a query that stand side by side are one keyword, and so is a phrase; a word that is
    repeated is as many.

    Args:
        text: the original.
        sought: what is looked for.
        words: how many words are shown on each side, 0 or more.
    """
    tokens = analyze(text)
    runs: list[_Run] = []
    found = [(places[0], places[-1], typed) for places, typed in occurrences(tokens, sought)]
    for first, last, typed in sorted(found, key=lambda each: (each[0], -each[1])):
        if runs and _is_one(text, tokens, runs[-1], first, typed):
            runs[-1].last = max(runs[-1].last, last)
            runs[-1].typed[typed] = None
        else:
            runs.append(_Run(first, last, {typed: None}))
    return (_line(text, tokens, run, words) for run in runs)


def _is_one(text: str, tokens: Sequence[Token], run: _Run, first: int, typed: str) -> bool:
    if first <= run.last:
        return True
    between = text[tokens[run.last].end : tokens[first].start]
    return first == run.last + 1 and typed not in run.typed and BESIDE.issuperset(between)


def _line(text: str, tokens: Sequence[Token], run: _Run, words: int) -> KwicText:
    start, end = tokens[run.first].start, tokens[run.last].end
    first, last = max(0, run.first - words), min(len(tokens) - 1, run.last + words)
    nearest = slice(max(0, run.first - SORTED_BY), run.first)
    return KwicText(
        start,
        end,
        text[_begin(text, tokens, first) : start],
        text[start:end],
        text[end : _end(text, tokens, last)],
        tuple(run.typed),
        tuple(token.form for token in tokens[run.first : run.last + 1]),
        tuple(token.form for token in reversed(tokens[nearest])),
        tuple(token.form for token in tokens[run.last + 1 : run.last + 1 + SORTED_BY]),
    )


def _begin(text: str, tokens: Sequence[Token], first: int) -> int:
    """Where a word begins, with the signs that are written to it: an opening quotation mark."""
    begin = tokens[first].start
    least = tokens[first - 1].end if first else 0
    while begin > least and not text[begin - 1].isspace():
        begin -= 1
    return tokens[first].start if begin == least > 0 else begin


def _end(text: str, tokens: Sequence[Token], last: int) -> int:
    """Where a word ends, with the signs that are written to it: a full stop."""
    end = tokens[last].end
    most = tokens[last + 1].start if last + 1 < len(tokens) else len(text)
    while end < most and not text[end].isspace():
        end += 1
    return tokens[last].end if end == most < len(text) else end
