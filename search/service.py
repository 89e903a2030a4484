"""The one call that the page, the API and the command line share: a query to results."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from index.archive import Archive
from index.engines import query
from index.engines.contract import Engine, Hit
from index.library import Library
from index.record import record, replace
from search import notices
from search.describe import describe
from search.expansion import AS_WRITTEN
from search.facets import COUNTED, Counts, others, tidy
from search.filters import filters
from search.find import Finder, Found
from search.grammar import NOTHING_TO_FIND
from search.hits import Reader
from search.parse import MAX_LENGTH, parse
from search.pasted import address, spellings
from search.ranking import RANKING, Ranking
from search.relaxing import widen
from search.rescue import Situation, offers
from search.results import Match, QueryRefusedError, Results, SearchQuery
from search.spellings import written
from search.syntax import Anything, Node, Parsed

if TYPE_CHECKING:
    from search.rescue.offer import Offer

MAX_LIMIT: Final = 1000
"""Hits on one page."""


def search(library: Library, asked: SearchQuery, *, facets: tuple[str, ...] = COUNTED) -> Results:
    """Search the library.

    Args:
        library: what to search.
        asked: the query.
        facets: what is counted over all that matches, of `COUNTED`; the others are empty in the results.

    Raises:
        QueryRefusedError: the query is too long.
        ValueError: limit or offset is negative, or limit over `MAX_LIMIT`.
        IndexMissingError, IndexOutdatedError, EngineError, ArchiveError: the data can't be searched.
    """
    started = time.perf_counter()
    if not 0 <= asked.limit <= MAX_LIMIT or asked.offset < 0:
        raise ValueError(f"limit must be 0 to {MAX_LIMIT} and offset 0 or more")
    if of_address := _of_address(library, asked, started):
        return of_address
    answer = ask(library, asked, facets=facets, offering=True)
    parsed, found = answer.parsed, answer.found
    hits = tuple(Reader(library.archive, found.compiled.sought).results(found.page.hits))
    missing = (notices.REMOVED_MEANWHILE,) if len(hits) < len(found.page.hits) else ()
    took = (time.perf_counter() - started) * 1000
    return Results(
        query=asked.text,
        understood=describe(read_as(parsed, asked)),
        total=found.page.total,
        took_ms=took,
        relaxed=found.relaxed,
        notices=answer.notices + missing,
        hits=hits,
        facets=tidy(found.page.facets),
        choices=answer.choices,
        can_widen=asked.match is not Match.ANY and not found.relaxed and widen(parsed.node) != parsed.node,
        expansions=found.expansions,
        offers=answer.offers,
        node=found.node,
        asked=read_as(parsed, asked),
    )


def _of_address(library: Library, asked: SearchQuery, started: float) -> Results | None:
    """What was published at the address that a query is; None where it is none, or of no article."""
    url = address(asked.text) if len(asked.text) <= MAX_LENGTH else None
    found = library.archive.published_at(spellings(url)) if url else []
    if not found:
        return None
    read = parse(asked.text, asked.today).node
    on_page = found[asked.offset : asked.offset + asked.limit]
    return Results(
        query=asked.text,
        understood=describe(read),
        total=len(found),
        took_ms=(time.perf_counter() - started) * 1000,
        relaxed=False,
        notices=(notices.BY_ADDRESS,),
        hits=tuple(Reader(library.archive, ()).results([Hit(each, 1.0) for each in on_page])),
        facets=tidy({}),
        asked=read,
    )


@record
class Answer:
    """What came of a query before any article is read.

    Attributes:
        parsed: how it was read.
        found: the hits.
        notices: what the reader should be told.
        choices, offers: as in `Results`.
    """

    parsed: Parsed
    found: Found
    notices: tuple[str, ...]
    choices: Mapping[str, Counts]
    offers: tuple[Offer, ...] = ()


def ask(
    library: Library, asked: SearchQuery, *, facets: tuple[str, ...] = (), offering: bool = False
) -> Answer:
    """Ask the index: what `search` and whoever reads more articles than a page has share.

    Args:
        library: what to search.
        asked: the query; its limit may be any.
        facets: what is counted over all that matches.
        offering: whether to say what else may be searched for.

    Raises:
        As `search`.
    """
    if len(asked.text) > MAX_LENGTH:
        raise QueryRefusedError(notices.too_long(len(asked.text), MAX_LENGTH))
    parsed = parse(asked.text, asked.today)
    told = list(parsed.notices)
    confined = filters(library, asked, told)
    with library.searching() as engine:
        found = Finder(engine, library.archive, RANKING, confined, facets).find(parsed.node, asked)
        found = _spelled(found, engine, library.archive)
        # Where any word is enough because none has all, another source may have all, and less be found.
        choices = others(library, engine, found.node, asked) if facets and not found.relaxed else {}
        offered = _offers(library, engine, asked, found) if offering else ()
    told += _explain(parsed, found, asked)
    if pending := library.pending():
        told.append(notices.behind(pending))
    return Answer(parsed, found, tuple(told), choices, offered)


def read_as(parsed: Parsed, asked: SearchQuery) -> Node | None:
    """What was understood: the tree of the query, any of its words enough where that was asked for."""
    return widen(parsed.node) if asked.match is Match.ANY else parsed.node


def ranked(
    library: Library, text: str, depth: int, match: Match = Match.ANY, ranking: Ranking = RANKING
) -> list[Hit]:
    """The hits of a query alone, best first, as `search` has them: what is measured.

    Args:
        library: what to search.
        text: as typed; longer ones than a search accepts are cut.
        depth: the most hits to return.
        match: how many of the words an article must have.
        ranking: what counts how much.
    """
    asked = SearchQuery(text[:MAX_LENGTH], limit=depth, match=match)
    with library.searching() as engine:
        finder = Finder(engine, library.archive, ranking)
        return list(finder.find(parse(asked.text, asked.today).node, asked).page.hits)


def _explain(parsed: Parsed, found: Found, asked: SearchQuery) -> list[str]:
    compiled = found.compiled
    told = []
    chosen = asked.sources or asked.authors or asked.categories or asked.first or asked.last
    if isinstance(parsed.node, Anything) and "*" not in asked.text and not chosen:
        told.append(notices.NOTHING_TYPED)
    if parsed.node is not None and compiled.node is None and not compiled.dropped:
        told.append(NOTHING_TO_FIND)
    if compiled.dropped:
        told.append(notices.dropped(compiled.dropped))
    if compiled.only_stopwords:
        told.append(notices.ONLY_STOPWORDS)
    told += compiled.notices
    if found.relaxed:
        told.append(notices.RELAXED)
    if found.ahead:
        told.append(notices.dated_ahead(found.ahead))
    return [*told, *notices.expanded(found.expansions)]


def _spelled(found: Found, engine: Engine, archive: Archive) -> Found:
    """The same, what was found by how it is written being spelled as the archive spells it."""
    if not any(each.kind in AS_WRITTEN for each in found.expansions):
        return found
    expansions = dict.fromkeys(
        replace(each, text=written(each.text, engine, archive)) if each.kind in AS_WRITTEN else each
        for each in found.expansions
    )
    return replace(found, expansions=tuple(expansions))


def _offers(library: Library, engine: Engine, asked: SearchQuery, found: Found) -> tuple[Offer, ...]:
    """What may be searched for instead; on a first page alone, since who turns pages has found something."""
    if asked.offset:
        return ()

    def confined(other: SearchQuery) -> tuple[query.Node, ...]:
        return filters(library, other, [])

    total = 0 if found.relaxed else found.page.total
    return offers(Situation(asked, total, engine, library.archive, confined))
