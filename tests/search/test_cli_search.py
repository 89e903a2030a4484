"""`arshif search`: what is asked, what is printed without a terminal, and the JSON object."""

import json

import pytest

from search.commands.exits import Exit

KEYS = {
    "query",
    "understood",
    "total",
    "took_ms",
    "relaxed",
    "notices",
    "hits",
    "facets",
    "expansions",
    "offers",
}
HIT_KEYS = {
    *("id", "score", "title", "url", "source", "author", "category", "published"),
    *("title_parts", "snippet_parts", "matched", "why"),
}


def found(arshif, *arguments):
    """The ids that a search finds, in order."""
    result = arshif("search", "--json", *arguments)
    assert result.exit_code in (Exit.DONE, Exit.INCOMPLETE), result.output
    return [hit["id"] for hit in json.loads(result.stdout)["hits"]]


def test_results_are_printed_with_marks_in_brackets(arshif):
    result = arshif("search", "قوات")
    assert Exit.DONE == result.exit_code
    assert "" == result.stderr
    assert [
        "مقالة واحدة: «قوات»",
        "",
        "1. [قوات] سوريا الديمقراطية تتأهب لشن آخر هجوم",
        "   الشرق · 2019-02-17 10:30 · baghouz",
        "   أعلنت [القوات] أن المهلة انتهت. وقال متحدث إن الهجوم سيبدأ قريبا، وإن الممر ما زال مفتوحا.",
    ] == result.stdout.splitlines()


def test_what_is_piped_has_nothing_that_is_not_seen(arshif):
    output = arshif("search", "سوريا").stdout
    assert "2 " not in output.splitlines()[0]
    assert [] == [character for character in output if not character.isprintable() and character != "\n"]


def test_the_json_has_the_keys_of_the_api(arshif):
    result = arshif("search", "قوات سوريا", "--json")
    assert Exit.DONE == result.exit_code
    answer = json.loads(result.stdout)
    assert KEYS == answer.keys()
    assert HIT_KEYS == answer["hits"][0].keys()
    assert {"source", "author", "category", "month"} == answer["facets"].keys()
    assert "قوات سوريا" == answer["query"]
    assert ["قوات", True] == answer["hits"][0]["title_parts"][0]
    assert '"query": "قوات سوريا"' in result.stdout


def test_words_are_one_query_whether_quoted_or_not(arshif):
    assert ["oil"] == found(arshif, "سوريا", "النفط")
    assert found(arshif, "سوريا النفط") == found(arshif, "سوريا", "النفط")


@pytest.mark.parametrize(
    "words", [["سوريا -لبنان"], ["سوريا", "-لبنان"], ["--", "سوريا", "-لبنان"], ["--", "-لبنان سوريا"]]
)
def test_a_minus_excludes_wherever_it_stands(arshif, words):
    assert ["baghouz"] == found(arshif, *words)


def test_a_query_may_be_nothing_but_an_exclusion(arshif):
    assert ["baghouz"] == found(arshif, "--", "-لبنان")
    assert ["baghouz"] == found(arshif, "-لبنان")


@pytest.mark.parametrize("option", ["--limt", "-n", "-x5"])
def test_a_mistyped_option_is_no_query(arshif, option):
    result = arshif("search", "سوريا", option)
    assert Exit.USAGE == result.exit_code
    assert "No such option" in result.stderr
    assert option in result.stderr


def test_after_two_minuses_everything_is_query(arshif):
    assert ["baghouz"] == found(arshif, "--", "--limit", "القوات")


def test_an_empty_query_finds_all(arshif):
    assert {"baghouz", "oil", "dam"} == set(found(arshif, ""))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--source", "الشرق"], ["baghouz"]),
        (["--source", "الشرق", "--source", "الغرب", "--sort", "oldest"], ["baghouz", "oil"]),
        (["--author", "ليلى حداد"], ["baghouz"]),
        (["--from", "2019-03"], ["oil"]),
        (["--to", "2019-02"], ["baghouz"]),
        (["--from", "٢٠١٩-٠٢-١٧", "--to", "۲۰۱۹-۰۲-۱۷"], ["baghouz"]),
        (["--from", "2019", "--to", "2019", "--sort", "newest"], ["oil", "baghouz"]),
        (["--sort", "newest", "--limit", "1", "--offset", "1"], ["baghouz"]),
        (["--limit", "0"], []),
    ],
)
def test_options_narrow_sort_and_page(arshif, options, expected):
    assert expected == found(arshif, "", *options)


