"""Posting lists as numpy's arrays: which documents have a term, and how often."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.engines.scoring.found import Numbers, Reals
from index.record import record

_BYTE: Final = 0xFF


@record
class Postings:
    """The documents of a term, rising, and how often each has it: numbers over 0."""

    documents: Numbers
    frequencies: Reals

    @property
    def nbytes(self) -> int:
        """How many bytes the numbers take."""
        return self.documents.nbytes + self.frequencies.nbytes


@record
class Packed:
    """Postings as they are kept: in five bytes each, mostly."""

    documents: NDArray[np.int32]
    frequencies: NDArray[np.uint8] | Reals

    def __len__(self) -> int:
        return len(self.documents)

    @property
    def nbytes(self) -> int:
        """How many bytes the numbers take."""
        return self.documents.nbytes + self.frequencies.nbytes

    def unpacked(self) -> Postings:
        """The same, to work with."""
        return Postings(self.documents.astype(np.int64), self.frequencies.astype(np.float64))


def packed(postings: Postings) -> Packed:
    """These in as few bytes as they need."""
    small = postings.frequencies.astype(np.uint8) if is_small(postings.frequencies) else postings.frequencies
    return Packed(postings.documents.astype(np.int32), small)


def is_small(frequencies: Reals) -> bool:
    """Whether these are whole numbers of a byte."""
    return not len(frequencies) or bool(
        frequencies.max() <= _BYTE and (frequencies == np.floor(frequencies)).all()
    )


NO_POSTINGS: Final = Postings(np.empty(0, np.int64), np.empty(0))
NONE_PACKED: Final = packed(NO_POSTINGS)
"""Of a term that no document has."""
