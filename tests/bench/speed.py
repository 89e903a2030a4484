"""How fast Arshif is, beside stock Whoosh, SQLite's FTS5 and Lucene: over the same articles and queries.

Run by `make bench`; `--quick` takes a few thousand articles and few queries. Everything stands in speed_*.py:
a module for each system, `rounds` that runs them in turn, `goals` and `report` that make tables of it. It
writes var/bench/speed.json and speed.md and prints the tables.
"""

import argparse
import json
import sys

from judged import ROOT, SHARED
from speed_report import markdown
from speed_rounds import PARTS, SLOW, Plan, Rounds
from speed_worker import SYSTEMS

KEPT = ROOT / "var" / "bench"
ALL = 1_000_000
FULL = {"articles": ALL, "each": 20, "times": 12, "requests": 200, "different": 10_000}
QUICK = {"articles": 3000, "each": 5, "times": 8, "requests": 60, "different": 500}


def main() -> int:
    asked = _arguments()
    results = KEPT / "speed.json"
    if asked.report:
        print(markdown(json.loads(results.read_text(encoding="utf-8"))))
        return 0
    if not SHARED.exists():
        print(f"skipped: the corpus and the titles are not there ({SHARED})")
        return 0
    folder = KEPT / ("quick" if asked.quick else "full")
    folder.mkdir(parents=True, exist_ok=True)
    sizes = QUICK if asked.quick else FULL
    plan = Plan(
        folder=folder,
        parts=tuple(asked.only),
        systems=tuple(asked.systems),
        rounds=asked.rounds or (1 if asked.quick else 5),
        slow=asked.slow,
        keep=asked.keep,
        **sizes | ({"each": asked.queries} if asked.queries else {}),
    )
    for measured in Rounds(plan).measure():
        results.write_text(json.dumps(measured, ensure_ascii=False), encoding="utf-8")
    tables = markdown(measured)
    results.with_suffix(".md").write_text(tables + "\n", encoding="utf-8")
    print(tables)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="3,000 articles and few queries")
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS), metavar="SYSTEM",
                        help=f"of {', '.join(SYSTEMS)} (default: all)")  # fmt: skip
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART",
                        help=f"of {', '.join(PARTS)} (default: all)")  # fmt: skip
    parser.add_argument("--rounds", type=int, help="times that all is measured (default: 5, with --quick 1)")
    parser.add_argument("--slow", type=int, default=1, metavar="N",
                        help=f"times to build what takes over {SLOW:.0f} s (default: 1)")  # fmt: skip
    parser.add_argument("--queries", type=int, metavar="N",
                        help="of each kind and number of words (default: 20, with --quick 5)")  # fmt: skip
    parser.add_argument("--keep", action="store_true", help="take the indexes of an earlier run")
    parser.add_argument("--report", action="store_true", help="print the last run's tables again, no more")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
