"""A query to the page of hits: all words or any, once to find and, where it pays, once more to order."""

from __future__ import annotations

from typing import Final

from index.archive import Archive
from index.engines import query
from index.engines.contract import Engine, Hit, Page, Request, Sort
from index.record import record, replace
from search.ahead import newest, newest_first
from search.answered import answered
from search.expansion import Expansion
from search.feedback import Learned, Learner, trust
from search.rank import Compiled, compile_query, scoring
from search.ranking import EXPANDING, RANKING, Level, Ranking
from search.recalled import recall
from search.results import Match, Order, SearchQuery
from search.syntax import Node
from search.vocabulary import Vocabulary

ATTEMPTS: Final = 3
"""How often a search is done anew because the index changed meanwhile."""

SORTS: Final = {
    Order.RELEVANCE: Sort.RELEVANCE,
    Order.RECENT: Sort.RELEVANCE,
    Order.NEWEST: Sort.NEWEST,
    Order.OLDEST: Sort.OLDEST,
}
"""What an engine sorts by."""


@record
class Found:
    """What came of a query.

    Attributes:
        compiled: what was asked for.
        node: what the engine was asked last, with all that was learned.
        page: what it answered.
        expansions: what was looked for, or ordered by, that was not typed.
        relaxed: nothing has all the words, so any of them was asked for.
        ahead: how many articles are dated after today and stand last for it, where the newest come first.
    """

    compiled: Compiled
    node: query.Node
    page: Page
    expansions: tuple[Expansion, ...]
    relaxed: bool = False
    ahead: int = 0


class Finder:
    """Asks an engine what a query means.

    Args:
        engine: what is asked.
        archive: where the articles are that are learned from.
        ranking: what counts how much.
        filters: what must match too.
        facets: what is counted over all that matches.
    """

    def __init__(
        self,
        engine: Engine,
        archive: Archive,
        ranking: Ranking = RANKING,
        filters: tuple[query.Node, ...] = (),
        facets: tuple[str, ...] = (),
    ) -> None:
        self._engine = engine
        self._archive = archive
        self._ranking = ranking
        self._request = Request(query.Nothing(), filters=filters, facets=facets, scoring=scoring(ranking))

    def find(self, node: Node | None, asked: SearchQuery) -> Found:
        """Ask for all the words and, when nothing has them all, for any; or for any from the start.

        Asked again when the index changes between two looks at it, so that hits and counts are of one moment.
        What came of the last queries is remembered until index or archive change.
        """
        known = answered(self._engine, self._archive)
        key = query.Hashed((node, asked, self._ranking, self._request.filters, self._request.facets))
        for _ in range(ATTEMPTS):
            state = (self._engine.state(), self._archive.last_seq())
            if remembered := known.get(state, key):
                return remembered
            self._vocabulary = Vocabulary(self._engine)
            found = self._find(node, asked)
            if self._engine.state() == state[0]:
                known.put(state, key, found)
                break
        return found

    def _find(self, node: Node | None, asked: SearchQuery) -> Found:
        ranking = self._ranking if asked.expand else self._ranking.leave_out(EXPANDING)
        compiled, found = self._ask(node, asked, ranking, relaxed=asked.match is Match.ANY)
        if found.page.total or asked.match is not Match.ALL or not compiled.can_relax:
            return found
        _, loose = self._ask(node, asked, ranking, relaxed=True)
        return replace(loose, relaxed=True) if loose.page.total else found

    def _ask(
        self, node: Node | None, asked: SearchQuery, ranking: Ranking, *, relaxed: bool
    ) -> tuple[Compiled, Found]:
        compiled = compile_query(node, relaxed=relaxed, ranking=ranking, vocabulary=self._vocabulary)
        preferred = self._preferring(asked, compiled.node or query.Nothing(), ranking)
        request = replace(self._request, node=preferred, sort=SORTS[asked.sort])
        if not self._may_learn(compiled, asked, ranking):
            page, ahead = self._page(replace(request, limit=asked.limit, offset=asked.offset), asked)
            return compiled, Found(compiled, request.node, page, compiled.expansions, ahead=ahead)
        first = self._engine.search(replace(request, limit=max(asked.limit, ranking.feedback.articles)))
        learned = self._learn(compiled, asked, first, ranking)
        if learned.by:
            request = replace(request, node=query.Promoted(request.node, learned.by))
        page = self._ordered(request, first, asked, again=bool(learned.by))
        expansions = (*compiled.expansions, *learned.expansions)
        return compiled, Found(compiled, request.node, page, expansions)

    def _preferring(self, asked: SearchQuery, node: query.Node, ranking: Ranking) -> query.Node:
        """The node, newer articles scored higher where that is asked for."""
        day = newest(self._engine, self._archive, asked.today) if asked.sort is Order.RECENT else None
        return node if day is None else query.Recent(node, day, ranking.half_life, ranking.recent)

    def _page(self, request: Request, asked: SearchQuery) -> tuple[Page, int]:
        """A page, and how many articles stand at the end because they are dated after today."""
        if request.sort is Sort.NEWEST:
            return newest_first(self._engine, request, asked.today)
        return self._engine.search(request), 0

    def _may_learn(self, compiled: Compiled, asked: SearchQuery, ranking: Ranking) -> bool:
        return (
            SORTS[asked.sort] is Sort.RELEVANCE
            and asked.limit > 0
            and ranking.has(Level.FEEDBACK)
            and 0 < len(compiled.words) <= ranking.feedback.longest
        )

    def _learn(self, compiled: Compiled, asked: SearchQuery, first: Page, ranking: Ranking) -> Learned:
        hits = first.hits[: ranking.feedback.articles]
        trusted = trust(hits, ranking.feedback)
        if not trusted:
            return Learned()
        articles, rows = recall(self._archive, [hit.id for hit in hits])
        scores = [hits[row].score for row in rows]
        return Learner(self._vocabulary, ranking).learn(asked.text, compiled.words, articles, scores, trusted)

    def _ordered(self, request: Request, first: Page, asked: SearchQuery, *, again: bool) -> Page:
        """The page asked for; in another order who was first before stays first.

        Args:
            request: what is asked, with what was learned.
            first: what came before anything was learned.
            asked: which page.
            again: whether something was learned.
        """
        last = asked.offset + asked.limit
        if again:
            hits = _kept_first(
                first.hits[0], self._engine.search(replace(request, limit=last, facets=())).hits
            )
            return replace(first, hits=hits[asked.offset : last])
        is_enough = len(first.hits) >= min(last, first.total)
        page = first if is_enough else self._engine.search(replace(request, limit=last))
        return replace(page, hits=page.hits[asked.offset : last])


def _kept_first(best: Hit, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits with one of them in front of all: what was learned orders the others and costs it nothing."""
    score = max([hit.score for hit in hits], default=best.score)
    others = tuple(hit for hit in hits if hit.id != best.id)
    return (Hit(best.id, score), *others)[: len(hits)]
