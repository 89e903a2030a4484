from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from index.readers import Problem, Record, Severity, read


@pytest.mark.corpus
def test_every_record_of_saudinewsnet_is_accounted_for(shared):
    found = list(read([shared("corpora/saudinewsnet")]))
    articles = [item.article for item in found if isinstance(item, Record)]
    problems = [item for item in found if isinstance(item, Problem)]
    assert 31_030 == len(articles) + sum(problem.severity is Severity.REJECTED for problem in problems)
    assert {"no body: it is empty": 354} == Counter(
        p.reason for p in problems if p.severity is Severity.REJECTED
    )
    assert [("README.md", Severity.SKIPPED)] == [
        (Path(p.file).name, p.severity) for p in problems if p.severity is not Severity.REJECTED
    ]
    assert 30_676 == len({article.id for article in articles})
    assert 14 == len({article.source for article in articles})
    assert ("2015-07-21", "2015-08-11") == (min(a.day for a in articles), max(a.day for a in articles))
    assert all(len("2015-07-21T02:33:01") == len(article.published) for article in articles)
    assert [] == [a.id for a in articles if "\r" in a.body or "\0" in a.body or "\n" in a.title]
