"""Documents by columns: terms as numbers in numpy's arrays, so that no engine looks at every term."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.engines.contract import GAP, Document, Documents, KeywordField, TextField, Texts


class Vocabulary(dict[str, int]):
    """Terms and their numbers; a new one gets the next.

    Attributes:
        terms: the term of each number.
    """

    def __init__(self) -> None:
        super().__init__({GAP: 0})
        self.terms: Final = [GAP]

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self.terms)
        self.terms.append(term)
        return number

    def numbers(self, terms: Sequence[str]) -> NDArray[np.int32]:
        """The number of each term."""
        return np.fromiter(map(self.__getitem__, terms), np.int32, len(terms))


def by_columns(documents: Sequence[Document]) -> Documents:
    """Documents by columns, with a vocabulary of their own."""
    vocabulary = Vocabulary()
    texts = {}
    for name in TextField:
        each = [document.terms.get(name, ()) for document in documents]
        if any(each):
            counts = np.fromiter(map(len, each), np.int32, len(each))
            texts[name] = Texts(vocabulary.numbers(list(chain.from_iterable(each))), counts)
    return Documents(
        [document.id for document in documents],
        texts,
        {name: [document.keywords.get(name) for document in documents] for name in KeywordField},
        [document.published for document in documents],
        vocabulary.terms,
    )
