"""Answers in fewer bytes, for who takes them."""

import gzip

import pytest

GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("address", ["/", "/search?q=مجلس", "/static/style.css", "/api/search?q=مجلس"])
def test_it_is_the_same_in_fewer_bytes(client, address):
    with client.get(address) as plain, client.get(address, headers=GZIP) as short:
        assert "gzip" == short.headers["Content-Encoding"]
        assert "Content-Encoding" not in plain.headers
        assert len(short.data) == int(short.headers["Content-Length"])
        assert len(short.data) < len(plain.data) / 2
        if "/api" not in address:  # which says how long it took
            assert plain.data == gzip.decompress(short.data)
        for answer in (plain, short):
            assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("wanted", ["", "identity", "br", "gzip;q=0"])
def test_it_is_plain_for_others(client, wanted):
    with client.get("/search?q=مجلس", headers={"Accept-Encoding": wanted}) as answer:
        assert "Content-Encoding" not in answer.headers
        assert answer.text.startswith("<!doctype html>")


@pytest.mark.parametrize("address", ["/static/icon.svg", "/healthz", "/export.csv?q=مجلس"])
def test_what_is_short_or_sent_while_it_is_written_stays(client, address):
    with client.get(address, headers=GZIP) as answer:
        assert 200 == answer.status_code
        assert "Content-Encoding" not in answer.headers


def test_a_browser_that_has_it_is_told_so(client):
    with client.get("/static/style.css", headers=GZIP) as answer:
        etag = answer.headers["ETag"]
    assert etag.startswith("W/")
    for headers in (GZIP, {}):
        with client.get("/static/style.css", headers={**headers, "If-None-Match": etag}) as again:
            assert (304, b"") == (again.status_code, again.data)


def test_a_part_is_counted_in_its_own_bytes(client):
    with client.get("/static/style.css", headers={**GZIP, "Range": "bytes=0-2999"}) as answer:
        assert 206 == answer.status_code
        assert 3000 == len(answer.data)
        assert "Content-Encoding" not in answer.headers


def test_head_says_what_get_gives(client):
    with (
        client.head("/search?q=مجلس", headers=GZIP) as head,
        client.get("/search?q=مجلس", headers=GZIP) as get,
    ):
        assert b"" == head.data
        assert get.headers["Content-Length"] == head.headers["Content-Length"]
        assert "gzip" == head.headers["Content-Encoding"]
