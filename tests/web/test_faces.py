"""Every kind of page in every state, at three widths, in both languages and colour schemes.

A picture of each is kept; axe-core, the width, the console and the network tell what is wrong with it.
`make faces` takes all twelve looks at each, a plain run two that differ in everything that may.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

from index.article import Article
from index.library import Library

pytestmark = pytest.mark.browser

# Language, width, scheme.
ALL = [
    (language, width, scheme)
    for language in ("ar", "en")
    for width in (360, 768, 1440)
    for scheme in ("light", "dark")
]
# In a plain run each page gets one of these, in turn.
PAIRS = [
    [("ar", 360, "light"), ("en", 1440, "dark")],
    [("ar", 768, "dark"), ("en", 768, "light")],
    [("ar", 1440, "light"), ("en", 360, "dark")],
]

SEEDS = Path(__file__).parents[2] / "seeds"
PLACES = ("حلب", "بغداد", "القاهرة", "تونس", "الرباط", "عمّان", "بيروت", "صنعاء", "الخرطوم", "مسقط")
SOURCES = ("صحيفة الفجر", "وكالة المدى", "Daily Levant", "الصحيفة العربية اليومية للأخبار والتحليلات والرأي")
HITS = 10_050
NAMED = {"هدهد": 1, "سمندل": 2, "قنديل": 3, "فستق": 11}  # how many articles have a word
MIXED = "iPhone 15 Pro: آبل تطلق «USB-C» في 2023-09-12 بسعر 1,199$ (الجزء 2/3) عبر www.example.com/news?id=7"
LONG = "تصريحات مطولة " * 20 + "ومستشفياتهم" * 12


def generated():
    """Articles in numbers that pages must count and page through, and some that are hard to show."""
    for number in range(HITS):
        yield Article(
            f"council-{number}",
            f"مجلس {PLACES[number % len(PLACES)]} يعقد جلسته رقم {number}",
            f"ناقش مجلس المدينة بنود جلسته رقم {number}.",
            source=SOURCES[number * number % len(SOURCES)],
            author=f"الكاتب {PLACES[number % 7]} {number % 40}",
            category=("سياسة", "رياضة", "اقتصاد")[number % 3],
            published=f"{2012 + number % 9}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        )
    for word, count in NAMED.items():
        for number in range(count):
            yield Article(
                f"{word}-{number}", f"{word} رقم {number}", f"خبر عن {word}.", published="2021-02-03"
            )
    yield Article(
        "mixed", MIXED, f"{MIXED}\n\n{MIXED}", source="Daily Levant", published="2023-09-12T10:00:00"
    )
    yield Article("long", LONG, LONG, source=LONG, author=LONG, published="2022-01-01")


def fold(selector):
    """Opens what is folded, where it is."""

    def act(page):
        for summary in page.locator(selector).all():
            if summary.is_visible():
                summary.click()

    return act


def suggestions(page):
    """Types until something is suggested; the server counts phrases beside."""
    page.locator("#q").fill("")
    for _ in range(100):
        page.locator("#q").press_sequentially("مج")
        page.wait_for_timeout(250)
        if page.locator("#suggestions [role=option]").count():
            return page.keyboard.press("ArrowDown")
        page.locator("#q").fill("")
    return pytest.fail("nothing was suggested")


def next_mark(page):
    page.keyboard.press("n")


def first_result(page):
    page.keyboard.press("j")


def second_bar(page):
    fold(".timeline > details > summary")(page)
    page.locator("svg.bars a").first.focus()
    page.keyboard.press("ArrowRight")


def nothing(_):
    pass


@dataclass(frozen=True)
class State:
    """A page, and what is done there before it is looked at."""

    address: str
    act: Callable = nothing
    status: int = 200


def search(query, rest=""):
    return f"/search?q={quote(query)}{rest}"


STATES = {
    "home": State("/"),
    "all": State(search("")),
    "many": State(search("مجلس", "&page=7")),
    "one": State(search("هدهد")),
    "two": State(search("سمندل")),
    "few": State(search("قنديل")),
    "eleven": State(search("فستق", "&sort=oldest")),
    "none": State(search("=ضثقصيضثق")),
    "rescue": State(search("hgr,hj s,vdh")),
    "another-period": State(search("مجلس من:1990 إلى:1991")),
    "loosened": State(search("مجلس الكوليرا")),
    "chips": State(search('قسد OR سوريا~ OR F-16 OR "مهلة استسلام"'), fold(".learned summary")),
    "as-typed": State(search("قسد", "&expand=0&match=any")),
    "why": State(search("قسد الباغوز في"), fold(".why summary")),
    "facets": State(search("مجلس"), fold(".facets > details > summary, .facets .rest summary")),
    "chosen": State(
        search("مجلس", f"&source={quote(SOURCES[3])}&from=2014-02&to=2016-07"),
        fold(".facets > details > summary"),
    ),
    "timeline": State(search("مجلس"), fold(".timeline > details > summary, .figures summary")),
    "shares": State(search("مجلس", "&unit=month&share=1")),
    "bar": State(search("مجلس"), second_bar),
    "suggestions": State("/", suggestions),
    "suggestions-on-top": State(search("مجلس"), suggestions),
    "walked": State(search("مجلس"), first_result),
    "dates": State(search("النفط من:2015-07 إلى:2023-08-05 -برنت")),
    "mixed": State(search('iPhone OR F-16 أو "سعر النفط" OR 2023-09-12 -العنوان:برنت')),
    "misread": State(search('"مجلس من:2019/15 ~', "&page=x&sort=y&from=أمس&unit=hour")),
    "beyond": State(search("مجلس", "&page=99999")),
    "hostile": State(search("وسم OR مقلوب OR مستشفى OR Brent")),
    "too-long": State(search("ا" * 3000)),
    "article": State("/article/forces?q=" + quote("القوات سوريا")),
    "marked": State("/article/forces?q=" + quote("القوات سوريا"), next_mark),
    "cited": State("/article/forces", fold(".cite summary")),
    "article-script": State("/article/script"),
    "article-long": State("/article/long?q=" + quote("تصريحات")),
    "article-mixed": State("/article/mixed?q=" + quote("USB-C 2023-09-12")),
    "article-untitled": State("/article/untitled"),
    "concordance": State("/concordance?q=" + quote("مجلس")),
    "concordance-none": State("/concordance?q=" + quote("=ضثقصيضثق")),
    "concordance-blank": State("/concordance"),
    "compare": State("/compare?q=" + quote("مجلس حلب") + "&q=" + quote("النفط") + "&q=F-16"),
    "compare-sources": State(
        "/compare?q=" + quote("مجلس") + "&q=" + quote("جلسته رقم 7") + "&by=source&share=1",
        fold(".figures summary"),
    ),
    "compare-few": State("/compare?q=" + quote("مجلس") + "&q="),
    "compare-blank": State("/compare"),
    "help": State("/help", fold("#keys summary")),
    "api": State("/api"),
    "no-page": State("/nothing", status=404),
    "no-article": State("/article/nothing", status=404),
}
# Of a server whose archive is empty; and of one that has articles and no index.
OTHERS = {
    "empty": {"home": State("/"), "results": State(search("مجلس"), status=503), "help": State("/help")},
    "unindexed": {"results": State(search("مجلس"), status=503), "article": State("/article/forces")},
}

AXE_SCRIPT = AXE_FILE_PATH.read_text(encoding="utf-8")
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
GRAVE = ("serious", "critical")
UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true })"

# Texts in Arabic letters of which it is not said that they are the archive's or the reader's.
FOREIGN = """() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
        const text = texts.currentNode;
        const isQuoted = text.parentElement.closest('bdi, [lang=ar], [dir=auto], svg, option, pre');
        if (!isQuoted && /[\u0620-\u064a]/.test(text.data)) found.push(text.data.trim());
    }
    return found;
}"""

# Dates with hyphens that are drawn in another order than from left to right.
TURNED = """() => {
    const walker = document.createTreeWalker(document.querySelector('body'), NodeFilter.SHOW_TEXT);
    const letters = [];
    while (walker.nextNode()) {
        const node = walker.currentNode;
        for (let at = 0; at < node.length; at += 1) letters.push([node, at]);
    }
    const text = letters.map(([node, at]) => node.data[at]).join('');
    const box = ([node, at]) => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getBoundingClientRect();
    };
    return [...text.matchAll(/\\d{4}-\\d{2}(-\\d{2})?/g)].filter(found => {
        const [first, last] = [found.index, found.index + found[0].length - 1].map(at => box(letters[at]));
        return first.width && last.width && first.top === last.top && first.left > last.left;
    }).map(found => text.slice(Math.max(0, found.index - 20), found.index + 20));
}"""


@pytest.fixture(scope="module")
def addresses(tmp_path_factory, articles, arshif, serving):
    """Of the servers: of a full archive, and of those that lack something."""
    folders = {name: tmp_path_factory.mktemp(name) for name in ("full", *OTHERS)}
    with Library.open(folders["full"], create=True) as library:
        library.add([*articles.values(), *generated()])
        library.catch_up()
    assert 0 == arshif(folders["full"], "add", SEEDS).returncode
    Library.open(folders["empty"], create=True).close()
    with Library.open(folders["unindexed"], create=True) as library:
        library.add(articles.values())
    with (
        serving(folders["full"]) as (_, full),
        serving(folders["empty"]) as (_, empty),
        serving(folders["unindexed"]) as (_, unindexed),
    ):
        yield {"full": full, "empty": empty, "unindexed": unindexed}


class Visit:
    """A page of one look, and what went wrong on it."""

    def __init__(self, browser, look):
        self.language, width, scheme = look
        self.context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900}, color_scheme=scheme, locale="ar"
        )
        self.page = self.context.new_page()
        self.width, self.faults, self.hosts = width, [], set()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))

    def _said(self, message):
        # That a page has the status that was asked for is no fault, though Chromium writes it to the console.
        if message.location.get("url") != self.page.url or "status of" not in message.text:
            self.faults.append(message.text)

    def go(self, server, state):
        self.page.goto("about:blank")  # what the page before still asks for is not of this one
        self.faults.clear()
        self.hosts.clear()
        separator = "&" if "?" in state.address else "?"
        answer = self.page.goto(f"{server}{state.address}{separator}lang={self.language}")
        assert state.status == answer.status
        state.act(self.page)


@pytest.fixture(scope="module")
def visits(browser):
    """One page a look, which is used again."""
    kept = {}

    def get(look):
        return kept.setdefault(look, None) or kept.update({look: Visit(browser, look)}) or kept[look]

    yield get
    for visit in kept.values():
        visit.context.close()


def grave(page):
    """What is wrong with a page, in a line each; folded parts are opened, to be looked at too."""
    page.evaluate(UNFOLD)
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(document, options)", AXE)
    return [
        f"{each['id']}: {node['html'][:200]} {node['failureSummary']}"
        for each in found["violations"]
        if each["impact"] in GRAVE
        for node in each["nodes"]
    ]


CASES = [("full", name) for name in STATES] + [(kind, name) for kind in OTHERS for name in OTHERS[kind]]


def _looks():
    """Every page with each of its looks, all of one look in one process."""
    for number, case in enumerate(CASES):
        for look in ALL if os.environ.get("ARSHIF_LOOKS") == "all" else PAIRS[number % len(PAIRS)]:
            name = "-".join(map(str, look))
            yield pytest.param(case, look, id="-".join((*case, name)), marks=pytest.mark.xdist_group(name))


@pytest.mark.parametrize(("case", "look"), [*_looks()])
def test_a_face(visits, addresses, shoot, case, look):
    kind, name = case
    visit = visits(look)
    state = STATES[name] if kind == "full" else OTHERS[kind][name]
    visit.go(addresses[kind], state)
    shoot(visit.page, f"face-{'' if kind == 'full' else kind + '-'}{name}-{'-'.join(map(str, look))}")
    assert visit.width == visit.page.evaluate("document.documentElement.scrollWidth")
    assert visit.language == visit.page.locator("html").get_attribute("lang")
    assert [] == visit.page.evaluate(TURNED)
    if look[0] != "ar":
        assert [] == visit.page.evaluate(FOREIGN)
    assert [] == grave(visit.page)
    assert [] == visit.faults
    assert {urlsplit(addresses[kind]).netloc} == visit.hosts


def test_faults_would_be_seen(browser, addresses):
    """A field without a name, an error of a script, a request elsewhere and what is too wide are noticed."""
    visit = Visit(browser, ALL[0])
    visit.go(addresses["full"], STATES["home"])
    visit.page.evaluate("document.getElementById('q').labels[0].remove()")
    visit.page.evaluate("document.getElementById('q').removeAttribute('placeholder')")
    assert any(fault.startswith("label") for fault in grave(visit.page))
    visit.page.evaluate("setTimeout(() => { throw new Error('on purpose') })")
    visit.page.evaluate("fetch('http://127.0.0.2:9/').catch(() => 0)")
    visit.page.evaluate("document.querySelector('h1').innerHTML = 'من 2019-<mark>02</mark>-03'")
    assert ["02-03" in each for each in visit.page.evaluate(TURNED)] == [True]
    visit.page.evaluate("document.querySelector('h1').style.width = '3000px'")
    assert visit.width < visit.page.evaluate("document.documentElement.scrollWidth")
    assert any("on purpose" in fault for fault in visit.faults)
    assert len(visit.hosts) > 1 or any("127.0.0.2" in fault for fault in visit.faults)
    visit.context.close()
