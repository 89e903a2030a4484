"""`arshif add`: from files to the archive and the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from search.commands.common import (
    Options,
    check_engine,
    index_changes,
    patient,
    print_json,
    waiting_for_index,
)
from search.commands.exits import Exit
from search.commands.reporter import Reporter, reporting

if TYPE_CHECKING:  # `arshif add --help` needs none of them
    from index.library import Library
    from index.readers import Problem, Record

FORMATS: Final = ("text", "json", "jsonl", "csv")
"""The names of `index.readers.FORMATS`, written here too for `--help`; a test compares them."""

BATCH: Final = 500
"""Articles in one call to the archive, which is one transaction."""

BATCH_CHARACTERS: Final = 16 << 20
"""A batch of very long articles is closed earlier."""

TAKEN: Final = ("added", "updated", "unchanged")
ALWAYS: Final = (*TAKEN, "rejected")
IF_ANY: Final = ("skipped", "adjusted")


def _text(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Refuse bytes that are no text; they would have to be stored."""
    del ctx, param
    try:
        (value or "").encode()
    except UnicodeEncodeError as error:
        raise click.BadParameter("this is not valid UTF-8.") from error
    return value


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--format", "format_name", type=click.Choice(FORMATS), help="Format of all files, whatever their names."
)
@click.option("--source", callback=_text, help="Newspaper or agency of the articles that name none.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts and all problems as one JSON object.")
@click.pass_obj
def add(
    options: Options, *, paths: tuple[Path, ...], format_name: str | None, source: str | None, as_json: bool
) -> Exit:
    """Read articles into the archive and the index.

    PATHs are files and folders: text, JSON, JSON Lines and CSV, also in .zip and .gz. An article that comes
    again is updated if it changed. Each record that can't be used is listed on stderr with the reason.
    """
    from index.readers import read

    report = Report(as_json)
    with options.open(create=True) as library:
        check_engine(library, options.engine)
        try:
            with reporting() as reporter:
                library.prepare(engine_name=options.engine, waiting=waiting_for_index(reporter))
                items = read(paths, format=format_name, source=source)
                _Adding(library, report, reporter).run(items)
                report.indexed = index_changes(library, options.engine, reporter)
        finally:
            report.show()  # what was committed is in the archive, whatever went wrong after
    return Exit.INCOMPLETE if report.counts["rejected"] else Exit.DONE


@dataclass(slots=True)
class Report:
    """What came of the records.

    Attributes:
        as_json: whether it ends as JSON, which has the problems; else they are told at once.
        counts: how many of each outcome, by the name of the change or of the severity.
        indexed: how many changes the index took in.
    """

    as_json: bool
    counts: Counter[str] = field(default_factory=Counter)
    indexed: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many articles the archive was given."""
        return sum(self.counts[name] for name in TAKEN)

    def take(self, problem: Problem, reporter: Reporter) -> None:
        """Count a problem, and keep it or tell it."""
        self.counts[problem.severity] += 1
        if self.as_json:
            self.problems.append(problem)
        else:
            reporter.say(_line(problem))

    def show(self) -> None:
        """Print the counts, and in JSON the problems."""
        if self.as_json:
            print_json(self.to_json())
            return
        counts = [f"{self.counts[name]} {name}" for name in ALWAYS]
        counts += [f"{self.counts[name]} {name}" for name in IF_ANY if self.counts[name]]
        click.echo(f"{', '.join(counts)}; {self.indexed} indexed")

    def to_json(self) -> dict[str, Any]:
        """All of it, as `arshif add --json` prints it."""
        counts = {name: self.counts[name] for name in (*ALWAYS, *IF_ANY)}
        return {**counts, "indexed": self.indexed, "problems": [_json(problem) for problem in self.problems]}


def _line(problem: Problem) -> str:
    record = f", record {problem.number}" if problem.number else ""
    return f"{problem.severity}: {problem.file}{record}: {problem.reason}"


def _json(problem: Problem) -> dict[str, Any]:
    return {
        "severity": problem.severity,
        "file": problem.file,
        "record": problem.number,
        "reason": problem.reason,
    }


@dataclass(slots=True)
class _Adding:
    """One run: what is read goes to the archive, a batch at a time.

    Attributes:
        seen: the ids of all articles so far, with their digests.
    """

    library: Library
    report: Report
    reporter: Reporter
    seen: dict[str, bytes] = field(default_factory=dict)

    def run(self, items: Iterable[Record | Problem]) -> None:
        from index.readers import Record

        batch: list[Record] = []
        size = 0
        for item in items:
            problem = self._clash(item) if isinstance(item, Record) else item
            if problem is not None:
                self.report.take(problem, self.reporter)
            elif isinstance(item, Record):
                batch.append(item)
                size += len(item.article.body)
            if len(batch) == BATCH or size >= BATCH_CHARACTERS:
                self._add(batch)
                batch, size = [], 0
        self._add(batch)

    def _clash(self, record: Record) -> Problem | None:
        """What is wrong with a record whose id an earlier one of the same run has with another text.

        The first one stands: if the last did, adding the same files again would change both each time.
        """
        digest = record.article.digest()
        if self.seen.setdefault(record.article.id, digest) == digest:
            return None
        from index.readers import Problem, Severity

        reason = (
            f"it has the id {record.article.id} of an earlier record with another text; "
            "give it an id of its own, or add it by itself to update that article"
        )
        return Problem(Severity.REJECTED, record.file, record.number, reason)

    def _add(self, batch: list[Record]) -> None:
        if not batch:
            return
        with patient(self.reporter.say):
            changes = self.library.add([record.article for record in batch])
        self.report.counts.update(changes)
        self.reporter.read(self.report.read)
