"""An archive to try, and where its file is."""

import pytest

from index.archive import Archive


@pytest.fixture
def path(tmp_path):
    """Where an archive is, or will be."""
    return tmp_path / "archive.db"


@pytest.fixture
def archive(path):
    """An archive without articles."""
    with Archive.open(path, create=True) as opened:
        yield opened
