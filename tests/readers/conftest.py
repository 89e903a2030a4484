from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from index.readers import Problem, Record, read


def _read(*paths, **options):
    found = list(read([Path(path) for path in paths], **options))
    return (
        [item for item in found if isinstance(item, Record)],
        [item for item in found if isinstance(item, Problem)],
    )


@pytest.fixture(scope="session")
def read_paths():
    """Reads paths: (records, problems)."""
    return _read


@pytest.fixture(scope="session")
def read_bytes(tmp_path_factory):
    """Writes bytes to a file of that name and reads it: (records, problems)."""
    numbers = itertools.count()

    def write_and_read(name, data, **options):
        folder = tmp_path_factory.mktemp(f"read{next(numbers)}-")
        path = folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        records, problems = _read(path, **options)
        path.unlink()
        folder.rmdir()
        return records, problems

    return write_and_read
