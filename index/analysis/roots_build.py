"""Make `roots.tsv` from its source: `make lexicon`, after the lexicon itself.

Source: the roots of nouns and verbs in the Arramooz dictionary of T. Zerrouki (package arramooz-pysqlite,
GPL-3.0).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from pyarabic import araby

from index.analysis import tables
from index.analysis.letters import ALEF, YEH
from index.analysis.lexicon import lexicon
from index.analysis.lexicon_build import frequencies_of_forms, rows
from index.analysis.normalize import normalize
from index.analysis.stem import stem

SHARE = 0.25
"""A root counts for a stem if this share of the dictionary's entries with that stem has it: most homographs
of one spelling are of one root, and the rest are the stem's mistakes."""

LENGTHS = range(3, 6)
"""Letters of a root; others are slips of the source."""

PLACE_ENDINGS = ("", "ا", "يا", "ه")
"""How a place may end where its adjective has ي: ايران, امريكا, سوريا, انقره."""

NAME_SHARE = 0.5
"""A word that is more often a name than this has no root here: صالح is somebody before he is righteous."""


def build() -> list[str]:
    """The lines of the table: stem, its roots, and how it is spelled where letters were folded."""
    roots, spellings = _roots()
    names = _names()
    kept = {word: found for word, counts in roots.items() if word not in names and (found := _best(counts))}
    for word, place in _belongings():
        kept.setdefault(word, []).append(place)
        kept.setdefault(place, []).append(place)
    families = Counter(root for found in kept.values() for root in found)
    lines = []
    for word, found in sorted(kept.items()):
        if shared := sorted({root for root in found if families[root] > 1}):
            spelled = spellings[word].most_common(1)[0][0] if spellings[word] else word
            lines.append("\t".join((word, " ".join(shared), spelled if spelled != word else "")).rstrip("\t"))
    return lines


def _roots() -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """For each stem its roots, with the number of entries of the source that have them; and spellings."""
    known = lexicon()
    roots: dict[str, Counter[str]] = defaultdict(Counter)
    for table in ("nouns", "verbs"):
        for word, root in rows("arabicdictionary", f"SELECT unvocalized, root FROM {table}"):  # noqa: S608 - ours
            form = normalize(word)
            if root and form in known:
                stemmed = stem(form)
                roots[stemmed][_plain(root)] += 1
    return roots, _spellings()


def _spellings() -> dict[str, Counter[str]]:
    """For each form its spellings, with how often each is met."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for word, frequency in rows("wordfreq", "SELECT unvocalized, freq FROM wordfreq"):
        spellings[normalize(word)][word] += frequency
    for line in (*tables.lines("supplement.tsv"), *tables.lines("variants/names.tsv")):
        word = line.split("\t")[0]
        spellings[normalize(word)][word] += 1
    return spellings


def _belongings() -> Iterator[tuple[str, str]]:
    """Adjectives of belonging and the place each is of (ايراني, ايران): the place stands for their root."""
    known = lexicon()
    for form, entry in known.items():
        if form == entry.lemma and "A" in entry.kinds and form.endswith(YEH):
            for ending in PLACE_ENDINGS:
                place = form[:-1] + ending
                if place in known and "P" in known[place].kinds and known[place].lemma == place:
                    yield form, place


def _plain(root: str) -> str:
    """A root with its hamza written one way; the source has أمر, ءمر and ام.ر."""
    return normalize(root).replace(araby.HAMZA, ALEF).replace(".", "")


def _best(counts: Counter[str]) -> list[str]:
    least = SHARE * sum(counts.values())
    return sorted(root for root, count in counts.items() if count >= least and len(root) in LENGTHS)


def _names() -> set[str]:
    """Stems that are names more often than not."""
    frequencies = frequencies_of_forms()
    often = {form for form, kinds in frequencies.items() if kinds["P"] > NAME_SHARE * sum(kinds.values())}
    named = {form for form, entry in lexicon().items() if set(entry.kinds) == {"P"}}
    return {stem(form) for form in often | named}


if __name__ == "__main__":
    target = Path(__file__).with_name("roots.tsv")
    lines = build()
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{target}: {len(lines)} stems")  # noqa: T201 - it is a script
