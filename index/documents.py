"""Article to document: the words of its fields as an engine indexes them."""

from __future__ import annotations

from index.analysis import terms
from index.article import Article
from index.engines.contract import Document, KeywordField, TextField

LEAD_WORDS = 25
"""Words of a body that are its lead: one sentence, in which news says what it is about."""


def document(article: Article) -> Document:
    """What an engine indexes of an article: the forms and the stems of its words, and its particulars."""
    title_forms, title_stems = terms(article.title)
    body_forms, body_stems = terms(article.body)
    words = {
        TextField.TITLE: title_stems,
        TextField.TITLE_EXACT: title_forms,
        TextField.BODY: body_stems,
        TextField.BODY_EXACT: body_forms,
        TextField.LEAD: body_stems[:LEAD_WORDS],
        TextField.SOURCE: name_terms(article.source),
        TextField.AUTHOR: name_terms(article.author),
    }
    keywords = {
        KeywordField.SOURCE: article.source,
        KeywordField.AUTHOR: article.author,
        KeywordField.CATEGORY: article.category,
    }
    return Document(
        article.id,
        {field: found for field, found in words.items() if found},
        {field: value for field, value in keywords.items() if value},
        article.published,
    )


def name_terms(name: str | None) -> list[str]:
    """The terms of a name: the stem of each word, its form where it is too common to have one."""
    forms, stems = terms(name or "")
    return [stem or form for form, stem in zip(forms, stems, strict=True)]
