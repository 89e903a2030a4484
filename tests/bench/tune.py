"""Tries other numbers for the ranking on the judged sets: `make tune`.

One number is changed at a time and the best is kept (coordinate ascent), by the mean of the sets' measures.
Then the honest figure: topics are dealt into five folds; for each fold the numbers are chosen on the other
four among all that were tried, and measured on it. It prints what it would choose; search/ranking.py is
changed by hand.
"""

import argparse
import statistics
import sys
from collections import defaultdict
from random import Random

from judged import SETS, SHARED

from index.record import names, replace
from search.evaluate import measure
from search.ranking import RANKING, Ranking

GRID = {
    "k1": (1.2, 1.4, 1.6),
    "b": (0.65, 0.7, 0.75),
    "title": (3.0, 4.0, 5.0),
    "lead": (2.0, 3.0, 4.0),
    "form": (0.2, 0.3, 0.4),
    "form_full": (5, 6, 8),
    "root": (0.4, 0.5, 0.6),
    "order": (0.1, 0.2, 0.3),
    "all_words": (0.0001, 0.02, 0.04),
    "feedback.weight": (0.3, 0.5, 0.7),
    "feedback.articles": (5, 10, 15),
    "feedback.words": (8, 12, 20),
    "feedback.shared": (3, 4, 5),
}
FOLDS = 5
DEPTH = 200


class Trials:
    """Every ranking that was tried, with the figures of every topic."""

    def __init__(self, sample: int) -> None:
        self.tried: dict[str, tuple[Ranking, dict[tuple[str, str], float]]] = {}
        self.topics = {}
        for judged in SETS:
            topics = sorted(judged.topics, key=lambda topic: topic.id)
            Random(1).shuffle(topics)
            self.topics[judged.name] = topics[:sample]

    def scores(self, ranking: Ranking) -> dict[tuple[str, str], float]:
        """For each set and topic the mean of the set's measures."""
        key = repr(ranking)
        if key not in self.tried:
            found = {}
            for judged in SETS:
                topics = self.topics[judged.name]
                kept = {topic.id for topic in topics}
                qrels = [qrel for qrel in judged.qrels if qrel.query_id in kept]
                per_topic = measure(judged.run(topics, ranking, DEPTH), qrels).per_topic
                for topic, figures in per_topic.items():
                    found[judged.name, topic] = statistics.fmean(figures[name] for name in judged.measures)
            self.tried[key] = (ranking, found)
        return self.tried[key][1]


def by_set(scores: dict[tuple[str, str], float]) -> dict[str, float]:
    sets = defaultdict(list)
    for (name, _), score in scores.items():
        sets[name].append(score)
    return {name: statistics.fmean(values) for name, values in sets.items()}


def goal(scores: dict[tuple[str, str], float]) -> float:
    return statistics.fmean(by_set(scores).values())


def changed(ranking: Ranking, name: str, value: float) -> Ranking:
    outer, _, inner = name.partition(".")
    if inner:
        return replace(ranking, feedback=replace(ranking.feedback, **{inner: value}))
    return replace(ranking, **{outer: value})


def ascend(trials: Trials, rounds: int) -> Ranking:
    best = RANKING
    for _ in range(rounds):
        before = best
        for name, values in GRID.items():
            for value in values:
                ranking = changed(best, name, value)
                scores = trials.scores(ranking)
                if goal(scores) > goal(trials.scores(best)):
                    best = ranking
                shown = " ".join(f"{each} {score:.4f}" for each, score in by_set(scores).items())
                print(f"{name} = {value}: {goal(scores):.5f}  {shown}", flush=True)
        if best == before:
            break
    return best


def cross_validated(trials: Trials) -> dict[str, float]:
    """For each set the mean over topics, each measured by numbers that were chosen without it."""
    held_out = {}
    keys = sorted(trials.scores(RANKING))
    Random(2).shuffle(keys)
    for fold in range(FOLDS):
        out = set(keys[fold::FOLDS])

        def without(scores, out=out):
            return goal({key: score for key, score in scores.items() if key not in out})

        _, scores = max(trials.tried.values(), key=lambda trial: without(trial[1]))
        held_out.update({key: scores[key] for key in out})
    return by_set(held_out)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=400, help="topics of each set (default: 400)")
    parser.add_argument("--rounds", type=int, default=2, help="times that all numbers are tried (default: 2)")
    asked = parser.parse_args()
    if not SHARED.exists():
        print(f"skipped: the judged sets are not there ({SHARED})")
        return 0
    trials = Trials(asked.sample)
    best = ascend(trials, asked.rounds)
    print("\nwould choose:")
    for name in names(Ranking):
        if getattr(best, name) != getattr(RANKING, name):
            print(f"  {name} = {getattr(best, name)} instead of {getattr(RANKING, name)}")
    print("\n| set | as it is | tuned | five-fold cross-validated |\n| --- | --- | --- | --- |")
    crossed = cross_validated(trials)
    for name, score in by_set(trials.scores(RANKING)).items():
        tuned = by_set(trials.scores(best))[name]
        print(f"| {name} | {score:.4f} | {tuned:.4f} | {crossed[name]:.4f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
