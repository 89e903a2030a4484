"""`arshif help`: the query language, and what `--help` of a command says."""

import pytest
from click.testing import CliRunner

from search.cli import SUBCOMMANDS, main
from search.commands.complete import VARIABLE
from search.commands.exits import Exit
from search.guide import SECTIONS
from search.guide.lines import guide_lines
from search.screen import Screen
from search.terminal import LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK, rows

EMBEDDED = "\u200f\u200e{}\u200e\u200f"


def run(*arguments, **environment):
    return CliRunner().invoke(main, arguments, prog_name="arshif", env=environment)


def test_the_guide_has_every_example_and_what_it_finds():
    shown = run("help", "query")
    assert Exit.DONE == shown.exit_code
    lines = [line.strip() for line in shown.output.splitlines()]
    for section in SECTIONS:
        assert section.title in lines
        for example in section.examples:
            assert example.finds == lines[lines.index(example.query) + 1]
            assert all(other in shown.output for other in example.also)


def test_on_a_terminal_every_row_runs_from_right_to_left_and_dates_do_not():
    shown = [row for line in guide_lines() for row in rows(line, Screen(80, has_colours=False))]
    assert all(row[:1] in (RIGHT_TO_LEFT_MARK, "") for row in shown)
    assert not any(row.startswith(LEFT_TO_RIGHT_MARK) for row in shown)
    assert any(EMBEDDED.format("\x1b[2m2019-02..2019-06\x1b[0m") in row for row in shown)


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_help_on_a_command_is_what_it_says_itself(name):
    assert run(name, "--help").output == run("help", name).output


def test_without_a_topic_the_commands_are_listed():
    assert run("--help").output == run("help").output


def test_what_there_is_no_help_on_is_said():
    shown = run("help", "nonsense")
    assert Exit.USAGE == shown.exit_code
    assert "There is no help on 'nonsense'. There is on: query, add, search" in shown.stderr


def test_topics_are_completed():
    line = {"COMP_WORDS": "arshif help s", "COMP_CWORD": "2", VARIABLE: "bash_complete"}
    assert ["plain,search", "plain,show", "plain,shell", "plain,stats", "plain,serve"] == run(
        **line
    ).output.splitlines()
