"""How much documents are worth by what they have: BM25 over one field, BM25F over several."""

from __future__ import annotations

import math
from typing import Final, TypeAlias

import numpy as np

from index.engines.contract import Scoring, TextField
from index.engines.scoring.found import Found, Reals
from index.engines.scoring.leaf import LENGTHS
from index.engines.scoring.snapshot import Snapshot

Fields: TypeAlias = tuple[tuple[TextField, float], ...]
"""Fields, and the weight of each."""

_LENGTHS: Final = np.array(LENGTHS, np.float64)


def idf(documents: int, snapshot: Snapshot) -> float:
    """How much a term says that this many of all documents have; never negative.

    Source: Lucene's BM25Similarity, after Robertson and Spärck Jones.
    """
    return math.log1p((snapshot.count - documents + 0.5) / (documents + 0.5))


def bm25(field: TextField, frequencies: Found, weight: float, snapshot: Snapshot, scoring: Scoring) -> Found:
    """Scores by frequency and by the field's length.

    Documents count whatever segment they are in, and deleted ones don't; the average length is of those that
    have the field at all.

    Source: Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, section 3.4.

    Args:
        field: where the documents have something.
        frequencies: how often.
        weight: how much that says, its idf.
        snapshot: what they are documents of.
        scoring: the parameters.
    """
    b = scoring.field_b.get(field, scoring.b)
    norms = scoring.k1 * (1 - b + b * _LENGTHS / snapshot.mean_length(field))
    norms_here = norms[snapshot.lengths(field)[frequencies.documents]]
    return Found(frequencies.documents, saturated(frequencies.scores, norms_here, weight, scoring))


def bm25f(fields: Fields, frequencies: Found, weight: float, snapshot: Snapshot, scoring: Scoring) -> Found:
    """Scores by frequency and length over several fields; the arguments are as those of `bm25`.

    The average length is, for each field, of the documents that have it at all.

    Source: Robertson, Zaragoza and Taylor, Simple BM25 Extension to Multiple Weighted Fields, 2004.
    """
    norms = norms_of(fields, snapshot, scoring)[frequencies.documents]
    return Found(frequencies.documents, saturated(frequencies.scores, norms, weight, scoring))


def saturated(often: Reals, norms: Reals, weight: float | Reals, scoring: Scoring) -> Reals:
    """What so many occurrences are worth; 0 where there are none."""
    return weight * (scoring.k1 + 1) * (often / (often + norms))


def norms_of(fields: Fields, snapshot: Snapshot, scoring: Scoring) -> Reals:
    """At how many occurrences each document has half of what it can have at most, by its length."""

    def made() -> Reals:
        mean = sum(weight * snapshot.mean_length(name) for name, weight in fields)
        lengths = snapshot.weighted_lengths(fields)
        return scoring.k1 * (1 - scoring.b + scoring.b / mean * lengths)

    return snapshot.kept(("norms", fields, scoring.k1, scoring.b), made)