@pytest.mark.parametrize(
    "options",
    [
        *(["--from", value] for value in ("yesterday", "2019-13", "2019-02-30", "", "2018..2019")),
        ["--to", "19"],
        ["--from", "2020", "--to", "2019"],
        ["--limit", "-1"],
        ["--limit", "1001"],
        ["--offset", "-1"],
        ["--offset", str(10**12)],
        ["--sort", "best"],
    ],
)
def test_values_that_mean_nothing_are_wrong_usage(arshif, options):
    result = arshif("search", "سوريا", *options)
    assert Exit.USAGE == result.exit_code
    assert options[0] in result.stderr
    assert "" == result.stdout


def test_what_a_date_looks_like_is_said(arshif):
    assert "2019, 2019-02 or 2019-02-28" in arshif("search", "x", "--from", "soon").stderr


def test_no_hits_are_code_1_and_said_with_the_notices(arshif):
    result = arshif("search", "زرافة", "--source", "الجنوب")
    assert Exit.INCOMPLETE == result.exit_code
    first, *notices = result.stdout.splitlines()
    assert "لم توجد مقالة تطابق البحث: «زرافة»" == first
    assert ["لا مقالة من المصدر «الجنوب». في الأرشيف: «الشرق»، «الغرب»."] == notices


@pytest.mark.parametrize(
    ("options", "code", "expected"),
    [
        ([], Exit.DONE, "3 مقالات"),
        (["--limit", "2"], Exit.DONE, "2 من 3 مقالات"),
        (["--limit", "2", "--offset", "1"], Exit.DONE, "2 إلى 3 من 3 مقالات"),
        (["--offset", "2"], Exit.DONE, "3 من 3 مقالات"),
        (["--limit", "0"], Exit.DONE, "3 مقالات"),
        (["--offset", "3"], Exit.INCOMPLETE, "لا نتائج بعد هذا الموضع من 3 مقالات"),
        (["--limit", "1", "--from", "2019"], Exit.DONE, "1 من مقالتين"),
        (["--from", "2019"], Exit.DONE, "مقالتان"),
    ],
)
def test_the_total_is_good_arabic(arshif, options, code, expected):
    result = arshif("search", "", *options)
    assert code == result.exit_code
    assert f"{expected}: كل المقالات" == result.stdout.splitlines()[0]


def test_numbers_go_on_where_the_page_before_ended(arshif):
    result = arshif("search", "", "--offset", "1", "--sort", "newest")
    assert ["2.", "3."] == [line[:2] for line in result.stdout.splitlines() if line[1:2] == "."]


def test_a_search_can_be_explained(arshif):
    result = arshif("search", "قوات", "--explain", "--source", "الشرق", "--from", "2019")
    assert Exit.DONE == result.exit_code
    lines = result.stdout.splitlines()
    assert "The engine's query:" == lines[2]
    assert "    title ×4, body ×1, lead ×2.5: قوه" in lines
    assert "    ×0.02 title_exact ×4, body_exact ×1: قوات" in lines
    assert "  only: source = الشرق" in lines
    assert "  only: published from 2019-01-01 to the last" in lines
    assert any(line.startswith("   score ") for line in lines)
    assert "   قوات: قوات (form)" in lines
    assert "   قوات: القوات (stem)" in lines


def test_all_that_narrows_is_explained(arshif):
    result = arshif("search", "قوات", "--explain", "--author", "سمير", "--category", "رياضة")
    only = [line.strip() for line in result.stdout.splitlines() if "only:" in line]
    assert ["only: author = سمير", "only: category = رياضة"] == only


