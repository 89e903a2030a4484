"""The articles the project ships keep what they promise; read here with the standard library alone."""

import csv
import hashlib
import io
import json
import re
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[1] / "seeds"
FIELDS = {"id", "title", "body", "url", "source", "author", "category", "published"}
ISO = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?", re.ASCII)
HARAKAT = re.compile("[\u064b-\u0652\u0670]")
LETTER = re.compile("[\u0621-\u063a\u0641-\u064a]")
SDF = "قوات سوريا الديمقراطية"
BAGHOUZ = "baghouz-2019"
BAGHOUZ_SHA256 = "2e8a0d30bd86bcaf85e9b34af0f5e8b312a603f8290cd6c26e74c5af6b8ab45b"


def read_jsonl(text):
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def read_csv(text):
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def read_txt(text, stem):
    title, body = text.split("\n\n", 1)
    return [{"id": stem, "title": title, "body": body}]


def read_file(path):
    text = path.read_bytes().decode("utf-8")
    if path.suffix == ".txt":
        return read_txt(text, path.stem)
    return {".jsonl": read_jsonl, ".csv": read_csv, ".json": json.loads}[path.suffix](text)


@pytest.fixture(scope="module")
def articles():
    paths = [path for kind in ("jsonl", "csv", "json", "txt") for path in sorted(SEEDS.glob(f"*.{kind}"))]
    return [article for path in paths for article in read_file(path)]


def given(articles, field):
    return [article[field] for article in articles if article.get(field)]


def text_of(article):
    return article["title"] + "\n" + article["body"]


def name(article):
    """Its id; its title where it leaves the id to be derived, as several do on purpose."""
    return article.get("id") or article["title"]


def occurrences(articles, text):
    return {name(article): n for article in articles if (n := text_of(article).count(text))}


def vocalised(text):
    """Running Arabic has a mark on few letters; a fully vocalised one on most of them."""
    return len(HARAKAT.findall(text)) > 0.5 * len(LETTER.findall(text))


def matching(articles, pattern):
    return [name(article) for article in articles if re.search(pattern, article["body"])]


@pytest.mark.parametrize("name", ["articles.jsonl", "culture.json", "economy.csv", f"{BAGHOUZ}.txt"])
def test_each_format_is_shipped(name):
    assert (SEEDS / name).is_file()


def test_there_are_enough_articles(articles):
    assert len(articles) >= 45


def test_only_known_fields_are_used(articles):
    assert set() == {field for article in articles for field in article} - FIELDS


@pytest.mark.parametrize("field", ["id", "url", "title", "body"])
def test_what_tells_articles_apart_is_unique(articles, field):
    counts = Counter(given(articles, field))
    assert counts
    assert {} == {value: count for value, count in counts.items() if count > 1}


def test_every_article_has_title_and_body(articles):
    blank = [a for a in articles for field in ("title", "body") if not (a.get(field) or "").strip()]
    assert [] == blank


def test_titles_are_one_line(articles):
    assert [] == [name(article) for article in articles if "\n" in article["title"].strip()]


def test_published_is_an_iso_date_that_exists(articles):
    dates = given(articles, "published")
    assert [] == [date for date in dates if not ISO.fullmatch(date)]
    assert all(datetime.fromisoformat(date) for date in dates)


def test_many_months_and_sources(articles):
    assert len({date[:7] for date in given(articles, "published")}) >= 15
    assert len(set(given(articles, "source"))) >= 8


def test_urls_lead_to_no_real_site(articles):
    reserved = re.compile(r"https?://([\w-]+\.)*example(\.com|\.org|\.net)?/\S*", re.ASCII)  # RFC 2606
    assert [] == [url for url in given(articles, "url") if not reserved.fullmatch(url)]


def test_some_articles_are_fully_vocalised(articles):
    assert len([article for article in articles if vocalised(article["body"])]) >= 2


def test_most_articles_are_not_vocalised(articles):
    assert len([article for article in articles if vocalised(article["body"])]) < len(articles) / 4


@pytest.mark.parametrize(
    "pattern",
    [
        "[0-9]",
        "[٠-٩]",
        "[0-9],[0-9]{3}",
        "[٠-٩]٬[٠-٩]{3}",
        "[٠-٩]٫[٠-٩]",
        "[0-9][%٪]",
        "«[^«»]+»",
        '"[^"]+"',
        "[A-Za-z]{3,}",
        r"(^|[^/\w])(حزيران|تموز|كانون)",
        r"(^|[^/\w])(يونيو|مايو|سبتمبر|نوفمبر)",
    ],
)
def test_the_ways_newspapers_write_are_there(articles, pattern):
    assert matching(articles, pattern) != []


def test_the_first_article_is_as_it_was_given():
    assert BAGHOUZ_SHA256 == hashlib.sha256((SEEDS / f"{BAGHOUZ}.txt").read_bytes()).hexdigest()


def test_one_flood_is_told_by_two_sources(articles):
    told = {name(a): a for a in articles if name(a) in {"flood-afaq", "flood-marfa"}}
    assert {"flood-afaq", "flood-marfa"} == set(told)
    assert 2 == len(set(given(told.values(), "source")))
    assert 2 == len({article["body"] for article in told.values()})


def test_a_phrase_finds_its_article_first_because_few_others_have_it(articles):
    found = occurrences(articles, SDF)
    assert found.pop(BAGHOUZ) > 1
    assert list(found.values()) in ([], [1])
