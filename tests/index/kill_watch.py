"""What happens to the files of a folder, as the kernel tells it: by whatever process or thread."""

import ctypes
import os
import select
import struct
from pathlib import Path

LIBC = ctypes.CDLL(None, use_errno=True)
MODIFY, CLOSE_WRITE, MOVED_TO, CREATE, DELETE = 0x2, 0x8, 0x80, 0x100, 0x200
IS_FOLDER = 0x40000000
HEAD = struct.Struct("iIII")  # watch, mask, cookie, length of the name


class Watch:
    """Counts changes in a folder and the folders in it, also those that are made meanwhile."""

    def __init__(self, folder):
        self._queue = LIBC.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._queue < 0:
            raise OSError(ctypes.get_errno(), "inotify")
        self._folders = {}
        self._look_into(folder)
        self.seen = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self._queue)

    def until(self, count, ended):
        """Wait for so many changes, or for the end of a process."""
        while self.seen < count:
            ready, _, _ = select.select([self._queue, ended], [], [])
            if self._queue in ready:
                self._read(count)
            elif ended in ready:
                return

    def _read(self, count):
        data, at = os.read(self._queue, 1 << 16), 0
        while at < len(data) and self.seen < count:
            watch, mask, _, length = HEAD.unpack_from(data, at)
            name = data[at + HEAD.size : at + HEAD.size + length].rstrip(b"\0").decode()
            at += HEAD.size + length
            self.seen += 1
            if mask & IS_FOLDER and mask & CREATE:
                self._look_into(self._folders[watch] / name)

    def _look_into(self, folder):
        wanted = MODIFY | CLOSE_WRITE | MOVED_TO | CREATE | DELETE
        watch = LIBC.inotify_add_watch(self._queue, os.fsencode(folder), wanted)
        if watch >= 0:  # else it is gone already
            self._folders[watch] = Path(folder)
            for inner in Path(folder).iterdir():
                if inner.is_dir():
                    self._look_into(inner)
