"""What was measured, as Markdown: medians over the rounds, and ratios with their smallest and largest."""

import statistics
from collections.abc import Callable, Iterator, Sequence

from speed_goals import table
from speed_queries import LENGTHS
from speed_system import percentile

OURS = ("arshif-one", "arshif", "tantivy-one", "tantivy")
INDEXES = {"arshif": "Arshif", "tantivy": "Arshif with tantivy"}
NAMES = {
    "arshif-one": "Arshif, stems alone",
    "arshif": "Arshif, all levels",
    "tantivy-one": "Arshif with tantivy, stems alone",
    "tantivy": "Arshif with tantivy, all levels",
    "stock": "stock Whoosh",
    "sqlite": "SQLite FTS5",
    "lucene": "Lucene",
    "lucene-exact": "Lucene, exact counts",
}
STATES = {
    "new": "new to a system in use",
    "seen": "asked before",
    "fresh": "the first to a system just opened",
}
PERCENTILES = (50, 95, 99)
MB = 2**20


def markdown(measured: dict) -> str:
    report = Report(measured)
    parts = (
        report.head,
        report.goals,
        report.times,
        report.building,
        report.queries,
        report.ratios,
        report.serving,
        report.skipped,
    )
    return "\n\n".join(text for part in parts if (text := "\n".join(part())))


