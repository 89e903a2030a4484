"""Arabic analysis: the same for the words of an article and the words of a query.

    letters     code points by name; what is folded into what
    tokenize    text to words, with offsets into the original
    normalize   a word to its form: letters folded
    stopwords   words too common to search by
    affixes     what is attached to words, and what taking it off costs
    lexicon     the words that are known; lexicon_build makes its data
    stem        a form to its stem
    chain       the order of all that, and its fingerprint
    tokens      the tokens of a text of which few are looked at
    wordbook    words of an archive with their forms and stems, in a file
    keys        strings and their places, looked up where a file is mapped
    bases       which forms may have one of some stems, told without stemming
    roots       stems of one root; roots_build makes its data
    variants    other ways to write the same thing
    calendars   names of months
    tables      data files, read
    kept        what was worked out of all that, kept on the disk

Others use the names below only.
"""

from index.analysis.bases import Bases
from index.analysis.calendars import gregorian_months, hijri_months
from index.analysis.chain import (
    END,
    FINGERPRINT,
    Analyzer,
    Token,
    analyze,
    analyze_piece,
    analyze_word,
    counted,
    keep,
    known_word,
    known_words,
    listed,
    recall,
    remember,
    terms,
)
from index.analysis.letters import ARTICLE
from index.analysis.normalize import normalize, normalize_word
from index.analysis.roots import derived, spelled
from index.analysis.stem import attachments, has_clitic, is_common, is_known
from index.analysis.stopwords import is_stopword, stop_forms
from index.analysis.tokenize import SIGNS, words
from index.analysis.tokens import Tokens
from index.analysis.variants import Variant, longest, variants

__all__ = [
    "ARTICLE",
    "END",
    "FINGERPRINT",
    "SIGNS",
    "Analyzer",
    "Bases",
    "Token",
    "Tokens",
    "Variant",
    "analyze",
    "analyze_piece",
    "analyze_word",
    "attachments",
    "counted",
    "derived",
    "gregorian_months",
    "has_clitic",
    "hijri_months",
    "is_common",
    "is_known",
    "is_stopword",
    "keep",
    "known_word",
    "known_words",
    "listed",
    "longest",
    "normalize",
    "normalize_word",
    "recall",
    "remember",
    "spelled",
    "stop_forms",
    "terms",
    "variants",
    "words",
]
