"""Hits to what is shown of them: their articles are read, and what matched in these is marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from index.archive import Archive
from index.article import Article
from index.engines.contract import Hit
from search.marking import Marker
from search.matching import Explainer
from search.results import ListedHit, ResultHit
from search.snippets import fragments, matched_forms, whole
from search.sought import Sought, in_body, in_title


class Reader:
    """Reads the articles of one search's hits; those that the archive has no more are left out.

    Args:
        archive: where the articles are.
        sought: what was looked for.
    """

    def __init__(self, archive: Archive, sought: Iterable[Sought]) -> None:
        sought = tuple(sought)
        self._archive: Final = archive
        self._typed: Final = [each.typed for each in sought]
        self._explainer: Final = Explainer(sought)
        title, body = in_title(sought), in_body(sought)
        self._in_title: Final = Marker(title)
        self._in_body: Final = self._in_title if body == title else Marker(body)

    def listed(self, hits: Iterable[Hit]) -> Iterator[ListedHit]:
        """What stands in a list of them."""
        for hit, article in self._articles(hits):
            yield ListedHit(
                id=article.id,
                score=hit.score,
                title=article.title,
                url=article.url,
                source=article.source,
                author=article.author,
                category=article.category,
                published=article.published,
                fragments=fragments(self._in_body.mark(article.body)),
            )

    def results(self, hits: Iterable[Hit]) -> Iterator[ResultHit]:
        """What is shown of each, with why it matched."""
        for hit, article in self._articles(hits):
            title, body = self._in_title.mark(article.title), self._in_body.mark(article.body)
            yield ResultHit(
                id=article.id,
                score=hit.score,
                title=article.title,
                url=article.url,
                source=article.source,
                author=article.author,
                category=article.category,
                published=article.published,
                title_parts=whole(title),
                fragments=fragments(body),
                matched=matched_forms(self._typed, title, body),
                why=self._explainer.why(title, body),
            )

    def _articles(self, hits: Iterable[Hit]) -> Iterator[tuple[Hit, Article]]:
        hits = tuple(hits)
        articles = self._archive.get_many(hit.id for hit in hits)
        return ((hit, articles[hit.id]) for hit in hits if hit.id in articles)
