"""The page of help: how a query is written, each example a link to its results; and the keys."""

from __future__ import annotations

from flask import Blueprint, render_template

from search.guide import SECTIONS
from web.asked import Asked

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
def page() -> str:
    """The guide."""
    return render_template("help.html", sections=SECTIONS, asked=Asked())
