"""A small library of articles, some of them hostile, and ways to read the pages that show it."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from index.article import Article
from index.library import Library
from web import create_app

ARSHIF = Path(sys.executable).with_name("arshif")
PATIENCE = 30  # seconds for what takes one
ROOT = Path(__file__).parents[2]
SCREENSHOTS = Path(__file__).with_name("screenshots")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

SCRIPT = '<script>alert("عنوان")</script>'
HOSTILE_ID = "a/../b?c=1&d#e %41\"<x>'é/"
LONG_WORD = "مستشفى" * 60

PLACES = ("حلب", "بغداد", "القاهرة", "تونس", "الرباط", "عمّان", "بيروت", "صنعاء")
SOURCES = ("صحيفة الفجر", "وكالة المدى", "Daily Levant")

PLAIN = [
    Article(
        "forces",
        "قُوّات الأمن تنتشر في الباغوز",
        "انتهت مهلة استسلام المقاتلين. وقالت القوات إن الطريق مفتوح.\n\n"
        "وأضاف متحدث باسم قوات الأمن أن سوريا هادئة.",
        url="https://example.com/forces?x=1&y=2",
        source="صحيفة الفجر",
        author="ليلى حداد",
        category="سياسة",
        published="2019-02-17T21:05:00",
    ),
    Article(
        "raqqa",
        "مدارس الرقة تفتح أبوابها",
        "عاد التلاميذ إلى مدارس الرقة في سوريا بعد غياب طويل.",
        source="وكالة المدى",
        published="2019-03-01",
    ),
    Article(
        "lebanon",
        "لقاء في بيروت",
        "بحث وفدان من سوريا ولبنان ملف المياه.",
        source="وكالة المدى",
        published="2018-12-31",
    ),
    Article(
        "dam",
        "محادثات السد تعود إلى نقطة البداية",
        " ".join(
            f"الفقرة {number} من خبر طويل عن السد والنهر وما بينهما من قرى ومزارع وطرق وجسور وأسواق وبيوت"
            for number in range(12)
        ),
        source="صحيفة الفجر",
        published="2017-06-05",
    ),
    Article("what", "ماذا حدث في السوق؟", "حدث حريق صغير أطفئ سريعًا.", source="صحيفة الفجر"),
]
HOSTILE = [
    Article(
        "script",
        SCRIPT,
        'متن فيه <b onclick="x()">وسم</b> و</p><img src=x onerror=alert(1)> وعلامة " و \' و & و &amp;.',
        url="javascript:alert(1)",
        source="O'Brien & <i>Söhne</i>",
        author='"><svg onload=alert(2)>',
        category="</dd><script>1</script>",
        published="2020-05-05",
    ),
    Article(HOSTILE_ID, "مقالة رقمها غريب", "نص المقالة الغريبة.", url="data:text/html,<script>1</script>"),
    Article(
        "latin",
        "Oil & gas: أسعار النفط at 5% (2020)",
        "Brent rose. ارتفع خام برنت.",
        url="http://[::1",
        source="Daily Levant",
        author="J. Doe",
        published="2020-06-01",
    ),
    Article(
        "turned",
        "عنوان \u202eمقلوب\u202c وآخر",
        "نص فيه \u202e اتجاه مقلوب لا ينتهي.",
        published="2020-07-01",
    ),
    Article("long", f"كلمة طويلة {LONG_WORD}", f"في النص {LONG_WORD} أيضًا.", published="2020-08-01"),
    Article(
        "untitled", "", "مقالة بلا عنوان عن الزيتون. الناتو هو حلف شمال الأطلسي.", published="2020-09-01"
    ),
]
MANY = [
    Article(
        f"council-{number:02}",
        f"مجلس {PLACES[number % len(PLACES)]} يعقد جلسته رقم {number}",
        f"ناقش مجلس المدينة بنود جلسته رقم {number} في حضور الصحافة.",
        source=SOURCES[number % len(SOURCES)],
        published=f"2015-{number % 12 + 1:02}-{number + 1:02}",
    )
    for number in range(24)
]
ARTICLES = [*PLAIN, *HOSTILE, *MANY]

VOID = {"meta", "link", "input", "br", "img", "hr"}


@dataclass(eq=False)
class Element:
    """A tag with its attributes, the elements around it, and all text inside."""

    tag: str
    attributes: dict
    around: tuple = field(repr=False)
    text: str = ""

    def __getitem__(self, name):
        return self.attributes.get(name)

    def is_in(self, css_class):
        """Whether an element of this class is around it."""
        return any(css_class in (element["class"] or "").split() for element in self.around)

    @property
    def line(self):
        """The text with single spaces."""
        return " ".join(self.text.split())


@dataclass(eq=False)
class Page(HTMLParser):
    """A page read strictly: tags must be balanced, attributes must stand once."""

    source: str = field(repr=False)
    elements: list = field(default_factory=list, repr=False)
    faults: list = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self._open = []
        self.feed(self.source)
        self.close()
        self.faults += [f"<{element.tag}> is never closed" for element in self._open]

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        self.faults += [f"<{tag}> has {name} twice" for name in names if names.count(name) > 1]
        element = Element(tag, dict(attrs), tuple(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes nothing")
        else:
            self._open.pop()

    def handle_data(self, data):
        for element in self._open:
            element.text += data

    def all(self, tag=None, css_class=None, inside=None):
        """All elements of a tag, of a class, inside an element of a class."""
        return [
            element
            for element in self.elements
            if tag in (None, element.tag)
            and css_class in (None, *(element["class"] or "").split())
            and (inside is None or element.is_in(inside))
        ]

    def one(self, tag=None, css_class=None, inside=None):
        found = self.all(tag, css_class, inside)
        assert 1 == len(found), f"{len(found)} of <{tag} class={css_class}> inside {inside}"
        return found[0]

    def has(self, tag=None, css_class=None):
        return bool(self.all(tag, css_class))

    @property
    def typed(self):
        """What stands in the search box."""
        [box] = [element for element in self.all("input") if element["type"] == "search"]
        return box["value"]

    @property
    def titles(self):
        """The titles of the results, in order."""
        return [element.text for element in self.all("h3", inside="results")]

    @property
    def notices(self):
        return [element.text for element in self.all("li", inside="notices")]

    @property
    def total(self):
        return self.one("p", "total").line

    @property
    def sort(self):
        return next(link.text for link in self.all("a", inside="sorts") if link["aria-current"])

    def link(self, text):
        """Where the one link with this text leads."""
        found = [element for element in self.all("a") if element.line == text]
        assert 1 == len(found), f"{len(found)} links say {text}"
        return found[0]["href"]


@pytest.fixture(scope="session")
def articles():
    return {article.id: article for article in ARTICLES}


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    with Library.open(tmp_path_factory.mktemp("library"), create=True) as opened:
        opened.add(ARTICLES)
        opened.catch_up()
        yield opened


@pytest.fixture
def app(library):
    return create_app({"LIBRARY": library})


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def page_of():
    """HTML to a `Page`."""
    return Page


@pytest.fixture
def read(client):
    """An address, and parameters for it, to the page there."""

    def get(address, status=200, **parameters):
        answer = client.get(address, query_string=parameters or None)
        assert status == answer.status_code
        assert "text/html; charset=utf-8" == answer.content_type
        return Page(answer.text)

    return get


def run_arshif(folder, *words):
    """Run the command to its end."""
    return subprocess.run(
        [ARSHIF, "--data", folder, *words], capture_output=True, text=True, timeout=PATIENCE, check=False
    )


@contextmanager
def run_server(folder, *options):
    """The real server as a process of its own: the process, and its address."""
    command = [ARSHIF, "--data", folder, "serve", "--port", "0", *options]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            line = process.stdout.readline()
            match = re.search(r"http://\S+:\d+", line)
            assert match, f"the server said {line!r} and {process.stderr.read()!r}"
            yield process, match[0]
        finally:
            if process.poll() is None:
                process.terminate()
                process.communicate(timeout=PATIENCE)


@pytest.fixture(scope="session")
def arshif():
    return run_arshif


@pytest.fixture(scope="session")
def serving():
    return run_server


@pytest.fixture(scope="module")
def browser(chromium):
    """Chromium, one a module."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory, serving, arshif):
    """Of the real server, over the articles in seeds/."""
    folder = tmp_path_factory.mktemp("seeds")
    assert 0 == arshif(folder, "add", ROOT / "seeds").returncode
    with serving(folder) as (_, found):
        yield found


@pytest.fixture
def open_page(browser, address):
    """Opens pages; at the end nothing may have failed, and nothing may have been asked of another host."""
    contexts, complaints, requests = [], [], []

    def failed(request):
        # What was still on its way when the page was left is given up by the browser: nothing went wrong.
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"{request.url}: {request.failure}")

    def make(width=1280, *, javascript=True, scheme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900},
            java_script_enabled=javascript,
            color_scheme=scheme,
            locale="ar",
            base_url=address,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", failed)
        page.on("request", lambda request: requests.append(request.url))
        return page

    yield make
    for context in contexts:
        context.close()
    assert {urlsplit(address).netloc} == {urlsplit(url).netloc for url in requests}
    # A status that is asked for is no complaint, though Chromium writes it to the console.
    assert [] == [text for text in complaints if "404 (NOT FOUND)" not in text]


@pytest.fixture(scope="session")
def shoot():
    """Keeps a picture of a page, for whoever looks at what the tests saw."""

    def keep(page, name):
        SCREENSHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    return keep
