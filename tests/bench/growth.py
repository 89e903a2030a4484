"""How loading and queries grow with the archive: the same measures at 31,000, 310,000 and a million articles.

Run by `make growth`; SIZES and ENGINES choose. Larger archives are made of the corpus: an article has the
title, the source, the day and the number of sentences of a real one, and its sentences are drawn from all
articles, so that words are as frequent, and texts as long, as in news. Queries are words of real titles, each
new to an index that is in use. Libraries are kept in var/bench/growth.
"""

import argparse
import json
import re
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import islice
from random import Random

from judged import ROOT, SHARED, news
from speed_queries import queries
from speed_report import percentile
from speed_system import Kind, Meter, bytes_in

from index.article import Article
from index.library import Library
from index.record import replace
from search.find import Finder
from search.parse import parse
from search.ranking import RANKING, Level
from search.results import Match, SearchQuery

KEPT = ROOT / "var" / "bench" / "growth"
SIZES = (31_000, 310_000, 1_000_000)
ENGINES = ("whoosh", "tantivy")
RANKINGS = {"stems alone": RANKING.leave_out(frozenset(Level)), "all levels": RANKING}
WAYS = {"all words": (Kind.ALL, Match.ALL), "any word": (Kind.ANY, Match.ANY)}
EACH = 20
BATCH = 5_000
SEED = 11
SENTENCE = re.compile(r"[^.\n؟!]+[.\n؟!]*\s*")


def articles(size: int) -> Iterator[Article]:
    """The corpus, and after it articles recombined from it; always the same."""
    real = list(news())
    yield from real[:size]
    chance = Random(SEED)
    texts = [SENTENCE.findall(article.body) or [article.body] for article in real]
    sentences = [sentence for text in texts for sentence in text]
    for number in range(size - len(real)):
        model = chance.randrange(len(real))
        body = "".join(chance.choices(sentences, k=len(texts[model])))
        yield replace(real[model], id=f"growth-{number}", url=None, body=body)


def built(engine: str, size: int) -> dict:
    """A library of so many articles; what its index cost, if it had to be made."""
    folder = KEPT / f"{engine}-{size}"
    record = folder / "cost.json"
    if record.exists():
        return json.loads(record.read_text())
    with Library.open(folder, create=True) as library:
        found = articles(size)
        while batch := list(islice(found, BATCH)):
            library.add(batch)
        with Meter() as meter:
            library.reindex(engine_name=engine)
    cost = vars(meter.cost) | {"bytes": bytes_in(folder / "index"), "articles": size}
    record.write_text(json.dumps(cost))
    return cost


def asked(engine: str, size: int, ranking, way: str, texts) -> list[float]:
    """Milliseconds of processor for each query, the index opened anew and warmed by other queries."""
    match = WAYS[way][1]
    took = []
    with Library.open(KEPT / f"{engine}-{size}") as library:
        for number, text in enumerate(texts):
            started = time.thread_time()
            with library.searching() as opened:
                finder = Finder(opened, library.archive, ranking)
                _ = finder.find(parse(text).node, SearchQuery(text, 10, match=match)).page
            if number >= len(texts) // 2:
                took.append(1000 * (time.thread_time() - started))
    return took


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not SHARED.exists():
        print(f"skipped: the corpus is not there ({SHARED})")
        return 0
    sample = queries(list(news()), EACH)
    columns = [f"{ranking}, {way}" for ranking in RANKINGS for way in WAYS]
    print("| articles | engine | articles a second, on the wall | MB of index | MB at its peak | "
          + " | ".join(f"{column}: p50 / p99, ms" for column in columns) + " |")  # fmt: skip
    print("| --- " * (len(columns) + 5) + "|")
    for size in options.sizes:
        for engine in options.engines:
            cost = built(engine, size)
            cells = []
            for ranking in RANKINGS.values():
                for way, (kind, _) in WAYS.items():
                    texts = [each.text for part in (sample.warming, sample.measured) for each in part
                             if each.kind is kind]  # fmt: skip
                    rounds = [asked(engine, size, ranking, way, texts) for _ in range(options.rounds)]
                    figures = [statistics.median(percentile(each, at) for each in rounds) for at in (50, 99)]
                    cells.append(" / ".join(f"{figure:.1f}" for figure in figures))
            rate, megabytes, peak = size / cost["wall"], cost["bytes"] / 2**20, cost["memory"] / 2**20
            print(f"| {size:,} | {engine} | {rate:,.0f} | {megabytes:,.0f} | {peak:,.0f} | "
                  + " | ".join(cells) + " |", flush=True)  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
