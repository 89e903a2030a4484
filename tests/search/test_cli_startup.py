"""What a search from a cold process imports: nothing that it has no use for."""

import json
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from search.cli import main
from search.commands.exits import leave

UNUSED = [
    "_pytest",
    "asyncio",
    "calendar",
    "email",
    "filelock",
    "flask",
    "hijridate",
    "http",
    "jinja2",
    "platformdirs",
    "prompt_toolkit",
    "pyarabic.araby",
    "rapidfuzz",
    "rich",
    "scipy",
    "subprocess",
    "tantivy",
    "ssl",
    "tashaphyne.stemming",
    "traceback",
    "urllib.request",
    "waitress",
    "web",
    "werkzeug",
    "whoosh",
    "index.prepared",
    "index.readers",
    "search.commands.add",
    "index.engines.whoosh.batch",
    "index.engines.whoosh.write",
    "search.evaluate",
    "search.chart",
    "search.explain",
    "search.rescue.chain",
    "search.rescue.offer",
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
    articles = [{"id": f"{n}", "body": f"القوات السورية في الرقة {n}"} for n in range(20)]  # enough to find
    (folder / "a.json").write_text(json.dumps(articles), encoding="utf-8")
    added = CliRunner().invoke(main, ["--data", str(folder / "data"), "add", str(folder / "a.json")])
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
    assert 0 == code
    assert "numpy" in names
    assert [] == [
        each for each in UNUSED if any(name == each or name.startswith(each + ".") for name in names)
    ]


def ran(*arguments):
    """The command as it is installed, in a process of its own."""
    script = f"import sys; sys.argv[1:] = {list(arguments)!r}; from search.cli import run; run()"
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_a_process_that_ends_at_once_has_said_all_and_ends_with_its_code(data, tmp_path):
    inside = CliRunner().invoke(main, ["--data", str(data), "search", "--json", "قوات"])
    found = ran("--data", str(data), "search", "--json", "قوات")
    assert (0, "") == (found.returncode, found.stderr)
    took = re.compile('"took_ms": [0-9.]+')
    assert took.sub("", inside.stdout) == took.sub("", found.stdout)
    missing = ran("--data", str(tmp_path / "none"), "search", "قوات")
    assert (3, "") == (missing.returncode, missing.stdout)
    assert missing.stderr.startswith("Error: ")
    wrong = ran("search", "--limit", "x", "قوات")
    assert 2 == wrong.returncode
    assert "--limit" in wrong.stderr
    assert 0 == ran("--version").returncode


def test_an_exit_that_is_more_than_a_code_is_left_to_python():
    with pytest.raises(SystemExit, match="why"):
        leave(SystemExit("why"))


THREADS = """
import os, sys
from search import cli
sys.argv[1:] = {arguments!r}
cli.leave = lambda exiting: print("THREADS", len(os.listdir("/proc/self/task")), "numpy" in sys.modules)
cli.run()
"""


def test_numpys_linear_algebra_starts_no_threads(data):
    script = THREADS.format(arguments=["--data", str(data), "search", "قوات"])
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False, encoding="utf-8")
    assert "THREADS 1 True" == done.stdout.splitlines()[-1]
