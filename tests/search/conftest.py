"""A small archive, and the `arshif` command to run over it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from search.cli import main

ARTICLES = [
    {
        "id": "baghouz",
        "title": "قوات سوريا الديمقراطية تتأهب لشن آخر هجوم",
        "body": "أعلنت القوات أن المهلة انتهت.\n\nوقال متحدث إن الهجوم سيبدأ قريبا، وإن الممر ما زال مفتوحا.",
        "source": "الشرق",
        "author": "ليلى حداد",
        "published": "2019-02-17T10:30:00",
        "url": "https://example.org/a/1",
    },
    {
        "id": "oil",
        "title": "أسعار النفط ترتفع",
        "body": "ارتفعت أسعار النفط في لبنان وسوريا بعد اجتماع OPEC+ في فيينا.",
        "source": "الغرب",
        "published": "2019-03-01",
    },
    {"id": "dam", "title": "جولة جديدة لمحادثات السد", "body": "استؤنفت المحادثات حول مياه النهر في لبنان."},
]
COMMAND = [sys.executable, "-c", "from search.cli import main; main(prog_name='arshif')"]


def added(folder, file):
    """A data folder with the articles of a file or folder."""
    result = CliRunner().invoke(main, ["--data", str(folder), "add", str(file)])
    assert 0 == result.exit_code, result.output
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A data folder with `ARTICLES`, not to be written to."""
    folder = tmp_path_factory.mktemp("built")
    file = folder / "articles.json"
    file.write_text(json.dumps(ARTICLES), encoding="utf-8")
    return added(folder / "data", file)


@pytest.fixture(scope="session")
def seeds(tmp_path_factory):
    """A data folder with the articles in seeds/, not to be written to."""
    return added(tmp_path_factory.mktemp("seeds"), Path(__file__).parents[2] / "seeds")


@pytest.fixture
def data(built, tmp_path):
    """A data folder of the test's own with `ARTICLES`."""
    return shutil.copytree(built, tmp_path / "data")


@pytest.fixture
def arshif(data):
    """Runs the command in this process, over `data` unless another folder is named."""

    def run(*arguments, folder=data):
        return CliRunner().invoke(main, ["--data", str(folder), *map(str, arguments)])

    return run


@pytest.fixture
def start(data):
    """Starts the command as a process of its own; what still runs when the test ends is killed."""
    running = []

    def begin(*arguments, folder=data, environment=None, **streams):
        streams = {
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
        } | streams
        process = subprocess.Popen(
            [*COMMAND, "--data", str(folder), *map(str, arguments)],
            env=os.environ | {"PYTHONWARNINGS": "ignore"} | (environment or {}),
            **streams,
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def write(tmp_path):
    """Writes articles to a JSON file, and gives its path."""

    def save(*articles, name="more.json"):
        (tmp_path / name).write_text(json.dumps(articles), encoding="utf-8")
        return tmp_path / name

    return save
