"""An article as others cite it: BibTeX, RIS and schema.org's JSON-LD."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from index.article import Article
from index.record import record
from search.addresses import host_of, in_ascii

_BIBTEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # BibTeX counts braces even after a backslash
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: "\\" + sign for sign in "&%$#_"},
    }
)
"""What TeX would take for its own. Source: The LaTeX Companion, and The TeXbook, chapter 7."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's own names, which each style writes in its way."""

_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,60}")
"""An id that may stand in a key as it is: BibTeX, TeX and file names all take it."""

KEY_DIGITS: Final = 12

_TURNING: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSHOWN: Final = dict.fromkeys((*range(32), *range(127, 160)), " ") | dict.fromkeys(_TURNING)
"""Controls, and what turns all that follows the other way round."""


@record
class Citation:
    """An article, where it is to be found, and when it was looked at."""

    article: Article
    permalink: str
    accessed: date

    @property
    def day(self) -> date | None:
        """The day of publication; None where it is no date."""
        try:
            return date.fromisoformat(self.article.day or "")
        except ValueError:
            return None

    @property
    def original(self) -> str | None:
        """Where it was published, as an address of the web in ASCII; None for any other kind, and none."""
        url = self.article.url
        return in_ascii(_line(url)) if url and host_of(url) else None

    @property
    def key(self) -> str:
        """A name for it in ASCII without spaces: its id, or a hash where the id has other characters."""
        given = self.article.id
        if not _KEY.fullmatch(given):
            given = hashlib.blake2b(given.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_DIGITS]
        return f"arshif-{given}"


def bibtex(citation: Citation) -> str:
    """An entry for BibTeX and biblatex, in UTF-8. Names stand in braces: they are not to be cut in parts."""
    article, day = citation.article, citation.day
    fields = {
        "author": article.author and f"{{{_tex(article.author)}}}",
        "title": f"{{{_tex(article.title)}}}",
        "journal": article.source and _tex(article.source),
        "year": day and f"{day.year:04}",
        "day": day and str(day.day),
        "url": citation.original or citation.permalink,
        "urldate": citation.accessed.isoformat(),
        "note": _tex(f"Arshif {article.id}") + f", \\url{{{citation.permalink}}}",
        "langid": "arabic",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if day:  # a macro stands without braces
        lines.append(f"  month = {_MONTHS[day.month - 1]},")
    kind = "article" if article.source else "misc"
    return "\n".join([f"@{kind}{{{citation.key},", *lines, "}", ""])


def ris(citation: Citation) -> str:
    """A record for reference managers. Source: the RIS format specification, type NEWS."""
    article, day = citation.article, citation.day
    tags = [
        ("TY", "NEWS"),
        ("TI", _line(article.title)),
        ("AU", _line(article.author or "")),
        ("T2", _line(article.source or "")),
        ("SE", _line(article.category or "")),
        ("PY", f"{day.year:04}" if day else ""),
        ("DA", f"{day.year:04}/{day:%m/%d}/" if day else ""),
        ("UR", citation.original or citation.permalink),
        ("L2", citation.permalink),
        ("DB", "Arshif"),
        ("AN", _line(article.id)),
        ("Y2", citation.accessed.strftime("%Y/%m/%d/")),
        ("LA", "ar"),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in tags if value or tag == "ER")


def json_ld(citation: Citation) -> dict[str, Any]:
    """The article for machines that read pages. Source: schema.org/NewsArticle."""
    article = citation.article
    return dict(_described(citation)) | {
        "identifier": article.id,
        "url": citation.permalink,
        "mainEntityOfPage": citation.permalink,
    }


def _described(citation: Citation) -> Iterator[tuple[str, Any]]:
    article = citation.article
    yield "@context", "https://schema.org"
    yield "@type", "NewsArticle"
    yield "@id", citation.permalink
    yield "headline", article.title
    if article.author:
        yield "author", {"@type": "Person", "name": article.author}
    if article.source:
        yield "publisher", {"@type": "Organization", "name": article.source}
    if citation.day:
        yield "datePublished", article.published
    if article.category:
        yield "articleSection", article.category
    if citation.original:
        yield "isBasedOn", citation.original
    yield "inLanguage", "ar"


def _line(text: str) -> str:
    """A text on one line, without control characters."""
    return " ".join(text.translate(_UNSHOWN).split())


def _tex(text: str) -> str:
    return _line(text).translate(_BIBTEX)
