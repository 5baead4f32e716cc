"""The files by which people and scripts use the engine without a case: people in, findings out.

Every kind of file has a version and a JSON Schema beside it in `schemas`. What comes in is checked
whole before anything is done, and an error says what is wrong and where, never with a value.
"""

from __future__ import annotations

from redaction.exchange.decisions import DecisionsFile, Otherwise
from redaction.exchange.files import KINDS, read_file, schema_of, shipped_schema
from redaction.exchange.findings import FindingsFile
from redaction.exchange.hidden import HiddenFile
from redaction.exchange.mustnot import MustNotFile
from redaction.exchange.people import PeopleFile

__all__ = [
    "KINDS",
    "DecisionsFile",
    "FindingsFile",
    "HiddenFile",
    "MustNotFile",
    "Otherwise",
    "PeopleFile",
    "read_file",
    "schema_of",
    "shipped_schema",
]
