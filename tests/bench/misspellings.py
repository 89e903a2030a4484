"""How often what was meant is offered for a misspelled word: words of titles, misspelled by rule.

    python tests/bench/misspellings.py DATA [SEED] [NUMBER]

A slip is a letter confused, left out, doubled, swapped, of the next key, too many, or a hamza or an ending
written otherwise. A misspelling that more than three articles have is left out, being a word of its own.
"""

import random
import sys
from collections import Counter
from pathlib import Path

from index.analysis import is_stopword, normalize, words
from index.engines.contract import TextField
from index.library import Library
from search.rescue.offer import Kind
from search.results import SearchQuery
from search.service import search

PAIRS = ("ضظ", "سص", "تط", "دض", "ذز", "ذد", "ثس", "قك", "غق", "حه", "ثت")
ROWS = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ")
ENDINGS = {"ة": ("ت", "ا", ""), "ى": ("ا", "ه"), "ا": ("ى", "ة"), "ت": ("ة",), "ء": ("", "ئ")}
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
OFTEN, OWN, SHORTEST = 8, 3, 4
"""Articles that a word has at least, and a misspelling at most; letters of a word."""


def replaced(word, alike):
    """The word with one letter for another, in every way."""
    return [word[:at] + other + word[at + 1 :] for at, old in enumerate(word) for other in alike(old)]


def beside(letter):
    """The letters of the next keys."""
    return [row[at] for row in ROWS if letter in row for at in _around(row, letter)]


def _around(row, letter):
    return [at for at in (row.index(letter) - 1, row.index(letter) + 1) if 0 <= at < len(row)]


SLIPS = {
    "confused": lambda word: replaced(
        word, lambda letter: [other for pair in PAIRS if letter in pair for other in pair if other != letter]
    ),
    "left out": lambda word: [word[:at] + word[at + 1 :] for at in range(1, len(word))],
    "doubled": lambda word: [word[:at] + word[at] + word[at:] for at in range(1, len(word))],
    "swapped": lambda word: [
        word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)
    ],
    "next key": lambda word: replaced(word, beside),
    "too many": lambda word: [
        word[:at] + letter + word[at:] for at in range(1, len(word)) for letter in LETTERS
    ],
    "ending": lambda word: [word[:-1] + end for end in ENDINGS.get(word[-1], ())],
}


def cases(library, seed, number):
    """Kind of slip, what is typed and what is meant."""
    chance = random.Random(seed)
    titles = sorted({each.article.title for each in library.archive.changes(0) if each.article})
    chance.shuffle(titles)
    with library.searching() as engine:
        counts = dict(engine.terms(TextField.BODY_EXACT))
    kinds, found = list(SLIPS), 0
    for title in titles:
        good = [word for word in words(title) if _is_good(word, counts)]
        word = chance.choice(good) if good else ""
        ways = SLIPS[kinds[found % len(kinds)]](word) if word else []
        typed = chance.choice(ways) if ways else word
        if normalize(typed) != normalize(word) and counts.get(normalize(typed), 0) <= OWN:
            yield kinds[found % len(kinds)], typed, word
            found += 1
        if found == number:
            return


def _is_good(word, counts):
    form = normalize(word)
    is_arabic = form.isalpha() and not form.isascii() and not is_stopword(word)
    return len(word) >= SHORTEST and is_arabic and counts.get(form, 0) >= OFTEN


def main(data, seed="1", number="300"):
    """Print how often it is offered first, and among three, for each kind of slip."""
    first, among, every = Counter(), Counter(), Counter()
    with Library.open(Path(data)) as library:
        for kind, typed, meant in cases(library, int(seed), int(number)):
            found = search(library, SearchQuery(typed)).offers
            forms = [normalize(each.query) for each in found if each.kind is Kind.SPELLING]
            every[kind] += 1
            first[kind] += forms[:1] == [normalize(meant)]
            among[kind] += normalize(meant) in forms
    for kind in (*SLIPS, None):
        of = every[kind] if kind else every.total()
        one, three = (counts[kind] if kind else counts.total() for counts in (first, among))
        print(f"{kind or 'all':10} {of:4} first {one / max(of, 1):.3f} among three {three / max(of, 1):.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
