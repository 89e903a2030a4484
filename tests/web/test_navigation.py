"""The places on top of every page: those that there are, and no other."""

from web.navigation import PLACES


def test_only_what_is_answered_is_linked(client, read, app):
    linked = [link["href"] for link in read("/").all("a", inside="places") if link["lang"] is None]
    paths = {rule.rule for rule in app.url_map.iter_rules()}
    assert [path for path in PLACES if path in paths] == linked
    for address in linked:
        assert 200 == client.get(address).status_code


def test_the_place_where_one_is_is_said(read):
    for path, name in (("/", "البحث"), ("/concordance", "الكشّاف")):
        here = [link.text for link in read(path).all("a", inside="places") if link["aria-current"] == "page"]
        assert [name] == here
    assert not any(link["aria-current"] for link in read("/nothing", 404).all("a", inside="places"))
