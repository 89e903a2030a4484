"""The command in a real terminal (a pseudo-terminal and pyte, which emulates the screen) and in real shells.

A shell that the system lacks is skipped, and said so; where CI is set it must be there.
"""

import os
import pty
import select
import shutil
import struct
import sys
import termios
import time
import unicodedata
from contextlib import contextmanager
from fcntl import ioctl

import pyte
import pytest

from search.cells import NO_WIDTH
from search.commands.completion import SHELLS

PATIENCE = 60  # seconds for what takes one
ROWS = 60


def shell(name):
    """Where a shell is."""
    found = shutil.which(name)
    if found is None and os.environ.get("CI"):
        pytest.fail(f"there is no {name}: .ci/run installs it")
    return found or pytest.skip(f"this system has no {name}")


class Screen(pyte.Screen):
    """As pyte draws, without what takes no cell.

    pyte leaves out what follows a character that says how others are shown, and wraps a full line before
    a mark over its last letter; terminals do neither.
    """

    def draw(self, data):
        super().draw("".join(each for each in data if unicodedata.category(each) not in NO_WIDTH))


class Terminal:
    """A process on a pseudo-terminal, and the screen that it draws."""

    def __init__(self, descriptor, columns):
        self.descriptor = descriptor
        self.screen = Screen(columns, ROWS)
        self.screen.write_process_input = self.type  # answers to what a program asks the terminal
        self.stream = pyte.ByteStream(self.screen)

    def type(self, text):
        os.write(self.descriptor, text.encode())

    @property
    def lines(self):
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self):
        return "\n".join(self.lines)

    def read(self, wait):
        """Takes what comes within a time; False when the process has ended."""
        if not select.select([self.descriptor], [], [], wait)[0]:
            return True
        try:
            read = os.read(self.descriptor, 65_536)
        except OSError:  # Linux says so that nobody writes any more
            return False
        self.stream.feed(read)
        return bool(read)

    def until(self, condition):
        """Reads until the screen is so; what it was if it never is."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if condition(self):
                return
            if not self.read(0.1) and not condition(self):
                break
        assert condition(self), self.text

    def to_the_end(self):
        end = time.monotonic() + PATIENCE
        while self.read(0.1):
            assert time.monotonic() < end, self.text
        return self


@contextmanager
def terminal(command, environment, columns=80):
    """Starts a command on a terminal of its own."""
    child, descriptor = pty.fork()
    if child == 0:
        os.execve(command[0], command, environment)
    try:
        ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
        yield Terminal(descriptor, columns)
    finally:
        os.close(descriptor)
        os.waitpid(child, 0)


@pytest.fixture
def environment(built, tmp_path):
    """What a person's terminal sets, and the command on the path."""
    command, run = tmp_path / "arshif", "from search.cli import main; main(prog_name='arshif')"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{run}" "$@"\n')
    command.chmod(0o755)
    return {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "ARSHIF_DATA": str(built),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "PYTHONWARNINGS": "ignore",
        "PS1": "$ ",
    }


# How each begins without anybody's settings, and what it reads before completing.
STARTS = {
    "bash": (["--norc", "-i"], 'PS1="% "; eval "$(arshif completion bash)"'),
    "zsh": (
        ["-f", "-i"],
        'PS1="%% "; autoload -Uz compinit; compinit -u -D; eval "$(arshif completion zsh)"',
    ),
    "fish": (
        ["-N", "-i", "-C", "function fish_prompt; echo '% '; end"],
        "arshif completion fish | source",
    ),
}


def test_every_shell_is_tried():
    assert set(SHELLS) == set(STARTS)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("arshif kw", "arshif kwic"),
        ("arshif search x --sor", "arshif search x --sort"),
        ("arshif search x --sort old", "arshif search x --sort oldest"),
        ("arshif search x --source الغ", "arshif search x --source الغرب"),
        ("arshif search x --author ليل", "ليلى"),
    ],
)
@pytest.mark.parametrize("name", STARTS)
def test_a_shell_completes(environment, name, line, expected):
    options, script = STARTS[name]
    with terminal([shell(name), *options], environment, 120) as seen:
        seen.until(lambda it: it.text.strip())
        seen.type(f"{script}; echo re''ady\n")
        seen.until(lambda it: "\nready" in it.text)
        seen.type(line)
        seen.until(lambda it: line in it.text)
        seen.type("\t")
        seen.until(lambda it: expected in it.text)
        seen.type("\x15exit\n")


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize(
    "words",
    [
        ["search", "سوريا"],
        ["search", "سوريا", "--limit", "2"],
        ["kwic", "سوريا"],
        ["stats"],
        ["help", "query"],
    ],
    ids=" ".join,
)
def test_no_line_is_wider_than_the_terminal(environment, columns, words):
    """What is written is not wrapped by the terminal: on a wider screen the same lines stand."""
    arshif = environment["PATH"].partition(":")[0] + "/arshif"
    with terminal([arshif, *words], environment | {"COLUMNS": str(columns)}, columns) as seen:
        screen = seen.screen
        wide = Screen(4 * columns, ROWS)
        stream, feed = pyte.ByteStream(wide), seen.stream.feed
        seen.stream.feed = lambda read: (feed(read), stream.feed(read))
        seen.to_the_end()
    assert seen.text.strip()
    assert seen.lines == [line.rstrip() for line in wide.display]
    assert screen.cursor.attrs == pyte.screens.Char(" ")  # nothing stays switched on
    assert not any(ord(letter) < ord(" ") for letter in seen.text.replace("\n", ""))


def test_words_that_matched_stand_out(environment):
    arshif = environment["PATH"].partition(":")[0] + "/arshif"
    with terminal([arshif, "search", "سوريا"], environment) as seen:
        seen.to_the_end()
    marked = [
        "".join(cell.data for _, cell in sorted(row.items()) if cell.bold and cell.fg == "red")
        for row in seen.screen.buffer.values()
    ]
    assert any("سوريا" in line for line in marked), seen.text


def test_the_prompt_searches_and_ends(environment):
    arshif = environment["PATH"].partition(":")[0] + "/arshif"
    with terminal([arshif, "shell"], environment) as seen:
        seen.until(lambda it: it.text.strip())
        before = seen.text
        seen.type("سوريا\r")
        seen.until(lambda it: "1." in it.text and it.text != before)
        seen.type("\x04")
        seen.to_the_end()
