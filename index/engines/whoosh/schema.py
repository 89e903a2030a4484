"""The fields of an index, as Whoosh has to be told of them."""

from __future__ import annotations

from whoosh import analysis, columns, fields

from index.engines.contract import KeywordField, TextField
from index.engines.whoosh.segments import GAP_MARK


def schema() -> fields.Schema:
    """The fields of an index. Whoosh pickles them, so they are made of Whoosh's own classes alone."""
    analyzer = analysis.SpaceSeparatedTokenizer() | analysis.StopFilter(
        stoplist=[GAP_MARK], minsize=0, maxsize=None, renumber=False
    )
    return fields.Schema(
        id=fields.ID(unique=True, sortable=True),
        published=fields.COLUMN(columns.NumericColumn("q", default=0)),
        **{name.value: fields.TEXT(analyzer=analyzer, phrase=True) for name in TextField},
        **{name.value: fields.ID(sortable=True) for name in KeywordField},
    )
