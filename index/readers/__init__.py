"""Readers: from files to articles, one source format a file.

    paths -> files, containers -> encoding -> text | json | jsonl | csv -> fields, cleaning, dates -> Record

`read` is all that others call. It never stops at bad input: what can't be read is a `Problem` that says
which file, which record, why, and what to do.
"""

from __future__ import annotations

from index.readers.dispatch import FORMATS, read
from index.readers.limits import Limits
from index.readers.record import Problem, Record, Severity

__all__ = ["FORMATS", "Limits", "Problem", "Record", "Severity", "read"]
