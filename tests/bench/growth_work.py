"""One piece of work of growth.py, in a process of its own, so that its memory can be told: load, or ask.

    python growth_work.py load|ask TASK

The task is JSON, and so is what is printed.
"""

import json
import sys
import time
from pathlib import Path

from speed_queries import queries
from speed_system import Kind, bytes_in

from index.library import Library
from search.find import Finder
from search.parse import parse
from search.ranking import RANKING, Level
from search.results import Match, SearchQuery

RANKINGS = {"stems alone": RANKING.leave_out(frozenset(Level)), "all levels": RANKING}
WAYS = {"all words": (Kind.ALL, Match.ALL), "any word": (Kind.ANY, Match.ANY)}
EACH = 20


def load(folder: Path, engine: str) -> dict:
    """Build the index from the archive; what it cost, but for the memory, which is seen from without."""
    with Library.open(folder) as library:
        wall, processor = time.perf_counter(), _processor()
        count = library.reindex(engine_name=engine)
        cost = {"wall": time.perf_counter() - wall, "processor": _processor() - processor}
    return cost | {"articles": count, "bytes": bytes_in(folder / "index")}


def _processor() -> float:
    """Seconds of processor of this process and of those it started and saw end."""
    import resource

    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def ask(folder: Path, texts: dict[str, list[str]]) -> dict:
    """Milliseconds of processor for each query, by ranking and way; a first half of others warms up."""
    took = {}
    for name, ranking in RANKINGS.items():
        for way, (_, match) in WAYS.items():
            with Library.open(folder) as library:
                each = [_asked(library, ranking, match, text) for text in texts[way]]
            took[f"{name}, {way}"] = each[len(each) // 2 :]
    return took


def _asked(library: Library, ranking, match: Match, text: str) -> float:
    started = time.thread_time()
    with library.searching() as opened:
        finder = Finder(opened, library.archive, ranking)
        _ = finder.find(parse(text).node, SearchQuery(text, 10, match=match)).page
    return 1000 * (time.thread_time() - started)


def texts(articles) -> dict[str, list[str]]:
    """What is asked each way: first others, to warm up, then as many that are measured."""
    sample = queries(articles, EACH)
    return {
        way: [each.text for part in (sample.warming, sample.measured) for each in part if each.kind is kind]
        for way, (kind, _) in WAYS.items()
    }


def main() -> int:
    task = json.loads(sys.argv[2])
    folder = Path(task.pop("folder"))
    print(json.dumps({"load": load, "ask": ask}[sys.argv[1]](folder, **task)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
