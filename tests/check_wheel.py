"""Uses an installed wheel as its user would: run by `make wheel` with the interpreter it was installed for.

Not collected by pytest, whose interpreter has the checkout installed.
"""

import json
import subprocess
import sys
import tempfile
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

PACKAGES = ("index", "search", "web")
QUERY = "قوات سوريا الديمقراطية"


def arshif(*arguments: str) -> str:
    command = [str(Path(sys.executable).with_name("arshif")), *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def check(told: str, passed: bool) -> None:  # noqa: FBT001
    print(f"{'ok' if passed else 'FAILED'}: {told}")
    if not passed:
        sys.exit(1)


owners = packages_distributions()
check("index, search and web come from arshif alone", all(owners[name] == ["arshif"] for name in PACKAGES))
files = {str(file) for file in distribution("arshif").files or ()}
for needed in (
    "index/archive.sql",
    "index/analysis/lexicon.tsv",
    "index/analysis/stopwords.txt",
    "search/translations/en/LC_MESSAGES/messages.mo",
):
    check(f"{needed} is in the wheel", needed in files)
check("no tests or seeds are in the wheel", not any(file.startswith(("tests/", "seeds/")) for file in files))

with tempfile.TemporaryDirectory() as folder:
    arshif("--data", folder, "add", sys.argv[1])
    found = json.loads(arshif("--data", folder, "search", "--json", QUERY))
    check("the search finds the article on al-Baghuz first", "الباغوز" in found["hits"][0]["title"])

    import web

    client = web.create_app({"LIBRARY": folder}).test_client()
    page = client.get("/search", query_string={"q": QUERY})
    check("the page finds it too", page.status_code == 200 and "<mark" in page.text)
    style = next(part.split('"')[0] for part in page.text.split('href="')[1:] if "/static/" in part[:20])
    check(f"its style is served: {style}", client.get(style).status_code == 200)
