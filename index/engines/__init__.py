"""Engines: what they keep stands in `contract`, what can be asked of them in `query`.

Each engine's library is imported by that engine's own modules alone, and not before the engine is opened.
"""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from index.engines.contract import Engine, EngineError

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""numpy is asked for no algebra, and its library would start a thread a core for it: 50 ms of a search."""

_ENGINES = {
    "whoosh": ("index.engines.whoosh.engine", "WhooshEngine"),
    "tantivy": ("index.engines.tantivy.engine", "TantivyEngine"),
}

ENGINE_NAMES = tuple(_ENGINES)
"""The engines there are, as `open_engine` knows them; each needs the package of its name."""


def open_engine(name: str, path: Path, *, create: bool = False) -> Engine:
    """Open the index in a folder.

    Args:
        name: one of `ENGINE_NAMES`.
        path: the index's folder.
        create: make the folder and an empty index if there is none.

    Raises:
        EngineError: there is no engine of that name, or its package is not installed.
        IndexBrokenError: there is no index, or it can't be read.
    """
    require(name)
    module, factory = _ENGINES[name]
    engine: Engine = getattr(import_module(module), factory)(path, create=create)
    return engine


def require(name: str) -> None:
    """See to it that there is an engine of this name, and the package it needs.

    Raises:
        EngineError: there is none.
    """
    if name not in _ENGINES:
        raise EngineError(f"There is no engine {name!r}; choose one of: {', '.join(ENGINE_NAMES)}.")
    if find_spec(name) is None:
        raise EngineError(
            f"The engine {name!r} needs the package {name}, which is not installed:"
            f" run `pip install 'arshif[{name}]'`, or choose another engine."
        )
