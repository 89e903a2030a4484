"""Ways to narrow a search: what was counted, as links; and what it is narrowed to, as links back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final, TypeAlias

from flask_babel import gettext, lazy_gettext

from index.engines.contract import DAY, KeywordField
from index.record import record, replace
from search.ahead import latest
from search.facets import missing, same
from search.results import Match, Results
from search.timeline import periods
from web.arabic import named, span
from web.asked import Asked
from web.links import days_url, narrowing_url, search_url

SHOWN: Final = 8
"""Values of a facet that are shown at once, those that are chosen not counted; more are folded."""

FOLDED: Final = 24
"""Values that are folded; rarer ones are left out, and that is said."""

Names: TypeAlias = tuple[str, ...]


@record
class Choice:
    """One value: how it is called, how many results have it, and the address that it leads to.

    What is chosen leads to the same search without it.
    """

    label: str
    count: int
    url: str
    is_chosen: bool = False


@record
class Facet:
    """The values of one property.

    Attributes:
        name: of the parameter of an address.
        title: as a reader knows it.
        shown, folded: what can be chosen, what is chosen first.
        rest: how many values are left out.
        missing: how many results have no value; None where that isn't known.
        lacking: how these are called.
    """

    name: str
    title: str
    shown: tuple[Choice, ...]
    folded: tuple[Choice, ...]
    rest: int
    missing: int | None
    lacking: str


@record
class Narrowing:
    """Something the search is narrowed to: its kind, its name, and the search without it."""

    kind: str
    label: str
    asked: Asked


@record
class _Kind:
    """A field of names: how it is called, and what has none of them."""

    title: str
    lacking: str
    attribute: str


_KINDS: Final[Mapping[KeywordField, _Kind]] = {
    KeywordField.SOURCE: _Kind(lazy_gettext("المصدر"), lazy_gettext("بلا مصدر"), "sources"),
    KeywordField.AUTHOR: _Kind(lazy_gettext("الكاتب"), lazy_gettext("بلا كاتب"), "authors"),
    KeywordField.CATEGORY: _Kind(lazy_gettext("القسم"), lazy_gettext("بلا قسم"), "categories"),
}


def facets(found: Results, asked: Asked) -> tuple[Facet, ...]:
    """What can be chosen of what was counted; a facet without values is left out."""
    first_page = replace(asked, page=1)
    made = (_facet(field, found, first_page) for field in KeywordField)
    return tuple(facet for facet in made if facet.shown)


def period_facet(found: Results, asked: Asked) -> Facet:
    """The months or years of what was found, the latest first; the one that is chosen leads back to all."""
    days = found.facets.get(DAY, ())
    back = replace(asked, page=1, first=None, last=None)
    url = days_url(back)
    choices = []
    for bar in reversed(periods(days, (asked.first, asked.last), latest())):
        is_chosen = (asked.first, asked.last) == (bar.first, bar.last)
        address = search_url(back) if is_chosen else url(bar.first, bar.last)
        choices.append(Choice(named(bar.first, bar.last), bar.count, address, is_chosen))
    return Facet(
        "period",
        gettext("المدة"),
        tuple(choices[:SHOWN]),
        tuple(choices[SHOWN : SHOWN + FOLDED]),
        max(0, len(choices) - SHOWN - FOLDED),
        missing(days, found.total),
        gettext("بلا تاريخ"),
    )


def narrowings(asked: Asked, *, relaxed: bool = False) -> tuple[Narrowing, ...]:
    """What the search is narrowed or widened to, each with the search that is not.

    Args:
        asked: the search.
        relaxed: whether it was widened to any of the words because no article has them all.
    """
    first_page = replace(asked, page=1)
    made = [
        Narrowing(kind.title, name, _without(first_page, kind, name))
        for kind in _KINDS.values()
        for name in _chosen(asked, kind)
    ]
    if days := span(asked.first, asked.last):
        made.append(Narrowing(gettext("المدة"), days, replace(first_page, first=None, last=None)))
    if asked.match is Match.ANY:
        made.append(
            Narrowing(gettext("الكلمات"), gettext("يكفي بعضها"), replace(first_page, match=Match.ALL))
        )
    if asked.match is Match.EVERY:
        made.append(Narrowing(gettext("الكلمات"), gettext("كلها"), replace(first_page, match=Match.ALL)))
    if relaxed:
        made.append(
            Narrowing(
                gettext("لا مقالة فيها كل الكلمات"),
                gettext("يكفي بعضها"),
                replace(first_page, match=Match.EVERY),
            )
        )
    return tuple(made)


def _facet(field: KeywordField, found: Results, asked: Asked) -> Facet:
    kind = _KINDS[field]
    wanted = _chosen(asked, kind)
    counts = found.choices.get(field, found.facets.get(field, ()))
    chosen = {same(name): name for name in wanted}
    first = [pair for pair in counts if chosen and same(pair[0]) in chosen]
    others: Iterable[tuple[str, int]] = (pair for pair in counts if pair not in first)
    links = [
        Choice(name, count, search_url(_without(asked, kind, chosen[same(name)])), is_chosen=True)
        for name, count in first
    ]
    url = narrowing_url(asked, field)
    links += [Choice(name, count, url(name)) for name, count in islice(others, SHOWN + FOLDED)]
    shown = len(first) + SHOWN
    return Facet(
        field.value,
        kind.title,
        tuple(links[:shown]),
        tuple(links[shown:]),
        len(counts) - len(links),
        None if wanted else missing(counts, found.total),
        kind.lacking,
    )


def _chosen(asked: Asked, kind: _Kind) -> Names:
    names: Names = getattr(asked, kind.attribute)
    return names


def _without(asked: Asked, kind: _Kind, unwanted: str) -> Asked:
    names = tuple(name for name in _chosen(asked, kind) if name != unwanted)
    changed: dict[str, Any] = {kind.attribute: names}
    return replace(asked, **changed)
