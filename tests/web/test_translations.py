"""The catalogues: every text of the page is translated, and nothing in them is of no use."""

import ast
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from web import compare, pages
from web.languages import ARABIC, LANGUAGES

ROOT = Path(__file__).parents[2]
EXTRACT = re.search(r"pybabel (-q extract .*)", (ROOT / "Makefile").read_text(encoding="utf-8"))[1].split()
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
MARKUP = re.compile(r"<[^>]*>")
LETTER = re.compile(r"[\u0620-\u064a]")
# What stays Arabic in English: words of examples and of the query language.
ARABIC_WORDS = {"لقوات", "والقوات", "القوات", "المصدر:", "والكاتب:", "الكاتب:"}

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def catalogue(code, kind="po"):
    path = ROOT / "search" / "translations" / code / "LC_MESSAGES" / f"messages.{kind}"
    with path.open("rb") as file:
        return read_po(file, locale=code) if kind == "po" else read_mo(file)


def texts(messages):
    return {message.id: message.string for message in messages if message.id}


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """All texts of code and templates that are to be translated."""
    found = tmp_path_factory.mktemp("texts") / "messages.pot"
    words = [str(found) if word.endswith(".pot") else word for word in EXTRACT]
    subprocess.run([Path(sys.executable).with_name("pybabel"), *words], cwd=ROOT, check=True)
    return set(texts(read_po(BytesIO(found.read_bytes()))))


@pytest.fixture(params=[code for code in LANGUAGES if code != ARABIC])
def code(request):
    return request.param


def test_every_text_is_translated_and_every_translation_is_used(code, used):
    translated = {text for text, said in texts(catalogue(code)).items() if said}
    assert set() == used - translated, "run `make translations` and translate these"
    assert set() == translated - used, "run `make translations`: these are no longer said"


def test_a_translation_has_the_places_and_tags_of_its_text(code):
    for text, said in texts(catalogue(code)).items():
        for part in (PLACEHOLDER, MARKUP):
            assert sorted(part.findall(text)) == sorted(part.findall(said)), text


def test_a_translation_is_in_its_language(code):
    for said in texts(catalogue(code)).values():
        rest = " ".join(word for word in said.split() if word.strip(".,“”") not in ARABIC_WORDS)
        assert not LETTER.search(rest), said
        assert said.strip()


def test_nothing_stands_twice_in_a_catalogue(code):
    path = ROOT / "search" / "translations" / code / "LC_MESSAGES" / "messages.po"
    said = re.findall(r"^msgid (.*?)^msgstr", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert len(said) == len(set(said))


def test_what_is_compiled_is_what_is_written(code):
    compiled = BytesIO()
    write_mo(compiled, catalogue(code))
    compiled.seek(0)
    assert texts(read_mo(compiled)) == texts(catalogue(code, "mo")), "run `make translations`"


def test_no_template_says_anything_that_is_not_translated():
    """What is left of a template without its tags and what they say is in no language."""
    for path in (ROOT / "web" / "templates").iterdir():
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"{% trans.*?endtrans %}|{{.*?}}|{%.*?%}|{#.*?#}", "", text, flags=re.DOTALL)
        assert [] == [line for line in text.splitlines() if LETTER.search(line)], path.name


# What is Arabic in every language: queries to try, and what Arabic calls itself. By the module that has it.
UNTRANSLATED = {
    "compare.py": set(compare.EXAMPLE),
    "languages.py": {LANGUAGES[ARABIC]},
    "operations.py": {"سوريا", "العراق"},
    "pages.py": {example.query for example in pages.EXAMPLES},
}


@pytest.mark.parametrize("path", sorted((ROOT / "web").glob("*.py")), ids=lambda path: path.name)
def test_no_module_says_anything_that_is_not_translated(path, used):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    said = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    }
    assert set() == {text for text in said - used if LETTER.search(text)} - UNTRANSLATED.get(path.name, set())


PAGES = ("/", "/search?q=", "/search?q=مجلس&page=2", "/search?q=زعفران", "/article/latin?q=gas", "/nothing")


