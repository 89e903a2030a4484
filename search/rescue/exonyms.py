"""What other languages call places, peoples and people: the names of `exonyms.tsv`, by hand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

LONGEST: Final = 4
"""Words of the longest name."""

_DROPPED: Final = re.compile(r"[^a-z0-9]")
_ARTICLE: Final = re.compile(r"^(?:the|l|la|le|les)[ '’-]+")


def named(latin: str) -> tuple[str, ...]:
    """The Arabic names of what is called so, in whatever case and with or without accents."""
    lower = latin.lower()
    return _names().get(_key(lower)) or _names().get(_key(_ARTICLE.sub("", lower)), ())


def _key(latin: str) -> str:
    apart = unicodedata.normalize("NFD", latin)
    return _DROPPED.sub("", apart)


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    text = files(__package__).joinpath("exonyms.tsv").read_text(encoding="utf-8")
    names: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            arabic, *others = line.split("\t")
            for other in others:
                names[other] = (*names.get(other, ()), arabic)
    return names
