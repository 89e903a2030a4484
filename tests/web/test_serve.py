"""The real server, as a process of its own."""

import errno
import json
import re
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from index.article import Article
from index.library import Library
from search.commands.common import Options
from web import serve as serving_module

PATIENCE = 30  # seconds for what takes one


def add(folder, *articles):
    with Library.open(folder, create=True) as opened:
        opened.add(articles)
        opened.catch_up()


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "data"
    add(path, Article("first", "خبر أول", "وصلت القافلة إلى المدينة."))
    return path


def fetch(address):
    try:
        with urlopen(address, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def total(address, query):
    status, text = fetch(f"{address}/api/search?q={quote(query)}")
    assert 200 == status
    return json.loads(text)["total"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_ends(folder, serving, number):
    with serving(folder) as (process, address):
        assert 200 == fetch(f"{address}/healthz")[0]
        status, text = fetch(f"{address}/search?q={quote('القافلة')}")
        assert 200 == status
        assert "<mark>القافلة</mark>" in text
        process.send_signal(number)
        output, errors = process.communicate(timeout=PATIENCE)
        assert (0, "", "") == (process.returncode, output, errors)


def test_what_other_processes_change_is_seen(folder, serving, arshif, tmp_path):
    with serving(folder) as (_, address):
        assert 0 == total(address, "زلزال")
        story = tmp_path / "story.jsonl"
        story.write_text(
            json.dumps({"id": "second", "title": "زلزال", "body": "هزة خفيفة."}), encoding="utf-8"
        )
        assert 0 == arshif(folder, "add", story).returncode
        assert 1 == total(address, "زلزال")
        assert 0 == arshif(folder, "reindex").returncode
        assert 1 == total(address, "زلزال")
        assert 0 == arshif(folder, "remove", "second").returncode
        assert 0 == total(address, "زلزال")
        assert 404 == fetch(f"{address}/article/second")[0]


def test_ids_that_look_like_addresses(folder, serving):
    names = [
        "http://example.com//a?b#c",
        "../../etc/passwd",
        "a%2Fb",
        "a//b/",
        "مقالة ١",
        "/",
        ".hidden",
        "a\nb",
    ]
    add(folder, *(Article(name, f"عنوان {place}", "نص غريب") for place, name in enumerate(names)))
    with serving(folder) as (_, address):
        _, page = fetch(f"{address}/search?q={quote('غريب')}")
        found = re.findall(r'href="(/article/[^"]*)"', page)
        assert len(names) == len(found)
        texts = [fetch(address + link.replace("&amp;", "&")) for link in found]
        assert [200] * len(names) == [status for status, _ in texts]
        assert {f"عنوان {place}" for place in range(len(names))} == {
            re.search(r"<h1[^>]*>(.*)</h1>", text)[1] for _, text in texts
        }


def test_many_at_once(folder, serving):
    with serving(folder, "--threads", "4") as (_, address), ThreadPoolExecutor(8) as readers:
        totals = list(readers.map(lambda _: total(address, "القافلة"), range(40)))
        assert [1] * 40 == totals


def test_an_index_that_is_missing_can_come_later(tmp_path, serving):
    with Library.open(tmp_path, create=True) as opened:
        opened.add([Article("a", "عنوان", "نص قصير")])
        with serving(tmp_path) as (process, address):
            assert 503 == fetch(f"{address}/search?q=x")[0]
            opened.catch_up()
            assert 1 == total(address, "قصير")
            process.terminate()
            assert "arshif reindex" in process.communicate(timeout=PATIENCE)[1]


def test_a_port_that_is_taken(folder, arshif):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = arshif(folder, "serve", "--port", str(port))
    assert (2, "") == (done.returncode, done.stdout)
    assert f"port {port} on 127.0.0.1 is taken" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_is_counted_where_nobody_can_be_answered(folder, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.EADDRINUSE, "Address already in use")

    monkeypatch.setattr(serving_module.waitress, "create_server", refuse)
    monkeypatch.setattr(serving_module, "hold_little", lambda: None)
    monkeypatch.setattr(serving_module, "phrasebook", lambda _: pytest.fail("it goes on after the archive"))
    done = CliRunner().invoke(serving_module.serve, [], obj=Options(folder))
    assert 2 == done.exit_code
    assert "port 8000 on 127.0.0.1 is taken" in done.stderr


@pytest.mark.parametrize("host", ["203.0.113.7", "no.such.host.invalid"])
def test_a_host_that_is_not_here(folder, arshif, host):
    done = arshif(folder, "serve", "--host", host, "--port", "0")
    assert 2 == done.returncode
    assert f"can't listen on {host}" in done.stderr


def test_no_archive(tmp_path, arshif):
    done = arshif(tmp_path / "none", "serve", "--port", "0")
    assert (3, "") == (done.returncode, done.stdout)
    assert "there is no archive yet" in done.stderr
    assert "arshif add" in done.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("options", [["--port", "70000"], ["--threads", "0"], ["--port", "x"]])
def test_wrong_usage(folder, arshif, options):
    assert 2 == arshif(folder, "serve", *options).returncode
