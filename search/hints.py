"""Words of a query that could be meant for more: times without their label, operators, how to ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice, pairwise
from typing import Final, NamedTuple

from index.analysis import normalize
from index.record import record
from search import grammar
from search.grammar import Bound
from search.times import read_times
from search.tokens import Token, TokenKind

# Folded as `normalize` folds. «اليوم» and "today" are left out: most often they are part of a name.
_ALONE: Final = {"امس": "تاريخ", "البارحه": "تاريخ", "yesterday": "date"}
_PAIRS: Final = {
    **{
        (unit, last): "تاريخ"
        for unit in ("الاسبوع", "الشهر", "العام")
        for last in ("الماضي", "الفائت", "المنصرم")
    },
    **{("السنه", last): "تاريخ" for last in ("الماضيه", "الفائته", "المنصرمه")},
    **{("last", unit): "date" for unit in ("week", "month", "year")},
}
_SINCE: Final = ("منذ", "since")
_COUNTED: Final = ("قبل", "اخر", "last", "past")  # «قبل 3 أيام» is a day when no label is meant
_MANY: Final = (
    *("ايام", "اسابيع", "اشهر", "شهور", "سنوات", "سنين", "اعوام"),
    *("days", "weeks", "months", "years"),
)
"""They are a time with a number alone."""

_PREFIXES: Final = (TokenKind.FIELD, TokenKind.NOT, TokenKind.NEAR)
"""What stands before a word and says more of it than that it is looked for."""

_ERAS: Final = ("ه", "م")
_LONGEST: Final = 16  # characters of one of these words, with room for marks
_MOST_WORDS: Final = 4  # of a time with its year: 5 كانون الثاني 2016
_MOST_TRIED: Final = 24  # rows of words of a query that are read as times
_YEAR: Final = 4  # digits
_ANY_DAY: Final = date(2000, 1, 1)  # it matters whether words are a time, not which


@record
class UnlabelledTime:
    """Plain words of a query that name a time.

    Attributes:
        words: as typed, a blank between two.
        label, value: what to write instead for what was published then, without the colon between.
        start, end: where the words stand in the text.
    """

    words: str
    label: str
    value: str
    start: int
    end: int


class _Row(NamedTuple):
    """Plain words that may be a time.

    Attributes:
        label: the label that it would have.
        said: of the words how many are that label, 0 or 1.
    """

    label: str
    words: Sequence[Token]
    said: int = 0


def hints(tokens: Sequence[Token]) -> Iterator[str]:
    """What the reader should be told of plain words that are small operators, or the names of times."""
    words = [token for token in tokens if token.kind is TokenKind.WORD]
    for text in dict.fromkeys(token.text for token in words[:-1]):
        if operator := grammar.small_operator(text):
            yield grammar.SMALL_OPERATOR.format(word=text, operator=operator)
    if time := unlabelled_time(tokens):
        yield grammar.TIME_AS_WORDS.format(words=time.words, label=time.label, value=time.value)


def unlabelled_time(tokens: Sequence[Token]) -> UnlabelledTime | None:
    """The first plain words that name a time, if there are any."""
    folded = [_folded(token, before) for token, before in zip(tokens, (None, *tokens), strict=False)]
    for at, word in enumerate(folded):
        if label := _ALONE.get(word):
            return _time(_Row(label, tokens[at : at + 1]))
    for at, pair in enumerate(pairwise(folded)):
        if label := _PAIRS.get(pair):
            return _time(_Row(label, tokens[at : at + 2]))
    return next(map(_time, filter(_is_time, islice(_rows(tokens, folded), _MOST_TRIED))), None)


def _folded(token: Token, before: Token | None) -> str:
    """A plain word, its letters folded; empty for what is none, or is too long."""
    is_plain = token.kind is TokenKind.WORD and (before is None or before.kind not in _PREFIXES)
    return normalize(token.text) if is_plain and len(token.text) <= _LONGEST else ""


def _rows(tokens: Sequence[Token], folded: Sequence[str]) -> Iterator[_Row]:
    """Rows of plain words that may be a time, the longest first where they begin with the same word."""
    for at, word in enumerate(folded):
        if word in _SINCE or word in _COUNTED:
            yield from _counted(tokens, folded, at)
        elif word == "ago":
            starts = [start for start in (at - 2, at - 1) if start >= 0 and folded[start]]
            yield from (_Row("date", tokens[start : at + 1]) for start in starts)
        elif _is_year(word):
            yield from _with_year(tokens, folded, at)


def _counted(tokens: Sequence[Token], folded: Sequence[str], at: int) -> Iterator[_Row]:
    """From a word that time is counted after, so many words: «منذ 3 أيام», «آخر شهر»."""
    for end in (at + 3, at + 2):
        row = folded[at:end]
        is_whole = len(tokens) >= end and all(row) and not any(map(_is_year, folded[end : end + 1]))
        if is_whole and not (row[-1] in _MANY and len(row) == 2):  # noqa: PLR2004 - «منذ سنوات» is no day
            said = int(row[0] in _SINCE)
            yield _Row(tokens[at].text if said else _on(row[0]), tokens[at:end], said)


def _with_year(tokens: Sequence[Token], folded: Sequence[str], at: int) -> Iterator[_Row]:
    """Words up to a year, and its era: of a day, a month or the year; its label too where that is said."""
    end = at + (2 if folded[at + 1 : at + 2] and folded[at + 1] in _ERAS else 1)
    for start in range(max(0, at - _MOST_WORDS + 1), at + (end > at + 1)):
        row, before = folded[start:end], folded[start - 1] if start else ""
        if all(row) and not before.isdecimal() and not isinstance(grammar.label_of(row[0]), Bound):
            said = int(isinstance(grammar.label_of(tokens[start - 1].text), Bound)) if before else 0
            label = tokens[start - 1].text if said else _on(row[0])
            yield _Row(label, tokens[start - said : end], said)


def _is_year(word: str) -> bool:
    return len(word) == _YEAR and word.isdecimal()


def _on(word: str) -> str:
    return "date" if word.isascii() and word.isalpha() else "تاريخ"


def _is_time(row: _Row) -> bool:
    bound = grammar.label_of(row.label)
    return isinstance(bound, Bound) and bool(read_times(bound, _typed(row.words[row.said :]), _ANY_DAY))


def _time(row: _Row) -> UnlabelledTime:
    named = row.words[row.said :]
    value = _typed(named) if len(named) == 1 else f'"{_typed(named)}"'
    return UnlabelledTime(_typed(row.words), row.label, value, row.words[0].start, row.words[-1].end)


def _typed(words: Sequence[Token]) -> str:
    return " ".join(token.text for token in words)
