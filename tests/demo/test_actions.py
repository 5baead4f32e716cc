"""Orders fit the records that searches of the demo's systems give, and show when searched again."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from demo.truth import Truth
from rights.sources import Source, SourceRecord, load_mapping, make_source
from rights.sources.actions import Annotate, Correct, Erase, Receipt, Restrict, SourceActions
from rights.sources.actions.load import make_actions
from rights.sources.actions.sql import sqlite_write_url

MAPPING = load_mapping(Path(__file__).parents[2] / "council" / "sources" / "case_system.yaml")
NOW = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def system(council: tuple[Path, Truth], tmp_path: Path) -> tuple[Source, SourceActions, Path]:
    """A copy of the demo's case system that may be written to."""
    base = tmp_path / "copy"
    shutil.copytree(council[0], base)
    write = sqlite_write_url(base / MAPPING.location)
    actions = make_actions(MAPPING, base, None, {"case_system": write})
    return make_source(MAPPING, base), actions, base


def first_note(source: Source) -> SourceRecord:
    keys = [person.key for person in source.people()]
    return next(record for record in source.records(keys) if not record.copy_of)


def test_a_note_is_restricted_annotated_corrected_and_erased(
    system: tuple[Source, SourceActions, Path],
):
    """Each order takes the id and key of a searched note, and the next search shows the effect."""
    source, actions, _ = system
    note = first_note(source)
    before = source.count([note.key])
    told = {"record": note.record_id, "expected": actions.state(note.record_id).digest}
    title = Correct(key="REC/3", values=(("TITLE", "Call"),), **told)
    for order in (
        Restrict(key="REC/1", **told),
        Annotate(key="REC/2", text="I do not agree.", by="the person", **told),
        title,
    ):
        receipt = actions.carry_out(order, NOW)
        assert isinstance(receipt, Receipt) and receipt.rows == 1
        assert actions.prove(order)
    found = next(r for r in source.records([note.key]) if r.record_id == note.record_id)
    assert (found.title, found.text) == ("Call", note.text)
    erase = Erase(key="ERA/1", record=note.record_id, expected=receipt.after)
    assert not actions.prove(erase)
    actions.carry_out(erase, NOW)
    assert actions.prove(erase)
    assert note.record_id not in {r.record_id for r in source.records([note.key])}
    assert source.count([note.key]) == before - 1


def test_a_paper_goes_with_its_file(system: tuple[Source, SourceActions, Path]):
    """A scanned paper of the case system is gone from its index and from the folder."""
    source, actions, base = system
    keys = [person.key for person in source.people()]
    listed = list(source.documents(keys))
    paper = next(d for d in listed if [e.name for e in listed].count(d.name) == 1)
    there = sum(path.name == paper.name for path in (base / "folders").rglob("*"))
    digest = actions.state(paper.document_id).digest
    erase = Erase(key="ERA/2", record=paper.document_id, expected=digest)
    receipt = actions.carry_out(erase, NOW)
    assert isinstance(receipt, Receipt) and receipt.files == 1
    assert sum(path.name == paper.name for path in (base / "folders").rglob("*")) == there - 1
    assert actions.prove(erase)
    assert paper.document_id not in {d.document_id for d in source.documents(keys)}


def test_nothing_of_the_demo_can_be_written_by_the_address_that_reads(
    council: tuple[Path, Truth],
):
    """As the council stands, with no address to write, every order becomes an instruction."""
    actions = make_actions(MAPPING, council[0])
    order = Erase(key="ERA/3", record="CASE_NOTES:900101", expected="")
    assert not actions.able(order)
    assert not isinstance(actions.carry_out(order, NOW), Receipt)
