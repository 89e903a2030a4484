"""Did you mean: words that the archive has, near to those that it doesn't, by what is confused in Arabic.

A word is taken for misspelled where the archive doesn't have it in any inflection, or where a word that is
nearly the same is in many times as many articles. Likely is what is near and frequent, as in a noisy channel.
Source: Kernighan, Church and Gale, A spelling correction program based on a noisy channel model, 1990.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from math import log
from typing import Final, NamedTuple

from index.analysis import ARTICLE, analyze, normalize, stop_forms
from search.lexer import Token
from search.rescue.editing import replaced
from search.rescue.likeness import SOUNDS, distance
from search.rescue.offer import Candidate, Kind
from search.rescue.situation import Situation
from search.rescue.wordlist import start_of
from search.spelling import WEAK

WORTH: Final = 4.0
"""How much rarer a word must be for a smaller distance to make up, for each 1: e to this power."""

OFTEN: Final = 20
"""In how many times as many articles a word must be that is offered for one that the archive has."""

INFLECTED: Final = 5
"""The same where it has another inflection of the word: in what part of as many articles it must be."""

COMMON: Final = 5
"""In how many articles a word must be to look right where the query finds something: to look for words that
are near it would cost more than the search."""

NEARLY: Final = 0.7
"""How far from such a word it may be."""

SHORTEST: Final = 3
"""Letters of a word that may be misspelled."""

UNLIKE: Final = 0.05
"""What it costs that a word has the article and what was typed has not, or the other way round."""

EDITS: Final = 2
"""Letters by which words may differ."""

NEAR: Final = 60
"""Words that are near by these, whose distance is then measured."""

CHOICES: Final = 3
"""Words that are tried for each."""

MOST: Final = 12
"""Queries that are weighed."""

WORDS: Final = 8
"""Words of the longest query that is respelled."""

SPACE: Final = 0.6
"""The distance of two words from the same without the space between them."""

LETTERS: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"
PREFIXES: Final = ("", ARTICLE, "وال", "بال", "فال", "كال", "لل", "و", "ب", "ل", "ف")
"""What a word is misspelled without, since the archive may have it otherwise."""

CLITIC: Final = 0.3
"""What it costs to look for a word without what is attached to it."""


class _Near(NamedTuple):
    """A word that may be meant: how little likely, and its forms."""

    unlikeliness: float
    forms: tuple[str, ...]


def respellings(situation: Situation) -> Iterator[Candidate]:
    """The query with its likely misspelled words put right, the likeliest first."""
    words = situation.words()
    if not 0 < len(words) <= WORDS:
        return
    text = situation.asked.text
    found = dict(_joined(text, words, situation))
    if meant := {word: near for word in words if (near := _meant(word.text, situation))}:
        rows = sorted(product(*meant.values()), key=lambda row: sum(near.unlikeliness for near in row))
        for row in rows[:MOST]:
            written = (situation.written(near.forms) for near in row)
            other = replaced(text, dict(zip(meant, written, strict=True)))
            found.setdefault(other, sum(near.unlikeliness for near in row))
    for other in situation.in_context(found):
        if normalize(other) != normalize(text):
            yield Candidate(Kind.SPELLING, situation.asked_for(other))


def _meant(word: str, situation: Situation) -> list[_Near]:
    """What a word may be misspelled from, the likeliest first; nothing for one that looks right."""
    tokens = analyze(word)
    if len(tokens) != 1 or not tokens[0].form.isalpha() or tokens[0].form.isascii():
        return []
    form, known = tokens[0].form, situation.known(word)
    written = attested(form, situation)
    if situation.found and written >= COMMON:
        return []
    # A form that the archive doesn't have may be a new inflection of a word that it has.
    least = max(1, OFTEN * written, known // INFLECTED)
    near = sorted(_near(form, least, NEARLY if known else _most(form), situation))
    if not known:
        near = sorted([*near, *_split(form, situation)])
    return near[:CHOICES]


def attested(form: str, situation: Situation) -> int:
    """How many articles have a form, whatever is attached to it, at least."""
    bare = [form.removeprefix(prefix) for prefix in PREFIXES if form.startswith(prefix)]
    ways = {other for each in bare if len(each) >= SHORTEST for other in (each, ARTICLE + each)}
    return max(situation.written_counts(sorted({form, *ways})))


def _most(form: str) -> float:
    """How far a word may be from one that the archive doesn't have: the longer, the farther."""
    return min(0.3 * len(form), 2.0)


