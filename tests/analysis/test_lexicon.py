"""The data of the lexicon, and what clitics do to its words."""

from importlib.resources import files

import pytest

from index.analysis import affixes, normalize
from index.analysis.lexicon import DATA, lexicon
from index.analysis.stem import stem

KINDS = set("NBAPVI")
FREQUENT = 40
FLOORS = {"ال": 0.995, "و": 0.99, "ف": 0.989, "ب": 0.984, "ل": 0.989, "ك": 0.982}
"""Of the frequent nouns and names, the share whose stem a proclitic leaves as it is: some three thousandths
below what was measured (0.998, 0.994, 0.992, 0.987, 0.992, 0.986)."""
ADDED_FLOORS = {"ال": 0.996, "و": 0.992, "ف": 0.994, "ب": 0.989, "ل": 0.993, "ك": 0.984}
"""The same of the names of the supplement (0.999, 0.996, 0.998, 0.993, 0.997, 0.987)."""
ARTICLE_FLOOR = 0.995
"""The same of the article before frequent words that are nouns or names among other things (0.998)."""


def lines(name):
    text = files("index.analysis").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


BUILT = [line.split("\t") for line in lines("lexicon.tsv")]
SUPPLEMENT = [line.split("\t") for line in lines("supplement.tsv")]


def kinds_are_known(kinds):
    return bool(kinds) and set(kinds) <= KINDS and len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("name", [*DATA, "stopwords.txt"])
def test_a_data_file_is_part_of_the_package(name):
    assert files("index.analysis").joinpath(name).is_file()


def test_a_line_of_the_lexicon_is_form_kinds_weight_and_lemma():
    def well_formed(form, kinds, weight, *lemma):
        spelled = form == normalize(form) and form.isalpha() and len(lemma) <= 1 and all(lemma)
        return spelled and kinds_are_known(kinds) and weight.isdecimal() and 1 <= int(weight) <= 100

    assert [] == [line for line in BUILT if not 3 <= len(line) <= 4 or not well_formed(*line)]


def test_the_lexicon_is_sorted_and_holds_a_form_once():
    forms = [form for form, *_ in BUILT]
    assert sorted(set(forms)) == forms


def test_a_lemma_of_the_lexicon_is_a_word_of_it():
    known = {form for form, *_ in BUILT}
    assert [] == [line for line in BUILT if len(line) == 4 and line[3] not in known]


def test_a_line_of_the_supplement_is_word_kinds_and_lemma():
    assert [] == [line for line in SUPPLEMENT if not 2 <= len(line) <= 3 or not all(line)]
    assert [] == [line for line in SUPPLEMENT if not kinds_are_known(line[1])]
    assert [] == [line for line in SUPPLEMENT if not normalize(line[0]).isalpha()]


def test_the_supplement_holds_a_form_once():
    seen = set()
    forms = [normalize(word) for word, *_ in SUPPLEMENT]
    assert [] == [form for form in forms if form in seen or seen.add(form)]


def test_a_lemma_of_the_supplement_is_a_word_that_is_known_as_itself():
    entries = lexicon()
    lemmas = {normalize(word): normalize(lemma[0]) for word, _, *lemma in SUPPLEMENT if lemma}
    assert [] == [form for form, lemma in lemmas.items() if lemma not in entries]
    assert [] == [(form, lemma) for form, lemma in lemmas.items() if lemmas.get(lemma, lemma) != lemma]


def test_the_sections_of_the_supplement_are_sorted():
    text = files("index.analysis").joinpath("supplement.tsv").read_text(encoding="utf-8")
    for section in text.split("\n\n"):
        words = [line.split("\t")[0] for line in section.splitlines() if not line.startswith("#")]
        assert sorted(words) == words, section.splitlines()[0]


def test_a_later_line_replaces_an_earlier_one():
    assert "B" in {form: kinds for form, kinds, *_ in BUILT}["السنه"]
    assert ("سنه", "N") == (lexicon()["السنه"].lemma, lexicon()["السنه"].kinds)


def test_a_word_of_the_supplement_is_no_less_frequent_than_the_lexicon_says():
    built = {form: int(weight) for form, _, weight, *_ in BUILT}
    added = {normalize(word) for word, *_ in SUPPLEMENT}
    entries = lexicon()
    assert [] == [form for form in added & built.keys() if entries[form].weight < built[form]]


def share_kept(clitic, forms):
    """The share of the forms whose stem a clitic leaves as it is, and what becomes of the first others."""
    wrong = [form for form in forms if stem(clitic + form) != stem(form)]
    shown = ", ".join(f"{clitic}{form}: {stem(clitic + form)}, {stem(form)}" for form in wrong[:40])
    return 1 - len(wrong) / len(forms), f"{len(wrong)} of {len(forms)} words are read otherwise: {shown}"


def frequent(wanted):
    """The frequent forms with a wanted entry, without those that begin as if they had the article."""
    entries = lexicon().items()
    return [
        form for form, entry in entries if entry.weight >= FREQUENT and wanted(entry) and form[:2] != "ال"
    ]


@pytest.mark.parametrize(("clitic", "floor"), FLOORS.items())
def test_a_proclitic_leaves_the_stem_of_a_frequent_noun_or_name(clitic, floor):
    share, others = share_kept(clitic, frequent(lambda entry: entry.kinds in {"N", "P"}))
    assert floor <= share, others


@pytest.mark.parametrize(("clitic", "floor"), ADDED_FLOORS.items())
def test_a_proclitic_leaves_the_stem_of_a_name_of_the_supplement(clitic, floor):
    names = [normalize(word) for word, kinds, *_ in SUPPLEMENT if kinds == "P"]
    share, others = share_kept(clitic, [name for name in names if not name.startswith("ال")])
    assert floor <= share, others


def test_the_article_leaves_the_stem_of_a_frequent_word_that_may_be_a_noun_or_a_name():
    share, others = share_kept("ال", frequent(lambda entry: bool(set(entry.kinds) & set("NP"))))
    assert ARTICLE_FLOOR <= share, others


def test_the_tables_of_affixes_are_about_kinds_of_the_lexicon():
    suffixes = [suffix for row in affixes.SUFFIXES.values() for suffix in row]
    wrong = [affix for affix in [*affixes.PROCLITICS.values(), *suffixes] if not kinds_are_known(affix.kinds)]
    assert [] == wrong
    assert [] == [affix for affix in [*affixes.PROCLITICS, *affixes.SUFFIXES] if affix != normalize(affix)]


def test_nearly_every_name_of_the_lexicon_is_read_as_itself():
    entries = lexicon()
    names = [form for form, entry in entries.items() if entry.kinds == "P" and len(form) >= 3]
    cut = [form for form in names if stem(form) != entries[form].lemma]
    assert len(cut) <= 0.04 * len(names), f"{len(cut)} of {len(names)}: {cut[:60]}"
