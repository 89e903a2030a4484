"""What is wanted of Arshif's speed, and how much of it was reached: a row for each figure.

Each is a ratio of two things that were measured in one round, or a number; over the rounds it has a median, a
smallest and a largest. Where a row says "wall", seconds on the wall are meant, else seconds of processor.
"""

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from speed_system import Kind, percentile

MB = 2**20
Figure = Callable[[dict, Sequence[str]], float | None]
"""What is told of a round and the kinds of its queries; None where it wasn't measured."""


@dataclass(frozen=True)
class Goal:
    """A row.

    Attributes:
        of: which measurements it is made of.
        wanted: as much as this or more; or less, where `most`. None: told for comparison.
    """

    figure: str
    wanted: float | None
    reached: Figure
    of: str
    most: bool = False
    unit: str = "×"

    def is_met(self, reached: float) -> bool:
        return reached <= self.wanted if self.most else reached >= self.wanted


def reached(rounds: Sequence[dict], kinds: Sequence[str]) -> list[dict]:
    """For each goal what was reached in each round, as JSON has it."""
    rows = []
    for goal in GOALS:
        values = [value for each in rounds if (value := goal.reached(each, kinds)) is not None]
        median = statistics.median(values) if values else None
        rows.append(
            {
                "figure": goal.figure,
                "wanted": goal.wanted,
                "most": goal.most,
                "unit": goal.unit,
                "of": goal.of,
                "values": values,
                "reached": median,
                "met": None if median is None or goal.wanted is None else goal.is_met(median),
            }
        )
    return rows


def table(rows: Sequence[dict]) -> Iterator[str]:
    """The rows as Markdown; a figure that was not measured has a dash."""
    yield "| figure | reached: median (smallest to largest) | wanted | met | made of |"
    yield "| --- | --- | --- | --- | --- |"
    for row in rows:
        met = {True: "yes", False: "**no**", None: "-"}[row["met"]]
        sign = "≤" if row["most"] else "≥"
        wanted = "-" if row["wanted"] is None else f"{sign} {_shown(row['wanted'], row['unit'])}"
        yield f"| {row['figure']} | {_spread(row)} | {wanted} | {met} | {row['of']} |"


def _spread(row: dict) -> str:
    values, unit = row["values"], row["unit"]
    if not values:
        return "-"
    spread = f" ({_shown(min(values), unit)} to {_shown(max(values), unit)})" if len(values) > 1 else ""
    return _shown(row["reached"], unit) + spread


def _shown(value: float, unit: str) -> str:
    if unit == "MB":
        return f"{value:,.0f} MB"
    # A ratio far below one is told as a fraction: 1/40 and not 0.025.
    return f"1/{1 / value:.3g}" if 0 < value < 1 / 2 else f"{value:.3g}{unit}"


def _rate(part: str, index: str, what: str = "index") -> Figure:
    """Articles a second on the wall; of an index with stems alone where `what` is "stems"."""

    def look(each: dict, kinds: Sequence[str]) -> float | None:
        built = each.get(part, {}).get(index, {})
        return built["articles"] / built["costs"][what]["wall"] if what in built.get("costs", {}) else None

    return look


def _query(system: str, state: str, percent: int, *wanted: Kind) -> Figure:
    """A percentile of all queries, or of those of some kinds."""

    def look(each: dict, kinds: Sequence[str]) -> float | None:
        answers = each.get("ask", {}).get(system, {}).get(state, [])
        pairs = zip(kinds, answers, strict=bool(answers))
        times = [answer["processor"] for kind, answer in pairs if not wanted or kind in wanted]
        return percentile(times, percent) if times else None

    return look


def _added(system: str) -> Figure:
    return lambda each, kinds: _median(each.get("add", {}).get(system, {}).get("found"))


def _cold(name: str) -> Figure:
    return lambda each, kinds: _median([took["wall"] for took in each.get("cold", {}).get(name, [])])


def _median(values: Sequence[float] | None) -> float | None:
    return percentile(values, 50) if values else None


def _load(name: str) -> Callable[[dict], dict | None]:
    return lambda each: each.get("http", {}).get(name)


def _throughput(name: str) -> Figure:
    def look(each: dict, kinds: Sequence[str]) -> float | None:
        load = _load(name)(each)
        return len(load["took"]) / load["wall"] if load else None

    return look


def _delay(name: str, percent: int) -> Figure:
    def look(each: dict, kinds: Sequence[str]) -> float | None:
        load = _load(name)(each)
        return percentile(load["took"], percent) if load else None

    return look


def _memory(index: str, *, without: str | None = None) -> Figure:
    """Megabytes that the server holds after many queries."""

    def look(each: dict, kinds: Sequence[str]) -> float | None:
        held = each.get("memory", {}).get(index)
        return (held["asked"] - (held[without] if without else 0)) / MB if held else None

    return look


