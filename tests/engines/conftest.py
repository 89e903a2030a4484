"""Engines to try: every test that asks for one runs once for each there is."""

import pytest
from engine_samples import NEWS, fill

from index.engines import ENGINE_NAMES, open_engine


@pytest.fixture(params=ENGINE_NAMES)
def make_engine(request, tmp_path):
    """Opens engines on `tmp_path / "index"`, and closes them."""
    opened = []

    def make(**options):
        opened.append(open_engine(request.param, tmp_path / "index", **{"create": True} | options))
        return opened[-1]

    yield make
    for engine in opened:
        engine.close()


@pytest.fixture
def engine(make_engine):
    """An engine with an empty index."""
    return make_engine()


@pytest.fixture
def news(engine):
    """An engine with `engine_samples.NEWS` in its index."""
    fill(engine, *NEWS)
    return engine


@pytest.fixture
def folder(tmp_path):
    """Where an index is, or will be."""
    return tmp_path / "index"


@pytest.fixture
def whoosh_engine(folder):
    """An engine of Whoosh with `engine_samples.NEWS` in its index."""
    engine = open_engine("whoosh", folder, create=True)
    fill(engine, *NEWS)
    yield engine
    engine.close()
