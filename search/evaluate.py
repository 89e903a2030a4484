"""Judged queries to relevance figures: the yardstick that every change of the ranking is held to.

The measures are ir-measures' (trec_eval's); topics and judgements come in TREC's forms.
"""

from __future__ import annotations

import gzip
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import ir_measures
from ir_measures import AP, RR, Judged, R, nDCG
from scipy.stats import permutation_test

from index.archive import Archive
from search.results import BadInputError

MEASURES: Final = {
    "MRR": RR,
    "nDCG@10": nDCG @ 10,
    "MAP": AP,
    "recall@100": R @ 100,
    "judged@10": Judged @ 10,
}
"""The figures, in the order they are shown."""

DEPTH: Final = 1000
"""Hits that are asked for, as TREC does."""

RESAMPLES: Final = 9999
"""Random sign changes of the paired differences in a significance test."""

RUN_NAME: Final = "arshif"

Run: TypeAlias = dict[str, dict[str, float]]
"""For each topic its documents and their scores."""

Figures: TypeAlias = dict[str, float]


@dataclass(frozen=True, slots=True)
class Topic:
    """A query that was judged."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """What came of an evaluation.

    Attributes:
        figures: the mean of each measure over all topics that were judged.
        per_topic: the same for each topic.
    """

    figures: Figures
    per_topic: Mapping[str, Figures]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run beside another, for one measure.

    Attributes:
        ours, theirs: the means.
        p: of the two-sided paired permutation test: how often chance alone would part them as far.
        differences: for each topic ours less theirs, best first.
    """

    measure: str
    ours: float
    theirs: float
    p: float
    differences: tuple[tuple[str, float], ...]


def read_topics(path: Path) -> list[Topic]:
    """Topics, one a line: id, tab, query.

    Raises:
        BadInputError: a line has no tab, or an id comes twice.
    """
    topics: dict[str, Topic] = {}
    for number, line in enumerate(_lines(path), 1):
        topic_id, tab, text = line.partition("\t")
        if not tab or topic_id in topics:
            raise BadInputError(f"{path}, line {number}: expected a new topic's id, a tab and its query")
        topics[topic_id] = Topic(topic_id, text)
    return list(topics.values())


def read_qrels(path: Path) -> list[Any]:
    """Judgements in TREC's form: topic, 0, document, grade.

    Raises:
        BadInputError: a line is of another form.
    """
    try:
        return list(ir_measures.read_trec_qrels(str(path)))
    except (ValueError, OSError) as error:
        raise BadInputError(f"{path}: expected lines of topic, 0, document, grade ({error})") from error


def read_run(path: Path) -> Run:
    """A run in TREC's form: topic, Q0, document, rank, score, name; may be gzipped.

    Raises:
        BadInputError: a line is of another form.
    """
    run: Run = defaultdict(dict)
    try:
        for scored in ir_measures.read_trec_run(str(path)):
            run[scored.query_id][scored.doc_id] = scored.score
    except (ValueError, OSError) as error:
        raise BadInputError(
            f"{path}: expected lines of topic, Q0, document, rank, score, name ({error})"
        ) from error
    return dict(run)


def write_run(path: Path, run: Run) -> None:
    """Write a run in TREC's form."""
    with path.open("w", encoding="utf-8") as file:
        for topic, scores in run.items():
            for rank, (document, score) in enumerate(scores.items(), 1):
                file.write(f"{topic} Q0 {document} {rank} {score:.6f} {RUN_NAME}\n")


def document_names(path: Path, archive: Archive) -> dict[str, str]:
    """Names of documents in judgements for the ids of articles.

    Args:
        path: lines of name, tab, and the URL or id of the article; may be gzipped.
        archive: the articles.

    Returns:
        For each id in the archive its name; articles that the file doesn't name are left out.

    Raises:
        BadInputError: a line has no tab.
    """
    names = {}
    for number, line in enumerate(_lines(path), 1):
        name, tab, article = line.partition("\t")
        if not tab:
            raise BadInputError(f"{path}, line {number}: expected a document's name, a tab, and a URL or id")
        names[article.split("\t")[0]] = name
    return {
        article.id: names[key]
        for article in archive.articles()
        for key in (article.id, article.url)
        if key in names
    }


def run_topics(topics: Iterable[Topic], search: Callable[[str], Sequence[tuple[str, float]]]) -> Run:
    """The run of a search over topics: documents in order, scores made to fall so that ties stay in order."""
    run: Run = {}
    for topic in topics:
        ranked = search(topic.text)
        run[topic.id] = {document: float(len(ranked) - rank) for rank, (document, _) in enumerate(ranked)}
    return run


def measure(run: Run, qrels: Sequence[Any]) -> Report:
    """The figures of a run. A topic without results counts as 0, one without judgements doesn't count."""
    topics = dict.fromkeys(qrel.query_id for qrel in qrels)
    scores: dict[str, Figures] = {topic: dict.fromkeys(MEASURES, 0.0) for topic in topics}
    names = {measure: name for name, measure in MEASURES.items()}
    for metric in ir_measures.iter_calc(list(names), qrels, run):
        scores[metric.query_id][names[metric.measure]] = metric.value
    means = {name: statistics.fmean(each[name] for each in scores.values()) for name in MEASURES}
    return Report(means, scores)


def compare(ours: Report, theirs: Report, name: str) -> Comparison:
    """Two reports over the same topics, topic by topic."""
    differences = {
        topic: figures[name] - theirs.per_topic[topic][name] for topic, figures in ours.per_topic.items()
    }
    return Comparison(
        name,
        ours.figures[name],
        theirs.figures[name],
        _significance(list(differences.values())),
        tuple(sorted(differences.items(), key=lambda item: (-item[1], item[0]))),
    )


def _significance(differences: Sequence[float]) -> float:
    """Source: Smucker, Allan and Carterette, A Comparison of Statistical Significance Tests for IR, 2007."""
    if not any(differences):
        return 1.0
    result = permutation_test(
        (differences,), statistics.fmean, permutation_type="samples", n_resamples=RESAMPLES, rng=0
    )
    return float(result.pvalue)


def _lines(path: Path) -> list[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as file:
            return [line.rstrip("\n") for line in file if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"{path} can't be read: {error}") from error
