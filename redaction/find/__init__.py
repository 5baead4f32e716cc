"""Finds people, identifiers and unexplained capitals in documents in the normal form.

Findings are built around people, not spans: each is tied to one person of the cast when that is
sure, to several candidates when it is not, and to nobody when the name is new.
"""

from __future__ import annotations

from collections.abc import Sequence

from redaction.decisions import Finding
from redaction.document import ReadDocument
from redaction.find.capitals import CapitalString, capitals
from redaction.find.discover import Discovered, discover
from redaction.find.finder import Finder
from rights.release import Person

__all__ = ["CapitalString", "Discovered", "Finder", "capitals", "discover", "find"]


def find(document: ReadDocument, people: Sequence[Person]) -> tuple[Finding, ...]:
    """Everything found in one document; for many documents build a `Finder` once."""
    return Finder(people).find(document)
