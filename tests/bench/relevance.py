"""Prints one table of the judged sets, Lucene's run beside ours, and one of what each level brings.

Run by `make relevance`; `--ablation` for the second table, `--limit N` for only the first topics of each set.
"""

import argparse
import sys
import time

from judged import SETS, SHARED, JudgedSet

from search.evaluate import compare, measure
from search.ranking import RANKING, Level, Ranking

LUCENE = "Lucene 10"
UNFAIR = {("known-item", "recall@100")}  # that run is 20 deep
FIGURES = ("nDCG@10", "MAP", "recall@100", "MRR", "judged@10")


def table(limit: int | None) -> None:
    print("| set | engine | " + " | ".join(FIGURES) + " | ms a query | against Lucene, nDCG@10 |")
    print("| --- " * (len(FIGURES) + 4) + "|")
    for judged in SETS:
        topics, qrels = part(judged, limit)
        ours, milliseconds = report(judged, topics, qrels)
        told = ""
        if judged.lucene:
            theirs = measure(judged.lucene, qrels)
            told = f"p = {compare(ours, theirs, 'nDCG@10').p:.3f}"
            print(row(judged, LUCENE, theirs.figures, "-", ""))
        print(row(judged, "Arshif", ours.figures, f"{milliseconds:.1f}", told), flush=True)


def part(judged: JudgedSet, limit: int | None):
    topics = judged.topics[:limit]
    kept = {topic.id for topic in topics}
    return topics, [qrel for qrel in judged.qrels if qrel.query_id in kept]


def report(judged: JudgedSet, topics, qrels, ranking: Ranking = RANKING):
    _ = judged.names
    started = time.perf_counter()
    run = judged.run(topics, ranking)
    return measure(run, qrels), 1000 * (time.perf_counter() - started) / len(topics)


def row(judged: JudgedSet, engine: str, figures, milliseconds: str, told: str) -> str:
    shown = " | ".join(
        "-" if engine == LUCENE and (judged.name, name) in UNFAIR else f"{figures[name]:.4f}"
        for name in FIGURES
    )
    return f"| {judged.name} | {engine} | {shown} | {milliseconds} | {told} |"


def ablation(limit: int | None) -> None:
    """For each set its figures, and what is lost without each level."""
    columns = [(judged, name) for judged in SETS for name in judged.measures]
    print("| without | " + " | ".join(f"{judged.name} {name}" for judged, name in columns) + " |")
    print("| --- " * (len(columns) + 1) + "|")
    for levels in (frozenset(), *(frozenset({level}) for level in Level), frozenset(Level)):
        figures = {}
        for judged in SETS:
            topics, qrels = part(judged, limit)
            figures[judged.name] = report(judged, topics, qrels, RANKING.leave_out(levels))[0].figures
        name = "nothing" if not levels else "all of them" if len(levels) > 1 else next(iter(levels))
        cells = " | ".join(f"{figures[judged.name][measure]:.4f}" for judged, measure in columns)
        print(f"| {name} | {cells} |", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, help="only the first topics of each set")
    parser.add_argument("--ablation", action="store_true", help="what each level brings, instead")
    asked = parser.parse_args()
    if not SHARED.exists():
        print(f"skipped: the judged sets are not there ({SHARED})")
        return 0
    (ablation if asked.ablation else table)(asked.limit)
    return 0


if __name__ == "__main__":
    sys.exit(main())
