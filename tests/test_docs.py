"""The documents are true: commands exist, files are named, what the README shows works."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from search.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
COMMANDS = ("add", "search", "kwic", "show", "remove", "reindex")
COMMANDS += ("shell", "stats", "evaluate", "completion", "help", "serve")
MODULES = sorted(
    str(path.relative_to(ROOT))
    for room in ("index", "search", "web")
    for path in (ROOT / room).rglob("*.py")
    if path.name != "__init__.py"
)
ARCHITECTURE_LINES = 160


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_in_the_readme_and_has_help(command):
    assert f"arshif {command}" in README
    shown = CliRunner().invoke(main, [command, "--help"])
    assert 0 == shown.exit_code
    assert "Usage:" in shown.output


def test_the_readme_names_no_option_that_is_not_there():
    used = re.findall(r"arshif (?:--data \S+ )?(\w+)([^\n`]*)", README)
    for command, rest in used:
        if command not in COMMANDS:
            continue
        shown = CliRunner().invoke(main, [command, "--help"]).output
        for option in re.findall(r"(?<!\S)--[a-z-]+", rest):
            assert option in shown, f"README: arshif {command} {option}"


@pytest.mark.parametrize(("command", "row"), re.findall(r"^\| `arshif (\w+)([^\n]*)", README, re.MULTILINE))
def test_every_option_in_the_table_of_commands_is_one_of_the_command(command, row):
    shown = CliRunner().invoke(main, [command, "--help"]).output
    for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", row):
        assert re.search(rf"{option}(?![\w-])", shown), f"README: arshif {command} {option}"


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)\b", README + ARCHITECTURE))))
def test_a_make_target_that_is_named_exists(target):
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_stands_in_the_architecture(module):
    assert Path(module).name in ARCHITECTURE


def test_the_architecture_can_be_read_at_a_sitting():
    assert ARCHITECTURE_LINES >= len(ARCHITECTURE.splitlines())


@pytest.mark.parametrize("document", [README, ARCHITECTURE], ids=["README", "ARCHITECTURE"])
def test_links_to_files_lead_somewhere(document):
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document):
        assert (ROOT / target).exists(), target


def test_the_version_is_in_the_changelog():
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
