"""Builds the three judged sets and prints one table, Lucene's run beside ours: run by `make relevance`.

The sets and the corpus stand beside the project in ../shared; the libraries are kept in var/relevance and
only caught up with, so that a second run measures at once.
"""

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from index.article import Article
from index.build import IndexOutdatedError
from index.library import Library
from index.readers import Record, read
from search.evaluate import (
    DEPTH,
    compare,
    document_names,
    measure,
    read_qrels,
    read_run,
    read_topics,
    run_topics,
)
from search.results import Match
from search.service import ranking

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
KEPT = ROOT / "var" / "relevance"
LEAST_WORDS = 20  # of a body that is to be found by its title
LUCENE = "Lucene 10"
UNFAIR = {("known-item", "recall@100")}  # that run is 20 deep
FIGURES = ("nDCG@10", "MAP", "recall@100", "MRR", "judged@10")


def news() -> Iterator[Article]:
    for item in read([SHARED / "corpora" / "saudinewsnet"]):
        if isinstance(item, Record):
            yield item.article


def bodies() -> Iterator[Article]:
    return (replace(article, title="") for article in news() if len(article.body.split()) >= LEAST_WORDS)


def paragraphs() -> Iterator[Article]:
    with gzip.open(
        SHARED / "relevance" / "questions" / "paragraphs.jsonl.gz", "rt", encoding="utf-8"
    ) as lines:
        for line in lines:
            row = json.loads(line)
            yield Article(row["id"], row["title"], row["body"])


@dataclass(frozen=True)
class JudgedSet:
    name: str
    articles: Callable[[], Iterator[Article]]
    named_by_number: bool


SETS = (
    JudgedSet("topics", news, named_by_number=True),
    JudgedSet("known-item", bodies, named_by_number=True),
    JudgedSet("questions", paragraphs, named_by_number=False),
)


def fill(library: Library, articles: Iterator[Article]) -> None:
    while batch := list(islice(articles, 500)):
        library.add(batch)
    try:
        library.catch_up()
    except IndexOutdatedError:
        library.reindex()


def rows(judged: JudgedSet, limit: int | None) -> Iterator[tuple[str, dict[str, float], float, str]]:
    folder = SHARED / "relevance" / judged.name
    topics, qrels = read_topics(folder / "topics.tsv")[:limit], read_qrels(folder / "qrels.txt")
    kept = {topic.id for topic in topics}
    qrels = [qrel for qrel in qrels if qrel.query_id in kept]
    with Library.open(KEPT / judged.name, create=True) as library:
        fill(library, judged.articles())
        docids = SHARED / "relevance" / "docids.tsv.gz"
        names = document_names(docids, library.archive) if judged.named_by_number else {}
        started = time.perf_counter()
        run = run_topics(
            topics,
            lambda text: [
                (names.get(hit.id, hit.id), hit.score) for hit in ranking(library, text, DEPTH, Match.ANY)
            ],
        )
        milliseconds = 1000 * (time.perf_counter() - started) / len(topics)
    ours, theirs = measure(run, qrels), measure(read_run(folder / "lucene-10.run.gz"), qrels)
    significance = compare(ours, theirs, "nDCG@10").p
    yield LUCENE, theirs.figures, 0.0, ""
    yield "Arshif", ours.figures, milliseconds, f"p = {significance:.3f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, help="only the first topics of each set")
    limit = parser.parse_args().limit
    if not SHARED.exists():
        print(f"skipped: the judged sets are not there ({SHARED})")
        return 0
    print("| set | engine | " + " | ".join(FIGURES) + " | ms a query | against Lucene, nDCG@10 |")
    print("| --- " * (len(FIGURES) + 4) + "|")
    for judged in SETS:
        for engine, figures, milliseconds, told in rows(judged, limit):
            shown = " | ".join(
                "-" if engine == LUCENE and (judged.name, name) in UNFAIR else f"{figures[name]:.4f}"
                for name in FIGURES
            )
            print(f"| {judged.name} | {engine} | {shown} | {milliseconds:.1f} | {told} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
