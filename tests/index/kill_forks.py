"""The command line in processes that are forked from one that has all modules loaded and nothing open."""

import io
import os
import signal
import traceback
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from itertools import count

from index.analysis import analyze
from search.cli import SUBCOMMANDS, main

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir"}


def load(*commands):
    """Import what the runs will, and read the word lists."""
    for name in commands:
        import_module(SUBCOMMANDS[name].target.partition(":")[0])
    import_module("index.engines.whoosh.engine")
    analyze("كلمة")


def arshif(data, *arguments):
    """Run the command line; its exit code and what it said on stderr."""
    said = io.StringIO()
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(said):
            main(["--data", str(data), *map(str, arguments)], "arshif")
    except SystemExit as end:
        return end.code or 0, said.getvalue()
    raise AssertionError("the command line always exits")


def forked(work):
    """Work in a process of its own: its exit code, and what it wrote to the pipe that it was given."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        code = 1
        try:
            work(writing)
            code = 0
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            os._exit(code)  # or it would go on with its parent's work
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:  # noqa: PTH123 - a pipe has no path
        said = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), said


def is_change(data, event, arguments):
    """Whether an event of Python's audit is a change in a folder."""
    if event not in CHANGES and not (event == "open" and arguments[2] & WRITES):
        return False
    name = str(arguments[0])
    is_swept = event == "os.remove" and arguments[1] > 0  # then the name is relative to its folder
    return is_swept or name.startswith(str(data))


def killing_at(data, last, tell):
    """An audit hook that kills this process when it is about to do a change; told is which, just before."""
    seen = count(1)

    def watch(event, arguments):
        if is_change(data, event, arguments) and next(seen) == last:
            tell(f"{event} {arguments[0]}")
            os.kill(os.getpid(), signal.SIGKILL)

    return watch
