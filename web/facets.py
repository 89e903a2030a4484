"""Ways to narrow a search: what was counted, as links; and what it is narrowed to, as links back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from flask_babel import lazy_gettext

from index.engines.contract import MONTH, KeywordField
from search.results import Match
from web.arabic import first_of, is_dated, last_of, month, span
from web.asked import Asked

SHOWN: Final = 8
"""Values of a facet that are shown at once; the rest is folded."""

Counts: TypeAlias = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value: how it is called, how many results have it, and the search that it leads to."""

    label: str
    count: int
    asked: Asked
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one property, those shown at once and the rest."""

    name: str
    title: str
    shown: tuple[Choice, ...]
    folded: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Something the search is narrowed to: its kind, its name, and the search without it."""

    kind: str
    label: str
    asked: Asked


def facets(counted: Mapping[str, Counts], asked: Asked) -> tuple[Facet, ...]:
    """What can be chosen of what was counted; a facet without values is left out."""
    made = (_facet(name, counted.get(name, ()), asked) for name in _FACETS)
    return tuple(facet for facet in made if facet.shown)


def narrowings(asked: Asked) -> tuple[Narrowing, ...]:
    """What the search is narrowed or widened to, each with the search that is not."""
    first_page = replace(asked, page=1)
    made = [
        Narrowing(lazy_gettext("المصدر"), name, replace(first_page, sources=_without(asked.sources, name)))
        for name in asked.sources
    ]
    made += [
        Narrowing(lazy_gettext("الكاتب"), name, replace(first_page, authors=_without(asked.authors, name)))
        for name in asked.authors
    ]
    if days := span(asked.first, asked.last):
        made.append(Narrowing(lazy_gettext("المدة"), days, replace(first_page, first=None, last=None)))
    if asked.match is Match.ANY:
        made.append(
            Narrowing(
                lazy_gettext("الكلمات"), lazy_gettext("يكفي بعضها"), replace(first_page, match=Match.ALL)
            )
        )
    return tuple(made)


def _facet(name: str, counts: Counts, asked: Asked) -> Facet:
    title, choose = _FACETS[name]
    choices = tuple(choose(counts, replace(asked, page=1)))
    return Facet(name, title, choices[:SHOWN], choices[SHOWN:])


def _sources(counts: Counts, asked: Asked) -> list[Choice]:
    """A source alone; the one that is chosen leads back to all."""
    return [
        Choice(
            name,
            count,
            replace(asked, sources=() if asked.sources == (name,) else (name,)),
            name in asked.sources,
        )
        for name, count in counts
    ]


def _months(counts: Counts, asked: Asked) -> list[Choice]:
    """A month, the latest first; the one that is chosen leads back to all."""
    choices = []
    for name, count in reversed([pair for pair in counts if is_dated(f"{pair[0]}-01")]):
        days = (first_of(name), last_of(name))
        is_chosen = (asked.first, asked.last) == days
        first, last = (None, None) if is_chosen else days
        choices.append(Choice(month(name), count, replace(asked, first=first, last=last), is_chosen))
    return choices


def _without(names: tuple[str, ...], unwanted: str) -> tuple[str, ...]:
    return tuple(name for name in names if name != unwanted)


_FACETS: Final[Mapping[str, tuple[str, Callable[[Counts, Asked], list[Choice]]]]] = {
    KeywordField.SOURCE: (lazy_gettext("المصدر"), _sources),
    MONTH: (lazy_gettext("الشهر"), _months),
}
