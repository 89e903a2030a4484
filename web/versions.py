"""Static files under addresses that change when the files do, so that browsers may keep them for good."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, request

VERSION_LENGTH: Final = 12
"""Hex digits of a file's hash in its address."""

FOREVER: Final = "public, max-age=31536000, immutable"


def version_static_files(app: Flask) -> None:
    """Add a `v` to the addresses of an application's static files; what has the right one may be kept."""
    versions = _versions(Path(app.static_folder or ""))

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("v", versions.get(values["filename"]))

    @app.after_request
    def keep(response: Response) -> Response:
        wanted = request.args.get("v")
        name = (request.view_args or {}).get("filename")
        if request.endpoint == "static" and wanted and wanted == versions.get(name or ""):
            response.headers["Cache-Control"] = FOREVER
        return response


def _versions(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _version(path) for path in files}


def _version(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:VERSION_LENGTH]
