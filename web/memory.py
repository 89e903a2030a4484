"""How a server holds its memory: in one heap for all threads, and without looking again through what stays.

Python runs one thread at a time, so that a heap for each thread, as the C library of Linux makes them, gains
nothing, and holds what other threads could use.
"""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress
from typing import Final

ARENA_MAX: Final = -8
MMAP_THRESHOLD: Final = -3
"""`M_ARENA_MAX` and `M_MMAP_THRESHOLD` of glibc's malloc.h."""

LARGE: Final = 256 * 1024
"""Bytes from which on something is asked of the system by itself, and given back when it is let go of.

Left to itself glibc raises this to what was let go of last, up to 32 MB, and keeps what is smaller.
"""


def hold_little() -> None:
    """Make it so for this process, before it starts threads; where the C library is no glibc it stays so."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(ARENA_MAX, 1)
        library.mallopt(MMAP_THRESHOLD, LARGE)


def leave_alone() -> None:
    """Look for garbage no more in what is there now: it stays as long as the process."""
    gc.collect()
    gc.freeze()
