"""What a search was widened by, as chips: each leads to the same search with its word as typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from flask_babel import lazy_gettext

from index.record import record, replace
from search.expansion import Expansion, Kind, grouped
from search.notices import LISTED
from search.verbatim import verbatim
from web.asked import Asked

KINDS: Final = {
    Kind.VARIANT: lazy_gettext("صور أخرى"),
    Kind.ROOT: lazy_gettext("من أصلها"),
    Kind.SPELLING: lazy_gettext("شبيهة"),
    Kind.WILDCARD: lazy_gettext("موافقة لها"),
    Kind.FUZZY: lazy_gettext("قريبة منها"),
}
"""What a chip calls the words that were looked for."""


@record
class Chip:
    """Words that were looked for because of one that was typed, or of several side by side.

    Attributes:
        typed: what was typed.
        kind: how these words are called.
        words: the heaviest of them.
        has_more: whether there are more.
        asked: the search with what was typed as it is.
    """

    typed: str
    kind: str
    words: tuple[str, ...]
    has_more: bool
    asked: Asked


@record
class Widening:
    """All that a search was widened by.

    Attributes:
        chips: what was looked for, in the order of the query.
        learned: what the first results share, by which they were put in order.
        as_typed: the search without any of it; None where a sign asks for all of it.
    """

    chips: tuple[Chip, ...]
    learned: tuple[str, ...]
    as_typed: Asked | None


ASKED_FOR: Final = frozenset({Kind.WILDCARD, Kind.FUZZY})
"""What a reader asked for by a sign: it is no less looked for when words are taken as typed."""


def widening(expansions: Iterable[Expansion], asked: Asked) -> Widening | None:
    """What the search for these expansions was widened by; None where it was not."""
    groups = grouped(expansions)
    if not groups:
        return None
    chips = [_chip(typed, kind, words, asked) for kind, typed, words in groups if kind in KINDS]
    learned = [word for kind, _, words in groups if kind is Kind.FEEDBACK for word in words]
    chips.sort(key=lambda chip: asked.text.find(chip.typed.split()[0]))
    is_asked_for = all(kind in ASKED_FOR for kind, _, _ in groups)
    as_typed = None if is_asked_for else replace(asked, expand=False, page=1)
    return Widening(tuple(chips), tuple(learned), as_typed)


def _chip(typed: str, kind: Kind, words: tuple[str, ...], asked: Asked) -> Chip:
    without = replace(asked, text=verbatim(asked.text, typed.split()), page=1)
    return Chip(typed, KINDS[kind], words[:LISTED], len(words) > LISTED, without)
