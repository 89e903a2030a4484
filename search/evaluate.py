"""Judged queries to relevance figures: the yardstick that every change of the ranking is held to.

The measures are ir-measures' (trec_eval's); topics and judgements come in TREC's forms.
"""

from __future__ import annotations

import gzip
import math
import statistics
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import ir_measures
from ir_measures import AP, RR, Judged, R, nDCG
from scipy.stats import permutation_test

from index.archive import Archive
from index.record import record
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

MOST_GRADE: Final = 2**31 - 1
"""What trec_eval can hold."""

RUN_NAME: Final = "arshif"

Run: TypeAlias = dict[str, dict[str, float]]
"""For each topic its documents and their scores."""

Figures: TypeAlias = dict[str, float]


@record
class Topic:
    """A query that was judged."""

    id: str
    text: str


@record
class Report:
    """What came of an evaluation.

    Attributes:
        figures: the mean of each measure over all topics that were judged.
        per_topic: the same for each topic.
    """

    figures: Figures
    per_topic: Mapping[str, Figures]


@record
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


def _is_name(text: str) -> bool:
    return text.split() == [text]


def _grade(text: str) -> int:
    grade = int(text)
    if abs(grade) > MOST_GRADE:
        raise ValueError(f"{grade} is too large")
    return grade


def _score(text: str) -> float:
    score = float(text)
    if not math.isfinite(score):
        raise ValueError(f"{score} is no score")
    return score


_QRELS_FORM: Final[Mapping[str, Callable[[str], Any]]] = {
    "topic": str,
    "0": str,
    "document": str,
    "grade": _grade,
}
_RUN_FORM: Final[Mapping[str, Callable[[str], Any]]] = {
    "topic": str,
    "Q0": str,
    "document": str,
    "rank": str,
    "score": _score,
    "name": str,
}


def read_topics(path: Path) -> list[Topic]:
    """Topics, one a line: id, tab, query.

    Raises:
        BadInputError: a line has no tab, or an id is empty, has a space or comes twice.
    """
    topics: dict[str, Topic] = {}
    for number, line in _lines(path):
        topic_id, tab, text = line.partition("\t")
        if not tab or topic_id in topics or not _is_name(topic_id):
            raise BadInputError(f"{path}, line {number}: expected a new topic's id, a tab and its query")
        topics[topic_id] = Topic(topic_id, text)
    return list(topics.values())


def read_qrels(path: Path) -> list[Any]:
    """Judgements in TREC's form: topic, 0, document, grade; may be gzipped.

    Raises:
        BadInputError: a line is of another form or judges a document again, or there is none.
    """
    qrels: dict[tuple[str, str], Any] = {}
    for number, (topic, iteration, document, grade) in _rows(path, _QRELS_FORM):
        if (topic, document) in qrels:
            raise BadInputError(f"{path}, line {number}: topic {topic} has a judgement of {document} already")
        qrels[topic, document] = ir_measures.Qrel(topic, document, grade, iteration)
    if not qrels:
        raise BadInputError(f"{path} has no judgements")
    return list(qrels.values())


def read_run(path: Path) -> Run:
    """A run in TREC's form: topic, Q0, document, rank, score, name; may be gzipped.

    Raises:
        BadInputError: a line is of another form.
    """
    run: Run = defaultdict(dict)
    for _, row in _rows(path, _RUN_FORM):
        topic, _, document, _, score, _ = row
        run[topic][document] = score
    return dict(run)


def write_run(path: Path, run: Run) -> None:
    """Write a run in TREC's form.

    Args:
        path: where to.
        run: for each topic its documents, best first.

    Raises:
        BadInputError: a document's name has a space, so that the run could not be read again.
    """
    for document in {document for scores in run.values() for document in scores}:
        if not _is_name(document):
            raise BadInputError(f"{path}: a run can't name {document!r}, which has a space; see --docids")
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
        BadInputError: a line has no tab, or a name comes twice or has a space.
    """
    articles: dict[str, str] = {}
    for number, line in _lines(path):
        name, tab, article = line.partition("\t")
        if not tab or name in articles or not _is_name(name):
            raise BadInputError(
                f"{path}, line {number}: expected a document's new name, a tab, and a URL or id"
            )
        articles[name] = article.split("\t")[0]
    names = {article: name for name, article in articles.items()}
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
        ranked = dict.fromkeys(document for document, _ in search(topic.text))
        run[topic.id] = {document: float(len(ranked) - rank) for rank, document in enumerate(ranked)}
    return run


def measure(run: Run, qrels: Sequence[Any]) -> Report:
    """The figures of a run. A topic without results counts as 0, one without judgements doesn't count."""
    topics = dict.fromkeys(qrel.query_id for qrel in qrels)
    scores: dict[str, Figures] = {topic: dict.fromkeys(MEASURES, 0.0) for topic in topics}
    names = {measure: name for name, measure in MEASURES.items()}
    found = {topic: documents for topic, documents in run.items() if documents}  # judged@10 divides by them
    for metric in ir_measures.iter_calc(list(names), qrels, found):
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
    if len(differences) == 1 or not any(differences):  # of one topic, both signs part as far
        return 1.0
    result = permutation_test(
        (differences,), statistics.fmean, permutation_type="samples", n_resamples=RESAMPLES, rng=0
    )
    return float(result.pvalue)


def _rows(path: Path, form: Mapping[str, Callable[[str], Any]]) -> Iterator[tuple[int, list[Any]]]:
    for number, line in _lines(path):
        try:
            values = [read(part) for read, part in zip(form.values(), line.split(), strict=True)]
        except ValueError as error:
            raise BadInputError(f"{path}, line {number}: expected {', '.join(form)} ({error})") from error
        yield number, values


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines that are not blank, with their numbers."""
    opened = gzip.open if path.suffix == ".gz" else open
    number = 0
    try:
        with opened(path, "rb") as file:
            for number, line in enumerate(file, 1):
                text = line.decode("utf-8-sig").rstrip("\r\n")  # some editors put a mark in front
                if text.strip():
                    yield number, text
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path}, line {number}: it is not UTF-8 ({error})") from error
    except (OSError, EOFError, zlib.error) as error:
        raise BadInputError(f"{path} can't be read after line {number}: {error}") from error
