"""Every node of an engine's query as a line that can be read."""

from datetime import date

import pytest

from index.engines.query import (
    And,
    Best,
    Boosted,
    Combined,
    DateRange,
    Everything,
    Keyword,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Promoted,
    Recent,
    Term,
)
from search.explain import outline

NEWS = Term("body", "خبر")
BODY = (("body", 1.0),)


@pytest.mark.parametrize(
    ("node", "lines"),
    [
        (NEWS, ["body: خبر"]),
        (Boosted(NEWS, 0.5), ["×0.5 body: خبر"]),
        (
            Recent(NEWS, date(2019, 2, 17), 30.0, 0.25),
            ["up to 1.25 times for the newest: half of it 30 days before 2019-02-17", "  body: خبر"],
        ),
        (Phrase("title", ("قوات", "سوريا"), (0, 1)), ['title: "قوات سوريا"']),
        (Phrase("title", ("قوات", "سوريا"), (0, 2)), ['title: "قوات _ سوريا"']),
        (Keyword("source", "الشرق"), ["source = الشرق"]),
        (DateRange(date(2019, 1, 1), None), ["published from 2019-01-01 to the last"]),
        (DateRange(None, date(2019, 1, 1)), ["published from the first to 2019-01-01"]),
        (And((NEWS, Not(NEWS))), ["all of", "  body: خبر", "  not", "    body: خبر"]),
        (Boosted(Or((NEWS, Everything())), 2), ["×2 any of", "  body: خبر", "  everything"]),
        (Combined(("خبر",), BODY, (("نبا", 0.5),)), ["body ×1: خبر | نبا ×0.5"]),
        (Near(("خبر",), ("حرب", "سلم"), BODY, 3, 1), ["body ×1: خبر near حرب | سلم (3 after, 1 before)"]),
        (Promoted(NEWS, (Nothing(),)), ["the first, promoted by", "  body: خبر", "  nothing"]),
        (Best((NEWS, Nothing()), 0.1), ["the best of, and 0.1 of the others", "  body: خبر", "  nothing"]),
    ],
)
def test_a_node_is_outlined(node, lines):
    assert lines == list(outline(node))
