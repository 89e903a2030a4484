"""How long analysis takes beside a plain light stem with a memo: over one corpus, the memos empty at first.

Run by `make analysis`: both in turn, several times, each in a process of its own; medians and their ratio.
"""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

SHARED = Path(__file__).parents[3] / "shared"
PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال")
SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي")


def light_stem(form: str) -> str:
    """Larkey, Ballesteros and Connell's light10, as Lucene has it."""
    if form[:1] == "و" and len(form) > 3 and not form.startswith(PREFIXES):
        form = form[1:]
    for prefix in PREFIXES:
        if form.startswith(prefix) and len(form) >= len(prefix) + 2:
            form = form[len(prefix) :]
            break
    for suffix in SUFFIXES:
        if form.endswith(suffix) and len(form) >= len(suffix) + 2:
            form = form[: -len(suffix)]
    return form


class Light(dict):
    """The plain way: a word's form and light stem, remembered by its spelling."""

    def __missing__(self, word):
        from index.analysis import is_stopword, normalize_word

        form = normalize_word(word)
        self[word] = pair = (form, "" if is_stopword(word) else light_stem(form))
        return pair


def light():
    from index.analysis.tokenize import words

    memo = Light()

    def analyse(text: str):
        pairs = [memo[word] for word in words(text)]
        return [form for form, _ in pairs if form], [stem for form, stem in pairs if form]

    return analyse


def ours():
    from index.analysis import terms

    return terms


def once(way: str) -> float:
    """Seconds that one way takes over the corpus."""
    from index.readers import Record, read

    items = read([SHARED / "corpora" / "saudinewsnet"])
    texts = [
        text for item in items if isinstance(item, Record) for text in (item.article.title, item.article.body)
    ]
    analyse = {"light": light, "ours": ours}[way]()
    analyse("كلمة")  # what is loaded once is loaded
    started = time.process_time()
    for text in texts:
        analyse(text)
    return time.process_time() - started


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--way", choices=("light", "ours"))
    asked = parser.parse_args()
    if not SHARED.exists():
        print(f"skipped: the corpus is not there ({SHARED})")
        return 0
    if asked.way:
        print(once(asked.way))
        return 0
    took = {"light": [], "ours": []}
    for _ in range(asked.times):
        for way, seconds in took.items():
            run = [sys.executable, "-W", "ignore", __file__, "--way", way]
            seconds.append(float(subprocess.run(run, check=True, capture_output=True, text=True).stdout))
    ratios = [mine / plain for mine, plain in zip(took["ours"], took["light"], strict=True)]
    for way, seconds in took.items():
        print(f"{way}: {statistics.median(seconds):.2f} s of processor time")
    print(f"ratio: {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
