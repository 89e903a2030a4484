"""What stands after the question mark of a page can be asked of every file of the same search."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.results import Match, Order
from search.timeline import Unit
from web import create_app
from web.asked import Asked
from web.links import search_url
from web.parameters import PAGE_PARAMETERS

FILES = [
    *("/export.csv", "/export.jsonl", "/timeline.csv", "/feed.atom", "/feed.json"),
    *("/concordance.csv", "/concordance.jsonl", "/compare.csv", "/compare.svg", "/api/search"),
]
DAYS = st.none() | st.dates(date(1800, 1, 1), date(2100, 1, 1))
NAMES = st.lists(st.sampled_from(["صحيفة الفجر", "وكالة المدى", "Daily Levant", "لا أحد"]), unique=True).map(
    tuple
)


@st.composite
def searches(draw):
    first, last = sorted([draw(DAYS), draw(DAYS)], key=lambda day: day or date.min)
    return Asked(
        draw(st.sampled_from(["مجلس", "سوريا أو لبنان", '"مجلس حلب" -صحافة', "العنوان:مجلس"])),
        page=draw(st.integers(1, 10**6)),
        sort=draw(st.sampled_from(Order)),
        sources=draw(NAMES),
        authors=draw(NAMES),
        categories=draw(NAMES),
        first=first,
        last=last,
        match=draw(st.sampled_from(Match)),
        expand=draw(st.booleans()),
        unit=draw(st.none() | st.sampled_from(Unit)),
        share=draw(st.booleans()),
    )


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("lang", [None, "en"])
def test_every_file_takes_the_permalink_of_a_page(library, path, lang):
    app = create_app({"LIBRARY": library})
    client = app.test_client()

    @settings(max_examples=15, deadline=None)
    @given(searches())
    def ask(asked):
        with app.test_request_context("/" + (f"?lang={lang}" if lang else "")):
            permalink = search_url(asked)
        query = permalink.partition("?")[2] + ("&q=خبر" if path.startswith("/compare.") else "")
        answer = client.get(f"{path}?{query}")
        assert 200 == answer.status_code, answer.text

    ask()


def body(client, path, **asked):
    """What an address gives, without what tells of the asking itself."""
    answer = client.get(path, query_string=asked)
    assert 200 == answer.status_code, answer.text
    return answer.data


CHANGES_NOTHING = {
    "/export.csv": {"page": 2, "unit": "day", "share": 1},
    "/export.jsonl": {"page": 2, "unit": "day", "share": 1},
    "/timeline.csv": {"page": 2, "sort": "oldest", "share": 1},
    "/feed.atom": {"page": 2, "sort": "oldest", "unit": "day", "share": 1},
    "/feed.json": {"page": 2, "sort": "oldest", "unit": "day", "share": 1},
    "/concordance.csv": {"page": 2, "sort": "recent", "unit": "day", "share": 1},
    "/concordance.jsonl": {"page": 2, "sort": "recent", "unit": "day", "share": 1},
    "/compare.csv": {"page": 2, "sort": "oldest", "share": 1},
    "/compare.svg": {"page": 2, "sort": "oldest"},
}
"""Of each file, what may stand in its address and has no say."""


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [(path, name, value) for path, idle in CHANGES_NOTHING.items() for name, value in idle.items()],
)
def test_what_only_a_page_shows_changes_no_file(client, path, name, value):
    text = ["مجلس", "سوريا"] if path.startswith("/compare.") else "مجلس"
    assert body(client, path, q=text) == body(client, path, q=text, **{name: value})


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("name", PAGE_PARAMETERS)
def test_a_value_that_means_nothing_is_refused_even_where_it_has_no_say(client, path, name):
    answer = client.get(
        path, query_string={"q": ["مجلس", "سوريا"][: 1 + path.startswith("/compare.")], name: "؟"}
    )
    assert (400, [name]) == (answer.status_code, answer.json["where"])


@pytest.mark.parametrize("path", FILES)
def test_what_no_page_has_is_refused(client, path):
    answer = client.get(
        path, query_string={"q": ["مجلس", "سوريا"][: 1 + path.startswith("/compare.")], "pge": 2}
    )
    assert (400, ["pge"]) == (answer.status_code, answer.json["where"])
