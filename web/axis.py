"""What drawings over time share: where time stands on them, dates below, values as a reader says them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask_babel import lazy_gettext

from index.record import record
from search.timeline import Bar, Unit
from web.arabic import articles
from web.languages import direction

UNITS: Final = {
    Unit.DAY: lazy_gettext("يوم"),
    Unit.WEEK: lazy_gettext("أسبوع"),
    Unit.MONTH: lazy_gettext("شهر"),
    Unit.YEAR: lazy_gettext("سنة"),
    Unit.DECADE: lazy_gettext("عقد"),
    Unit.CENTURY: lazy_gettext("قرن"),
}
"""What a bar stands for, in words."""

TICKS: Final = 5
"""Dates below a drawing."""

SMALLEST: Final = 0.001
"""The smallest share that is written as a number."""

_DATE_LENGTHS: Final = {Unit.DAY: 10, Unit.WEEK: 10, Unit.MONTH: 7}
_OPPOSITE: Final = {"start": "end", "end": "start"}


@record
class Tick:
    """A date below a drawing: where it stands, in percent from the left, and on which side of that."""

    text: str
    x: float
    anchor: str
    is_minor: bool


def runs_right_to_left() -> bool:
    """Whether time runs as the page is read: from right to left in Arabic."""
    return direction() == "rtl"


def across(part: float) -> float:
    """Where a moment stands, in percent from the left; `part` of the time, 0 to 1, is before it."""
    return 100 * (1 - part if runs_right_to_left() else part)


def ticks(bars: Sequence[Bar], unit: Unit) -> Iterator[Tick]:
    """A few dates: of the first bar, of the last, and between them."""
    last = len(bars) - 1
    places = sorted({round(last * step / (TICKS - 1)) for step in range(TICKS)})
    for order, place in enumerate(places):
        part, anchor = (place + 0.5) / (last + 1), "middle"
        if place in (0, last):  # a date at an end must not reach beyond it
            part, anchor = (0.0, "start") if place == 0 else (1.0, "end")
        yield Tick(
            bars[place].first.isoformat()[: _DATE_LENGTHS.get(unit, 4)],
            across(part),
            _OPPOSITE.get(anchor, anchor) if runs_right_to_left() else anchor,
            place not in (0, last) and order % 2 == 1,
        )


def value_of(bar: Bar, *, share: bool) -> str:
    """What a bar says, in words."""
    return percent(bar.share) if share else articles(bar.count)


def height_of(bar: Bar, *, share: bool) -> float:
    """How high a bar is."""
    return bar.share if share else float(bar.count)


def percent(share: float) -> str:
    """A share, 0 to 1, in percent."""
    if 0 < share < SMALLEST:
        return f"<{SMALLEST:.1%}"
    return f"{share:.1%}".replace(".0%", "%")
