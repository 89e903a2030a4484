"""A text becomes pieces that show why it matched."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis import analyze
from search.marking import Marker
from search.parse import parse
from search.rank import compile_query
from search.snippets import (
    MAX_CHARACTERS,
    MAX_FORMS,
    MAX_FRAGMENTS,
    WINDOW,
    fragments,
    matched_forms,
    whole,
)

SEED = Path(__file__).parents[2] / "seeds" / "baghouz-2019.txt"


def sought(query, *, in_body=True):
    return [each for each in compile_query(parse(query).node).sought if each.in_body or not in_body]


def marked(text, query):
    return Marker(sought(query)).mark(text)


def shown(parts):
    """The pieces as one text, the marked words in brackets."""
    return "".join(f"[{text}]" if hit else text for text, hit in parts)


def plain(parts):
    return "".join(text for text, _ in parts)


def snippets(text, query):
    return [shown(parts) for parts in fragments(marked(text, query))]


# --- what is marked ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "query", "said"),
    [
        ("قوات سوريا", "قوات", "[قوات] سوريا"),
        ("القوات، وقواتنا.", "قوات", "[القوات]، [وقواتنا]."),
        ("«القُوّاتُ» تتقدم", "قوات", "«[القُوّاتُ]» تتقدم"),
        ("القــوات تتقدم", "قُوات", "[القــوات] تتقدم"),
        ("مدير الإعلام لقوات سوريا", "القوات", "مدير الإعلام [لقوات] سوريا"),
        ("سورية وسوريا", "سوريا", "[سورية] [وسوريا]"),
        ("الديموقراطيه", "الديمقراطية", "[الديموقراطيه]"),
        ("ال قوات", "القوات", "ال [قوات]"),
        ("كوفيد-19 انتشر", "كوفيد-19", "[كوفيد]-[19] انتشر"),
        ("قمة G20 اليوم", "g20", "قمة [G20] اليوم"),
        ("عام ٢٠١٩", "2019", "عام [٢٠١٩]"),
        ("ذهب إلى المدرسة", '"ذهب إلى المدرسة"', "[ذهب] [إلى] [المدرسة]"),
        ("ذهب إلى المدرسة", '"ذهب المدرسة"', "ذهب إلى المدرسة"),
        ("إلى المدرسة ذهب إلى المدرسة", '"إلى المدرسة"', "[إلى] [المدرسة] ذهب [إلى] [المدرسة]"),
        ("القوات وقوات", '"قوات"', "القوات وقوات"),
        ("لا لا لا", '"لا لا"', "[لا] [لا] [لا]"),
        ("على علي", "علي", "على [علي]"),
        ("على علي", "على", "[على] [علي]"),
        ("سوريا ولبنان", "سوريا -لبنان", "[سوريا] ولبنان"),
        ("سوريا ولبنان", "سوريا أو لبنان", "[سوريا] [ولبنان]"),
        ("سوريا في لبنان", "سوريا في لبنان", "[سوريا] في [لبنان]"),
        ("المصدر رويترز", "المصدر:رويترز", "المصدر رويترز"),
        ("", "قوات", ""),
        ("؟!", "قوات", "؟!"),
        ("قوات", "", "قوات"),
    ],
)
def test_whole_words_are_marked_and_nothing_else(text, query, said):
    assert said == shown(whole(marked(text, query)))


def test_what_was_asked_of_the_title_is_not_marked_in_the_body():
    assert [] == sought("العنوان:قوات")
    assert 1 == len(sought("العنوان:قوات", in_body=False))


def test_each_form_that_matched_is_listed_once_as_it_is_written_first():
    title = marked("قوات والقوات", "قوات سوريا")
    body = marked("القُوّات قُوّات لقوات القوات سورية", "قوات سوريا")
    assert {"قوات": ("قوات", "والقوات", "القُوّات", "لقوات"), "سوريا": ("سورية",)} == matched_forms(
        ["قوات", "سوريا", "لبنان"], title, body
    )


@pytest.mark.parametrize(
    ("query", "forms"),
    [
        ("قوات القوات", {"قوات": ("لقوات",), "القوات": ("لقوات",)}),
        ('قوات "لقوات سوريا"', {"قوات": ("لقوات",), "لقوات سوريا": ("لقوات", "سوريا")}),
    ],
)
def test_a_form_is_listed_for_each_word_that_it_matches(query, forms):
    typed = [each.typed for each in sought(query)]
    assert forms == matched_forms(typed, marked("لقوات سوريا", query))


def test_a_list_of_forms_has_an_end():
    clitics = ["", "و", "ف", "ب", "ل", "ك", "ال", "وال", "فال", "بال", "كال", "لل", "ولل"]
    forms = matched_forms(["قوات"], marked(" ".join(f"{clitic}قوات" for clitic in clitics), "قوات"))
    assert MAX_FORMS == len(set(forms["قوات"])) == len(forms["قوات"])
    assert "قوات" == forms["قوات"][0]


@pytest.mark.parametrize(
    ("text", "query", "said"),
    [
        ("دخلت قوات سوريا الديمقراطية", "قسد", "دخلت [قوات] [سوريا] [الديمقراطية]"),
        ("لقوات سورية الديموقراطية", "قسد", "[لقوات] [سورية] [الديموقراطية]"),
        ("قوات في سوريا، والديمقراطية", "قسد", "قوات في سوريا، والديمقراطية"),
        ("قسد وسوريا وقوات", "قوات سوريا الديمقراطية", "[قسد] [وسوريا] [وقوات]"),
        ("قوات سوريا الديمقراطية", "=قسد", "قوات سوريا الديمقراطية"),
        ("القوات وقوات", "=قوات", "القوات وقوات"),
    ],
)
def test_another_way_to_write_it_is_marked_as_a_row(text, query, said):
    assert said == shown(whole(marked(text, query)))


def test_the_words_of_a_row_are_listed_for_what_was_typed():
    title, body = (marked(text, "قسد") for text in ("قوات سوريا الديمقراطية", "لقوات سوريا الديمقراطية وقسد"))
    words = ("قوات", "سوريا", "الديمقراطية", "لقوات", "وقسد")
    assert {"قسد": words} == matched_forms(["قسد"], title, body)


# --- what is shown of a body ------------------------------------------------------------------------------

FILLER = "جاء ذلك بعد يوم طويل شهد نقاشا حادا بين الوفدين حول بنود الاتفاق الجديد "


def test_a_short_body_is_shown_whole():
    assert ["أعلنت [القوات] النصر. ثم عادت."] == snippets("\n أعلنت  القوات\tالنصر.\n\nثم عادت.\n", "قوات")


def test_a_body_in_which_nothing_matched_is_shown_from_its_beginning():
    (fragment,) = fragments(marked("«" + FILLER * 10, "قوات"))
    assert ("«" + FILLER * 10).startswith(plain(fragment))
    assert WINDOW == len(analyze(plain(fragment)))


def test_a_body_without_a_word_has_nothing_to_show():
    assert () == fragments(marked("؟ … !", "قوات"))
    assert () == fragments(marked("", "قوات"))


def test_a_fragment_has_some_words_before_the_one_that_matched():
    (fragment,) = snippets(FILLER * 5 + "القوات " + FILLER * 5, "قوات")
    before, _, after = fragment.partition("[القوات]")
    assert 5 == len(analyze(before))
    assert WINDOW - 6 == len(analyze(after))


def test_a_fragment_at_the_end_of_a_body_is_a_full_one():
    (fragment,) = snippets(FILLER * 5 + "ثم وصلت القوات.", "قوات")
    assert fragment.endswith("ثم وصلت [القوات].")
    assert WINDOW == len(analyze(fragment))


@pytest.mark.parametrize("noise", ["=" * 100_000, "x" * 100_000])
@pytest.mark.parametrize(
    "text", ["القوات {} سوريا", "سوريا {} القوات", "{} القوات", "القوات {}", "{} القوات {}"]
)
def test_a_fragment_is_not_longer_than_a_reader_looks_at(text, noise):
    (fragment, *_) = snippets(text.replace("{}", noise), "قوات")
    assert "[القوات]" in fragment
    assert len(fragment) <= 2 * MAX_CHARACTERS


def test_a_word_that_matched_is_shown_however_long_it_is():
    (fragment,) = snippets(f"{FILLER}{'x' * 2000} {FILLER}", "x" * 2000)
    assert f"[{'x' * 2000}]" == fragment


def test_fragments_show_each_word_of_the_query():
    text = f"{FILLER * 3}القوات {FILLER * 4}سوريا {FILLER * 4}النفط {FILLER * 3}"
    assert ["[القوات]", "[سوريا]", "[النفط]"] == [
        re.findall(r"\[\w+\]", fragment)[0] for fragment in snippets(text, "سوريا النفط القوات")
    ]


def test_a_place_with_two_words_side_by_side_comes_before_places_with_one():
    lone = f"{FILLER * 2}سوريا {FILLER * 3}قوات {FILLER * 3}"
    fragment = snippets(lone + f"قوات سوريا {FILLER * 3}" + lone, "قوات سوريا")
    assert ["[قوات] [سوريا]"] == re.findall(r"\[\w+\](?: \[\w+\])?", " ".join(fragment))


def test_words_side_by_side_come_before_the_same_words_apart():
    apart, beside = "سوريا التي دخلتها قوات", "قوات سوريا"
    (first, *_) = snippets(f"{FILLER * 3}{apart} {FILLER * 3}{beside} {FILLER * 3}", "قوات سوريا")
    assert "[قوات] [سوريا]" in first


def test_fragments_show_new_forms_of_a_word_before_what_was_shown():
    text = f"قوات {FILLER * 4}قوات {FILLER * 4}والقوات {FILLER * 4}قوات {FILLER * 4}لقواتنا {FILLER * 4}"
    assert ["قوات", "والقوات", "لقواتنا"] == [
        re.findall(r"\[(\w+)\]", fragment)[0] for fragment in snippets(text, "قوات")
    ]


def test_a_word_that_comes_again_and_again_in_one_form_is_shown_once():
    (fragment,) = snippets(f"قوات {FILLER * 4}" * 20, "قوات")
    assert fragment.startswith("[قوات]")


def test_there_are_never_more_fragments_than_a_reader_looks_at():
    clitics = ["", "و", "ف", "ب", "ل", "ال", "وال", "بال", "لل"]
    text = FILLER.join(f" {clitic}قوات {FILLER}" for clitic in clitics)
    assert MAX_FRAGMENTS == len(snippets(text, "قوات"))


# --- the article that the project was asked to find -------------------------------------------------------


@pytest.fixture(scope="module")
def baghouz():
    return SEED.read_text("utf-8").partition("\n\n")[2]


def test_the_forms_of_a_word_are_marked_in_a_real_article(baghouz):
    found = marked(baghouz, "قوات سوريا الديمقراطية")
    words = [text for text, hit in whole(found) if hit]
    assert {"قوات", "لقوات", "قواتنا", "القوات", "سوريا", "الديمقراطية"} == set(words)
    assert 7 == len(re.findall(r"\bل?قوات سوريا الديمقراطية\b", baghouz)) == words.count("الديمقراطية")
    assert re.findall(r"\b(?:لقوات|القوات|قواتنا|قوات)\b", baghouz) == [
        word for word in words if "قوات" in word
    ]
    assert {
        "قوات": ("القوات", "قوات", "لقوات", "قواتنا"),
        "سوريا": ("سوريا",),
        "الديمقراطية": ("الديمقراطية",),
    } == matched_forms(["قوات", "سوريا", "الديمقراطية"], found)


def test_the_fragments_of_a_real_article(baghouz):
    shown_first = snippets(baghouz, "قوات سوريا الديمقراطية")
    assert len(shown_first) in {2, MAX_FRAGMENTS}
    assert any("[لقوات] [سوريا] [الديمقراطية]" in fragment for fragment in shown_first[:2])
    assert all("[سوريا] [الديمقراطية]" in fragment for fragment in shown_first)
    assert any("[قواتنا]" in fragment for fragment in shown_first)


def test_a_phrase_in_a_real_article(baghouz):
    (fragment, *_) = snippets(baghouz, '"مهلة استسلام"')
    assert "[مهلة] [استسلام] داعش" in fragment


# --- laws -------------------------------------------------------------------------------------------------

PIECES = (
    *("قوات", "القوات", "لقوات", "قُوّاتُنا", "القــوات", "سوريا", "سورية", "وسوريا", "الديمقراطية", "في"),
    *("من", "على", "علي", "ال", "G20", "كوفيد-19", "٢٠١٩", "1,500", "ﷲ", "ﻗﻮﺍﺕ", "كتاب", "مدينة", "يوم"),
    *(
        " ",
        " ",
        " ",
        " ",
        "  ",
        "\n\n",
        "\t",
        "\u00a0",
        "، ",
        ". ",
        "«",
        "»",
        "ـ",
        "\u064b",
        "\u200f",
        "\u200d",
    ),
    *("\x1f", "\u2028", "ﷺ", "é", "ß", "😀", "_", "\x00", "-"),
)
texts = st.lists(st.sampled_from(PIECES), max_size=150).map("".join) | st.text(max_size=60)
queries = st.sampled_from(
    (
        "قوات سوريا الديمقراطية",
        "القوات",
        '"قوات سوريا"',
        '"سوريا في"',
        "علي",
        "في من",
        "كتاب أو مدينة -يوم",
        "كوفيد-19",
        "G20 2019 1500",
        "*",
    )
) | st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(" ".join)


def is_of_a_word(character):
    """Whether a word could go on with it: a letter, a digit, or a mark on a letter."""
    return character.isalpha() or character.isdigit() or "\u064b" <= character <= "\u0652"


@given(texts, queries)
def test_the_whole_is_the_text(text, query):
    assert text == plain(whole(marked(text, query)))


@given(texts, queries)
@example("ال قوات", "القوات")
@example("القُوّاتُ", "قوات")
def test_what_is_marked_is_a_whole_word(text, query):
    words = {(token.start, token.end) for token in analyze(text)}
    at = 0
    for piece, hit in whole(marked(text, query)):
        assert piece
        if hit:
            assert (at, at + len(piece)) in words
        at += len(piece)


@given(st.lists(st.sampled_from(PIECES[:23]), max_size=60), queries)
def test_beside_what_is_marked_no_word_goes_on(pieces, query):
    """Where words stand apart, a part of one is never marked: no «ال» of «القوات», no «قو» of «قُوّات»."""
    parts = whole(marked(" ".join(pieces), query))
    for (before, is_hit), (after, is_next_hit) in pairwise(parts):
        if is_hit:
            assert not is_of_a_word(after[0])
        if is_next_hit:
            assert not is_of_a_word(before[-1])
    alone = {piece for text in pieces for piece in re.split(r"[-\s]", text)}
    assert {text for text, hit in parts if hit} <= alone


@given(texts, queries)
def test_what_is_marked_means_what_was_asked_for(text, query):
    each_sought = sought(query)
    stems = {stem for each in each_sought for stem in each.stems}
    forms = {form for each in each_sought for form in each.forms}
    for piece, hit in whole(marked(text, query)):
        if hit:
            (token,) = analyze(piece)
            assert token.stem in stems or token.form in forms


@given(texts, queries)
def test_every_word_that_means_what_was_asked_for_is_marked(text, query):
    stems = {stem for each in sought(query) for stem in each.stems}
    expected = [text[token.start : token.end] for token in analyze(text) if token.stem in stems]
    hits = [piece for piece, hit in whole(marked(text, query)) if hit]
    assert expected == [piece for piece in hits if analyze(piece)[0].stem in stems]


@given(texts, queries)
@example("كتاب " * 60, "كتاب")
def test_fragments_are_slices_of_the_text_in_order(text, query):
    """Up to white space, which is made single; and none goes over into the next."""
    found = fragments(marked(text, query))
    assert len(found) <= MAX_FRAGMENTS
    at, rest = 0, "".join(text.split())
    for parts in found:
        said = plain(parts)
        assert said == " ".join(said.split())
        at = rest.index("".join(said.split()), at) + len("".join(said.split()))
    assert bool(analyze(text)) == bool(found)


@given(st.lists(st.sampled_from(["قوات", "لقوات", "وسوريا", "كتاب"]) | st.none(), min_size=1, max_size=200))
@example([None] * 30 + ["قوات"] + [None] * 17 + ["لقوات"] + [None] * 30)
@example(["قوات"] * 5 + [None] * 40 + ["لقوات", "وسوريا"] + [None] * 40)
def test_fragments_are_in_order_and_share_no_word(words):
    """The other words are numbers, each another, so that it can be told where a fragment is."""
    text = " ".join(word or str(number) for number, word in enumerate(words))
    numbers = [int(word) for line in snippets(text, "قوات سوريا كتاب") for word in re.findall("[0-9]+", line)]
    assert sorted(set(numbers)) == numbers


@given(st.integers(0, 99), st.integers(0, 99), st.integers(1, 100))
@example(10, 35, 40)
@example(30, 48, 100)
@example(48, 30, 100)
def test_each_word_of_the_query_is_shown_wherever_it_is(one, other, count):
    words = [str(number) for number in range(max(count, one + 1, other + 1))]
    words[one], words[other] = "قوات", "سوريا"
    shown_words = {
        piece for parts in fragments(marked(" ".join(words), "قوات سوريا")) for piece, hit in parts if hit
    }
    assert {word for word in words if not word.isdigit()} == shown_words


@given(texts, queries)
def test_fragments_mark_what_the_whole_marks(text, query):
    hits = [piece for piece, hit in whole(marked(text, query)) if hit]
    in_fragments = [piece for parts in fragments(marked(text, query)) for piece, hit in parts if hit]
    remaining = iter(hits)
    assert all(piece in remaining for piece in in_fragments)
    assert bool(hits) == bool(in_fragments)


@given(texts, queries)
def test_a_fragment_is_not_longer_than_a_window_of_words(text, query):
    for parts in fragments(marked(text, query)):
        assert len(analyze(plain(parts))) <= WINDOW
        assert len(plain(parts)) <= 3 * MAX_CHARACTERS  # of words, and of what stands at the text's two ends
        assert all(piece for piece, _ in parts)


@given(texts, queries)
def test_the_forms_that_matched_are_among_what_is_marked(text, query):
    found = marked(text, query)
    typed = [each.typed for each in sought(query)]
    hits = {piece for piece, hit in whole(found) if hit}
    forms = matched_forms(typed, found)
    assert set(forms) <= set(typed)
    assert {form for each in forms.values() for form in each} <= hits
    assert bool(hits) == bool(forms)
    assert all(len(each) <= MAX_FORMS for each in forms.values())
