"""`arshif evaluate`: how well the ranking finds what judges found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from search.commands.common import Options, print_json
from search.commands.exits import Exit

if TYPE_CHECKING:  # `arshif evaluate --help` needs none of it
    from index.library import Library
    from search.evaluate import Comparison, Report, Run, Topic

MATCHES: Final = ("all", "any", "every")
"""The values of `search.results.Match`, written here too for `--help`; a test compares them."""

LEVELS: Final = (
    "form", "lead", "variant", "root", "spelling", "order", "all-words", "feedback",
)  # fmt: skip
"""The values of `search.ranking.Level`, written here too for the same reason."""

COMPARED: Final = ("nDCG@10", "MAP", "MRR")
"""The figures that two runs are compared by."""

SHOWN: Final = 5
"""Topics that won and lost most, of each."""

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("topics", type=_FILE)
@click.argument("qrels", type=_FILE)
@click.option(
    "--docids",
    type=_FILE,
    help="Names of documents in QRELS: lines of name, tab, and the article's URL or id.",
)
@click.option(
    "--match",
    type=click.Choice(MATCHES),
    default="any",
    show_default=True,
    help="Whether an article must have all words of a query.",
)
@click.option(
    "--run", "run_file", type=click.Path(dir_okay=False, path_type=Path), help="Write the run here."
)
@click.option("--per-topic", is_flag=True, help="Show the figures of each topic.")
@click.option(
    "--without",
    type=click.Choice(LEVELS),
    multiple=True,
    help="Leave out a level of the ranking, to see what it brings; may be given more than once.",
)
@click.option("--compare", type=_FILE, help="Another run, in TREC's form, to compare with.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def evaluate(  # noqa: PLR0913 - one for each option
    options: Options,
    *,
    topics: Path,
    qrels: Path,
    docids: Path | None,
    match: str,
    run_file: Path | None,
    per_topic: bool,
    compare: Path | None,
    without: tuple[str, ...],
    as_json: bool,
) -> Exit:
    """Measure the ranking on judged queries.

    TOPICS has a line for each query: id, tab, query. QRELS has TREC's lines: topic, 0, document, grade;
    documents are named by the ids of articles, or as --docids says.
    """
    evaluation = _import()
    with options.open() as library:
        wanted = evaluation.read_topics(topics)
        judged = evaluation.read_qrels(qrels)
        run = _run(library, wanted, docids, match, without)
    if run_file:
        evaluation.write_run(run_file, run)
    report = evaluation.measure(run, judged)
    comparisons = []
    if compare:
        theirs = evaluation.measure(evaluation.read_run(compare), judged)
        comparisons = [evaluation.compare(report, theirs, name) for name in COMPARED]
    if as_json:
        print_json(_json(report, comparisons, without, per_topic=per_topic))
    else:
        _print(report, comparisons, wanted, per_topic=per_topic)
    return Exit.DONE


def _import() -> Any:  # noqa: ANN401 - a module
    try:
        from search import evaluate as evaluation
    except ModuleNotFoundError as error:
        raise click.UsageError(
            f"the measures are not installed ({error.name}): pip install 'arshif[evaluate]'"
        ) from error
    return evaluation


def _run(
    library: Library, topics: list[Topic], docids: Path | None, match: str, without: tuple[str, ...]
) -> Run:
    from search.evaluate import DEPTH, document_names, run_topics
    from search.ranking import RANKING, Level
    from search.results import Match
    from search.service import ranked

    names = document_names(docids, library.archive) if docids else {}
    ranking = RANKING.leave_out(frozenset(map(Level, without)))

    def search(text: str) -> list[tuple[str, float]]:
        hits = ranked(library, text, DEPTH, Match(match), ranking)
        return [(names.get(hit.id, hit.id), hit.score) for hit in hits]

    return run_topics(topics, search)


def _json(
    report: Report, comparisons: list[Comparison], without: tuple[str, ...], *, per_topic: bool
) -> dict[str, Any]:
    shown: dict[str, Any] = {"figures": report.figures}
    if without:
        shown["without"] = [level for level in LEVELS if level in without]
    if per_topic:
        shown["per_topic"] = dict(report.per_topic)
    if comparisons:
        shown["comparisons"] = [
            {
                "measure": each.measure,
                "ours": each.ours,
                "theirs": each.theirs,
                "p": each.p,
                "differences": dict(each.differences),
            }
            for each in comparisons
        ]
    return shown


def _print(report: Report, comparisons: list[Comparison], topics: list[Topic], *, per_topic: bool) -> None:
    for name, value in report.figures.items():
        click.echo(f"{name:11} {value:.4f}")
    texts = {topic.id: topic.text for topic in topics}
    if per_topic:
        click.echo("\n" + "\t".join(["topic", *report.figures, "query"]))
        for topic, figures in report.per_topic.items():
            numbers = [f"{value:.4f}" for value in figures.values()]
            click.echo("\t".join([topic, *numbers, texts.get(topic, "")]))
    for each in comparisons:
        click.echo(f"\n{each.measure}: {each.ours:.4f} against {each.theirs:.4f}, p = {each.p:.4f}")
        for title, differences in _extremes(each):
            for topic, difference in differences:
                click.echo(f"  {title}\t{difference:+.4f}\t{topic}\t{texts.get(topic, '')}")


def _extremes(comparison: Comparison) -> list[tuple[str, list[tuple[str, float]]]]:
    won = [pair for pair in comparison.differences if pair[1] > 0][:SHOWN]
    lost = [pair for pair in reversed(comparison.differences) if pair[1] < 0][:SHOWN]
    return [("won", won), ("lost", lost)]
