"""What a decision changes in one entry, worked out from the record as it stands in that moment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.collect import document_id
from casework.office import Office
from casework.rectification.entries import Entry
from casework.rectification.state import CORRECTED
from rights.errors import InputError, RightsdeskError
from rights.sources.actions import Correct, RecordState


def target_of(office: Office, entry: Entry, end: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """One entry with what an order needs: its digest now, and the values that change."""
    state = _state(office, entry)
    wrong, right = str(facts.get("wrong", "")), str(facts.get("right", ""))
    before: dict[str, str] = {}
    by_note = False
    if end == CORRECTED and state is not None:
        before = {c: v for c, v in state.values.items() if wrong in v}
        before = {c: v for c, v in before.items() if _may(office, entry, state, c, v, right, wrong)}
    elif end == CORRECTED and wrong in entry.text:
        before = {"Text": entry.text}
    if end == CORRECTED and not before:
        by_note = entry.is_file  # a file stays as it was written; a note beside it corrects it
    return {
        "source": entry.source,
        "record": entry.record,
        "title": entry.title,
        "dated": entry.dated,
        "document": entry.document or document_id(entry.source, entry.record),
        "expected": state.digest if state else "",
        "before": before,
        "found": bool(before) or by_note,
    }


def _state(office: Office, entry: Entry) -> RecordState | None:
    try:
        state = office.actions[entry.source].state(entry.record)
    except RightsdeskError as error:
        if error.code in ("sources.not_declared", "sources.not_read_back"):
            return None  # a person acts there, and sees what stands
        raise
    return state if state.present else None


def _may(
    office: Office, entry: Entry, state: RecordState, column: str, old: str, right: str, wrong: str
) -> bool:
    """Whether the mapping lets this column be corrected; tried at the source, nothing is done."""
    order = Correct(
        key="rehearsal",
        record=entry.record,
        expected=state.digest,
        values=((column, old.replace(wrong, right)),),
    )
    try:
        office.actions[entry.source].rehearse(order, office.clock())
    except InputError as error:
        if error.code == "sources.not_declared":
            return False
        raise
    return True
