"""Dates in texts of the archive, marked or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.dates import by_dates

PIECES = st.lists(st.tuples(st.text("20-. ن", max_size=6), st.booleans()), max_size=8)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([("في 2019-02-01.", False)], ["في ", "<2019-02-01>", "."]),
        ([("في ", False), ("2019", True), ("-", False), ("02", True)], ["في ", "<2019-02>"]),
        ([("كوفيد-19 و", False), ("5", True)], ["كوفيد-19 و5"]),
        ([("2019-0", False), ("2م", True), ("-3", False)], ["<2019-02م>", "-3"]),
        ([("2019-01 2019-02", False)], ["<2019-01>", " ", "<2019-02>"]),
        ([], [""]),
    ],
)
def test_a_date_is_a_group(parts, expected):
    groups = [("".join(text for text, _ in group), is_date) for group, is_date in by_dates(parts)]
    assert expected == [f"<{text}>" if is_date else text for text, is_date in groups]


@given(PIECES)
def test_nothing_is_lost_and_marks_stay_whole(parts):
    found = [piece for group, _ in by_dates(parts) for piece in group]
    assert "".join(text for text, _ in parts) == "".join(text for text, _ in found)
    assert [text for text, mark in parts if mark and text] == [text for text, mark in found if mark and text]
