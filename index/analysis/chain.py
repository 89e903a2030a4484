"""The order of analysis, on one screen: letters of a text to tokens.

    text -> words (tokenize) -> form (normalize) -> stop word? (stopwords) -> stem (stem)

A word is analysed once a process: what comes of it is remembered by its spelling.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from index.analysis import affixes, kept, letters, lexicon, wordbook
from index.analysis.normalize import LATIN_LETTERS, MAX_LENGTH, THOUSANDS, normalize_word
from index.analysis.stem import (
    END_BONUS,
    LONGEST_WORD,
    SHORT_PENALTY,
    SHORTEST_WORD,
    WHOLE_BONUS,
    Stems,
    stem,
)
from index.analysis.stopwords import is_stopword, stop_forms, stopwords
from index.analysis.tokenize import WORD, spans, words

ALGORITHM = 5
"""To be raised when code, not data, changes what comes out; a test holds it to a sample of terms."""

MEMO_LIMIT = 150_000
"""Spellings that are remembered, about 30 MB; then most are forgotten, so that memory has a bound."""

COMMON = 3
"""Of a third of them, which were met first and so are the commonest, it is remembered always."""

FEW: Final = 500
"""Fewer words, those of an article, are remembered by their spelling, as those of queries are."""


class Token(NamedTuple):
    """A word of a text. Its position is its place in the list.

    Attributes:
        start, end: where it is: `text[start:end]` is the word as it is written.
        form: its letters folded.
        stem: clitics and inflection off; empty for a stop word.
    """

    start: int
    end: int
    form: str
    stem: str


class _Memo(dict[str, tuple[str, str]]):
    """Spelling to form and stem, worked out when first asked for."""

    def __missing__(self, word: str) -> tuple[str, str]:
        if len(self) >= MEMO_LIMIT:
            for other in list(self)[MEMO_LIMIT // COMMON :]:
                self.pop(other, None)  # another thread may be at it too
        self[word] = result = _wordbook.get(word) or _analyzed(word)
        return result


def _analyzed(word: str) -> tuple[str, str]:
    form = normalize_word(word)
    return form, "" if is_stopword(word) else stem(form) if form else ""


_memo = _Memo()
_wordbook = wordbook.Wordbook()


def recall(path: Path) -> None:
    """From now on take the words of a wordbook from there; it was written by the same analysis."""
    global _wordbook  # noqa: PLW0603 - as the memo, it is of the process
    _wordbook = wordbook.read(path)


def keep(path: Path) -> None:
    """Write a wordbook of the words that were met first.

    Raises:
        OSError: it can't be written.
    """
    wordbook.write(path, dict(islice(_memo.items(), MEMO_LIMIT // COMMON)))


def remember(words: Iterable[str], forms: Iterable[str], stems: Iterable[str]) -> None:
    """Remember words that were analysed elsewhere, those that were met first."""
    if len(_memo) < MEMO_LIMIT // COMMON:
        _memo.update(zip(words, zip(forms, stems, strict=True), strict=True))


def known_word(word: str) -> tuple[str, str] | None:
    """The form and the stem of a text that is one word and was seen before; else None."""
    known = _memo.get(word)
    if known is None and (known := _wordbook.get(word)):
        _memo[word] = known
    return known


def known_words(pieces: Iterable[str]) -> list[tuple[str, str] | None]:
    """The same of many texts at once."""
    return [*map(_memo.get, pieces)]


def analyze_piece(piece: str, cares: Callable[[str], bool] | None = None) -> list[tuple[str, str]]:
    """The form and the stem of each word of a text that has no white space. Never raises.

    Args:
        piece: the text.
        cares: told a form, whether its stem is asked for; where it isn't and isn't known either, it is "".
    """
    pairs = map(_memo.__getitem__ if cares is None else partial(_cared, cares), words(piece))
    return [pair for pair in pairs if pair[0]]


def _cared(cares: Callable[[str], bool], word: str) -> tuple[str, str]:
    if known := known_word(word):
        return known
    form = normalize_word(word)
    return _memo[word] if cares(form) else (form, "")


def analyze(text: str) -> list[Token]:
    """The tokens of a text, in order. Never raises."""
    tokens = []
    for start, end in spans(text):
        form, stemmed = _memo[text[start:end]]
        if form:
            tokens.append(Token(start, end, form, stemmed))
    return tokens


def terms(text: str) -> tuple[list[str], list[str]]:
    """The forms and the stems of a text's tokens, "" for the stem of a stop word: `analyze`, but lean."""
    pairs = [pair for pair in map(_memo.__getitem__, words(text)) if pair[0]]
    return [form for form, _ in pairs], [stemmed for _, stemmed in pairs]


END: Final = "\n"
"""Stands behind the words of a piece."""

_WORD_OR_END: Final = rf"(?:{WORD.pattern})|\n"


def listed(pieces: Iterable[str]) -> list[str]:
    """The words of pieces of texts, as written, `END` behind each piece; no piece has white space in it."""
    return re.findall(_WORD_OR_END, "".join(piece + END for piece in pieces), re.VERBOSE)


def analyze_word(word: str) -> tuple[str, str]:
    """A word as it is written to its form, "" if it has none, and its stem, "" for a stop word."""
    return _memo[word]


class Analyzer:
    """Analyses many words, each once: it remembers stems, by form, for as long as it is there."""

    def __init__(self) -> None:
        self._stems: Final = Stems()

    def analyzed(self, words: Sequence[str]) -> tuple[list[str], list[str]]:
        """The form and the stem of each word as it is written, as `analyze_word` gives them."""
        if len(words) < FEW:
            pairs = [analyze_word(word) for word in words]
            return [form for form, _ in pairs], [stemmed for _, stemmed in pairs]
        forms, common, stems = [normalize_word(word) for word in words], stop_forms(), self._stems
        # Few forms are those of stop words, so the spelling of few words is looked at.
        stemmed = [
            "" if not form or (form in common and is_stopword(word)) else stems[form]
            for word, form in zip(words, forms, strict=True)
        ]
        return forms, stemmed


def counted(text: str) -> tuple[Counter[str], list[str]]:
    """The words of a text as they are written, and how often; and the stem of each, "" for a stop word."""
    written = Counter(words(text))
    return written, [_memo[word][1] for word in written]


def _fingerprint() -> str:
    rules = (
        ALGORITHM, WORD.pattern, sorted(letters.FOLD.items()), sorted(letters.CAREFUL_FOLD.items()),
        sorted(LATIN_LETTERS.items()), THOUSANDS.pattern, MAX_LENGTH, sorted(stopwords()),
        sorted(affixes.PROCLITICS.items()),
        sorted(affixes.SUFFIXES.items()), tuple(affixes.LIGHT_SUFFIXES.items()), affixes.IMPERFECT.pattern,
        SHORTEST_WORD, LONGEST_WORD, WHOLE_BONUS, END_BONUS, SHORT_PENALTY,
    )  # fmt: skip
    import hashlib  # what is kept need not be hashed again

    return hashlib.blake2b(repr(rules).encode() + lexicon.data(), digest_size=8).hexdigest()


FINGERPRINT = str(kept.fetch("fingerprint", lambda: [_fingerprint().encode()])[0], "utf-8")
"""Of the rules and data above: an index that was made by others is refused."""
