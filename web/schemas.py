"""What answers for programs look like, as JSON Schema: the vocabulary of the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from search.expansion import Kind
from search.rescue.offer import Kind as Rescue
from search.results import Match
from search.suggest import Origin
from search.why import How

Schema: TypeAlias = dict[str, Any]

TEXT: Final[Schema] = {"type": "string"}
TEXT_OR_NULL: Final[Schema] = {"type": ["string", "null"]}
DAY_OR_NULL: Final[Schema] = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
FLAG: Final[Schema] = {"type": "boolean"}


def reference(name: str) -> Schema:
    """To a schema of `SCHEMAS`."""
    return {"$ref": f"#/components/schemas/{name}"}


def a_list(items: Schema) -> Schema:
    """Any number of these."""
    return {"type": "array", "items": items}


def an_object(properties: Mapping[str, Schema], **more: Any) -> Schema:  # noqa: ANN401 - any keyword of JSON Schema
    """All of these, and nothing else."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
        **more,
    }


def a_map(values: Schema) -> Schema:
    """Such values under any names."""
    return {"type": "object", "additionalProperties": values}


def a_pair(first: Schema, second: Schema) -> Schema:
    """Two values in a row."""
    return {"type": "array", "prefixItems": [first, second], "minItems": 2, "maxItems": 2}


_PARTICULARS: Final = {
    "url": TEXT_OR_NULL,
    "source": TEXT_OR_NULL,
    "author": TEXT_OR_NULL,
    "published": TEXT_OR_NULL,
}

SCHEMAS: Final[Mapping[str, Schema]] = {
    "Parts": a_list(a_pair(TEXT, FLAG)),
    "Hit": an_object(
        {
            "id": TEXT,
            "score": {"type": "number", "minimum": 0},
            "title": TEXT,
            **_PARTICULARS,
            "category": TEXT_OR_NULL,
            "title_parts": reference("Parts"),
            "snippet_parts": reference("Parts"),
            "matched": a_map(a_list(TEXT)),
            "why": a_list(reference("Why")),
        }
    ),
    "Why": an_object({"word": TEXT, "text": TEXT, "how": {"enum": [how.value for how in How]}}),
    "Expansion": an_object(
        {
            "word": TEXT,
            "kind": {"enum": [kind.value for kind in Kind]},
            "text": TEXT,
            "weight": {"type": "number", "exclusiveMinimum": 0},
        }
    ),
    "Offer": an_object(
        {
            "kind": {"enum": [kind.value for kind in Rescue]},
            "query": TEXT,
            "total": {"type": "integer", "minimum": 1},
            "text": TEXT,
            "match": {"enum": [match.value for match in Match]},
            "sources": a_list(TEXT),
            "authors": a_list(TEXT),
            "categories": a_list(TEXT),
            "from": DAY_OR_NULL,
            "to": DAY_OR_NULL,
        }
    ),
    "Results": an_object(
        {
            "query": TEXT,
            "understood": TEXT,
            "total": COUNT,
            "took_ms": {
                "type": "number",
                "minimum": 0,
                "description": "Of the search when it was done: answers are kept while nothing changes.",
            },
            "relaxed": FLAG,
            "notices": a_list(TEXT),
            "hits": a_list(reference("Hit")),
            "facets": a_map(a_list(a_pair(TEXT, COUNT))),
            "expansions": a_list(reference("Expansion")),
            "offers": a_list(reference("Offer")),
        }
    ),
    "Suggestions": an_object(
        {
            "query": TEXT,
            "suggestions": a_list(
                an_object(
                    {
                        "text": TEXT,
                        "kind": {"enum": [origin.value for origin in Origin]},
                        "articles": {"type": "integer", "minimum": 1},
                    }
                )
            ),
        }
    ),
    "Article": an_object(
        {
            "id": TEXT,
            "title": TEXT,
            "body": TEXT,
            **_PARTICULARS,
            "category": TEXT_OR_NULL,
            "title_parts": reference("Parts"),
            "paragraphs": a_list(reference("Parts")),
        }
    ),
    "Health": an_object(
        {
            "status": {"enum": ["ok", "behind", "error"]},
            "error": TEXT_OR_NULL,
            "articles": {"type": ["integer", "null"], "minimum": 0},
            "index": {
                "anyOf": [
                    {"type": "null"},
                    an_object({"engine": TEXT_OR_NULL, "up_to_date": FLAG, "pending": COUNT}),
                ]
            },
        }
    ),
    "Error": an_object(
        {
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "error": TEXT,
            "where": a_list(TEXT) | {"minItems": 1},
            "advice": TEXT,
        }
    ),
}
"""By name."""