@pytest.mark.parametrize("address", PAGES)
def test_an_english_page_is_english(client, page_of, address):
    page = page_of(client.get(address).text)
    other = page.one("a", "language")
    assert ("en", "English") == (other["lang"], other.text)
    path = address.partition("?")[0]
    page = page_of(client.get(path + other["href"]).text)
    assert ("en", "ltr") == (page.one("html")["lang"], page.one("html")["dir"])
    assert [] == page.faults
    assert page.all("title")[0].text.endswith(" — Arshif") or page.one("title").text.startswith("Arshif: ")
    assert all("lang=en" in link["href"] for link in page.all("a", inside="places") if link["lang"] is None)
    for form in page.all("form"):
        fields = [element for element in page.all("input") if form in element.around]
        assert [("lang", "en")] == [(f["name"], f["value"]) for f in fields if f["name"] == "lang"]
    back = page.one("a", "language")
    assert ("ar", "العربية") == (back["lang"], back.text)
    assert "lang=" not in back["href"]


def test_dates_and_numbers_are_english(read):
    page = read("/search", q="الأمن", lang="en")
    assert "17 February 2019" in [time.text for time in page.all("time")]
    assert "1 article" == page.total
    assert "24 articles · Page 2 of 3" == read("/search", q="مجلس", page=2, lang="en").total
    assert "No results" == read("/search", q="زعفران", lang="en").total


def test_links_of_an_english_page_stay_english(read):
    page = read("/search", q="مجلس", lang="en")
    inside = [link for link in page.all("a") if (link["href"] or "").startswith("/")]
    assert inside
    assert [] == [link["href"] for link in inside if "lang=en" not in link["href"]]


@pytest.mark.parametrize(
    ("lang", "problem"), [("en", "“x” is no number of a page"), ("ar", "رقم الصفحة «x» غير صالح")]
)
def test_problems_are_told_in_the_language_of_the_page(read, client, lang, problem):
    assert any(told.startswith(problem) for told in read("/search", q="مجلس", page="x", lang=lang).notices)
    answer = client.get("/api/search", query_string={"q": "مجلس", "page": "x", "lang": lang})
    assert (400, True) == (answer.status_code, problem in answer.json["error"])


def test_a_language_that_there_is_not_is_a_problem(read, client):
    page = read("/search", q="مجلس", lang="fr")
    assert ["اللغة «fr» غير معروفة، فعُرضت الصفحة بالعربية."] == page.notices
    assert 400 == client.get("/api/search?q=مجلس&lang=fr").status_code


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("مجلس من:2019/15", "“2019/15” after “من:” can’t be read as a date"),
        ('"مجلس', "A quotation mark is open and never closed"),
        ("في مجلس", "Common words that were not searched for: “في”."),
    ],
)
def test_what_a_search_tells_is_english(read, client, query, told):
    answer = client.get("/api/search", query_string={"q": query, "lang": "en"})
    assert any(each.startswith(told) for each in answer.json["notices"])
    assert any(each.startswith(told) for each in read("/search", q=query, lang="en").notices)


def test_offers_are_english(client):
    answer = client.get("/api/search", query_string={"q": "مجلس", "source": "لا أحد", "lang": "en"})
    assert [] != answer.json["offers"]
    assert all("article" in offer["text"] for offer in answer.json["offers"])
    assert not any(LETTER.search(re.sub("“[^”]*”", "", offer["text"])) for offer in answer.json["offers"])


def test_what_was_loosened_is_english(read):
    page = read("/search", q="مجلس الزيتون", lang="en")
    assert "No article has all the words: any of them Remove" == page.one("a", inside="chips").line


def test_what_was_understood_is_english(read, client):
    query = {"q": "مجلس -حلب", "lang": "en"}
    said = client.get("/api/search", query_string=query).json["understood"]
    assert not LETTER.search(re.sub("“[^”]*”", "", said))
    assert f"Understood as: {said}" == read("/search", **query).one("p", "understood").line
    assert f"Understood as: {said}" == read("/concordance", **query).one("p", "understood").line


def test_names_that_there_are_not_are_told_in_english(read):
    told = read("/search", q="مجلس", source="لا أحد", lang="en").notices[0]
    assert told.startswith("No article is from the source “لا أحد”. The archive has: “")


def test_refusals_are_english(read, client):
    told = "The query is too long: it has 3,000 characters"
    assert told in read("/search", q="ا" * 3000, lang="en").source
    assert told in client.get("/api/search", query_string={"q": "ا" * 3000, "lang": "en"}).json["error"]
