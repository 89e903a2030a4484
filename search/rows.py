"""Words that stand side by side in a query: what they are together, and that they should be close."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.analysis import Variant, longest
from index.engines import query
from index.engines.contract import TextField
from search.levels import EXACT, LookedFor, Means, weighted
from search.ranking import Level, Ranking

APART = 1000
"""Words between which something else stands are as far apart as this, and no longer side by side."""


def together(words: Sequence[LookedFor], means: Means) -> Iterator[tuple[range, tuple[Variant, ...]]]:
    """Rows of words that can be written otherwise as a whole: the longest first, none overlapping."""
    start = 0
    while means.ranking.has(Level.VARIANT) and start < len(words) - 1:
        for stop in range(min(len(words), start + longest()), start + 1, -1):
            row = words[start:stop]
            if found := _otherwise(row, means):
                yield range(start, stop), found
                start = stop - 1
                break
        start += 1


def _otherwise(row: Sequence[LookedFor], means: Means) -> tuple[Variant, ...]:
    if not all(word.token.stem for word in row) or row[-1].place - row[0].place >= APART:
        return ()
    offsets = tuple(word.place - row[0].place for word in row)
    found = means.variants(tuple(word.token.stem for word in row), offsets)
    if found or means.vocabulary is None or len(row) > 2:  # noqa: PLR2004 - two words may be one, written apart
        return found
    joined = means.vocabulary.joined(row[0].token.form, row[1].token.form)
    return (joined,) if joined else ()


def close(
    words: Sequence[LookedFor], fields: tuple[TextField, ...], ranking: Ranking
) -> Iterator[query.Node]:
    """What a pair of neighbours adds where they stand close in an article too, in this order."""
    exact = tuple(EXACT[each] for each in fields)
    for left, right in pairwise(words) if ranking.has(Level.ORDER) else ():
        apart = right.place - left.place
        if apart >= APART or left.stems == right.stems:  # of stop words alone no order is asked
            continue
        by_stems = left.stems and right.stems  # a stop word is looked for as it is written
        pair = (left.stems, right.stems) if by_stems else ((left.token.form,), (right.token.form,))
        where = weighted(fields if by_stems else exact, ranking)
        yield query.Boosted(query.Near(*pair, where, max(ranking.reach, apart)), ranking.order)