def _near(form: str, least: int, most: float, situation: Situation) -> list[_Near]:
    """Words of at least so many articles that are no farther than this."""
    found: dict[str, _Near] = {}
    for prefix in PREFIXES:
        bare = form.removeprefix(prefix)
        if len(bare) < SHORTEST or not form.startswith(prefix) or bare.startswith(ARTICLE):
            continue
        extra = CLITIC if prefix not in ("", ARTICLE) else 0.0
        near = [*_alike(bare, prefix, most - extra, situation)] or [*_alike_attached(bare, most, situation)]
        for other, count, apart in near:
            if count >= least and (
                other not in found or found[other].unlikeliness > apart * WORTH - log(count)
            ):
                found[other] = _Near((apart + extra) * WORTH - log(count), (other,))
    return [near for near in found.values() if near.forms[0] not in stop_forms()]


def _alike(bare: str, prefix: str, most: float, situation: Situation) -> Iterator[tuple[str, int, float]]:
    """Words no farther than this, as they are, or with the article: with counts and distances."""
    for ahead in dict.fromkeys((prefix, "", ARTICLE)) if prefix in ("", ARTICLE) else ("", ARTICLE):
        counts = _starting(ahead, bare, situation)
        for other, apart in _nearest(bare, counts, most):
            word = ahead + other if prefix in ("", ARTICLE) else prefix + other
            yield word, counts[other], apart + (0.0 if ahead == prefix else UNLIKE)


def _alike_attached(bare: str, most: float, situation: Situation) -> Iterator[tuple[str, int, float]]:
    """The same of words that the archive has only with something before them: بالأردن."""
    for ahead in PREFIXES[2:]:
        counts = _starting(ahead, bare, situation)
        for other, apart in _nearest(bare, counts, most - CLITIC):
            article = ARTICLE if ahead.endswith("ل") and len(ahead) > 1 else ""
            yield article + other, counts[other], apart + CLITIC


def _starting(ahead: str, bare: str, situation: Situation) -> dict[str, int]:
    """Words that may be near, that have this before them, without it: with how many articles have each."""
    counts: dict[str, int] = {}
    for start in dict.fromkeys(start_of(ahead + start) for start in _starts(bare)):
        found = situation.section(start).counts
        counts |= {form.removeprefix(ahead): count for form, count in found.items() if form.startswith(ahead)}
    return counts


def _nearest(bare: str, counts: Mapping[str, int], most: float) -> Iterator[tuple[str, float]]:
    """Those of the words that are no farther than this."""
    from rapidfuzz import process  # only when it is needed: it takes a while
    from rapidfuzz.distance import OSA

    for other, _, _ in process.extract(
        bare, counts.keys(), scorer=OSA.distance, score_cutoff=EDITS, limit=NEAR
    ):
        apart = distance(bare, other, most)
        if apart <= most and other != bare:
            yield other, apart


def _starts(bare: str) -> Iterable[str]:
    """The first two letters of words that differ from one in a letter or two, but not wholly in these."""
    first, second, third = bare[0], bare[1], bare[2]
    alike = {letter for group in SOUNDS if first in group for letter in group} | set(WEAK)
    starts = dict.fromkeys(
        [first + letter for letter in LETTERS]
        + [letter + second for letter in sorted(alike)]
        + [second + first, second + third]
        + [letter + first for letter in WEAK]
    )
    starts.pop(ARTICLE, None)
    return starts


def _split(form: str, situation: Situation) -> Iterator[_Near]:
    """Two words without the space between them, that stand side by side in the archive."""
    pairs = [(form[:at], form[at:]) for at in range(2, len(form) - 1)]
    both = [pair for pair in pairs if all(map(situation.count, pair))]
    for pair, count in zip(both, situation.adjacent(both), strict=True):
        if count:
            yield _Near(SPACE * WORTH - log(count), pair)


def _joined(text: str, words: Sequence[Token], situation: Situation) -> Iterator[tuple[str, float]]:
    """The text with two of its words as one, where the archive has that and not both of them."""
    for left, right in pairwise(words):
        tokens = analyze(left.text + right.text)
        end, after = left.start + len(left.text), right.start + len(right.text)
        if text[end : right.start].strip() or len(tokens) != 1:
            continue
        count = situation.count(tokens[0].form)
        if count and count >= OFTEN * min(situation.known(left.text), situation.known(right.text)):
            joined = situation.written([tokens[0].form])
            yield text[: left.start] + joined + text[after:], SPACE * WORTH - log(count)
