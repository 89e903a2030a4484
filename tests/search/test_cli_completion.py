"""`arshif completion`: the scripts, and what they are told."""

import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from search.cli import SUBCOMMANDS, main
from search.commands.complete import VARIABLE
from search.commands.completion import SHELLS
from search.commands.exits import Exit

BASH = shutil.which("bash")


def told(folder, line, *, shell="bash"):
    """What a shell is told where a line ends."""
    words = line.split(" ")
    environment = {
        VARIABLE: f"{shell}_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
        "ARSHIF_DATA": str(folder),
    }
    result = CliRunner().invoke(main, [], prog_name="arshif", env=environment)
    assert Exit.DONE == result.exit_code
    assert "" == result.stderr
    return [row.removeprefix("plain,") for row in result.stdout.split("\n") if row]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("arshif k", ["kwic"]),
        ("arshif se", ["search", "serve"]),
        ("arshif --da", ["--data"]),
        ("arshif search x --so", ["--source", "--sort"]),
        ("arshif search x --sort o", ["oldest"]),
        ("arshif kwic x --sort be", ["before"]),
        ("arshif search x --source ", ["الشرق", "الغرب"]),
        ("arshif search x --source الغ", ["الغرب"]),
        ("arshif kwic x --author ليلي", ["'ليلى حداد'"]),
        ("arshif search -x --author ", ["'ليلى حداد'"]),
        ("arshif search x --category ", []),
        ("arshif nonsense x --source ", [*SUBCOMMANDS]),
        ("arshif completion f", ["fish"]),
    ],
)
def test_bash_is_told(built, line, expected):
    assert expected == told(built, line)


def test_others_quote_names_themselves(built):
    assert "ليلى حداد" in told(built, "arshif search x --author ليل", shell="zsh")


def test_without_an_archive_nothing_is_offered_and_nothing_said(tmp_path):
    assert [] == told(tmp_path, "arshif search x --source ")


def test_subcommands_are_completed_without_importing_one(built):
    script = (
        "import atexit, sys; from search.cli import main; sys.argv = ['arshif'];"
        "atexit.register(lambda: print(*sys.modules)); main(prog_name='arshif')"
    )
    environment = os.environ | {VARIABLE: "bash_complete", "COMP_WORDS": "arshif ", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    *names, modules = done.stdout.split("\n")[:-1]
    assert [f"plain,{name}" for name in SUBCOMMANDS] == names
    assert not {"search.commands.search", "web", "index.library"} & set(modules.split())


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_printed_and_asks_for_what_is_answered(shell):
    result = CliRunner().invoke(main, ["completion", shell])
    assert Exit.DONE == result.exit_code
    assert f"{VARIABLE}={shell}_complete" in result.stdout
    if found := shutil.which(shell):
        subprocess.run([found, "-n"], input=result.stdout, text=True, check=True)


def test_another_shell_is_wrong_usage():
    result = CliRunner().invoke(main, ["completion", "tcsh"])
    assert Exit.USAGE == result.exit_code
    assert "'bash', 'zsh', 'fish'" in result.stderr


@pytest.mark.skipif(BASH is None, reason="this system has no bash")
def test_bash_completes_with_it(built, tmp_path):
    command, run = tmp_path / "arshif", "from search.cli import main; main(prog_name='arshif')"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{run}" "$@"\n')
    command.chmod(0o755)
    script = """
        eval "$(arshif completion bash)"
        COMP_WORDS=(arshif search x --author "لي"); COMP_CWORD=4
        _arshif_completion arshif
        printf '<%s>' "${COMPREPLY[@]}"
    """
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "ARSHIF_DATA": str(built)}
    done = subprocess.run([BASH, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert ("<'ليلى حداد'>", "") == (done.stdout, done.stderr)
