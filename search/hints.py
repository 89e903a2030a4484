"""Words of a query that could be meant for more: times without their label, operators, how to ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from index.analysis import normalize
from search import grammar
from search.lexer import Token, TokenKind

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
_LONGEST: Final = 16  # characters of one of these words, with room for marks


def hints(tokens: Sequence[Token]) -> Iterator[str]:
    """What the reader should be told of plain words that are small operators, or the names of times."""
    words = [token for token in tokens if token.kind is TokenKind.WORD]
    for text in dict.fromkeys(token.text for token in words[:-1]):
        if operator := grammar.small_operator(text):
            yield grammar.SMALL_OPERATOR.format(word=text, operator=operator)
    folded = [normalize(token.text) if len(token.text) <= _LONGEST else "" for token in words]
    for token, word in zip(words, folded, strict=True):
        if label := _ALONE.get(word):
            yield grammar.TIME_AS_WORDS.format(words=token.text, label=label, value=token.text)
            return
    for (one, other), pair in zip(pairwise(words), pairwise(folded), strict=True):
        if label := _PAIRS.get(pair):
            typed = f"{one.text} {other.text}"
            yield grammar.TIME_AS_WORDS.format(words=typed, label=label, value=f'"{typed}"')
            return
