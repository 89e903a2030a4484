"""The judged sets: where they are, their articles in a library, and a ranking's run over them.

Three stand beside the project in ../shared; the fourth is ours, in more-topics/: 24 queries as people type
them over the same newspapers, graded 0-1-2 by reading, which nothing was tuned to before it was judged.
The libraries are kept in var/relevance and only caught up with, so that a second run measures at once.
"""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from index.article import Article
from index.build import DEFAULT_ENGINE
from index.built import IndexOutdatedError
from index.library import Library
from index.readers import Record, read
from index.record import replace
from search.evaluate import DEPTH, Run, document_names, read_qrels, read_run, read_topics, run_topics
from search.ranking import RANKING, Ranking
from search.results import Match
from search.service import ranked

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
KEPT = ROOT / "var" / "relevance"
OURS = Path(__file__).with_name("more-topics")
LEAST_WORDS = 20  # of a body that is to be found by its title


def news() -> Iterator[Article]:
    for item in read([SHARED / "corpora" / "saudinewsnet"]):
        if isinstance(item, Record):
            yield item.article


def bodies() -> Iterator[Article]:
    return (replace(article, title="") for article in news() if len(article.body.split()) >= LEAST_WORDS)


def paragraphs() -> Iterator[Article]:
    path = SHARED / "relevance" / "questions" / "paragraphs.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Article(row["id"], row["title"], row["body"])


@dataclass
class JudgedSet:
    """A set of topics, and the library of the articles that were judged.

    Attributes:
        name: of the set.
        library_name: of the folder in var/relevance, which sets may share.
        articles: what is in it.
        by_number: the judgements name articles as docids.tsv.gz does.
        measures: what the set is tuned by.
        engine: that of the library; each has a folder of its own.
    """

    name: str
    library_name: str
    articles: Callable[[], Iterator[Article]]
    by_number: bool
    measures: tuple[str, ...]
    engine: str = DEFAULT_ENGINE

    @property
    def folder(self) -> Path:
        return OURS if self.name == "more-topics" else SHARED / "relevance" / self.name

    @cached_property
    def topics(self):
        return read_topics(self.folder / "topics.tsv")

    @cached_property
    def qrels(self):
        return read_qrels(self.folder / "qrels.txt")

    @property
    def lucene(self) -> Run | None:
        path = self.folder / "lucene-10.run.gz"
        return read_run(path) if path.exists() else None

    @cached_property
    def library(self) -> Library:
        of_engine = "" if self.engine == DEFAULT_ENGINE else f"-{self.engine}"
        library = Library.open(KEPT / (self.library_name + of_engine), create=True)
        articles = self.articles()
        while batch := list(islice(articles, 500)):
            library.add(batch)
        try:
            library.catch_up(engine_name=self.engine)
        except IndexOutdatedError:
            library.reindex(engine_name=self.engine)
        return library

    @cached_property
    def names(self) -> dict[str, str]:
        docids = SHARED / "relevance" / "docids.tsv.gz"
        return document_names(docids, self.library.archive) if self.by_number else {}

    def run(self, topics, ranking: Ranking = RANKING, depth: int = DEPTH) -> Run:
        def search(text: str) -> list[tuple[str, float]]:
            hits = ranked(self.library, text, depth, Match.ANY, ranking)
            return [(self.names.get(hit.id, hit.id), hit.score) for hit in hits]

        return run_topics(topics, search)


SETS = (
    JudgedSet("topics", "topics", news, by_number=True, measures=("nDCG@10", "MAP", "recall@100")),
    JudgedSet("more-topics", "topics", news, by_number=True, measures=("nDCG@10", "MAP", "recall@100")),
    JudgedSet("known-item", "known-item", bodies, by_number=True, measures=("MRR",)),
    JudgedSet("questions", "questions", paragraphs, by_number=False, measures=("MRR",)),
)