class Report:
    def __init__(self, measured: dict) -> None:
        self._measured = measured
        self._rounds = measured["rounds"]
        self._systems = [
            name for name in NAMES if any("fresh" in each["ask"].get(name, {}) for each in self._rounds)
        ]

    def head(self) -> Iterator[str]:
        built = [cost for each in self._rounds for cost in each["build"].values() if "articles" in cost]
        loads = [each["load"] for each in self._rounds]
        measured = self._measured
        yield (
            f"{max((each['articles'] for each in built), default=0):,} articles of SaudiNewsNet, "
            f"{len(measured['queries'])} queries, {len(self._rounds)} rounds, {measured['when']}; "
            f"{measured['lucene']}. {measured['processors']} processors; load at the start of each round "
            f"{', '.join(f'{load:.1f}' for load in loads)}, of which this run is one after the first: what "
            "is more was others' work. Building and queries are given in seconds of processor, which others "
            "lengthen less; commands, requests and single articles in seconds on the wall. The best ten and "
            "the number of all that match are asked for; Lucene as it is asked usually counts to 1,000."
        )

    def goals(self) -> Iterator[str]:
        yield from table(self._measured["goals"])

    def times(self) -> Iterator[str]:
        """How long a round took, so that who has less time knows what to leave out."""
        took: dict[str, list[float]] = {}
        for each in self._rounds:
            for what, seconds in each["took"].items():
                took.setdefault(what, []).append(seconds)
        told = ", ".join(f"{what} {_median(seconds):.0f}" for what, seconds in took.items())
        yield f"Seconds that each part took, in a round that had it: {told}."

    def building(self) -> Iterator[str]:
        if not any("costs" in cost for each in self._rounds for cost in each["build"].values()):
            return
        columns = (
            "index",
            "articles a second of processor",
            "on the wall",
            "MB on disk",
            "memory at its peak, MB",
            "one article added until found, ms: p50 / p95",
        )
        yield f"| {' | '.join(columns)} |"
        yield "| --- " * len(columns) + "|"
        for index in (*INDEXES, "stock", "sqlite", "lucene"):
            yield from self._built(index)
        yield ""
        yield from self._building_notes()

    def _built(self, index: str) -> Iterator[str]:
        built = [each["build"][index] for each in self._rounds if "costs" in each["build"].get(index, {})]
        if not built:
            return
        name = INDEXES.get(index) or NAMES[index]
        costs = [each["costs"]["index"] for each in built]
        rate = _median(each["articles"] / each["costs"]["index"]["processor"] for each in built)
        added = [each["add"][index] for each in self._rounds if "found" in each["add"].get(index, {})]
        found = [[1000 * seconds for seconds in each["found"]] for each in added]
        cells = (
            name,
            f"{rate:,.0f}",
            f"{_median(each['articles'] / each['costs']['index']['wall'] for each in built):,.0f}",
            f"{_median(each['size'] / MB for each in built):.0f}",
            f"{_median(cost['memory'] / MB for cost in costs):.0f}",
            " / ".join(f"{_median(percentile(each, at) for each in found):.0f}" for at in (50, 95)),
        )
        yield "| " + " | ".join(cells) + " |"

    def _building_notes(self) -> Iterator[str]:
        archive = [
            each["build"]["arshif"]["costs"]["archive"]["processor"]
            for each in self._rounds
            if "costs" in each["build"].get("arshif", {})
        ]
        if archive:
            yield f"Arshif's archive, which the index is made from, takes {_median(archive):.1f} s more."
        once = {
            NAMES[index]
            for each in self._rounds
            for index, cost in each["build"].items()
            if not cost.get("again", True)
        }
        if once:
            slow = self._measured["slow"]
            yield f"Built once, for it took over {slow:.0f} s: {', '.join(sorted(once))}."
        if any(cost.get("kept") for each in self._rounds for cost in each["build"].values()):
            yield "Indexes were taken from an earlier run, with what building them cost then."
        for index in INDEXES:
            yield from self._building_stems(index)
            for other in ("stock", "sqlite", "lucene"):
                yield from self._building_against(index, other)

    def _building_stems(self, index: str) -> Iterator[str]:
        """One level of matching, as others have it: stems of title and body alone."""
        built = [each for each in self._rounds if _rate(each, index, "processor", "stems")]
        if not built:
            return
        rates = [
            f"{_median(_rate(each, index, by, 'stems') for each in built):,.0f} {told}{against}"
            for by, told in (("processor", "a second of processor"), ("wall", "on the wall"))
            for against in [self._against_lucene(index, by)]
        ]
        yield f"{INDEXES[index]} with stems of title and body alone: articles: {', '.join(rates)}."

    def _against_lucene(self, index: str, by: str) -> str:
        ratio = self._spread(
            lambda each: _rate(each, index, by, "stems"), lambda each: _rate(each, "lucene", by)
        )
        return f" ({ratio} times Lucene's)" if ratio else ""

    def _building_against(self, index: str, other: str) -> Iterator[str]:
        rates, walls = (
            self._spread(
                lambda each, by=by: _rate(each, index, by), lambda each, by=by: _rate(each, other, by)
            )
            for by in ("processor", "wall")
        )
        found, added = (
            self._spread(
                lambda each: _added(each, index, "found"), lambda each, to=to: _added(each, other, to)
            )
            for to in ("found", "added")
        )
        if rates and found and added:
            yield (
                f"{INDEXES[index]} against {NAMES[other]}: {rates} times the articles a second of processor, "
                f"{walls} times on the wall; one article "
                f"until it is found takes {found} times as long as there, and {added} times as long as the "
                "commit alone there."
            )

    def queries(self) -> Iterator[str]:
        if not self._systems:
            return
        for state, told in STATES.items():
            yield f"Milliseconds a query that is {told}, p50 / p95 / p99:"
            yield ""
            yield "| queries | words | " + " | ".join(NAMES[name] for name in self._systems) + " |"
            yield "| --- " * (len(self._systems) + 2) + "|"
            for kind, lengths in LENGTHS.items():
                for words in (*lengths, None):
                    cells = [self._cell(name, state, kind, words) for name in self._systems]
                    yield f"| {kind} | {words or 'any number'} | " + " | ".join(cells) + " |"
            yield ""

    def _cell(self, system: str, state: str, kind: str | None, words: int | None) -> str:
        rounds = [found for each in self._rounds if (found := self._times(each, system, state, kind, words))]
        figures = [_median(percentile(each, at) for each in rounds) for at in PERCENTILES]
        return " / ".join(f"{1000 * seconds:.2f}" for seconds in figures)

    def _times(self, each: dict, system: str, state: str, kind: str | None, words: int | None) -> list[float]:
        answers = each["ask"].get(system, {}).get(state, [])
        return [
            answer["processor"]
            for query, answer in zip(self._measured["queries"], answers, strict=bool(answers))
            if kind in (None, query["kind"]) and words in (None, query["words"])
        ]

    def ratios(self) -> Iterator[str]:
        others = [name for name in self._systems if name not in OURS]
        ours = [name for name in self._systems if name in OURS]
        if not others or not ours:
            return
        yield "The p50 of a query divided by another system's: median of the rounds (smallest to largest):"
        yield ""
        yield "| | | " + " | ".join(NAMES[name] for name in others) + " |"
        yield "| --- " * (len(others) + 2) + "|"
        for system in ours:
            for state, told in STATES.items():
                for kind in (*LENGTHS, None):
                    cells = [self._ratio(system, other, state, kind) for other in others]
                    yield f"| {NAMES[system]}, {told} | {kind or 'all queries'} | " + " | ".join(cells) + " |"
        yield from self._agreement()

    def _ratio(self, system: str, other: str, state: str, kind: str | None) -> str:
        def half(name: str) -> Callable[[dict], float | None]:
            def look(each: dict) -> float | None:
                times = self._times(each, name, state, kind, None)
                return percentile(times, 50) if times else None

            return look

        return self._spread(half(system), half(other)) or "-"

    def _agreement(self) -> Iterator[str]:
        """How far the question was the same: with Arshif's stems alone, stock Whoosh has to find as many."""
        totals = {
            name: [answer["total"] for answer in self._rounds[0]["ask"].get(name, {}).get("seen", [])]
            for name in NAMES
        }
        for other in ("stock", "sqlite", "lucene-exact"):
            if totals["arshif-one"] and totals[other]:
                pairs = list(zip(totals["arshif-one"], totals[other], strict=True))
                same = sum(one == two for one, two in pairs)
                yield ""
                yield (
                    f"{NAMES[other]} finds exactly as many as Arshif's stems alone for {same} of "
                    f"{len(pairs)} queries."
                )

    def serving(self) -> Iterator[str]:
        rounds = [each for each in self._rounds if each["http"] and each["cold"]]
        if not rounds:
            return
        yield "| process from a cold start | s on the wall | s of processor | against the first |"
        yield "| --- | --- | --- | --- |"
        told = {"click": '`python -c "import click"`', "arshif": "`arshif search`, the first results"}
        for name, shown in told.items():
            cells = [_median(_cold(each, name, kind) for each in rounds) for kind in ("wall", "processor")]
            ratio = self._spread(
                lambda each, name=name: _cold(each, name, "wall"), lambda each: _cold(each, "click", "wall")
            )
            yield f"| {shown} | {cells[0]:.2f} | {cells[1]:.2f} | {ratio} |"
        yield ""
        yield "| four connections | requests a second | p50 / p99, ms | against the empty page |"
        yield "| --- | --- | --- | --- |"
        for name in rounds[0]["http"]:
            yield self._requests(rounds, name)
        yield from self._memory()

    def _memory(self) -> Iterator[str]:
        for each in self._rounds:
            for index, held in each["memory"].items():
                if held:
                    figures = [f"{held[name] / MB:.0f}" for name in ("opened", "asked", "files")]
                    yield ""
                    yield (
                        f"{INDEXES[index]}: the server holds {figures[0]} MB after its first pages and "
                        f"{figures[1]} MB after {held['queries']:,} different ones, {figures[2]} MB of them "
                        "pages of files."
                    )

    def _requests(self, rounds: Sequence[dict], name: str) -> str:
        times = [each["http"][name]["took"] for each in rounds]
        delays = " / ".join(
            f"{1000 * _median(percentile(each, at) for each in times):.1f}" for at in (50, 99)
        )
        ratio = self._spread(
            lambda each: _throughput(each, name), lambda each: _throughput(each, "empty page")
        )
        return f"| {name} | {_median(_throughput(each, name) for each in rounds):,.0f} | {delays} | {ratio} |"

    def skipped(self) -> Iterator[str]:
        for name, reason in self._measured["skipped"].items():
            yield f"- skipped: {NAMES.get(name, name)}: {reason}"

    def _spread(
        self, ours: Callable[[dict], float | None], theirs: Callable[[dict], float | None]
    ) -> str | None:
        """The ratio of two figures of one round: its median, smallest and largest over the rounds."""
        pairs = [(ours(each), theirs(each)) for each in self._rounds]
        ratios = [one / two for one, two in pairs if one and two]
        if not ratios:
            return None
        spread = f" ({min(ratios):.3g} to {max(ratios):.3g})" if len(ratios) > 1 else ""
        return f"{statistics.median(ratios):.3g}{spread}"


def _median(values) -> float:
    return statistics.median(list(values) or [float("nan")])


def _rate(each: dict, index: str, by: str, part: str = "index") -> float | None:
    built = each["build"].get(index, {})
    return built["articles"] / built["costs"][part][by] if part in built.get("costs", {}) else None


def _added(each: dict, system: str, until: str) -> float | None:
    added = each["add"].get(system, {})
    return percentile(added[until], 50) if until in added else None


def _cold(each: dict, name: str, kind: str) -> float | None:
    return percentile([took[kind] for took in each["cold"][name]], 50) if each["cold"] else None


def _throughput(each: dict, name: str) -> float | None:
    if not each["http"]:
        return None
    load = each["http"][name]
    return len(load["took"]) / load["wall"]
