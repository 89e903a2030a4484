"""Prints one table of the judged sets, Lucene's run beside ours, and one of what each level brings.

Run by `make relevance`; `--ablation` for the second table, `--limit N` for only the first topics of each set.
`--engine` says over which index, `both` over that of each, and whether the runs are the same to the last
digit. `--save FILE` keeps the figures, `--against FILE` says of each that differs from those kept there in
the third decimal: with either, what differs is exit code 1.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from judged import SETS, SHARED, JudgedSet

from index.build import DEFAULT_ENGINE
from index.engines import ENGINE_NAMES
from search.evaluate import Run, compare, measure
from search.ranking import RANKING, Level, Ranking

LUCENE = "Lucene 10"
UNFAIR = {("known-item", "recall@100")}  # that run is 20 deep
FIGURES = ("nDCG@10", "MAP", "recall@100", "MRR", "judged@10")


def table(engines: Sequence[str], limit: int | None) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Print it; the figures of each set, and the sets in which engines differ."""
    kept, differ = {}, []
    print("| set | engine | " + " | ".join(FIGURES) + " | ms a query | against Lucene, nDCG@10 |")
    print("| --- " * (len(FIGURES) + 4) + "|")
    for judged in SETS:
        topics, qrels = part(judged, limit)
        theirs = measure(judged.lucene, qrels) if judged.lucene else None
        if theirs:
            print(row(judged, LUCENE, theirs.figures, "-", ""))
        runs = []
        for engine in engines:
            of_engine = replace(judged, engine=engine)
            runs.append(timed(of_engine, topics))
            ours = measure(runs[-1][0], qrels)
            told = f"p = {compare(ours, theirs, 'nDCG@10').p:.3f}" if theirs else ""
            name = "Arshif" if engine == DEFAULT_ENGINE else f"Arshif with {engine}"
            print(row(judged, name, ours.figures, f"{runs[-1][1]:.1f}", told), flush=True)
            kept[judged.name] = ours.figures
        if any(run != runs[0][0] for run, _ in runs):
            differ.append(judged.name)
    return kept, differ


def differences(figures: dict[str, dict[str, float]], others: dict[str, dict[str, float]]) -> Iterator[str]:
    """What differs in the third decimal; other sets and measures than those that were kept are not told."""
    for name in figures.keys() & others.keys():
        for measured, value in figures[name].items():
            other = others[name].get(measured, value)
            if round(value, 3) != round(other, 3):
                yield f"{name}, {measured}: {value:.4f}, and {other:.4f} before"


def part(judged: JudgedSet, limit: int | None):
    topics = judged.topics[:limit]
    kept = {topic.id for topic in topics}
    return topics, [qrel for qrel in judged.qrels if qrel.query_id in kept]


def timed(judged: JudgedSet, topics, ranking: Ranking = RANKING) -> tuple[Run, float]:
    """A run, and how many milliseconds a query took."""
    _ = judged.names
    started = time.perf_counter()
    run = judged.run(topics, ranking)
    return run, 1000 * (time.perf_counter() - started) / len(topics)


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
            run, _ = timed(judged, topics, RANKING.leave_out(levels))
            figures[judged.name] = measure(run, qrels).figures
        name = "nothing" if not levels else "all of them" if len(levels) > 1 else next(iter(levels))
        cells = " | ".join(f"{figures[judged.name][measure]:.4f}" for judged, measure in columns)
        print(f"| {name} | {cells} |", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, help="only the first topics of each set")
    parser.add_argument("--ablation", action="store_true", help="what each level brings, instead")
    parser.add_argument("--engine", choices=(*ENGINE_NAMES, "both"), default=DEFAULT_ENGINE)
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep the figures")
    parser.add_argument("--against", type=Path, metavar="FILE", help="figures that were kept")
    asked = parser.parse_args()
    if not SHARED.exists():
        print(f"skipped: the judged sets are not there ({SHARED})")
        return 0
    if asked.ablation:
        ablation(asked.limit)
        return 0
    engines = ENGINE_NAMES if asked.engine == "both" else [asked.engine]
    figures, differ = table(engines, asked.limit)
    if asked.save:
        asked.save.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    told = [f"the engines' runs differ: {name}" for name in differ]
    if asked.against:
        told += differences(figures, json.loads(asked.against.read_text(encoding="utf-8")))
    print("\n".join(told) or "No differences." * bool(asked.against or len(engines) > 1))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
