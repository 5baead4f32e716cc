"""Which services the Article 15 sheet speaks of: those that hold what may be told, by table."""

from __future__ import annotations

import json

from casework.outward import places_of
from rights.case import Case
from rights.events.base import ENGINE
from rights.events.kinds import EvidenceCollected
from rights.release import CaseRef


def _collected(document: str, source: str, item: str, digest: str) -> EvidenceCollected:
    about = json.dumps({"item": item, "title": "", "name": "", "key": "1"})
    return EvidenceCollected(
        actor=ENGINE, document=document, source=source, sha256=digest, size=1, about=about, file=""
    )


CASE = Case(
    CaseRef("SAR-2026-0001-A"),
    documents={
        d.document: d
        for d in (
            _collected("d1", "annex_a", "List 2:4", "one"),
            _collected("d2", "annex_a", "List 8:1", "two"),
            _collected("d3", "case_system", "DOCUMENTS:7", "three"),
            _collected("d4", "shared_folders", "index.csv:9", "three"),
            _collected("d5", "team_mailbox", "<m.1@partner.example.org>", "five"),
        )
    },
)


def test_a_table_of_which_nothing_may_be_told_is_not_named() -> None:
    """Only the table that something shown lies in is named, or its service would be guessed."""
    assert places_of(CASE, {"d1"}, ["annex_a"]) == {"annex_a/List 2"}
    assert places_of(CASE, {"d2"}, ["annex_a"]) == {"annex_a/List 8"}


def test_a_file_that_two_sources_hold_lies_in_both() -> None:
    """It is read once; the service that holds its other copy is named all the same."""
    found = places_of(CASE, {"d3"}, ["case_system", "shared_folders"])
    assert found == {"case_system/DOCUMENTS", "shared_folders/index.csv"}


def test_what_is_in_no_table_names_its_source() -> None:
    """A message lies in its mailbox."""
    assert places_of(CASE, {"d5"}, ["team_mailbox"]) == {"team_mailbox"}