def _ratio(ours: Figure, theirs: Figure) -> Figure:
    def look(each: dict, kinds: Sequence[str]) -> float | None:
        one, two = ours(each, kinds), theirs(each, kinds)
        return one / two if one and two else None

    return look


ENGINES = {"arshif": "Whoosh engine", "tantivy": "tantivy engine"}
BY_ALL = "articles a second on the wall, all processors"
BY_ONE = "articles a second on the wall, one processor"


def _loading_against_stock() -> Iterator[Goal]:
    for part, by, told, wanted in (
        ("build", BY_ALL, "two processors", 12),
        ("single", BY_ONE, "one processor", 8),
    ):
        yield Goal(
            f"Whoosh engine, loading with analysis, against stock Whoosh, {told}",
            wanted,
            _ratio(_rate(part, "arshif"), _rate("build", "stock")),
            f"{by}: {part} arshif / build stock, which has one thread",
        )


def _loading_against_lucene() -> Iterator[Goal]:
    wanted = {("arshif", "stems"): 1.0, ("tantivy", "stems"): 1.3}
    for index, engine in ENGINES.items():
        for what, told in (("stems", "stems of title and body alone"), ("index", "all levels")):
            for part, by in (("build", BY_ALL), ("single", BY_ONE)):
                yield Goal(
                    f"{engine}, loading {told}, against Lucene" + (", one processor" * (part == "single")),
                    wanted.get((index, what)) if part == "build" else None,
                    _ratio(_rate(part, index, what), _rate(part, "lucene")),
                    f"{by}: {part} {index}, {what} / {part} lucene",
                )


def _asking() -> Iterator[Goal]:
    for percent in (50, 99):
        yield Goal(
            f"Whoosh engine, query p{percent} against stock Whoosh, nothing kept",
            1 / 40,
            _ratio(_query("arshif-one", "fresh", percent), _query("stock", "fresh", percent)),
            "ask arshif-one / stock, fresh, all kinds",
            most=True,
        )
    for system, told, wanted in (("arshif-one", "one level", 1.0), ("arshif", "all levels", None)):
        yield Goal(
            f"Whoosh engine, {told}, query p50 against Lucene: titles and scores, warm from other queries",
            wanted,
            _ratio(_query(system, "new", 50), _query("lucene", "new", 50)),
            f"ask {system} / lucene, new, all kinds",
            most=True,
        )
    for kind, most in ((Kind.ALL, 1 / 3), (Kind.ANY, 1 / 2)):
        yield Goal(
            f"tantivy engine, query p50 against Lucene, {kind}",
            most,
            _ratio(_query("tantivy-one", "new", 50, kind), _query("lucene", "new", 50, kind)),
            f"ask tantivy-one / lucene, new, {kind}",
            most=True,
        )


def _using() -> Iterator[Goal]:
    for index, engine in ENGINES.items():
        yield Goal(
            f"{engine}, an article added until a server finds it, against stock's commit and reopening",
            1.0 if index == "arshif" else None,
            _ratio(_added(index), _added("stock")),
            f"add {index}, until `/api/search` has it / stock, commit without merge, refresh, search; wall",
            most=True,
        )
    yield Goal(
        'a cold `arshif search`, whole command, against `python -c "import click"`',
        3,
        _ratio(_cold("arshif"), _cold("click")),
        "cold arshif / click, wall",
        most=True,
    )


def _serving() -> Iterator[Goal]:
    states = {"new": "queries that are new", "again": "asked before"}
    for page, least in (("/search", 1 / 6), ("/api/search", 1 / 4)):
        for state, told in states.items():
            name = f"{page}, {state}"
            yield Goal(
                f"`{page}` a second, four connections, against an empty Flask page, {told}",
                least,
                _ratio(_throughput(name), _throughput("empty page")),
                f"http {name} / empty page, wall",
            )
            yield Goal(
                "… p99 against its p50",
                4,
                _ratio(_delay(name, 99), _delay(name, 50)),
                f"http {name}, wall",
                most=True,
            )


def _holding() -> Iterator[Goal]:
    for index, engine in ENGINES.items():
        for without, told, most in ((None, "", 400), ("files", ", pages of files left out", None)):
            yield Goal(
                f"{engine}, memory of the server after 10,000 different queries{told}",
                most,
                _memory(index, without=without),
                f"memory {index}: VmRSS" + (" less RssFile" if without else ""),
                most=True,
                unit="MB",
            )


GOALS = tuple(
    chain(_loading_against_stock(), _loading_against_lucene(), _asking(), _using(), _serving(), _holding())
)
