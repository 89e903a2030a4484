"""The library that an application shows, opened when it is first asked for."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import cast

from flask import current_app
from platformdirs import user_data_path

from index.archive import Summary
from index.library import Library


def data_folder() -> Path:
    """The data folder where none is named: `ARSHIF_DATA`, else the user's data folder."""
    named = os.environ.get("ARSHIF_DATA")
    return Path(named) if named else user_data_path("arshif")


class Data:
    """One library for all threads of an application.

    Args:
        given: a library that is open, or the folder of one. A folder without an archive is looked at again
            at the next request, so that a page that is open shows the first articles when they are added.
    """

    def __init__(self, given: Library | Path) -> None:
        self._given = given
        self._opened: Library | None = None
        self._lock = threading.Lock()
        self._summary: tuple[int, Summary] | None = None

    def library(self) -> Library:
        """The library.

        Raises:
            ArchiveError: there is no archive yet, or it can't be read.
        """
        if isinstance(self._given, Library):
            return self._given
        with self._lock:
            if self._opened is None:
                self._opened = Library.open(self._given)
            return self._opened

    def summary(self) -> Summary:
        """What the archive holds; counted anew only when something changed."""
        archive = self.library().archive
        seq = archive.last_seq()
        if self._summary is None or self._summary[0] != seq:
            self._summary = (seq, archive.summary())
        return self._summary[1]

    def close(self) -> None:
        """Let go of files, unless the library is the caller's own."""
        with self._lock:
            opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()


def data() -> Data:
    """The data of the application that handles the request."""
    return cast("Data", current_app.extensions["arshif"])