def test_an_explanation_comes_in_the_json_too(arshif):
    plain = json.loads(arshif("search", "قوات", "--json").stdout)
    explained = json.loads(arshif("search", "قوات", "--json", "--explain").stdout)
    assert {"explain"} == explained.keys() - plain.keys()
    assert "The engine's query:" == explained["explain"][0]


NAMED = "بُحث مع «قسد» عن صور أخرى لها: «قوات سوريا الديمقراطية»."


def test_what_was_not_typed_is_looked_for_and_said(arshif):
    lines = arshif("search", "قسد").stdout.splitlines()
    assert ["مقالة واحدة: «قسد»", NAMED, ""] == lines[:3]
    assert "1. [قوات] [سوريا] [الديمقراطية] تتأهب لشن آخر هجوم" == lines[3]


def test_as_typed_looks_for_nothing_else(arshif):
    result = arshif("search", "قسد", "--as-typed", "--json")
    assert Exit.INCOMPLETE == result.exit_code
    answer = json.loads(result.stdout)
    assert ([], [], []) == (answer["hits"], answer["notices"], answer["expansions"])


def test_a_word_with_an_equals_sign_is_looked_for_as_it_is(arshif):
    assert ["baghouz"] == found(arshif, "قسد")
    assert [] == found(arshif, "=قسد")
    assert ["oil"] == found(arshif, "=وسوريا")
    assert ["baghouz"] == found(arshif, "هجوم", "-=قسد")


def test_several_notices_can_be_told_apart(arshif):
    lines = arshif("search", "قسد", "في", "--source", "الجنوب", "--source", "الشرق").stdout.splitlines()
    assert ["• لا مقالة من", "• كلمات شائعة", "• بُحث مع «قس"] == [line[:13] for line in lines[1:4]]
    assert "" == lines[4]


def test_the_query_explained_is_the_one_that_was_asked(arshif):
    lines = arshif("search", "قسد", "--explain").stdout.splitlines()
    assert "      title ×4, body ×1, lead ×2.5: قسد" in lines
    assert '      title: "قوه سوريا ديمقراطي"' in lines
    as_typed = arshif("search", "قسد", "--explain", "--as-typed").stdout
    assert "title ×4, body ×1, lead ×2.5: قسد" in as_typed
    assert "قوه" not in as_typed


def test_what_was_learned_from_the_first_articles_is_explained(arshif, write):
    articles = [{"id": f"f{number}", "body": f"حريق في مصنع {number} قريب."} for number in range(12)]
    articles += [{"id": f"o{number}", "body": f"مباراة {number} بعيدة."} for number in range(120)]
    assert Exit.DONE == arshif("add", write(*articles)).exit_code
    answer = json.loads(arshif("search", "حريق", "--explain", "--json").stdout)
    learned = [each["text"] for each in answer["expansions"] if each["kind"] == "feedback"]
    assert "مصنع" in learned
    assert any(line.endswith("title ×4, body ×1: مصنع") for line in answer["explain"])


def test_a_query_that_is_too_long_is_refused(arshif):
    result = arshif("search", "كلمة " * 500)
    assert Exit.USAGE == result.exit_code
    assert result.stderr.startswith("Error: البحث طويل جدًا")


def test_bytes_that_are_no_text_are_a_query_like_any(arshif):
    result = arshif("search", "\udcff\udcfe", "--json")
    assert Exit.INCOMPLETE == result.exit_code
    assert "\udcff\udcfe" == json.loads(result.stdout)["query"]


def test_control_characters_of_an_article_do_not_steer_the_terminal(arshif, data):
    from index.article import Article
    from index.library import Library

    with Library.open(data) as library:
        library.add([Article("evil", "زلزال \x1b[31m أحمر \u202e معكوس", "زلزال\x07 في\u200b المدينة.")])
        library.catch_up()
    for arguments in (["search", "زلزال"], ["show", "evil"]):
        output = arshif(*arguments).stdout
        assert "معكوس" in output
        assert [] == [one for one in output if not one.isprintable() and one != "\n"]
