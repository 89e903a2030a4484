"""What a search from a cold process imports: nothing that it has no use for."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from search.cli import main

UNUSED = [
    "_pytest",
    "asyncio",
    "email",
    "filelock",
    "flask",
    "hijridate",
    "http",
    "jinja2",
    "prompt_toolkit",
    "rapidfuzz",
    "rich",
    "scipy",
    "tantivy",
    "ssl",
    "tashaphyne.stemming",
    "urllib.request",
    "waitress",
    "web",
    "werkzeug",
    "whoosh",
    "index.readers",
    "search.commands.add",
    "index.engines.whoosh_batch",
    "index.engines.whoosh_write",
    "search.evaluate",
    "search.explain",
]

SCRIPT = """
import sys
from search.cli import main
code = main({arguments!r}, standalone_mode=False)
print("MODULES", int(code), *sys.modules)
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    (folder / "a.txt").write_text("قوات\nقوات سوريا الديمقراطية في الرقة", encoding="utf-8")
    added = CliRunner().invoke(main, ["--data", str(folder / "data"), "add", str(folder / "a.txt")])
    assert 0 == added.exit_code, added.output
    return folder / "data"


def imported(*arguments):
    """The exit code of a command line, and the modules that are there after it was run."""
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT.format(arguments=list(arguments))]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    _, code, *names = done.stdout.splitlines()[-1].split()
    return int(code), names


@pytest.mark.parametrize("options", [[], ["--json"], ["--any"], ["--sort", "newest"]], ids=" ".join)
def test_a_search_imports_nothing_that_it_has_no_use_for(data, options):
    imported("--data", str(data), "search", "قوات")  # what is kept on the disk is made here at the latest
    code, names = imported("--data", str(data), "search", "القوات السورية", *options)
    assert code in (0, 1)
    assert "numpy" in names
    assert [] == [
        each for each in UNUSED if any(name == each or name.startswith(each + ".") for name in names)
    ]
