"""What one word may be misspelled from: words of the archive that are near to it, by what is confused.

A word is taken for misspelled where the archive doesn't have it, or where one that is nearly the same is in
many times as many articles; in far more where it finds something and is a word of the lexicon.
Likely is what is near and frequent, as in a noisy channel.
Source: Kernighan, Church and Gale, A spelling correction program based on a noisy channel model, 1990.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from math import log
from typing import Final, NamedTuple

from index.analysis import ARTICLE, Token, analyze, is_common, stop_forms
from search.rescue.attested import COMMON, FEW, SHORTEST, attested, bare
from search.rescue.likeness import distance
from search.rescue.situation import Situation
from search.rescue.slips import slips

WORTH: Final = 4.0
"""How much rarer a word must be for a smaller distance to make up, for each 1: e to this power."""

CLEARLY: Final = 3.0
"""By how much a word must be likelier than what was typed, where the query finds enough: 20 times."""

SURELY: Final = 5.5
"""The same where it finds something and is a word of the lexicon: 250 times."""

RATHER: Final = 1.0
"""The same where it finds little or nothing: 3 times."""

INFLECTED: Final = (0.1, 0.05)
"""Articles that a word counts as if the archive has it in other inflections alone: so many at most, and so
many for each article that has one of these."""

UNKNOWN: Final = 0.01
"""The same if it has it in none."""

MOST: Final = 2.0
PER_LETTER: Final = 0.4
"""How far a word may be from another: so far at most, and so far for each of its letters."""

UNLIKE: Final = 0.1
"""What it costs that a word has the article and what was typed has not, or the other way round."""

EDITS: Final = 2
"""Letters by which words may differ."""

NEAR: Final = 150
"""Words that are near by these, whose distance is then measured."""

CHOICES: Final = 8
"""Words that are tried for each."""

SPACE: Final = 0.6
"""The distance of words from the same without a space between two of them."""

GLUED: Final = 24
"""Letters of the longest word that is taken apart."""

PARTS: Final = 3
"""Words that one is taken apart into, at most."""

CLITIC: Final = 0.3
"""What it costs to look for a word without what is attached to it."""


class Near(NamedTuple):
    """A word that may be meant, or several: how little likely, and its forms."""

    unlikeliness: float
    forms: tuple[str, ...]


def meant(word: str, situation: Situation) -> list[Near]:
    """What a word may be misspelled from, the likeliest first; nothing for one that looks right."""
    tokens = analyze(word)
    if len(tokens) != 1 or not tokens[0].form.isalpha() or tokens[0].form.isascii():
        return []
    form = tokens[0].form
    written = attested(form, situation)
    if situation.found and written >= COMMON:
        return []
    if situation.found or len(situation.words()) > 1:
        most, for_each = INFLECTED
        base = log(written or max(UNKNOWN, min(most, for_each * situation.known(word))))
    else:  # whatever it is, it finds nothing
        base = log(UNKNOWN)
    is_word = bool(situation.found and written) and _is_word(tokens[0])
    least = -base - (SURELY if is_word else CLEARLY if situation.found > FEW else RATHER)
    near = [each for each in _near(form, situation, far=not written) if each.unlikeliness <= least]
    if not written:
        near += _apart(form, situation)
    else:  # an inflection of the same word, spelled right, finds the same
        near = [each for each in near if _stem(each.forms[0]) != tokens[0].stem]
    return sorted(near)[:CHOICES]


def _is_word(token: Token) -> bool:
    """Whether a word is one of the lexicon, or an inflection of one; names are near to too many words."""
    return is_common(token.form) or is_common(token.stem)


def _stem(form: str) -> str:
    return "".join(token.stem for token in analyze(form))


def _near(form: str, situation: Situation, *, far: bool) -> list[Near]:
    """Words near to a form: one slip away, and where there are none, farther ones if these are wanted."""
    most = min(PER_LETTER * len(form), MOST)
    ways = [("", form), *bare(form)]
    found = _best(each for prefix, rest in ways for each in _one_slip_away(prefix, rest, most, situation))
    if not found and far:
        found = _best(_farther(form, most, situation))
    return [Near(unlikeliness, (other,)) for other, unlikeliness in found.items()]


def _best(found: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Each word once, as little unlikely as it was found; none that all queries have."""
    best: dict[str, float] = {}
    for word, unlikeliness in found:
        if word not in stop_forms() and unlikeliness < best.get(word, unlikeliness + 1):
            best[word] = unlikeliness
    return best


def _one_slip_away(prefix: str, rest: str, most: float, situation: Situation) -> Iterator[tuple[str, float]]:
    """Words one slip away from what is behind a prefix, with the prefix, and how little likely each is.

    With the article and without is one word, which is written as it was typed where the archive has it so.
    """
    words = list(slips(rest))
    article = ARTICLE if prefix == ARTICLE else ""
    spellings = [word for other in words for word in (article + other, _otherwise(article, other))]
    counts = situation.written_counts(spellings)
    extra = 0.0 if prefix in ("", ARTICLE) else CLITIC
    for place, other in enumerate(words):
        same, otherwise = counts[2 * place], counts[2 * place + 1]
        if not same + otherwise or len(other) < SHORTEST:
            continue
        apart = distance(rest, other, most) + extra
        if apart <= most:
            word = spellings[2 * place if same or extra else 2 * place + 1]
            unlike = 0.0 if same or extra else UNLIKE
            shown = prefix + other if extra else word
            yield shown, (apart + unlike) * WORTH - log(same + otherwise)


def _otherwise(article: str, word: str) -> str:
    return word if article else ARTICLE + word


def _farther(form: str, most: float, situation: Situation) -> Iterator[tuple[str, float]]:
    """Words that differ in two letters."""
    for other, count in situation.nearest(form, EDITS, NEAR):
        apart = distance(form, other, most)
        if apart <= most:
            yield other, apart * WORTH - log(count)


def _apart(form: str, situation: Situation) -> Iterator[Near]:
    """Words without the spaces between them, that stand side by side in the archive: two, else three."""
    if len(form) > GLUED:
        return
    for parts in range(2, PARTS + 1):
        found = list(_parted(form, parts, situation))
        yield from found
        if found:
            return


def _parted(form: str, parts: int, situation: Situation) -> Iterator[Near]:
    cuts = combinations(range(2, len(form) - 1), parts - 1)
    rows = [tuple(form[start:end] for start, end in pairwise((0, *cut, len(form)))) for cut in cuts]
    pieces = list(dict.fromkeys(piece for row in rows for piece in row))
    counts = dict(zip(pieces, situation.written_counts(pieces), strict=True))
    rows = [row for row in rows if all(len(piece) > 1 and counts[piece] for piece in row)]
    for row, count in zip(rows, situation.adjacent(rows), strict=True):
        if count:
            yield Near(SPACE * WORTH * (parts - 1) - log(count), row)
