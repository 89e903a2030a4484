"""The OpenAPI document is true, and so is the page: what they say can be asked is asked."""

import re
from operator import attrgetter
from urllib.parse import parse_qs, unquote, urlsplit

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis import GenerationMode

from index.library import Library
from search.grammar import Bound, read_dates
from web import create_app
from web.api_parameters import PARAMETERS
from web.operations import OPERATIONS
from web.parameters import FREE, KNOWN
from web.programs import BEGINNINGS
from web.schemas import SCHEMAS
from web.typed import out_of_field

BOUNDED = settings(
    max_examples=30, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
PLAIN = {"Accept-Encoding": "identity"}  # it would not unpack what the application itself gives
PATHS = [operation.path for operation in OPERATIONS]
DRAFT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}


@pytest.fixture(scope="module")
def described(library):
    return schemathesis.openapi.from_wsgi("/api/openapi.json", create_app({"LIBRARY": library}))


@pytest.mark.parametrize("path", PATHS)
def test_what_it_allows_is_answered_as_it_says(described, path):
    strategy = described[path]["GET"].as_strategy(generation_mode=GenerationMode.POSITIVE)

    @BOUNDED
    @given(strategy)
    def ask(case):
        query = case.query or {}
        # No schema can say this.
        assume(query.get("from", "")[:10] <= query.get("to", "9999")[:10])
        if path.startswith("/compare."):
            texts = [out_of_field(text).strip() for text in query["q"]]
            assume(all(texts) and len(set(texts)) == len(texts))
        case.call_and_validate(headers=PLAIN)

    ask()


def is_allowed(address, parameters):
    """Whether an address is valid after all: what schemathesis makes wrong can be right once it is text."""
    asked = parse_qs(urlsplit(address).query, keep_blank_values=True)
    if any(parameter.is_required and name not in asked for name, parameter in parameters.items()):
        return False
    for name, values in asked.items():
        if name not in parameters:
            if name in FREE:
                continue
            return False
        schema = parameters[name].schema
        if (
            schema is PARAMETERS["from"].schema
            and len(values) == 1
            and read_dates(Bound.ON, values[0].strip())
        ):
            continue  # a date may be written in other ways too, of the Hijri calendar for one
        if schema.get("type") == "array":
            value = values
        elif len(values) > 1:
            return False
        else:
            is_number = schema.get("type") == "integer" and re.fullmatch("[0-9]+", values[0])
            value = int(values[0]) if is_number else values[0]
        if not jsonschema_rs.is_valid(schema, value, validate_formats=True):
            return False
    return True


@pytest.mark.parametrize(
    "operation", [each for each in OPERATIONS if each.parameters], ids=attrgetter("path")
)
def test_what_it_does_not_allow_is_refused(described, operation):
    strategy = described[operation.path]["GET"].as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @BOUNDED
    @given(strategy)
    def ask(case):
        answer = case.call(headers=PLAIN)
        assume(not is_allowed(answer.request.url, operation.described))
        case.validate_response(answer)

    ask()


def test_it_knows_every_parameter():
    assert set(PARAMETERS) == KNOWN | {"by", "words"}
    assert {name for operation in OPERATIONS for name in operation.parameters} == set(PARAMETERS)


def test_it_knows_every_address_for_programs(app):
    rules = {str(rule) for rule in app.url_map.iter_rules() if str(rule).startswith(BEGINNINGS)}
    assert {path.replace("{id}", "<article:article_id>") for path in PATHS} == rules


def test_its_schemas_are_schemas():
    for schema in SCHEMAS.values():
        assert jsonschema_rs.meta.is_valid(
            {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema
        )


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_page_lists_what_there_is_and_its_examples_work(client, read, lang):
    page = read("/api", lang=lang)
    assert [f"GET {path}" for path in PATHS] == [heading.text for heading in page.all("h2") if heading["dir"]]
    assert set(PARAMETERS) == {element.text for element in page.all("dt", inside="api")}
    examples = [link["href"] for link in page.all("a", "example")]
    assert len(PATHS) == len(examples)
    for address in examples:
        answer = client.get(address)
        assert 200 == answer.status_code, unquote(address)
        assert answer.data


def test_the_page_of_an_empty_archive(tmp_path, page_of):
    with Library.open(tmp_path, create=True) as opened:
        opened.catch_up()
        page = page_of(create_app({"LIBRARY": opened}).test_client().get("/api").text)
    assert [] == page.faults
    assert any("/api/article/ID" in (link["href"] or "") for link in page.all("a"))


@pytest.mark.parametrize("year", ["1299", "1300", "1313", "1500", "1501", "2019"])
def test_years_that_may_be_of_the_hijri_calendar_are_not_described(client, year):
    schema = jsonschema_rs.validator_for(PARAMETERS["from"].schema, validate_formats=True)
    for text in (year, f"{year}-12", f"{year}-12-31"):
        assert schema.is_valid(text) is (not 1300 <= int(year) <= 1500)
        assert not schema.is_valid(text) or 200 == client.get(f"/export.jsonl?from={text}").status_code
