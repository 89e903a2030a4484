"""Words asked for by how they are written: with stars, or nearly so, to the forms there are; ? is one letter.

A form is a word as it is written, its letters folded; with ال before it it is looked for too, unless it was
typed with it or a star stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from index.analysis import ARTICLE, analyze
from index.engines import query
from index.engines.contract import TextField
from index.record import record
from search import notices
from search.expansion import Expansion, Kind
from search.formlist import expression
from search.forms import Counts, Forms
from search.messages import Message
from search.syntax import Fuzzy, Wildcard

MOST: Final = 500
"""Forms that a word with stars stands for: those in the most articles."""

MOST_NEARLY: Final = 60
"""Forms that are written nearly as a word: the nearest, of those the ones in the most articles."""

TOLD: Final = 12
"""Forms that are told of as expansions."""

SHARE: Final = 0.7
"""What a form counts beside the word itself for each letter in which it differs."""

SHORT: Final = 1
"""Letters of a prefix that so many forms begin with that all are looked through."""

LETTERS_AN_EDIT: Final = 2
"""Letters a word must have, beyond one, for each letter that may differ: else it is near to every other."""

_SIGNS: Final = r"([*＊٭]+|[?？])"
_STARS: Final = "*＊٭"


@record
class Written:
    """What a word stands for.

    Attributes:
        forms: those that count in full; none where no article has such a word.
        weaker: those that count less, and how much.
        notices: what the reader should be told.
        expansions: some of the forms, for the reader.
    """

    forms: tuple[str, ...]
    weaker: tuple[tuple[str, float], ...] = ()
    notices: tuple[Message, ...] = ()
    expansions: tuple[Expansion, ...] = ()


def written(asked: Wildcard | Fuzzy, fields: Iterable[TextField], forms: Forms) -> list[Written]:
    """What each word in a piece of a query stands for; mostly it is one.

    Args:
        asked: the piece.
        fields: where forms are looked for.
        forms: what stands there.
    """
    fields = tuple(fields)
    if isinstance(asked, Wildcard):
        return [_starred(asked.text, pattern, fields, forms) for pattern in patterns(asked.text)]
    return [_nearly(asked, token.form, fields, forms) for token in analyze(asked.text)]


def written_node(found: Written, fields: tuple[tuple[str, float], ...]) -> query.Node:
    """What an engine is asked for a word: any of its forms, scored as one; nothing where it has none."""
    return query.Combined(found.forms, fields, found.weaker) if found.forms else query.Nothing()


def patterns(text: str) -> list[str]:
    """A typed word with stars or ? as a form with these: `قُوّا*` is `قوا*`. One with a hyphen is two."""
    found = [""]
    for place, piece in enumerate(re.split(_SIGNS, text)):
        if place % 2:
            found[-1] += "*" if piece[0] in _STARS else "?"
            continue
        for number, token in enumerate(analyze(piece)):
            found += [""] if number else []
            found[-1] += token.form
    return found


def matcher(pattern: str) -> Callable[[str], bool]:
    """Whether a form is as a form with stars."""
    compiled = re.compile(expression(pattern))
    return lambda form: compiled.fullmatch(form) is not None


def is_nearly(form: str, edits: int) -> Callable[[str], bool]:
    """Whether another form differs from a form in no more letters."""
    return lambda other: any(_distance(each, other, edits) <= edits for each in _with_article(form))


def _starred(typed: str, pattern: str, fields: tuple[TextField, ...], forms: Forms) -> Written:
    counts: dict[str, int] = {}
    for each in _with_article(pattern):
        counts |= _fitting(each, fields, forms)
    if not counts:
        return Written((), notices=(notices.nothing_like(typed),))
    ordered = _most(counts)
    told = (notices.too_many_like(typed, len(counts), MOST),) if len(counts) > MOST else ()
    expansions = _told(typed, Kind.WILDCARD, ((form, 1.0) for form in ordered))
    return Written(tuple(ordered), notices=told, expansions=expansions)


def _fitting(pattern: str, fields: tuple[TextField, ...], forms: Forms) -> Counts:
    prefix = re.split("[*?]", pattern)[0]
    if len(prefix) <= SHORT:
        return forms.fitting(fields, pattern)
    within = forms.beginning(fields, prefix)
    is_whole = pattern == f"{prefix}*"
    return within if is_whole else {form: within[form] for form in filter(matcher(pattern), within)}


def _most(counts: Mapping[str, int]) -> list[str]:
    """The forms in the most articles; to sort all of them would take longer than to find them."""
    least = sorted(counts.values(), reverse=True)[:MOST][-1]
    frequent = (form for form, count in counts.items() if count >= least)
    return sorted(frequent, key=lambda form: (-counts[form], form))[:MOST]


def _nearly(asked: Fuzzy, form: str, fields: tuple[TextField, ...], forms: Forms) -> Written:
    edits = min(asked.edits, (len(form) - 1) // LETTERS_AN_EDIT)
    if not edits:
        return Written((form,), notices=(notices.too_short_for_fuzzy(asked.text),))
    counts: dict[str, int] = {}
    found: dict[str, int] = {}
    for each in _with_article(form):
        near, distances = forms.near(fields, each, edits)
        counts |= near
        found |= {other: min(apart, found.get(other, apart)) for other, apart in distances.items()}
    if not found:
        return Written((), notices=(notices.nothing_like(asked.text),))
    ordered = sorted(found, key=lambda other: (found[other], -counts[other], other))[:MOST_NEARLY]
    same = tuple(other for other in ordered if not found[other])
    weaker = tuple((other, SHARE ** found[other]) for other in ordered if found[other])
    return Written(same or (form,), weaker, expansions=_told(asked.text, Kind.FUZZY, weaker))


def _told(typed: str, kind: Kind, forms: Iterable[tuple[str, float]]) -> tuple[Expansion, ...]:
    return tuple(Expansion(typed, kind, form, weight) for form, weight in list(forms)[:TOLD])


def _with_article(form: str) -> tuple[str, ...]:
    """A form, and the same with ال before it where that can be."""
    is_bare = not form.startswith((ARTICLE, "*")) and "\u0621" <= form[:1] <= "\u064a"
    return (form, ARTICLE + form) if is_bare else (form,)


def _distance(form: str, other: str, edits: int) -> int:
    from rapidfuzz.distance import OSA

    return int(OSA.distance(form, other, score_cutoff=edits))
