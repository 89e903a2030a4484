"""Bars, facets and hits count the same articles: on the page, in the API, in files, on the command line.

An article that has no date, source, author or category is in no bar and in no such facet; how many there are
is said beside these, and with them the counts are all hits.
"""

import csv
import io
import json
import random
import re
from itertools import chain, islice
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner

from index.article import Article
from index.engines import ENGINE_NAMES
from index.library import Library
from index.readers import Record, read
from search.cli import main
from web import create_app

ROOT = Path(__file__).parents[2]
QUERIES = 100
SAMPLE = 400  # articles of the corpus, from several files
SHAPES = (
    "{0}",
    "{0} {1}",
    "{0} أو {1}",
    "{0} -{1}",
    '"{0} {2}"',
    "العنوان:{0}",
    "({0} أو {1}) {3}",
    "={0}",
    "{0} {1} {3} زعفران",
    "{0} من:2015",
)
FIELDS = ("source", "author", "category")


def articles_of(paths, most):
    return [each.article for each in islice(read(paths), most) if isinstance(each, Record)]


def sample(corpus):
    """Some articles of each of several files."""
    files = sorted(corpus.glob("*.zip"))[::6][:4]
    return [article for file in files for article in articles_of([file], SAMPLE // 4)]


@pytest.fixture(scope="module", params=["seeds", pytest.param("corpus", marks=pytest.mark.corpus)])
def folder(request, tmp_path_factory, shared):
    if request.param == "corpus":
        articles = sample(shared("corpora/saudinewsnet"))
    else:
        articles = articles_of([ROOT / "seeds"], None)
    made = tmp_path_factory.mktemp(request.param)
    with Library.open(made, create=True) as opened:
        opened.add(articles)
        opened.catch_up()
    return made, articles


def generated(articles):
    """Queries of words that stand in articles, in many shapes; the same at every run."""
    chance = random.Random(20150721)
    for number in range(QUERIES):
        words = chance.choice(articles).body.split()
        start = chance.randrange(max(1, len(words) - 1))
        others = [chance.choice(chance.choice(articles).body.split()) for _ in range(2)]
        pair = [*words[start : start + 2], "خبر"]
        picked = (pair[0], others[0], pair[1], others[1])
        yield SHAPES[number % len(SHAPES)].format(*(re.sub(r"\W", "", word) or "من" for word in picked))


def number_in(text):
    """The number that a count says in words or digits."""
    words = {"لا نتائج": 0, "مقالة واحدة": 1, "مقالتان": 2}
    head = text.partition(" ·")[0]
    return words[head] if head in words else int(re.sub(r"\D", "", head))


def rows(client, address):
    """The bars of a CSV, and how many are undated."""
    lines = list(csv.reader(io.StringIO(client.get(address).text.removeprefix("\ufeff"))))
    *bars, undated = lines[1:]
    return {(first, last): int(count) for first, last, count, *_ in bars}, int(undated[2])


def hits(client, address):
    """How many hits the API has for an address of the page."""
    return client.get(f"{address.replace('/search?', '/api/search?')}&limit=0").json["total"]


def test_all_counts_agree(folder, page_of):
    data, articles = folder
    runner, chance = CliRunner(), random.Random(1)
    with Library.open(data) as library:
        client = create_app({"LIBRARY": library}).test_client()
        found_something = 0
        for query in generated(articles):
            said = runner.invoke(main, ["--data", str(data), "search", "--json", "--limit", "0", "--", query])
            answer = json.loads(said.stdout)
            total, facets = answer["total"], answer["facets"]
            found_something += bool(total)
            address = f"/search?q={quote(query)}"
            page = page_of(client.get(address).text)
            assert total == number_in(page.total) == hits(client, address), query
            check_facets(page, facets, total)
            check_timeline(client, page, address, facets, total)
            for links in (page.all("a", inside="choices"), page.all("a", inside="bars")):
                for link in chance.sample(links, min(2, len(links))):
                    assert counted(link) == hits(client, link["href"]), (query, link["href"])
    assert found_something > QUERIES / 2


def counted(link):
    """How many articles a link says that it leads to."""
    if link.is_in("bars"):
        return number_in(link.text.partition(": ")[2].strip())
    row = link.around[-1].text.replace(link.text, "", 1)
    return int(re.sub(r"\D", "", row))


def check_facets(page, facets, total):
    """The values that are shown, and how many articles have none, are all articles."""
    for field in FIELDS:
        assert sum(count for _, count in facets[field]) <= total
        section = [each for each in page.all("section") if each["aria-labelledby"] == f"facet-{field}"]
        assert bool(section) == bool(facets[field])
        if not section or len(facets[field]) > 32:
            continue
        counts = [
            int(re.sub(r"\D", "", each.text))
            for each in page.all("span", "count")
            if section[0] in each.around
        ]
        assert total == sum(counts), (field, counts)
        assert [count for _, count in facets[field]] == counts[: len(facets[field])]


def check_timeline(client, page, address, facets, total):
    """Bars and what is undated are all articles; months are those of the command line."""
    csv_address = address.replace("/search?", "/timeline.csv?")
    bars, undated = rows(client, csv_address)
    assert total == sum(bars.values()) + undated
    drawn = [counted(link) for link in page.all("a", inside="bars")]
    if drawn:
        assert [count for count in bars.values() if count] == drawn
    months = sum(count for _, count in facets["month"])
    assert months == sum(bars.values())
    if len({month for month, _ in facets["month"]}) > 1:
        by_month, _ = rows(client, csv_address + "&unit=month")
        assert dict(facets["month"]) == {first[:7]: count for (first, _), count in by_month.items() if count}


CONFINED_SHAPES = (*SHAPES, "{0}*", "*{0}", "{0}~", "{0} قرب:5 {1}", '"{0} {2}"~3', "", "القسم:{0} أو {1}")
OPTIONS = {name: f"--{name}" for name in (*FIELDS, "from", "to")}


def confined(articles):
    """Searches as parameters of an address: words, values of facets, days, any word enough."""
    chance = random.Random(20150722)
    words = [re.sub(r"\W", "", word) or "من" for article in articles for word in article.body.split()[:40]]
    for number in range(QUERIES):
        shape = CONFINED_SHAPES[number % len(CONFINED_SHAPES)]
        asked = {"q": [shape.format(*(chance.choice(words) for _ in range(4)))]}
        for field in chance.sample(FIELDS, chance.randrange(3)):
            values = [value for each in chance.sample(articles, 2) if (value := getattr(each, field))]
            asked |= {field: sorted(set(values))} if values else {}
        days = sorted(day[:10] for each in chance.sample(articles, 2) if (day := each.published))
        asked |= dict(zip(("from", "to"), ([day] for day in days[-2:]), strict=False)) if number % 3 else {}
        yield asked | ({"match": ["any"]} if number % 4 == 1 else {})


def on_the_command_line(asked):
    """The same search as options and words of the command."""
    options = [[option, value] for name, option in OPTIONS.items() for value in asked.get(name, ())]
    return [*chain.from_iterable(options), *(["--any"] if "match" in asked else []), "--", *asked["q"]]


@pytest.fixture(scope="module", params=ENGINE_NAMES)
def built(request, tmp_path_factory):
    articles = articles_of([ROOT / "seeds"], None)
    bare = ("bare-1", "bare-2")  # without a date, a source, an author and a category
    articles += [Article(id_, "خبر بلا تاريخ", articles[0].body) for id_ in bare]
    made = tmp_path_factory.mktemp(request.param)
    with Library.open(made, create=True) as opened:
        opened.add(articles)
        opened.catch_up(engine_name=request.param)
    return made, articles


def test_every_way_to_ask_has_as_many(built, page_of):
    data, articles = built
    found_something = undated_ones = 0

    def command(form, *typed):
        parts = ["--data", str(data), "search", form, "--limit", "1000", *typed]
        return CliRunner().invoke(main, parts).stdout

    with Library.open(data) as library:
        client = create_app({"LIBRARY": library}).test_client()
        for number, asked in enumerate(confined(articles)):
            typed = on_the_command_line(asked)
            answer = json.loads(command("--json", *typed))
            ids = [hit["id"] for hit in answer["hits"]]
            assert answer["total"] == len(ids) == len(set(ids)), asked
            printed = command("--csv", *typed) if number % 10 == 0 else None
            check_files(client, printed, asked, ids)
            api = client.get("/api/search", query_string=asked | {"limit": 1000}).json
            assert ids == [hit["id"] for hit in api["hits"]], asked
            assert answer["facets"] == api["facets"]
            feed = client.get("/feed.json", query_string=asked).json["items"]
            assert min(len(ids), 30) == len(feed), asked
            found_something += bool(ids)
            page = page_of(client.get("/search", query_string=asked).text)
            assert len(ids) == number_in(page.total), asked
            bars, undated = rows(client, f"/timeline.csv?{urlencode(asked, doseq=True)}")
            assert len(ids) == sum(bars.values()) + undated, asked
            undated_ones += undated
    assert found_something > QUERIES / 3
    assert undated_ones


def check_files(client, printed, asked, ids):
    """All files of results have the same rows, and so has what the command printed, if it was asked."""
    as_csv = client.get("/export.csv", query_string=asked).text.removeprefix("\ufeff")
    as_lines = client.get("/export.jsonl", query_string=asked).text.splitlines()
    for table in filter(None, (as_csv, printed)):
        assert ids == [row["id"] for row in csv.DictReader(io.StringIO(table, newline=""))], asked
    assert ids == [json.loads(line)["id"] for line in as_lines], asked
