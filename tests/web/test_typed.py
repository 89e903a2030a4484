"""Dates in a field: in their order for the eye, and as typed for everything else."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.typed import MARK, in_field, out_of_field

QUERY = "النفط من:2019-02 إلى:2019-06-30 -لبنان"
KEPT = "النفط من:2019\u200e-02 إلى:2019\u200e-06\u200e-30 -لبنان"
TEXTS = st.text(st.sampled_from('نا2019-: ."F'), max_size=30) | st.text(max_size=30)

# Where each letter of a text would stand in a field, from left to right: of its digits and hyphens alone.
DRAWN = """text => {
    const line = document.createElement('p');
    line.dir = 'rtl';
    line.style.whiteSpace = 'pre';
    line.textContent = text;
    document.body.append(line);
    const letters = [...text].map((letter, at) => {
        const range = document.createRange();
        range.setStart(line.firstChild, at);
        range.setEnd(line.firstChild, at + 1);
        return [range.getBoundingClientRect().left, letter];
    });
    line.remove();
    return letters.filter(([, letter]) => /[0-9-]/.test(letter)).sort((one, other) => one[0] - other[0])
        .map(([, letter]) => letter).join('');
}"""


def test_a_mark_stands_before_the_hyphens_of_dates():
    assert KEPT == in_field(QUERY)
    assert QUERY == out_of_field(KEPT)


@pytest.mark.parametrize("text", ["from:2019-02", "كوفيد-19", "1-", "-1 نفط", "٢٠١٩-٠٢ نفط", ""])
def test_what_needs_none_has_none(text):
    assert text == in_field(text)


@given(TEXTS)
def test_what_was_typed_comes_out(text):
    assert out_of_field(text) == out_of_field(in_field(text))
    assert MARK in text or text == out_of_field(in_field(text))


def test_a_page_has_it_in_the_box_and_nowhere_else(client, read):
    page = read("/search", q=KEPT)
    assert KEPT == page.typed
    assert QUERY in page.one("h1").text
    assert 2 < client.get("/search", query_string={"q": KEPT}).text.count("2019-02")
    assert 3 == client.get("/search", query_string={"q": KEPT}).text.count(MARK)
    assert QUERY == client.get("/api/search", query_string={"q": KEPT}).json["query"]
    compared = read("/compare", q=[KEPT, "نفط"])
    assert [KEPT, "نفط"] == [
        each["value"] for each in compared.all("input", inside="queries") if each["name"] == "q"
    ][:2]
    assert QUERY in compared.one("ol", "legend").text


@pytest.mark.browser
class TestBrowser:
    @pytest.mark.parametrize("path", ["/", "/concordance"])
    @pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
    def test_a_date_keeps_its_order_in_the_box(self, open_page, path, javascript):
        page = open_page(javascript=javascript)
        page.goto(path)
        page.locator("#q").focus()
        page.keyboard.type(QUERY)
        page.keyboard.press("Enter")
        page.wait_for_url("**q=*")
        assert quote(MARK) not in page.url
        assert KEPT == page.locator("#q").input_value()

    def test_it_keeps_its_order_while_it_is_typed(self, open_page):
        page = open_page()
        page.goto("/")
        page.locator("#q").focus()
        page.keyboard.type(QUERY)
        assert KEPT == page.locator("#q").input_value()
        page.locator("#q").fill("")
        page.keyboard.type("from:2019-02 F-16")
        assert "from:2019-02 F-16" == page.locator("#q").input_value()

    def test_what_is_typed_can_be_undone(self, open_page):
        page = open_page()
        page.goto("/")
        page.locator("#q").focus()
        page.keyboard.type("من:2019-0")
        page.keyboard.press("Control+z")
        assert "من:2019\u200e-0".startswith(page.locator("#q").input_value())
        assert "من:2019\u200e-0" != page.locator("#q").input_value()
        page.keyboard.press("Control+Shift+z")
        assert "من:2019\u200e-0" == page.locator("#q").input_value()

    def test_what_is_pasted_is_ordered_too(self, open_page):
        page = open_page()
        page.goto("/")
        page.locator("#q").fill(QUERY)
        page.keyboard.press("Control+a")
        page.keyboard.press("Control+c")
        page.keyboard.press("End")
        page.keyboard.press("Control+v")
        assert page.locator("#q").input_value().endswith(KEPT)

    def test_the_order_is_another_without_it(self, open_page):
        """What the browser draws: 2019-02 with the mark, 02-2019 without."""
        page = open_page()
        page.goto("/")
        assert "02-2019" == page.evaluate(DRAWN, "من:2019-02")
        assert "2019-02" == page.evaluate(DRAWN, in_field("من:2019-02"))
        assert "-2019-06-302019-02" == page.evaluate(DRAWN, KEPT)
