"""A marked text to pieces that show why it matched; the page and the terminal add the markup.

The text is the archive's; a word is marked whole as it is written, with its clitics and harakat.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from search.marking import Marked
from search.results import Parts

WINDOW: Final = 22
"""Words in a fragment, about two lines."""

LEAD: Final = 5
"""Words before the first marked one."""

MAX_CHARACTERS: Final = 400
"""Characters in a fragment, where its words are long or far apart; a word is never cut."""

MAX_FRAGMENTS: Final = 3

MAX_FORMS: Final = 10
"""Words of an article that are listed as matches of one word of the query."""

NEW_WORD, NEW_FORM, SIDE_BY_SIDE = 8, 3, 2
"""What counts in a fragment: a word of the query that was not shown yet, a new form of one, two in a row."""


def whole(marked: Marked) -> Parts:
    """The whole text, its matching words told apart."""
    return _parts(marked, 0, len(marked.text), range(len(marked.tokens)))


def fragments(marked: Marked) -> tuple[Parts, ...]:
    """The places that show best why a text matched, in order; its beginning when nothing in it did."""
    if not marked.tokens:
        return ()
    windows = _chosen(marked) or [range(min(WINDOW, len(marked.tokens)))]
    return tuple(_fragment(marked, window) for window in sorted(windows, key=lambda window: window.start))


def matched_forms(typed: Iterable[str], *texts: Marked) -> dict[str, tuple[str, ...]]:
    """For each word of the query the words that matched it, as written, each form once, in order."""
    found: dict[str, dict[str, str]] = {word: {} for word in typed}
    for marked in texts:
        for place, matched in marked.matches.items():
            token = marked.tokens[place]
            for word in matched:
                found[word].setdefault(token.form, marked.text[token.start : token.end])
    return {word: tuple(forms.values())[:MAX_FORMS] for word, forms in found.items() if forms}


def _chosen(marked: Marked) -> list[range]:
    """The words of the best fragments: each must show something that those before don't."""
    shows = _shows(marked)
    places = sorted(shows)
    chosen: list[range] = []
    shown: set[str] = set()
    while len(chosen) < MAX_FRAGMENTS:
        scores = [
            (
                _gain(
                    shows, places[bisect_left(places, window.start) : bisect_left(places, window.stop)], shown
                ),
                -window.start,
                window,
            )
            for window in _free(marked, chosen)
        ]
        best, _, window = max(scores, key=lambda score: score[:2], default=(0, 0, range(0)))
        if best < NEW_FORM:
            break
        chosen.append(window)
        shown.update(*(shows[place] for place in window if place in shows))
    return chosen


def _free(marked: Marked, chosen: Sequence[range]) -> set[range]:
    """For each match that is not shown yet a window that leads up to it, where the chosen ones leave room."""
    windows = set()
    for place in marked.matches:
        if not any(place in other for other in chosen):
            first = max((other.stop for other in chosen if other.stop <= place), default=0)
            stop = min((other.start for other in chosen if other.start > place), default=len(marked.tokens))
            # Pushed back so that it is full at the text's end, or before a window that is chosen.
            start = max(first, min(place - LEAD, stop - WINDOW))
            windows.add(range(start, min(start + WINDOW, stop)))
    return windows


def _gain(shows: Mapping[int, set[str]], places: Sequence[int], shown: set[str]) -> int:
    """What a fragment with matches at these places adds to those that are shown already."""
    new = set[str]().union(*map(shows.__getitem__, places)) - shown
    if not new:
        return 0
    rows = sum([place + 1 in shows for place in places])
    words = sum([name.startswith("word ") for name in new])
    return NEW_WORD * words + NEW_FORM * (len(new) - words) + SIDE_BY_SIDE * rows


def _shows(marked: Marked) -> dict[int, set[str]]:
    """For each place that matched the words of the query that are seen there, and the form of them."""
    return {
        place: {f"form {marked.tokens.form(place)}", *(f"word {word}" for word in typed)}
        for place, typed in marked.matches.items()
    }


def _fragment(marked: Marked, window: range) -> Parts:
    first, last = _within(marked, window.start, window.stop - 1)
    begin, end = marked.tokens[first].start, marked.tokens[last].end
    # Punctuation at the very ends of the text is shown too.
    if first == 0 and begin <= MAX_CHARACTERS:
        begin = 0
    if last == len(marked.tokens) - 1 and len(marked.text) - end <= MAX_CHARACTERS:
        end = len(marked.text)
    return _on_one_line(_parts(marked, begin, end, range(first, last + 1)))


def _within(marked: Marked, first: int, last: int) -> tuple[int, int]:
    """The words from first to last; where they take too many characters, those round the first match."""
    kept = next((place for place in range(first, last + 1) if place in marked.matches), first)
    while marked.tokens[last].end - marked.tokens[kept].start > MAX_CHARACTERS and last > kept:
        last -= 1
    while marked.tokens[last].end - marked.tokens[first].start > MAX_CHARACTERS and first < kept:
        first += 1
    return first, last


def _parts(marked: Marked, begin: int, end: int, places: range) -> Parts:
    """A slice of the text, with the words of these places, in pieces: each word that matched by itself."""
    parts: list[tuple[str, bool]] = []
    here = begin
    for place in marked.matches:
        if place in places:
            token = marked.tokens[place]
            parts += [(marked.text[here : token.start], False), (marked.text[token.start : token.end], True)]
            here = token.end
    parts.append((marked.text[here:end], False))
    return tuple(part for part in parts if part[0])


def _on_one_line(parts: Parts) -> Parts:
    """White space made single, and none at the ends: a fragment runs on where the text has paragraphs."""
    spaced = [(" " + " ".join(text.split()) + " ", hit) for text, hit in parts]
    kept = [(_edges(text, one), hit) for (text, hit), (one, _) in zip(parts, spaced, strict=True)]
    return tuple((text, hit) for text, hit in _stripped(kept) if text)


def _edges(text: str, spaced: str) -> str:
    """The text with single spaces, one at each end where it had white space there."""
    inner = spaced.strip(" ")
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")


def _stripped(parts: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    if parts:
        parts[0] = (parts[0][0].lstrip(), parts[0][1])
        parts[-1] = (parts[-1][0].rstrip(), parts[-1][1])
    return parts
