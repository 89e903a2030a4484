"""Lines over time as they are drawn: where points, marks, labels and values stand.

Lengths across are percents, so that a drawing is as wide as there is room; lengths down are pixels. Only the
lines themselves, which can't have percents, stand in a drawing of their own that is stretched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final

from index.record import record, replace
from search.compare import Comparison
from search.timeline import Bar
from web.arabic import named, number
from web.axis import Tick, across, height_of, percent, runs_right_to_left, ticks, value_of

WIDTH: Final = 900
"""Pixels that a drawing has as a file."""

SHOWN: Final = 0.84
"""How much of the width the lines have; beside their ends stands what they are."""

PLOT_WIDTH: Final = round(WIDTH * SHOWN)

HEIGHTS: Final = {False: 280, True: 130}
"""Pixels that the lines have, alone and where there is a drawing for each source."""

SHORT: Final = 14
"""Characters of a query beside its line; it stands in full below."""

APART: Final = 20
"""Pixels between two labels."""

MARKS: Final = 12
"""About how many points of a line have a mark."""


@record
class Style:
    """How a line differs from others, without colour and with it."""

    dash: str
    shape: str
    colour: str


STYLES: Final = (
    Style("none", "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0", "#173f6b"),
    Style("9 4", "M-4,-4h8v8h-8z", "#8a1f1f"),
    Style("2 4", "M0,-5l5,9h-10z", "#2c6e49"),
    Style("12 4 2 4", "M0,-6l5,6l-5,6l-5,-6z", "#6a3d9a"),
    Style("5 3", "M-4,-4l8,8m0,-8l-8,8", "#8a5200"),
)
"""Of the first line to the fifth: its dashes, the path of its marks, its colour on white."""


@record
class Mark:
    """A point of a line that is marked, and what it says."""

    x: str
    y: str
    says: str


@record
class Series:
    """A line.

    Attributes:
        number: from 1; of its style.
        name, short: what it shows, whole and cut.
        points: of the line, in the drawing of its own.
        marks: some of them.
        label: how far down its name stands beside its end.
    """

    number: int
    style: Style
    name: str
    short: str
    points: str
    marks: tuple[Mark, ...]
    label: str


@record
class Chart:
    """Lines in one drawing, and all that stands around them.

    Attributes:
        heading: the source that all is of; empty for all sources.
        height: of the lines.
        left: where they begin, in percent.
        end, anchor: where their labels stand, and on which side of that.
        right_to_left: whether time runs so.
        grid: how far down there is a line across, and the value that it stands for.
        ticks: dates below.
    """

    heading: str
    height: int
    left: str
    end: str
    anchor: str
    right_to_left: bool
    grid: tuple[tuple[int, str], ...]
    ticks: tuple[Tick, ...]
    series: tuple[Series, ...]


def charts(comparisons: Sequence[Comparison], names: Sequence[str], *, share: bool) -> list[Chart]:
    """A drawing of each comparison that has any days; the same heights stand for the same values in all."""
    drawn = [each for each in comparisons if each.bars]
    heights = [height_of(bar, share=share) for each in drawn for line in each.lines for bar in line.bars]
    top = round_up(max(heights, default=0), share=share)
    scale = _Scale(top, HEIGHTS[len(comparisons) > 1], share)
    return [_chart(each, names, scale) for each in drawn]


def round_up(value: float, *, share: bool) -> float:
    """The next value that is easily halved: 2, 4, 6, 8 or 10 times a power of ten."""
    unit = 0.0001 if share else 1.0
    while 10 * unit < value:
        unit *= 10
    return next((step * unit for step in (2, 4, 6, 8) if step * unit >= value), 10 * unit)


@record
class _Scale:
    """How far down a value stands."""

    top: float
    height: int
    share: bool

    def down(self, bar: Bar) -> float:
        """Where a bar's point is."""
        return self.of(height_of(bar, share=self.share))

    def of(self, value: float) -> float:
        """Where a value is."""
        return self.height * (1 - value / self.top)


def _chart(made: Comparison, names: Sequence[str], scale: _Scale) -> Chart:
    right_to_left = runs_right_to_left()
    lines = [line.bars for line in made.lines]
    labels = _apart([scale.down(bars[-1]) for bars in lines], scale.height)
    return Chart(
        heading=made.source or "",
        height=scale.height,
        left=f"{100 * (1 - SHOWN) if right_to_left else 0:.2f}%",
        end=f"{_placed(across(1.0)) + (-1 if right_to_left else 1):.2f}%",
        anchor="end" if right_to_left else "start",
        right_to_left=right_to_left,
        grid=tuple(_grid(scale)),
        ticks=tuple(replace(tick, x=_placed(tick.x)) for tick in ticks(made.bars, made.unit)),
        series=tuple(
            _series(place, name, bars, labels[place], scale)
            for place, (name, bars) in enumerate(zip(names, lines, strict=True))
        ),
    )


def _grid(scale: _Scale) -> Iterator[tuple[int, str]]:
    for value in (0.0, scale.top / 2, scale.top):
        yield round(scale.of(value)), percent(value) if scale.share else number(round(value))


def _series(place: int, name: str, bars: Sequence[Bar], label: float, scale: _Scale) -> Series:
    return Series(
        number=place + 1,
        style=STYLES[place],
        name=name,
        short=name if len(name) <= SHORT else name[: SHORT - 1] + "…",
        points=" ".join(_points(bars, scale)),
        marks=tuple(_marks(place, name, bars, scale)),
        label=f"{label:.0f}",
    )


def _middle(place: int, count: int) -> float:
    """Where the middle of a bar stands, in percent of the lines' width."""
    return across((place + 0.5) / count)


def _placed(percents: float) -> float:
    """A place in percent of the lines' width as one of the whole drawing's."""
    return percents * SHOWN + (100 * (1 - SHOWN) if runs_right_to_left() else 0)


def _points(bars: Sequence[Bar], scale: _Scale) -> Iterator[str]:
    for place, bar in enumerate(bars):
        yield f"{_middle(place, len(bars)) * PLOT_WIDTH / 100:.1f},{scale.down(bar):.1f}"


def _marks(line: int, name: str, bars: Sequence[Bar], scale: _Scale) -> Iterator[Mark]:
    """Marks at points that differ from line to line, and at the highest."""
    step = ceil(len(bars) / MARKS)
    highest = min(range(len(bars)), key=lambda place: scale.down(bars[place]))
    for place, bar in enumerate(bars):
        if (place + line * step // len(STYLES)) % step and place != highest:
            continue
        says = f"{name}: {named(bar.first, bar.last)}: {value_of(bar, share=scale.share)}"
        yield Mark(f"{_placed(_middle(place, len(bars))):.2f}%", f"{scale.down(bar):.1f}", says)


def _apart(wanted: Sequence[float], height: int) -> list[float]:
    """Places for labels near where they are wanted, none upon another, all within the drawing."""
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    found = list(wanted)
    lowest = 0.0
    for place in order:
        found[place] = lowest = max(wanted[place], lowest)
        lowest += APART
    highest = float(height)
    for place in reversed(order):
        found[place] = min(found[place], highest)
        highest = found[place] - APART
    return found
