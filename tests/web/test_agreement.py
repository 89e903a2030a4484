"""Bars, facets and hits count the same articles: on the page, in the API, as CSV, on the command line."""

import csv
import io
import json
import random
import re
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from index.library import Library
from index.readers import Record, read
from search.cli import main
from web import create_app

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpora" / "saudinewsnet"
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


def sample():
    """Some articles of each of several files."""
    files = sorted(CORPUS.glob("*.zip"))[::6][:4]
    return [article for file in files for article in articles_of([file], SAMPLE // 4)]


@pytest.fixture(scope="module", params=["seeds", pytest.param("corpus", marks=pytest.mark.corpus)])
def folder(request, tmp_path_factory):
    if request.param == "corpus" and not CORPUS.is_dir():
        pytest.skip("there is no ../shared beside the project")
    articles = sample() if request.param == "corpus" else articles_of([ROOT / "seeds"], None)
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
    return json.loads(client.get(address.replace("/search?", "/api/search?")).data)["total"]


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
