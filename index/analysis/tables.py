"""The data files of this package: lines without comments and blanks."""

from __future__ import annotations


def data(name: str) -> bytes:
    """A data file as it is.

    Raises:
        FileNotFoundError: the installation is damaged: the file is missing.
    """
    from importlib.resources import files  # what is kept on the disk is not read from these

    return files(__package__).joinpath(name).read_bytes()


def lines(name: str) -> list[str]:
    """The lines of a data file; those that begin with `#` are comments.

    Raises:
        FileNotFoundError: the installation is damaged: the file is missing.
    """
    text = data(name).decode("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
