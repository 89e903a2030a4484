"""Whether the archive writes a word so, whatever is attached to it: a word that it hardly has looks wrong."""

from __future__ import annotations

from typing import Final

from index.analysis import ARTICLE, analyze
from search.rescue.situation import Situation

FEW: Final = 5
"""Articles up to which a search has found so little that something else may have been meant."""

COMMON: Final = 5
"""In how many articles a word must be to look right where the query finds something."""

SHORTEST: Final = 3
"""Letters of a word that may be misspelled."""

WORDS: Final = 8
"""Words of the longest query that is looked through for one that looks wrong though it finds enough."""

CLITICS: Final = ("وال", "بال", "فال", "كال", "لل", "و", "ب", "ل", "ف")
"""What a word is misspelled without, since the archive may have it otherwise."""

CONJUNCTIONS: Final = ("و", "ف")
"""Those of them that stand before what has others."""

OFTENER: Final = 5
"""In how many times as many articles what is left without a second one is that is the word."""


def looks_wrong(situation: Situation) -> bool:
    """Whether the archive hardly ever writes one of the words so, whatever is attached to it."""
    words = situation.words()
    tokens = [token for word in words for token in analyze(word.text)] if len(words) <= WORDS else []
    forms = [token.form for token in tokens if token.stem and token.form.isalpha()]
    return any(attested(form, situation) < COMMON for form in forms)


def attested(form: str, situation: Situation) -> int:
    """How many articles have a form, whatever is attached to it, at least.

    What is left of «الواستقرار» without its article is no word but another with something attached: it counts
    as what it is more often.
    """
    ways = {form: [form]}
    for prefix, rest in bare(form):
        inner = [] if prefix in CONJUNCTIONS else [each for _, each in bare(rest)]
        ways |= dict.fromkeys((rest,) if prefix == ARTICLE else (rest, ARTICLE + rest), inner)
    every = list(dict.fromkeys([*ways, *(each for inner in ways.values() for each in inner)]))
    counts = dict(zip(every, situation.written_counts(every), strict=True))
    return max(
        counts[way]
        for way, inner in ways.items()
        if max(map(counts.__getitem__, inner), default=0) <= OFTENER * counts[way]
    )


def bare(form: str) -> list[tuple[str, str]]:
    """What may be attached to a form, and the rest of it."""
    prefixes = [prefix for prefix in (ARTICLE, *CLITICS) if form.startswith(prefix)]
    found = [(prefix, form.removeprefix(prefix)) for prefix in prefixes]
    return [(prefix, rest) for prefix, rest in found if len(rest) >= SHORTEST]
