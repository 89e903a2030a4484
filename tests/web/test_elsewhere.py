"""Addresses for what is read elsewhere, and who else may read."""

import pytest
from click.testing import CliRunner

from search.cli import main
from web import create_app
from web.absolute import PublicUrlError, public_url
from web.cors import is_origin

ORIGIN = {"Origin": "https://example.org"}


class TestPublicUrl:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ("https://example.org", "https://example.org"),
            ("https://example.org/", "https://example.org"),
            ("http://example.org:8080/news/", "http://example.org:8080/news"),
            ("http://[::1]:80", "http://[::1]:80"),
        ],
    )
    def test_a_good_one(self, given, expected):
        assert expected == public_url(given)

    @pytest.mark.parametrize(
        "given",
        [
            "",
            "example.org",
            "ftp://example.org",
            "javascript:alert(1)",
            "https://",
            "https://a b",
            "http://[::1",
            "https://example.org/?q=1",
            "https://example.org/#x",
            "https://u:p@example.org",
            "https://مثال.org",
        ],
    )
    def test_a_bad_one(self, given):
        with pytest.raises(PublicUrlError, match="no address of a site"):
            public_url(given)

    def test_the_command_refuses_it(self):
        result = CliRunner().invoke(main, ["serve", "--public-url", "example.org"])
        assert 2 == result.exit_code
        assert "no address of a site" in result.output

    def test_it_is_what_addresses_begin_with(self, library):
        client = create_app({"LIBRARY": library, "PUBLIC_URL": "https://example.org/news"}).test_client()
        forged = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
        answer = client.get("/api/search?q=مجلس", headers=forged)
        assert answer.headers["Link"].startswith("<https://example.org/news/api/search?")

    def test_without_it_they_begin_as_the_request_does_whatever_a_proxy_says(self, client):
        headers = {
            "Host": "here.example:81",
            "X-Forwarded-Host": "evil.example",
            "X-Forwarded-Proto": "https",
        }
        link = client.get("/api/search?q=مجلس", headers=headers).headers["Link"]
        assert link.startswith("<http://here.example:81/api/search?")


class TestOrigins:
    @pytest.mark.parametrize("text", ["*", "https://example.org", "http://localhost:3000", "http://[::1]:80"])
    def test_an_origin(self, text):
        assert is_origin(text)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "null",
            "example.org",
            "https://",
            "https://example.org/",
            "https://example.org/a",
            "https://Example.org",
            "https://u@example.org",
            "ftp://example.org",
            "http://[::1",
        ],
    )
    def test_what_no_browser_would_send_is_refused_by_the_command(self, text):
        assert not is_origin(text)
        result = CliRunner().invoke(main, ["serve", "--allow-origin", text])
        assert 2 == result.exit_code
        assert "is no origin" in result.output

    def ask(self, library, allowed, address="/api/search?q=مجلس", method="GET"):
        app = create_app({"LIBRARY": library, "ALLOW_ORIGINS": allowed})
        with app.test_client().open(address, method=method, headers=ORIGIN) as answer:
            return answer.headers

    @pytest.mark.parametrize("allowed", [(), ("https://other.example",)])
    def test_no_other_may_read(self, library, allowed):
        headers = self.ask(library, allowed)
        assert "Access-Control-Allow-Origin" not in headers
        assert "same-origin" == headers["Cross-Origin-Resource-Policy"]
        assert bool(allowed) == ("Origin" in headers.get("Vary", ""))

    @pytest.mark.parametrize("address", ["/api/search?q=x", "/healthz", "/export.csv?q=مجلس", "/api/nothing"])
    def test_one_that_is_allowed_may(self, library, address):
        headers = self.ask(library, ("https://example.org",), address)
        assert "https://example.org" == headers["Access-Control-Allow-Origin"]
        assert "Origin" in headers["Vary"]
        assert "cross-origin" == headers["Cross-Origin-Resource-Policy"]
        assert "Access-Control-Allow-Credentials" not in headers

    def test_all_may(self, library):
        assert "*" == self.ask(library, ("*",))["Access-Control-Allow-Origin"]

    def test_a_browser_that_asks_first_is_told(self, library):
        headers = self.ask(library, ("*",), method="OPTIONS")
        assert "GET" in headers["Access-Control-Allow-Methods"]

    @pytest.mark.parametrize("address", ["/", "/search?q=x", "/static/style.css", "/api"])
    def test_never_a_page(self, library, address):
        assert "Access-Control-Allow-Origin" not in self.ask(library, ("*",), address)
