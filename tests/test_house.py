"""The rules of the house that a machine can hold: sizes, and what may not stand in a file."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FUNCTION = 50
LONGEST_MODULE = 350
MODULES = sorted(path for room in ("index", "search", "web") for path in (ROOT / room).rglob("*.py"))
MACHINE_PATH = re.compile(r"(?:^|[^A-Za-z0-9_.])/(?:home|root|work|Users)/")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_and_so_are_its_functions(module):
    text = module.read_text(encoding="utf-8")
    assert LONGEST_MODULE >= len(text.splitlines())
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, functions) and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    }
    assert {} == long


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for(module):
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


def test_no_file_names_a_path_of_one_machine():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, encoding="utf-8"
    )
    if listed.returncode:
        pytest.skip("not a git checkout, so it is not known which files are the project's")
    paths = [ROOT / name for name in listed.stdout.split("\0") if name and not name.startswith("LICENSE")]
    named = [
        path.name
        for path in paths
        if path.exists() and MACHINE_PATH.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert [] == [name for name in named if name != Path(__file__).name]
