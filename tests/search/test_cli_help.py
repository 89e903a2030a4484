"""`arshif --help` and what it promises: every command, every option, and nothing imported for it."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from index.engines import ENGINE_NAMES
from index.readers import FORMATS
from search import service
from search.cli import ENGINES, LANGUAGES, SUBCOMMANDS, main
from search.commands import add, evaluate, search
from search.commands.exits import Exit
from search.ranking import Level
from search.results import Match, Order
from search.translation import LANGUAGES as SPOKEN

HEAVY = ("flask", "waitress", "tantivy", "whoosh", "rich", "tashaphyne", "index", "web")
"""Packages that take time to import."""


def load(name):
    return main.get_command(click.Context(main), name)


def imported(*arguments):
    """Packages that are there after a command line was run."""
    script = (
        "import sys\n"
        "from search.cli import main\n"
        f"main({list(arguments)!r}, standalone_mode=False)\n"
        "print('packages', *{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, encoding="utf-8", check=True
    )
    return set(done.stdout.splitlines()[-1].split()[1:])


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_command_and_option_has_help(name):
    command = load(name)
    assert command.help
    options = [each for each in command.params if isinstance(each, click.Option)]
    assert [] == [option.name for option in options if not option.help]
    shown = CliRunner().invoke(main, [name, "--help"])
    assert 0 == shown.exit_code
    assert f"Usage: main {name}" in shown.output


@pytest.mark.parametrize(
    ("name", "subcommand"), [row for row in SUBCOMMANDS.items() if row[1].target.startswith("search.")]
)
def test_the_table_says_what_the_command_says_of_itself(name, subcommand):
    assert subcommand.help == load(name).get_short_help_str(limit=100)


def test_the_global_options_have_help():
    assert all(option.help for option in main.params)
    shown = CliRunner().invoke(main, ["--help"])
    assert 0 == shown.exit_code
    for name, subcommand in SUBCOMMANDS.items():
        assert f"{name}  " in shown.output
        assert subcommand.help in shown.output


def test_names_that_are_written_twice_agree():
    assert ENGINE_NAMES == ENGINES
    assert SPOKEN == LANGUAGES
    assert FORMATS == add.FORMATS
    assert tuple(sort.value for sort in Order) == search.SORTS
    assert service.MAX_LIMIT == search.MAX_LIMIT
    assert tuple(match.value for match in Match) == evaluate.MATCHES
    assert tuple(level.value for level in Level) == evaluate.LEVELS


@pytest.mark.parametrize("arguments", [["--help"], ["search", "--help"], ["add", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments):
    assert set() == imported(*arguments) & set(HEAVY)


def test_a_search_that_is_piped_imports_neither_a_page_nor_colours(built):
    assert set() == imported("--data", str(built), "search", "سوريا") & {"flask", "waitress", "rich", "web"}


def test_the_version_is_the_one_installed():
    shown = CliRunner().invoke(main, ["--version"])
    assert 0 == shown.exit_code
    assert "arshif, version " in shown.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["find"], "There are: add, search, kwic, show, remove, reindex, shell, stats, serve"),
        (["--nonsense"], "No such option"),
        (["add"], "Missing argument 'PATH…'"),
        (["search"], "Missing argument 'QUERY…'"),
        (["show"], "Missing argument 'ID'"),
        (["remove"], "Missing argument 'ID…'"),
        (["--engine", "none", "reindex"], "'none' is not one of 'whoosh', 'tantivy'"),
        (["--engine", "whoosh", "search", "x"], "use it with add and reindex"),
        (["--data", __file__, "stats"], "is a file"),
        (["add", "no-such-file.txt"], "does not exist"),
        (["add", "--format", "xml", "."], "'xml' is not one of"),
    ],
)
def test_wrong_usage_is_code_2_and_said(arguments, said):
    result = CliRunner().invoke(main, arguments)
    assert Exit.USAGE == result.exit_code
    assert said in result.stderr
    assert "" == result.stdout


def test_without_a_command_the_help_is_shown():
    result = CliRunner().invoke(main, [])
    assert Exit.USAGE == result.exit_code
    assert "Commands:" in result.output


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("search", "arshif search النفط --source الحياة --open 1"),
        ("kwic", "arshif kwic النفط --sort after"),
        ("shell", r"printf '%s\n' النفط ':sort newest' | arshif shell"),
        ("completion", '~/.bashrc                   eval "$(arshif completion bash)"   (bash 4.4 or newer)'),
    ],
)
def test_examples_stand_on_lines_of_their_own(name, line):
    shown = CliRunner().invoke(main, [name, "--help"], terminal_width=100).output
    assert line in [each.strip() for each in shown.splitlines()]
    assert "\\b" not in shown
