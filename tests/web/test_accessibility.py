"""What axe-core says of every page, in both languages and colour schemes; and pictures of all."""

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe

from index.library import Library
from web import create_app
from web.languages import ARABIC, LANGUAGES

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1440)
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
GRAVE = ("serious", "critical")
QUERY = quote("قسد الباغوز في")
MIXED = quote("FARC النفط 3.5 -لبنان")

# Name and address of a page. One that the application doesn't answer yet is left out.
PAGES = {
    "home": "/",
    "results": f"/search?q={QUERY}",
    "all": "/search?q=",
    "narrowed": "/search?q=&from=2019&page=2&sort=oldest",
    "mixed": f"/search?q={MIXED}&match=any",
    "nothing": "/search?q=" + quote("زعفران") + "&page=x&source=" + quote("لا أحد"),
    "rescued": "/search?q=" + quote("hgr,hj s,vdh"),
    "refused": "/search?q=" + "ا" * 3000,
    "article": "/article/{article}?q=" + QUERY,
    "missing": "/nothing",
    "api": "/api",
    "compare": "/compare?q=" + quote("النفط") + "&q=" + quote("السوق"),
    "concordance": "/concordance?q=" + quote("النفط"),
    "help": "/help",
}
# Of a server whose archive is empty, and has no index.
EMPTY = {"empty": "/", "unindexed": "/search?q=" + QUERY}
ON_ALL_WIDTHS = {"results"}
UNANSWERED = {"missing"}

LOOKS = pytest.mark.parametrize(
    "look", [(code, scheme) for code in LANGUAGES for scheme in ("light", "dark")], ids="-".join
)


def answered():
    """The names of pages that there are."""
    paths = {rule.rule.partition("<")[0] for rule in create_app({"LIBRARY": "nowhere"}).url_map.iter_rules()}
    return [name for name, address in PAGES.items() if name in UNANSWERED or _path(address) in paths]


def _path(address):
    return address.partition("?")[0].partition("{")[0]


@pytest.fixture(scope="module")
def page(browser, address):
    context = browser.new_context(base_url=address, locale="ar")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def article(page):
    return quote(page.request.get(f"/api/search?q={QUERY}").json()["hits"][0]["id"], safe="")


@pytest.fixture(scope="module")
def empty(tmp_path_factory, serving):
    folder = tmp_path_factory.mktemp("empty")
    Library.open(folder, create=True).close()
    with serving(folder) as (_, address):
        yield address


def in_language(address, language):
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


def grave(page):
    """What is wrong with a page, in a line each; folded parts are opened, to be looked at too."""
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in found
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]


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


def examine(page, shoot, name, look):
    """Takes a picture at every width; asks axe at one of them, or at all of a page that it matters for."""
    if look[0] != ARABIC:
        assert [] == page.evaluate(FOREIGN), name
    turn = (list(LANGUAGES).index(look[0]) + (look[1] == "dark") + len(name)) % len(WIDTHS)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        shoot(page, f"{name}-{look[0]}-{width}-{look[1]}")
        assert width == page.evaluate("document.documentElement.scrollWidth"), f"{name} at {width}"
    for width in WIDTHS if name in ON_ALL_WIDTHS else WIDTHS[turn : turn + 1]:
        page.set_viewport_size({"width": width, "height": 900})
        assert [] == grave(page), f"{name} at {width}"


@LOOKS
@pytest.mark.parametrize("name", answered())
def test_pages(page, shoot, article, name, look):
    page.emulate_media(color_scheme=look[1])
    page.goto(in_language(PAGES[name].format(article=article), look[0]))
    assert look[0] == page.locator("html").get_attribute("lang")
    examine(page, shoot, name, look)


@LOOKS
@pytest.mark.parametrize("name", EMPTY)
def test_pages_of_an_empty_archive(page, shoot, empty, name, look):
    page.emulate_media(color_scheme=look[1])
    page.goto(empty + in_language(EMPTY[name], look[0]))
    examine(page, shoot, name, look)


def test_it_would_be_seen(page):
    """A page with a grave fault is one: axe looks, and at what was asked for."""
    page.goto("/")
    page.evaluate("document.getElementById('q').labels[0].remove()")
    page.evaluate("document.getElementById('q').removeAttribute('placeholder')")
    assert any(fault.startswith("label") for fault in grave(page))


@LOOKS
def test_the_focus_is_seen_on_everything_that_takes_it(page, look):
    page.emulate_media(color_scheme=look[1])
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(in_language(PAGES["all"], look[0]))
    seen = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):  # beyond the last
            break
        outline = page.evaluate("""() => {
            const style = getComputedStyle(document.activeElement);
            return [document.activeElement.outerHTML.slice(0, 120), style.outlineStyle, style.outlineWidth];
        }""")
        assert (outline[1], outline[2]) == ("solid", "3px"), outline[0]
        seen.add(outline[0])
    assert 40 <= len(seen)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_forced_colours_what_is_marked_is_seen(page, shoot, scheme):
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    page.goto(PAGES["results"])
    outline, image, ink, ground = page.locator("mark").first.evaluate("""element => {
        const style = getComputedStyle(element);
        return [style.outlineStyle, style.backgroundImage, style.color, style.backgroundColor];
    }""")
    assert ("solid", "none") == (outline, image)
    assert ink != ground
    assert [] == grave(page)
    shoot(page, f"results-forced-{scheme}")
    page.emulate_media(forced_colors="none")


def test_nothing_moves_for_who_wants_no_motion(page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(PAGES["all"])
    moving = page.evaluate("""() => [...document.querySelectorAll('*')].filter(each => {
        const style = getComputedStyle(each);
        return style.scrollBehavior !== 'auto' || parseFloat(style.transitionDuration)
            || (style.animationName !== 'none' && parseFloat(style.animationDuration));
    }).map(each => each.tagName)""")
    assert [] == moving
    page.emulate_media(reduced_motion="no-preference")
