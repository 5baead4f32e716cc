"""Sets a record of a source out as a page."""

from __future__ import annotations

from collections.abc import Sequence

from redaction.formats.account import Passage
from redaction.formats.plain import text_bodies
from redaction.formats.records import Record, load_record
from redaction.formats.typeset import TOOL, escape, facts, grid, typeset
from redaction.formats.view import View


def view_record(data: bytes) -> View:
    """Title, date, fields, table and text, in that order."""
    record = load_record(data)
    shown: list[tuple[str, str]] = [("Date", record.date)] if record.date else []
    shown += [(name, value) for name, value in record.fields if value.strip()]
    start = f"<h1>{escape(record.title)}</h1>{facts(shown)}"
    if record.rows:
        start += grid(record.rows[0], record.rows[1:])
    bodies = text_bodies(record.text) if record.text else [""]
    bodies[0] = start + bodies[0]
    return View(typeset(bodies), passages=list(_passages(record, shown)), tools=[TOOL])


def _passages(record: Record, shown: Sequence[tuple[str, str]]) -> list[Passage]:
    texts = [record.title, *(v for _, v in shown), *(c for r in record.rows for c in r)]
    texts += record.text.splitlines()
    return [Passage("record", text) for text in texts if text.strip()]
