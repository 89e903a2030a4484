"""What programs ask for: which addresses are theirs, and a search read strictly, as they want it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from flask import request
from flask_babel import gettext

from index.record import replace
from web.asked import Asked
from web.languages import PARAMETER
from web.parameters import (
    API_PARAMETERS,
    FREE,
    KNOWN,
    PAGE_PARAMETERS,
    Parameters,
    Problem,
    read,
    unknown,
)

BEGINNINGS: Final = (
    *("/api/", "/healthz", "/export.", "/feed.", "/cite/", "/suggest"),
    *("/timeline.", "/compare.", "/concordance."),
)
"""Where the addresses begin that programs ask for; what goes wrong there is said in JSON."""

SHOWN: Final = ("page", "limit", "offset", "unit", "share")
"""Which results are shown and what a timeline looks like: parameters that change nothing of what is found."""

ARTICLE_PARAMETERS: Final[Parameters] = {"expand": API_PARAMETERS["expand"]}


class BadParameterError(Exception):
    """Parameters of the address are no good; the message says which and why, in the reader's language.

    Attributes:
        where: their names.
    """

    def __init__(self, problems: Collection[Problem]) -> None:
        super().__init__(str(gettext("؛ ")).join(str(problem.reason) for problem in problems) + ".")
        self.where = tuple(dict.fromkeys(problem.name for problem in problems))


def for_programs(path: str) -> bool:
    """Whether an address is one that programs ask for."""
    return path.startswith(BEGINNINGS)


def asked_exactly(parameters: Parameters = API_PARAMETERS) -> Asked:
    """The search that the request asks for.

    Raises:
        BadParameterError: a parameter is unknown, or its value no good: what is found must not depend on
            something that was not understood.
    """
    asked, problems = read(request.args, parameters)
    refuse(problems, parameters)
    return asked


def asked_whole() -> Asked:
    """The search of a file or a feed, all of it: what its page may have in its address may stand here too.

    Raises:
        BadParameterError: as above.
    """
    return replace(asked_exactly(PAGE_PARAMETERS), page=1)


def refuse(problems: Iterable[Problem], parameters: Iterable[str]) -> None:
    """Refuse the request for these problems, or for its parameters.

    Args:
        problems: what was wrong when it was read.
        parameters: those that it may have once, beside the free ones.

    Raises:
        BadParameterError: there are problems, or a parameter is unknown, empty or given several times.
    """
    once = tuple(parameters)
    if wrong := [*problems, *unknown(request.args, {*FREE, *once}), *_careless(once)]:
        raise BadParameterError(wrong)


def _careless(parameters: Iterable[str]) -> Iterator[Problem]:
    """What a page overlooks: no value, and several where one counts."""
    for name in (*parameters, PARAMETER):
        values = request.args.getlist(name)
        if len(values) > 1:
            yield Problem(str(gettext("«{name}» أكثر من مرة")).format(name=name), "", name)
        elif values and not values[0].strip():
            yield Problem(str(gettext("لا قيمة في «{name}»")).format(name=name), "", name)


def without_paging(asked: Asked) -> dict[str, Any]:
    """Parameters of a search, without the page and without what only a page shows."""
    wanted = KNOWN.difference(SHOWN)
    return {name: value for name, value in asked.parameters().items() if name in wanted}
