"""Time and room are estimated from what this machine did, on the day the documents are there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casework.effort import (
    OCR,
    PAINT,
    READ,
    ReadSize,
    effort_of,
    measured,
    note,
    read_noted,
    require_room,
    sort_of,
)
from rights.case import Case
from rights.errors import ConfigError
from rights.events.base import ENGINE
from rights.events.kinds import DocumentRead, EvidenceCollected
from rights.release import CaseRef
from tests.small_council import SmallTruth
from tests.small_office import open_small


def _collected(number: int, size: int, name: str = "") -> EvidenceCollected:
    return EvidenceCollected(
        actor=ENGINE,
        document=f"d{number}",
        source="s",
        sha256="0" * 64,
        size=size,
        dated=None,
        about=json.dumps({"name": name}),
        file=f"doc/d{number}/source",
    )


def test_an_estimate_follows_what_was_measured_here(
    small_council: tuple[Path, SmallTruth], tmp_path: Path
) -> None:
    """Before any measure by assumed rates, said to be so; then by this machine's own: twice the
    seconds a page are twice the time. What is read is counted and no longer estimated; a disk too
    small is refused before anything is painted."""
    office = open_small(tmp_path / "home", small_council[0])
    documents = {f"d{n}": _collected(n, 1_000_000) for n in range(10)}
    case = Case(CaseRef("SAR-2026-0001-C"), documents=documents)
    first = effort_of(office, case)
    assert not first.measured and not first.counted and first.pages >= 10
    assert first.needs > 20_000_000 and first.free > 0 and first.minutes > 0
    read_noted(office, [ReadSize("text", 2_000_000, 40, 0)], 4.0)
    read_noted(office, [ReadSize("text", 2_000_000, 60, 50)], 100.0)
    cores = office.settings.workers
    assert measured(office).rate(READ) == (pytest.approx(0.1 * cores), True)
    assert measured(office).rate(OCR)[0] == pytest.approx(99 / 50 * cores)
    for step in (PAINT, "verify"):
        note(office, step, 100, 10.0)
    own = effort_of(office, case)
    assert own.measured and own.pages == 250 and own.scans == 125
    assert own.seconds[PAINT] == pytest.approx(25.0)
    note(office, PAINT, 100, 30.0)
    assert effort_of(office, case).seconds[PAINT] == pytest.approx(50.0)
    done = {
        name: DocumentRead(
            actor=ENGINE, document=name, pages=3, scans=1, photos=0, hidden=0, unreadable=()
        )
        for name in documents
    }
    counted = effort_of(office, Case(case.ref, documents=documents, read=done))
    assert counted.counted and (counted.pages, counted.scans) == (30, 10)
    assert counted.seconds[READ] == counted.seconds[OCR] == 0
    require_room(office, 10)
    with pytest.raises(ConfigError, match="MB are free"):
        require_room(office, 10**12)
    (office.settings.home / "rates.json").write_bytes(b"{")
    assert not effort_of(office, case).measured
    office.store.close()


def test_a_megabyte_of_text_is_more_pages_than_one_of_pictures(
    small_council: tuple[Path, SmallTruth], tmp_path: Path
) -> None:
    """Pages are estimated by the sort of file, and what was read here of one sort tells nothing of
    another; every document has a page at least."""
    office = open_small(tmp_path / "home", small_council[0])

    def pages_of(*names: str) -> tuple[int, int]:
        documents = {n: _collected(0, 1_000_000, n) for n in names}
        effort = effort_of(office, Case(CaseRef("SAR-2026-0001-C"), documents=documents))
        return effort.pages, effort.scans

    assert sort_of(_collected(1, 1, "Letter.DOCX")) == "office"
    assert sort_of(_collected(1, 1)) == "text" and sort_of(_collected(1, 1, "a.pdf")) == "other"
    text, picture = pages_of("a.txt"), pages_of("a.tif")
    assert text[0] > 100 * picture[0] and text[1] == 0 and picture == (1, 1)
    read_noted(office, [ReadSize("picture", 1_000_000, 50, 50)], 60.0)
    assert pages_of("a.txt") == text and pages_of("a.tif") == (50, 50)
    assert pages_of("a.txt", "b.tif") == (text[0] + 50, 50)
    office.store.close()
