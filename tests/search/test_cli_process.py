"""`arshif` as a process: pipes, a terminal, signals, and other processes over the same data."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import sqlite3
import struct
import subprocess
import termios
import time
import unicodedata
from pathlib import Path

import pytest
from filelock import FileLock
from rich.cells import cell_len

from search.commands.exits import Exit

COLUMNS = 50
MARK = "\x1b[1;31m"
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
SCREEN = {"TERM": "xterm-256color", "NO_COLOR": "", "COLUMNS": "", "COLORTERM": ""}
FULL = Path("/dev/full")
PATIENCE = 60
"""Seconds after which a process that should have ended is given up."""


@pytest.fixture
def screen():
    """Both ends of a terminal of `COLUMNS` columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
    yield ours, theirs
    for end in (ours, theirs):
        os.close(end)


def read(process, ours):
    """All that a process writes to a terminal until it ends."""
    written = b""
    while process.poll() is None or select.select([ours], [], [], 0)[0]:
        if select.select([ours], [], [], 0.05)[0]:
            written += os.read(ours, 65536)
    return written.decode().replace("\r\n", "\n")


def ended(process):
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out.decode(), err.decode()


def line(stream, words):
    """The next line of a stream that has these words."""
    return next(text for text in map(bytes.decode, stream) if words in text)


def is_arabic(text):
    return any(unicodedata.bidirectional(one) in ("R", "AL") for one in text)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["search", "سوريا"], 0),
        (["search", "زرافة"], 1),
        (["search", "--sort", "best", "x"], 2),
        (["--data", "none", "search", "سوريا"], 3),
    ],
)
def test_exit_codes(start, arguments, code, tmp_path):
    returned, out, err = ended(start(*arguments, cwd=tmp_path))
    assert code == returned
    assert "Traceback" not in err
    assert ("" == err) == (code < Exit.USAGE)
    assert ("" == out) == (code >= Exit.USAGE)


def test_a_terminal_gets_colours_and_rows_that_know_their_direction(start, screen):
    ours, theirs = screen
    process = start("search", "سوريا", stdout=theirs, environment=SCREEN)
    written = read(process, ours)
    assert 0 == process.returncode
    assert f"{MARK}سوريا\x1b[0m" in written
    rows = [ESCAPE.sub("", row) for row in written.splitlines()]
    assert [] == [row for row in rows if is_arabic(row) and not row.startswith("\u200f")]
    assert [] == [row for row in rows if cell_len(row) > COLUMNS]
    assert (
        "\u200f   الشرق · \u200f\u200e2019-02-17 10:30\u200e\u200f · \u200f\u200ebaghouz\u200e\u200f" in rows
    )
    assert "[سوريا]" not in written


@pytest.mark.parametrize(
    ("arguments", "row"),
    [
        (["search", "سوريا", "--explain"], "\u200e    title ×4, body ×1, lead ×2.5: سوريا"),
        (["search", "سوريا", "--explain"], "\u200f   سوريا: وسوريا (stem)"),
        (["stats"], "\u200e          1  الشرق"),
        (["show", "oil"], "\u200fالمعرّف: \u200f\u200eoil\u200e\u200f"),
    ],
)
def test_rows_of_either_language_run_their_own_way(start, screen, arguments, row):
    ours, theirs = screen
    written = read(start(*arguments, stdout=theirs, environment=SCREEN), ours)
    assert row in [ESCAPE.sub("", each) for each in written.splitlines()]


def test_a_terminal_that_can_only_print_gets_plain_text(start, screen):
    ours, theirs = screen
    process = start("search", "سوريا", stdout=theirs, environment=SCREEN | {"TERM": "dumb"})
    written = read(process, ours)
    assert "[سوريا]" in written
    assert "\x1b" not in written


def test_a_bar_is_drawn_on_a_terminal_only(start, screen, write, data):
    ours, theirs = screen
    file = write({"id": "new", "title": "خبر", "body": "نص الخبر."}, {"id": "bad", "body": ""})
    process = start("add", file, stderr=theirs, environment=SCREEN)
    written = read(process, ours)
    assert 1 == process.returncode
    assert "Writing the index" in written
    assert "rejected: " in written
    assert b"1 added, 0 updated, 0 unchanged, 1 rejected; 1 indexed\n" == process.stdout.read()
    assert (0, "4 indexed\n", "") == ended(start("reindex"))


