"""Citations of an article: in words on its page, and as files for reference managers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from flask import Blueprint, Response, abort, current_app
from flask_babel import force_locale, gettext

from index.article import Article
from index.record import record
from search.citation import Citation, bibtex, json_ld, ris
from web.absolute import absolute
from web.arabic import day
from web.data import data
from web.languages import LANGUAGES
from web.programs import asked_exactly

blueprint = Blueprint("cite", __name__)


@record
class Format:
    """A kind of file: what it is called, and how it is written."""

    mimetype: str
    write: Callable[[Citation], str]


FORMATS: Final = {
    "bib": Format("application/x-bibtex; charset=utf-8", bibtex),
    "ris": Format("application/x-research-info-systems; charset=utf-8", ris),
    "jsonld": Format("application/ld+json", lambda cited: current_app.json.dumps(json_ld(cited))),
}
"""By the ending of the name."""


@blueprint.get("/cite/bib/<article:article_id>")
def bib(article_id: str) -> Response:
    """For BibTeX and biblatex."""
    return _file("bib", article_id)


@blueprint.get("/cite/ris/<article:article_id>", endpoint="ris")
def ris_file(article_id: str) -> Response:
    """For Zotero, EndNote, Mendeley and others."""
    return _file("ris", article_id)


@blueprint.get("/cite/jsonld/<article:article_id>")
def jsonld(article_id: str) -> Response:
    """As schema.org describes articles."""
    return _file("jsonld", article_id)


def citation(article: Article) -> Citation:
    """The citation of an article, looked at today."""
    address = absolute("pages.article", article_id=article.id)
    return Citation(article, address, datetime.now().astimezone().date())


def in_words(cited: Citation) -> dict[str, tuple[str, ...]]:
    """A citation as it stands in a list of sources, by language: in pieces, each to be shown by itself."""
    found = {}
    for code in LANGUAGES:
        with force_locale(code):
            found[code] = tuple(_pieces(cited))
    return found


def _pieces(cited: Citation) -> Iterator[str]:
    article = cited.article
    when = day(cited.day) if cited.day else None
    title = article.title or str(gettext("(بلا عنوان)"))
    if article.author:
        yield f"{article.author}."
    yield str(gettext("«{title}».")).format(title=title)
    if article.source:
        yield article.source + (str(gettext("،")) if when else ".")
    if when:
        yield f"{when}."
    if cited.original:
        yield f"{cited.original}."
    yield str(gettext("أرشيف،"))
    yield cited.permalink
    yield str(gettext("(اطُّلع عليه في {day}).")).format(day=day(cited.accessed))


def _file(kind: str, article_id: str) -> Response:
    asked_exactly({})
    article = data().library().archive.get(article_id) or abort(404)
    cited = citation(article)
    answer = Response(FORMATS[kind].write(cited), content_type=FORMATS[kind].mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{cited.key}.{kind}"'
    return answer
