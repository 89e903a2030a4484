"""What all tests share: how examples are drawn, where files are written, and what there is to test with."""

import os
import shutil
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from index.library import Library

# No deadlines: the machine may be busy, and a slow example is no failure. In CI the examples are always the
# same, so that a change fails for what it changes; elsewhere they are new each time.
settings.register_profile("arshif", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("arshif")

# What a shell starts in the background ignores interrupts, and so would every process that a test starts to
# interrupt it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

SHARED = Path(__file__).parents[2] / "shared"
# Without windows of its own it opens a page in a fifth of the time, and draws the same.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = os.environ.get("ARSHIF_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
SHELLS = ("bash", "zsh", "fish")

MEMORY = Path("/dev/shm")
ROOM = 2 << 30  # bytes


def is_good_for_files(folder):
    """Whether tests can write all of their files there, and run some of them."""
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        return False
    return shutil.disk_usage(folder).free >= ROOM and not os.statvfs(folder).f_flag & os.ST_NOEXEC


# Thousands of small indexes are written and synced, for which a disk takes longer than all else. What a
# killed process wrote is kept in memory as on a disk.
if "TMPDIR" not in os.environ and is_good_for_files(MEMORY):
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """One process more than processors: one that waits, for a browser or a disk, leaves its own to others."""
    return None if os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS") else (os.cpu_count() or 1) + 1


def pytest_report_header():
    """What is there to test with: tests of what isn't are skipped, and listed at the end."""
    return [
        f"temporary files: {tempfile.gettempdir()}",
        f"browser: {CHROMIUM or 'none, so pages are not looked at (Debian: chromium-headless-shell)'}",
        f"shells: {', '.join(filter(shutil.which, SHELLS)) or 'none'} of {', '.join(SHELLS)}",
        f"../shared: {SHARED if SHARED.is_dir() else 'none, so real news and judged sets are not tested'}",
    ]


@pytest.fixture(scope="session")
def shared():
    """Where something of ../shared is; a skip where it isn't."""

    def find(name):
        path = SHARED / name
        return path if path.exists() else pytest.skip(f"there is no ../shared/{name} beside the project")

    return find


@pytest.fixture(scope="session")
def chromium():
    """Where Chromium is; without it, a skip, or a failure where the browser must be there."""
    if CHROMIUM:
        return CHROMIUM
    reason = "there is no Chromium: install Debian's chromium-headless-shell, or name one in ARSHIF_CHROMIUM"
    if os.environ.get("CI") or os.environ.get("ARSHIF_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    return pytest.skip(reason)


@pytest.fixture(scope="module")
def library_of(tmp_path_factory):
    """Articles to a library of them with its index, which is open as long as the tests of the module run."""
    with ExitStack() as stack:

        def make(articles):
            folder = tmp_path_factory.mktemp("library")
            library = stack.enter_context(Library.open(folder, create=True))
            library.add(articles)
            library.catch_up()
            return library

        yield make
