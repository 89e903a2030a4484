"""What a reader who is typing may want to type: phrases that articles have, and titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Final

from index.analysis import ARTICLE, analyze, normalize
from index.archive import Archive
from index.engines import query
from index.engines.contract import Engine, Request, TextField
from index.record import record
from search.suggest_phrases import Phrases, bare, key_of

MOST: Final = 8
"""Suggestions at once."""

TITLES: Final = 3
"""Titles among them, where there are phrases enough."""

SHORTEST: Final = 2
"""Letters that must have been typed."""

WORDS: Final = 12
"""Words of the longest text that is completed."""

ENDINGS: Final = 12
"""Words of titles that the last one may become, those of most titles."""

_SIGN: Final = re.compile(r'.*(?:["“”„()|&:=*~؟?!،؛;]|(?:^|\s)-)', re.DOTALL)
"""All up to the last sign of the query language, or of a sentence: what follows it is completed by itself."""


class Origin(StrEnum):
    """What a suggestion is."""

    PHRASE = "phrase"
    TITLE = "title"


@record
class Suggestion:
    """A text to search for.

    Attributes:
        text: all of it, with what was typed before.
        origin: what it is.
        articles: how many of the articles that were read have the phrase; 1 for a title.
    """

    text: str
    origin: Origin
    articles: int = 1

    def to_json(self) -> dict[str, Any]:
        """The suggestion as the page's script is given it: text, never markup."""
        return {"text": self.text, "kind": self.origin, "articles": self.articles}


def suggestions(typed: str, phrases: Phrases, engine: Engine, archive: Archive) -> list[Suggestion]:
    """What a text may become: phrases, most frequent first, then titles that have its words.

    Words are compared by their folded letters and without an article. Costs two looks into sorted lists and
    one search of titles, some milliseconds over 30,000 articles.

    Args:
        typed: the text so far; the last word may be the beginning of one.
        phrases: what is known of phrases.
        engine: where titles are looked for.
        archive: where they are read.
    """
    sign = _SIGN.match(typed)
    head = typed[: sign.end()] if sign else ""
    rest = typed[len(head) :]
    tokens = analyze(rest)
    if not 0 < len(tokens) <= WORDS:
        return []
    found = list(_phrases(head, rest, phrases))
    titles = [] if head.strip() else list(_titles(rest, engine, archive))
    room = max(TITLES, MOST - len(found))
    shown = [*found[: MOST - min(len(titles), TITLES)], *titles[:room]]
    by_key = {
        normalize(each.text): each for each in reversed(shown) if normalize(each.text) != normalize(typed)
    }
    return [each for each in shown if by_key.get(normalize(each.text)) is each][:MOST]


def _phrases(head: str, rest: str, phrases: Phrases) -> Iterator[Suggestion]:
    """Phrases that begin with what was typed, or, where there are none, with its last words."""
    tokens = analyze(rest)
    for start in range(len(tokens)):
        before = rest[: tokens[start].start]
        key = _typed_key(rest[tokens[start].start :])
        found = phrases.beginning(key, MOST) if key else []
        if found:
            typed = normalize(rest[tokens[start].start :])
            found.sort(
                key=lambda each: not normalize(each.text).startswith(typed)
            )  # with the article, or without
            yield from (Suggestion(head + before + each.text, Origin.PHRASE, each.articles) for each in found)
            return


def _typed_key(text: str) -> str:
    """The key of a text whose last word may go on; empty where too little of it was typed."""
    *whole, last = analyze(text)
    if text[last.end :].isspace():
        return key_of(text) + " "
    ending = last.form.removeprefix(ARTICLE)
    key = " ".join([*(bare(token.form) for token in whole), ending])
    return key if len(key) >= SHORTEST or (ending and ending != last.form) else ""


def _titles(rest: str, engine: Engine, archive: Archive) -> Iterator[Suggestion]:
    """Titles that have all the words, the last of them perhaps in part."""
    *whole, last = analyze(rest)
    nodes: list[query.Node] = [query.Term(TextField.TITLE, token.stem) for token in whole if token.stem]
    is_whole = rest[last.end :].isspace()
    ending = query.Term(TextField.TITLE_EXACT, last.form) if is_whole else _going_on(last.form, engine)
    if ending is None and not (nodes and last.form == ARTICLE):  # an article alone begins any word
        return
    page = engine.search(Request(query.And((*nodes, ending) if ending else tuple(nodes)), limit=MOST))
    for article in archive.get_many(hit.id for hit in page.hits).values():
        if title := " ".join(article.title.split()):
            yield Suggestion(title, Origin.TITLE)


def _going_on(form: str, engine: Engine) -> query.Node | None:
    """Words of titles that begin so, with the article too."""
    stem = form.removeprefix(ARTICLE)
    if len(form) < SHORTEST or not stem:
        return None
    counts = {
        word: count
        for beginning in ((form, ARTICLE + stem, stem) if len(stem) >= SHORTEST else (form,))
        for word, count in engine.terms(TextField.TITLE_EXACT, beginning)
    }
    words = sorted(counts, key=lambda word: (-counts[word], word))[:ENDINGS]
    return query.Combined(tuple(words), ((TextField.TITLE_EXACT, 1.0),)) if words else None