@pytest.mark.parametrize("arguments", [["search", ""], ["search", "", "--json"], ["stats"], ["--help"]])
def test_a_reader_that_goes_away_ends_it_silently(start, arguments):
    ours, theirs = os.pipe()
    os.close(ours)
    process = start(*arguments, stdout=theirs)
    os.close(theirs)
    assert (Exit.CLOSED_PIPE, "") == (ended_without_output(process))


def ended_without_output(process):
    _, err = process.communicate(timeout=PATIENCE)
    return process.returncode, err.decode()


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_said(start):
    with FULL.open("wb") as full:
        process = start("search", "", stdout=full)
    code, err = ended_without_output(process)
    assert Exit.DATA == code
    assert err.startswith("Error: ")
    assert 1 == len(err.splitlines())


@pytest.mark.parametrize("locale", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
def test_a_locale_without_arabic_is_no_error(start, locale):
    code, out, err = ended(start("search", "", "--json", environment=locale | {"PYTHONIOENCODING": "ascii"}))
    assert (0, "") == (code, err)
    assert {"baghouz", "oil", "dam"} == {hit["id"] for hit in json.loads(out)["hits"]}


def test_a_locked_index_is_waited_for_and_an_interrupt_keeps_the_archive(start, arshif, write, data):
    file = write({"id": "new", "title": "خبر", "body": "نص الخبر الجديد."})
    with FileLock(data / "index" / "lock"):
        process = start("add", file)
        assert (
            line(process.stderr, "Waiting") == "Waiting for another process that is writing to the index.\n"
        )
        # What can be read is read while another process writes.
        assert Exit.DONE == arshif("search", "سوريا").exit_code
        process.send_signal(signal.SIGINT)
        code, out, err = ended(process)
    assert Exit.INTERRUPTED == code
    assert "1 added, 0 updated, 0 unchanged, 0 rejected; 0 indexed\n" == out
    assert "Error: interrupted; what was committed is kept" == err.strip()
    assert "0 added, 0 updated, 1 unchanged, 0 rejected; 1 indexed\n" == arshif("add", file).stdout


def test_a_command_goes_on_when_the_lock_is_free(start, data):
    with FileLock(data / "index" / "lock"):
        process = start("reindex")
        line(process.stderr, "Waiting")
    assert (0, "3 indexed\n", "") == ended(process)


def test_after_a_kill_every_command_works(start, arshif, write, data):
    file = write({"id": "new", "title": "خبر", "body": "نص الخبر الجديد."})
    with FileLock(data / "index" / "lock"):
        process = start("add", file)
        line(process.stderr, "Waiting")
        process.kill()
        process.wait()
    searched = json.loads(arshif("search", "سوريا", "--json").stdout)
    assert 2 == searched["total"]
    assert searched["notices"]
    assert Exit.DONE == arshif("show", "new").exit_code
    assert "1 change behind" in arshif("stats").stdout
    assert Exit.DONE == arshif("remove", "oil").exit_code
    assert Exit.DONE == arshif("search", "الجديد").exit_code
    assert "0 added, 0 updated, 1 unchanged, 0 rejected; 0 indexed\n" == arshif("add", file).stdout


def test_a_kill_while_the_index_is_built_leaves_what_was(start, arshif, write, data):
    articles = [{"id": f"n{number}", "title": "خبر", "body": "كلمات كثيرة " * 20} for number in range(800)]
    process = start("add", write(*articles), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + PATIENCE
    while count(data) < 800 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert Exit.DONE == arshif("search", "سوريا").exit_code
    assert arshif("add", write(*articles)).stdout.startswith("0 added, 0 updated, 800 unchanged")
    assert 800 == json.loads(arshif("search", "كلمات", "--json").stdout)["total"]


def count(folder):
    with sqlite3.connect(folder / "archive.db") as connection:
        number = connection.execute("SELECT count(*) FROM article WHERE id LIKE 'n%'").fetchone()[0]
    connection.close()
    return number


def test_a_locked_archive_is_waited_for(start, write, data):
    connection = sqlite3.connect(data / "archive.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    process = start("remove", "oil")
    assert "another process may be writing" in line(process.stderr, "Waiting")
    connection.execute("ROLLBACK")
    connection.close()
    assert (0, "removed oil\n", "") == ended(process)
