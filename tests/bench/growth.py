"""How loading and queries grow with the archive: the same measures at 31,000, 310,000 and a million articles.

Run by `make growth`. Larger archives are made of the corpus: an article has the title, the source, the day
and the number of sentences of a real one, and its sentences are drawn from all articles, so that words are as
frequent, and texts as long, as in news. Queries are words of real titles, each new to an index that is in
use.

An archive is made once for both engines and kept in var/bench/growth, with the last index of each engine;
`--anew` loads although there is one. It prints the table, and writes it and growth.json there too.
"""

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random

import growth_work
from judged import ROOT, SHARED, news
from speed_system import memory, percentile

from index.article import Article
from index.engines import ENGINE_NAMES
from index.library import Library
from index.record import replace

KEPT = ROOT / "var" / "bench" / "growth"
SIZES = (31_000, 310_000, 1_000_000)
WORK = Path(__file__).with_name("growth_work.py")
BATCH = 5_000
ROUNDS = 3
SEED = 11
GAP = 0.1
"""Seconds between two looks at a process's memory."""

MB = 2**20
SENTENCE = re.compile(r"[^.\n؟!]+[.\n؟!]*\s*")


def articles(size: int) -> Iterator[Article]:
    """The corpus, and after it articles recombined from it; always the same."""
    real = list(news())
    yield from real[:size]
    chance = Random(SEED)
    texts = [SENTENCE.findall(article.body) or [article.body] for article in real]
    sentences = [sentence for text in texts for sentence in text]
    for number in range(size - len(real)):
        model = chance.randrange(len(real))
        body = "".join(chance.choices(sentences, k=len(texts[model])))
        yield replace(real[model], id=f"growth-{number}", url=None, body=body)


def archive(size: int) -> dict:
    """The archive of so many articles, and how many seconds it took; one that is whole is kept."""
    folder = KEPT / f"archive-{size}"
    record = folder / "cost.json"
    if not record.exists():
        shutil.rmtree(folder, ignore_errors=True)
        started = time.perf_counter()
        with Library.open(folder, create=True) as library:
            found = articles(size)
            while batch := list(islice(found, BATCH)):
                library.add(batch)
        cost = {"wall": time.perf_counter() - started, "bytes": (folder / "archive.db").stat().st_size}
        record.write_text(json.dumps(cost))
    return json.loads(record.read_text())


def loaded(engine: str, size: int, *, anew: bool) -> dict:
    """What loading an index cost; one that was loaded before stays, unless it is to be anew."""
    folder = KEPT / f"{engine}-{size}"
    record = folder / "cost.json"
    if anew or not record.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        # SQLite keeps its log beside the file that a link leads to, so that there is one for all.
        (folder / "archive.db").symlink_to(Path("..") / f"archive-{size}" / "archive.db")
        record.write_text(json.dumps(worked("load", folder, engine=engine)))
    return json.loads(record.read_text())


def worked(what: str, folder: Path, **task) -> dict:
    """Do something in a process of its own; with the most memory that it and its processes held together.

    Pages of files, of which the system may take back what nobody is reading, are told apart (`files`) from
    memory that it can't take back (`own`); each at its own highest.
    """
    command = [sys.executable, "-W", "ignore", str(WORK), what, json.dumps({"folder": str(folder)} | task)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        most = {"own": 0, "files": 0}
        ended = threading.Event()
        looking = threading.Thread(target=_look, args=(process.pid, most, ended))
        looking.start()
        said, _ = process.communicate()
        ended.set()
        looking.join()
    if process.returncode:
        raise RuntimeError(f"{what} in {folder.name} ended with {process.returncode}")
    return json.loads(said) | {"memory": most}


def _look(pid: int, most: dict[str, int], ended: threading.Event) -> None:
    while not ended.wait(GAP):
        for name, what in (("own", "RssAnon"), ("files", "RssFile")):
            most[name] = max(most[name], sum(_held(each, what) for each in (pid, *_children(pid))))


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _held(pid: int, what: str) -> int:
    try:
        return memory(pid, what)
    except (OSError, ValueError):  # it has ended meanwhile
        return 0


def measured(engine: str, size: int, texts: dict[str, list[str]], options) -> dict:
    """A row."""
    kept = archive(size)
    row = {
        "engine": engine,
        "articles": size,
        "archive": kept,
        "load": loaded(engine, size, anew=options.anew),
    }
    folder = KEPT / f"{engine}-{size}"
    return row | {"asked": [worked("ask", folder, texts=texts) for _ in range(options.rounds)]}


def table(rows: Sequence[dict]) -> Iterator[str]:
    """All rows as Markdown."""
    ways = [f"{ranking}, {way}" for ranking in growth_work.RANKINGS for way in growth_work.WAYS]
    columns = (
        "articles",
        "engine",
        "articles a second: on the wall / of processor",
        "MB of archive / of index",
    )
    columns += ("MB at the peak of loading: own memory / pages of files", "… of asking")
    columns += tuple(f"{way}: p50 / p99, ms" for way in ways)
    yield f"| {' | '.join(columns)} |"
    yield "| --- " * len(columns) + "|"
    for row in rows:
        load, asked = row["load"], row["asked"]
        cells = (
            f"{row['articles']:,}",
            row["engine"],
            " / ".join(f"{load['articles'] / load[by]:,.0f}" for by in ("wall", "processor")),
            " / ".join(f"{held['bytes'] / MB:,.0f}" for held in (row["archive"], load)),
            _megabytes([load]),
            _megabytes(asked),
            *(_percentiles([each[way] for each in asked]) for way in ways),
        )
        yield f"| {' | '.join(cells)} |"


def _megabytes(works: Sequence[dict]) -> str:
    return " / ".join(f"{max(each['memory'][what] for each in works) / MB:,.0f}" for what in ("own", "files"))


def _percentiles(rounds: Sequence[list[float]]) -> str:
    found = [statistics.median(percentile(each, at) for each in rounds) for at in (50, 99)]
    return " / ".join(f"{each:.1f}" for each in found)


def main() -> int:
    options = _options()
    if not SHARED.exists():
        print(f"skipped: the corpus is not there ({SHARED})")
        return 0
    KEPT.mkdir(parents=True, exist_ok=True)
    texts = growth_work.texts(list(news()))
    rows = []
    for size in options.sizes:
        for engine in options.engines:
            started = time.perf_counter()
            rows.append(measured(engine, size, texts, options))
            (KEPT / "growth.json").write_text(json.dumps(rows), encoding="utf-8")
            (KEPT / "growth.md").write_text("\n".join(table(rows)) + "\n", encoding="utf-8")
            took = time.perf_counter() - started
            print(f"{size:,} articles, {engine}: {took:.0f} s", file=sys.stderr, flush=True)
    print("\n".join(table(rows)))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--engines", nargs="+", choices=ENGINE_NAMES, default=list(ENGINE_NAMES))
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"of queries (default: {ROUNDS})")
    parser.add_argument("--anew", action="store_true", help="load also where an index was loaded before")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
