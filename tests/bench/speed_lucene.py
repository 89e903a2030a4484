"""Lucene with its Arabic analyzer: the program in lucene/, compiled here and spoken to line by line."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from speed_system import Answer, Cost, Kind, Meter, Query, UnavailableError, bytes_in

from index.article import Article

SOURCE = Path(__file__).with_name("lucene")
NEWEST = "10.6.0"
FOR_OLD_JAVA = "9.12.3"
NEEDS_JAVA = 21
OLDEST_JAVA = 11
COUNTED = 1000
"""Lucene, asked as usual, counts so many hits exactly and passes over what can't be among the best."""

EXACT = 2**31 - 1
OPTIONS = ("-Xmx1g", "-XX:ActiveProcessorCount=1")
"""One processor, as the others use."""

PLACES = ("/usr/lib/jvm/*", "/Library/Java/JavaVirtualMachines/*/Contents/Home")


class Lucene:
    keeps = True

    def __init__(self, folder: Path, threshold: int = COUNTED) -> None:
        self._folder = folder
        self._threshold = threshold
        self._log = folder.with_name("lucene.log")
        self._process: subprocess.Popen | None = None

    def build(self, articles: Sequence[Article]) -> dict[str, Cost]:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        rows = self._folder.with_name("lucene.tsv")
        rows.write_text("".join(_row(article) + "\n" for article in articles), encoding="utf-8")
        self._start()
        self._ask("load", str(rows))
        with Meter(self.pid()) as meter:
            self._ask("build")
        self._stop()
        rows.unlink()
        return {"index": meter.cost}

    def open(self) -> None:
        self._start()
        self._ask("open")

    def search(self, query: Query, *, titles: bool = False) -> Answer:
        operator = "OR" if query.kind is Kind.ANY else "AND"
        quoted = "quoted" if query.kind is Kind.PHRASE else ""
        days = [f"{day:%Y%m%d}" if day else "" for day in (query.first, query.last)]
        asked = ("search", operator, quoted, *days, "titles" if titles else "", query.text)
        wall, processor, total, ids, *named = self._ask(*asked).split("\t")
        return Answer(int(total), tuple(ids.split()), int(wall) / 1e9, int(processor) / 1e9, tuple(named))

    def forget(self) -> None:
        self._ask("forget")

    def add(self, article: Article) -> None:
        self._ask("add", _row(article))

    def refresh(self) -> None:
        self._ask("refresh")

    def size(self) -> int:
        return bytes_in(self._folder)

    def pid(self) -> int:
        return self._process.pid

    def close(self) -> None:
        self._stop()

    def _start(self) -> None:
        home, jars, classes = prepared(self._folder.parents[1])
        path = os.pathsep.join([str(classes), f"{jars}/*"])
        java = [f"{home}/bin/java", *OPTIONS, "-cp", path, "Speed"]
        command = [*java, str(self._folder), str(self._threshold)]
        pipe = subprocess.PIPE
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                command, stdin=pipe, stdout=pipe, stderr=log, encoding="utf-8", bufsize=1
            )
        self._answer()

    def _ask(self, *command: str) -> str:
        self._process.stdin.write("\t".join(command) + "\n")
        return self._answer()

    def _answer(self) -> str:
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the Java program has ended, see {self._log}")
        return line.rstrip("\n")

    def _stop(self) -> None:
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._process.stdout.close()


def version() -> str:
    """Which Lucene is run here, on which Java."""
    _, java = _java()
    if java >= NEEDS_JAVA:
        return f"Lucene {NEWEST} on Java {java}"
    return f"Lucene {FOR_OLD_JAVA} on Java {java} (version 10 needs Java {NEEDS_JAVA})"


@cache
def prepared(kept: Path) -> tuple[Path, Path, Path]:
    """The Java to use, Lucene's jars, and the program's classes.

    Raises:
        UnavailableError: one of them can't be had here.
    """
    home, java = _java()
    wanted = NEWEST if java >= NEEDS_JAVA else FOR_OLD_JAVA
    jars, classes = kept / f"lucene-jars-{wanted}", kept / f"lucene-classes-{wanted}"
    if not jars.exists():
        _fetch(wanted, jars)
    compiler = [f"{home}/bin/javac", "-nowarn", "-cp", f"{jars}/*", "-d", str(classes)]
    _run([*compiler, str(SOURCE / "Speed.java")], "the Java program can't be compiled")
    return home, jars, classes


def _fetch(wanted: str, jars: Path) -> None:
    if not shutil.which("mvn"):
        raise UnavailableError("there is no Maven (`mvn`), which fetches Lucene's jars")
    maven = ["mvn", "-q", "-B", "-f", str(SOURCE / "pom.xml"), f"-Dlucene.version={wanted}"]
    beside = jars.with_name(jars.name + ".new")
    goal = ["dependency:copy-dependencies", f"-DoutputDirectory={beside.resolve()}"]
    _run([*maven, *goal], "Lucene's jars can't be fetched")
    beside.rename(jars)


def _run(command: list[str], problem: str) -> None:
    ran = subprocess.run(command, check=False, capture_output=True, text=True)
    if ran.returncode:
        told = (ran.stderr or ran.stdout).strip().splitlines()
        raise UnavailableError(f"{problem}: {told[0] if told else ran.returncode}")


@cache
def _java() -> tuple[Path, int]:
    """The newest Java that has a compiler: its folder and version."""
    named = [Path(home) for home in [os.environ.get("JAVA_HOME")] if home]
    on_path = [Path(found).resolve().parents[1] for found in [shutil.which("javac")] if found]
    usual = [home for place in PLACES for home in Path("/").glob(place[1:])]
    found = {home: _major(home) for home in (*named, *on_path, *usual) if (home / "bin" / "javac").exists()}
    home = max(found, key=found.get, default=None)
    if home is None or found[home] < OLDEST_JAVA:
        raise UnavailableError(f"there is no Java {OLDEST_JAVA} or newer with its compiler")
    return home, found[home]


def _major(home: Path) -> int:
    asked = [home / "bin" / "javac", "-version"]
    told = subprocess.run(asked, check=False, capture_output=True, text=True)
    number = re.search(r"(\d+)", told.stdout + told.stderr)
    return int(number[1]) if number else 0


def _row(article: Article) -> str:
    day = (article.day or "").replace("-", "")
    fields = (article.id, article.title, article.body, article.source or "", day)
    return "\t".join(" ".join(field.split()) for field in fields)
