"""Suggestions as the box's script is given them: JSON, and text that stays text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from web.suggest import phrasebook


@pytest.fixture
def suggested(client, library):
    phrasebook(library).phrases()
    phrasebook(library).wait()

    def ask(typed, **more):
        answer = client.get("/suggest", query_string={"q": typed, **more})
        assert 200 == answer.status_code
        assert "application/json" == answer.content_type
        assert typed == answer.json["query"]
        return answer.json["suggestions"]

    return ask


def test_phrases_and_titles(suggested):
    found = suggested("مجلس بغ")
    assert {"text": "مجلس بغداد يعقد جلسته", "kind": "phrase", "articles": 3} in found
    assert [] == suggested("زعفران")
    assert [] == suggested("")
    assert {"kind": "title", "articles": 1, "text": "مدارس الرقة تفتح أبوابها"} in suggested("مدارس")


def test_a_hostile_title_is_given_as_it_is_and_as_no_page(client, suggested, articles):
    [title] = [each["text"] for each in suggested("aler")]
    assert articles["script"].title == title
    answer = client.get("/suggest?q=aler")
    assert "nosniff" == answer.headers["X-Content-Type-Options"]
    assert "<" not in answer.headers.to_wsgi_list()[0][1]


def test_what_is_wrong_is_said_in_json(client):
    for address, said in (("/suggest?q=" + "ا" * 1001, "البحث طويل جدًا"), ("/suggest?q=x&wrong=1", "wrong")):
        answer = client.get(address)
        assert 400 == answer.status_code
        assert said in answer.json["error"]


def test_the_box_works_without_its_script(read):
    page = read("/search", q="مجلس")
    [panel] = [element for element in page.elements if element["id"] == "suggest"]
    assert "hidden" in panel.attributes
    [box] = [element for element in page.all("input") if element["type"] == "search"]
    assert box["role"] is None
    assert box["aria-expanded"] is None


def test_the_language_of_the_page_is_kept(read):
    [panel] = [element for element in read("/", lang="en").elements if element["id"] == "suggest"]
    assert "/suggest?lang=en" == panel["data-address"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40).filter(str.strip))
def test_any_text(client, typed):
    answer = client.get("/suggest", query_string={"q": typed})
    assert 200 == answer.status_code
    assert all(isinstance(each["text"], str) for each in answer.json["suggestions"])
