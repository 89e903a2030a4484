"""How wide texts are on a terminal, and what fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from search.cells import cells, first_letters, first_words, last_words
from search.layout import Line, Look, Span, Way
from search.printable import printable
from search.wrapping import wrapped

TEXTS = st.lists(
    st.sampled_from(["قوات", "القُوّاتُ", "OPEC+", "2019-02-17", "«سوريا»", "日本", "م", "ا" * 30]), max_size=12
).map(" ".join)
WIDTHS = st.integers(1, 40)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("قوات", 4),
        ("قُوَّات", 4),
        ("abc", 3),
        ("日本", 4),
        ("\u2067قوات\u2069", 4),
        ("١٢٣", 3),
        ("ﷺ", 1),
    ],
)
def test_marks_take_no_column(text, width):
    assert width == cells(text)


@given(TEXTS)
def test_a_text_is_as_wide_as_others_say(text):
    assert cell_len(text) == cells(text)


@given(TEXTS, WIDTHS)
def test_what_is_fitted_fits_and_is_the_beginning_or_the_end(text, width):
    first, last = first_words(text, width), last_words(text, width)
    assert max(cells(first), cells(last)) <= width
    assert text.startswith(first)
    assert text.endswith(last)
    assert "".join(first_letters(text, 10_000)) == text


@given(
    st.lists(st.tuples(TEXTS, st.sampled_from(Look), st.sampled_from(Way)), max_size=6), st.integers(20, 60)
)
def test_rows_fit_and_lose_nothing_but_space(spans, width):
    line = Line(tuple(Span(text + " ", look, way) for text, look, way in spans))
    rows = wrapped(line, width)
    assert [] == [row for row in rows if cells("".join(span.text for span in row)) > width]
    written = "".join(span.text for row in rows for span in row)
    assert "".join(written.split()) == "".join(printable("".join(text for text, _, _ in spans)).split())
