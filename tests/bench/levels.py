"""How long a query takes at all levels beside one level of matching, over the same index and engine.

Run by `make levels`. Each round opens the library anew for each way, asks other queries first, so that the
system is in use, and then each query once, as a new one. Medians, and the ratio's spread over the rounds.
"""

import argparse
import statistics
import sys
import time
from collections import defaultdict

from judged import KEPT, SETS, SHARED

from index.library import Library
from search import service
from search.ranking import RANKING, Level
from search.results import Match, SearchQuery
from search.service import ranked

WAYS = {"one level": RANKING.leave_out(frozenset(Level)), "all levels": RANKING}


def whole_search(library: Library, text: str, ranking) -> None:
    """A search as a reader waits for it: hits, counts, snippets, notices."""
    kept, service.RANKING = service.RANKING, ranking
    try:
        service.search(library, SearchQuery(text, match=Match.ANY))
    finally:
        service.RANKING = kept


def hits_alone(library: Library, text: str, ranking) -> None:
    ranked(library, text, 10, Match.ANY, ranking)


def milliseconds(ask, ranking, warming, timed) -> list[float]:
    with Library.open(KEPT / "topics") as library:
        for topic in warming:
            ask(library, topic.text, ranking)
        took = []
        for topic in timed:
            started = time.process_time()
            ask(library, topic.text, ranking)
            took.append(1000 * (time.process_time() - started))
    return took


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    if not SHARED.exists():
        print(f"skipped: the judged sets are not there ({SHARED})")
        return 0
    timed, warming = SETS[0].topics, SETS[1].topics
    _ = SETS[0].library
    for ask in (whole_search, hits_alone):
        medians = defaultdict(list)
        for _ in range(rounds):
            for way, ranking in WAYS.items():
                medians[way].append(statistics.median(milliseconds(ask, ranking, warming, timed)))
        ratios = [many / one for one, many in zip(*medians.values(), strict=True)]
        shown = ", ".join(f"{way} {statistics.median(found):.1f} ms" for way, found in medians.items())
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        print(f"{ask.__name__}: {shown}; ratio {statistics.median(ratios):.2f} ({spread})", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
