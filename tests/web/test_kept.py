"""Answers that are kept: the same bytes, and never those of another state."""

import pytest

import web.kept
from index.article import Article
from index.library import Library
from web import create_app


@pytest.fixture
def searches(monkeypatch):
    """How often pages and the API searched."""
    import web.api
    import web.pages

    done = []
    for module in (web.api, web.pages):

        def counting(library, asked, real=module.search):
            done.append(asked)
            return real(library, asked)

        monkeypatch.setattr(module, "search", counting)
    return done


@pytest.fixture
def shelf(tmp_path):
    with Library.open(tmp_path / "library", create=True) as opened:
        opened.add([Article("1", "قوات سوريا", "نص عن القوات.")])
        opened.catch_up()
        yield opened


@pytest.fixture
def asking(shelf):
    return create_app({"LIBRARY": shelf}).test_client()


ADDRESSES = ["/search?q=قوات", "/api/search?q=قوات", "/search?q=قوات&lang=en"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_is_made_once(asking, searches, address):
    first, second = asking.get(address), asking.get(address)
    assert 1 == len(searches)
    assert (first.data, first.status, dict(first.headers)) == (
        second.data,
        second.status,
        dict(second.headers),
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_another_state_is_another_answer(asking, shelf, searches, address):
    assert "خبر جديد" not in asking.get(address).text
    shelf.add([Article("2", "خبر جديد عن القوات", "نص.")])
    behind = asking.get(address)
    assert 2 == len(searches)
    shelf.catch_up()
    assert behind.data != asking.get(address).data
    assert "خبر جديد" in asking.get(address).text
    shelf.remove(["2"])
    shelf.catch_up()
    assert "خبر جديد" not in asking.get(address).text


def test_another_day_is_another_answer(asking, searches, monkeypatch):
    from datetime import date

    class Tomorrow(date):
        @classmethod
        def today(cls):
            return cls(2100, 1, 1)

    asking.get(ADDRESSES[0])
    monkeypatch.setattr(web.kept, "date", Tomorrow)
    asking.get(ADDRESSES[0])
    assert 2 == len(searches)


def test_other_addresses_and_hosts_are_asked_by_themselves(asking, searches):
    for address in (*ADDRESSES, *ADDRESSES):
        asking.get(address)
    assert 3 == len(searches)
    asking.get(ADDRESSES[1], base_url="http://elsewhere.example/")
    assert 4 == len(searches)


def test_errors_are_not_kept(asking, searches):
    for _ in range(2):
        assert 400 == asking.get("/api/search?q=قوات&limit=x").status_code
    assert "قوات" in asking.get("/api/search?q=قوات&limit=1").text
    assert 1 == len(searches)


def test_what_the_client_takes_and_whose_page_asks_is_another_answer(shelf, searches):
    asking = create_app({"LIBRARY": shelf, "ALLOW_ORIGINS": ["https://one.example"]}).test_client()
    address = "/api/search?q=قوات"
    requests = [{}, {"Accept-Encoding": "gzip"}, {"Origin": "https://one.example"}]
    first = [asking.get(address, headers=headers) for headers in requests]
    again = [asking.get(address, headers=headers) for headers in requests]
    assert 3 == len(searches)
    assert [dict(one.headers) for one in first] == [dict(one.headers) for one in again]
    assert [one.data for one in first] == [one.data for one in again]
    assert [None, None, "https://one.example"] == [
        one.headers.get("Access-Control-Allow-Origin") for one in again
    ]


def test_only_the_head_is_sent_where_it_alone_is_asked_for(asking):
    whole = asking.get(ADDRESSES[0])
    for _ in range(2):
        head = asking.head(ADDRESSES[0])
        assert (b"", dict(whole.headers)) == (head.data, dict(head.headers))
    assert whole.data == asking.get(ADDRESSES[0]).data


def test_what_is_kept_is_not_shown_where_the_data_can_no_longer_be_read(asking, shelf, searches):
    assert 200 == asking.get(ADDRESSES[0]).status_code
    (shelf.folder / "index" / "current").unlink()
    assert 503 == asking.get(ADDRESSES[0]).status_code
    assert 1 == len(searches)


def test_what_is_kept_has_a_bound(shelf, searches, monkeypatch):
    monkeypatch.setattr(web.kept, "BYTES", 100_000)
    asking = create_app({"LIBRARY": shelf}).test_client()
    answers = asking.application.extensions[web.kept.EXTENSION]
    sizes = [len(asking.get(f"/search?q=قوات&x={number}").data) for number in range(40)]
    assert sum(sizes) > web.kept.BYTES >= answers._answers.currsize
    assert 3 < len(answers._answers) < 40
    asking.get("/search?q=قوات&x=39")
    assert 40 == len(searches)


def test_an_answer_that_nobody_packed_is_kept_in_less_room(asking, searches):
    sent = asking.get("/search?q=قوات").data
    (kept,) = asking.application.extensions[web.kept.EXTENSION]._answers.values()
    assert len(sent) > 2 * len(kept.body)
    assert sent == asking.get("/search?q=قوات").data
    assert 1 == len(searches)


def test_an_answer_that_is_too_long_is_not_kept(asking, searches, monkeypatch):
    monkeypatch.setattr(web.kept, "BYTES", 10)
    for _ in range(2):
        assert 200 == asking.get(ADDRESSES[0]).status_code
    assert 2 == len(searches)


NEVER_AGAIN = {"Content-Type", "Content-Length", "Content-Encoding"}


@pytest.mark.parametrize("address", [*ADDRESSES, "/concordance?q=قوات"])
@pytest.mark.parametrize("encoding", [{}, {"Accept-Encoding": "gzip"}])
def test_who_has_an_answer_is_told_so(asking, shelf, address, encoding):
    first = asking.get(address, headers=encoding)
    tag = first.headers["ETag"]
    # Other bytes of the same: packed, or of a search that took another time.
    assert ("Content-Encoding" in first.headers or "/api" in address) == tag.startswith("W/")
    assert "no-cache" == first.headers["Cache-Control"]  # may be kept, and is asked for before it is shown
    for named in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = asking.get(address, headers=encoding | {"If-None-Match": named})
        assert (304, b"") == (again.status_code, again.data)
        kept = [(name, value) for name, value in first.headers.items() if name not in NEVER_AGAIN]
        assert kept == list(again.headers.items())
        assert 304 == asking.head(address, headers=encoding | {"If-None-Match": named}).status_code
    for named in ('"other"', "", tag.strip("W/")[:-2] + '"'):
        again = asking.get(address, headers=encoding | {"If-None-Match": named})
        assert (200, first.data) == (again.status_code, again.data)
    shelf.add([Article("2", "خبر جديد عن القوات", "نص القوات.")])
    shelf.catch_up()
    changed = asking.get(address, headers=encoding | {"If-None-Match": tag})
    assert 200 == changed.status_code
    assert tag != changed.headers["ETag"]


def test_who_has_what_is_no_longer_kept_here_is_told_so_too(shelf, monkeypatch):
    monkeypatch.setattr(web.kept, "BYTES", 10)
    asking = create_app({"LIBRARY": shelf}).test_client()
    first = asking.get("/concordance?q=قوات")
    again = asking.get("/concordance?q=قوات", headers={"If-None-Match": first.headers["ETag"]})
    assert (304, b"") == (again.status_code, again.data)


def test_errors_are_never_told_to_be_had(asking, shelf):
    assert 400 == asking.get("/api/search?limit=x", headers={"If-None-Match": "*"}).status_code
    assert "ETag" not in asking.get("/api/search?limit=x").headers
    (shelf.folder / "index" / "current").unlink()
    assert 503 == asking.get(ADDRESSES[0], headers={"If-None-Match": "*"}).status_code


def test_texts_and_languages_have_tags_of_their_own(asking):
    tags = [
        asking.get(f"/search?q={text}&lang={lang}").headers["ETag"]
        for text in ("قوات", "نص")
        for lang in ("ar", "en")
    ]
    assert 4 == len(set(tags))
