"""A judged set on both engines: the same articles in the same order with the same scores."""

import gzip
import json
from itertools import islice

import pytest

from index.article import Article
from index.engines import ENGINE_NAMES
from index.library import Library
from search.evaluate import measure, read_qrels, read_topics, run_topics
from search.ranking import RANKING, Level
from search.results import Match
from search.service import ranked

TOPICS = 60
DEPTH = 100

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def questions(shared):
    return shared("relevance/questions")


@pytest.fixture(scope="module")
def libraries(tmp_path_factory, questions):
    """One of each engine, over the paragraphs that were judged."""
    with gzip.open(questions / "paragraphs.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    articles = [Article(row["id"], row["title"], row["body"]) for row in rows]
    opened = {}
    for name in ENGINE_NAMES:
        opened[name] = Library.open(tmp_path_factory.mktemp("judged") / name, create=True)
        opened[name].add(articles)
        opened[name].catch_up(engine_name=name)
    yield opened
    for library in opened.values():
        library.close()


@pytest.mark.parametrize("match", [Match.ANY, Match.ALL])
@pytest.mark.parametrize(
    "ranking", [RANKING, RANKING.leave_out(frozenset(Level))], ids=["all levels", "stems alone"]
)
def test_runs_are_the_same_to_the_last_digit(libraries, questions, ranking, match):
    topics = list(islice(read_topics(questions / "topics.tsv"), TOPICS))
    asked = {topic.id for topic in topics}
    qrels = [qrel for qrel in read_qrels(questions / "qrels.txt") if qrel.query_id in asked]
    runs = {
        name: run_topics(
            topics,
            lambda text, library=library: [
                (hit.id, hit.score) for hit in ranked(library, text, DEPTH, match, ranking)
            ],
        )
        for name, library in libraries.items()
    }
    first, *others = runs.values()
    assert others == [first] * (len(ENGINE_NAMES) - 1)
    assert [list(run.items()) for run in others[0].values()] == [list(run.items()) for run in first.values()]
    figures = measure(first, qrels).figures
    assert figures["MRR"] > 0.5
    assert all(figures == measure(run, qrels).figures for run in others)
