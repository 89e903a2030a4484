"""Arabic analysis: the same for the words of an article and the words of a query.

    letters     code points by name; what is folded into what
    tokenize    text to words, with offsets into the original
    normalize   a word to its form: letters folded
    stopwords   words too common to search by
    affixes     what is attached to words, and what taking it off costs
    lexicon     the words that are known; lexicon_build makes its data
    stem        a form to its stem
    chain       the order of all that, and its fingerprint

Others use the names below only.
"""

from index.analysis.chain import FINGERPRINT, Token, analyze, terms
from index.analysis.normalize import normalize, normalize_word
from index.analysis.stem import attachments
from index.analysis.stopwords import is_stopword, stop_forms

__all__ = [
    "FINGERPRINT",
    "Token",
    "analyze",
    "attachments",
    "is_stopword",
    "normalize",
    "normalize_word",
    "stop_forms",
    "terms",
]
