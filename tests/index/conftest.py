"""What tests of loading share; and where kills fell, which is said at the end."""

from collections import Counter
from itertools import accumulate, pairwise

import pytest

from index.engines.contract import Document


@pytest.fixture(scope="session")
def one_by_one():
    """Takes documents that stand by columns apart again, in order."""
    return _one_by_one


def _one_by_one(documents):
    texts = {name: list(_texts(text, documents.vocabulary)) for name, text in documents.texts.items()}
    return [
        Document(
            document_id,
            {name: of_each[place] for name, of_each in texts.items() if of_each[place]},
            {name: column[place] for name, column in documents.keywords.items() if column[place]},
            documents.published[place],
        )
        for place, document_id in enumerate(documents.ids)
    ]


def _texts(text, vocabulary):
    terms = [vocabulary[number] for number in text.terms.tolist()]
    assert text.counts.sum() == len(terms)
    for start, end in pairwise(accumulate(text.counts.tolist(), initial=0)):
        yield terms[start:end]


def pytest_terminal_summary(terminalreporter):
    kills = [
        tuple(value)
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == "kill"
    ]
    if not kills:
        return
    terminalreporter.section(f"{len(kills)} kills")
    counts = Counter(kills)
    for scenario, engine in dict.fromkeys(kill[:2] for kill in kills):
        mine = {kill[2:]: count for kill, count in counts.items() if kill[:2] == (scenario, engine)}
        kinds, places = Counter(), Counter()
        for (kind, place), count in mine.items():
            kinds[kind] += count
            places[place] += count
        terminalreporter.write_line(f"{scenario}, {engine}: {_said(kinds)}; {_said(places)}")


def _said(counts):
    return ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
