"""One letter, one day of receipt: what is corrected in one of its cases is asked about in the rest.

The letter came on one day, however many cases it became. Nobody's date is changed by itself: the
desk is asked, in the words in which any correction is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from casework.letter_words import RECEIVED, TOPIC, request_change
from casework.office import Office
from rights.case import Case
from rights.errors import RefusedError
from rights.release import CaseRef

_SAME_LETTER = ("another person in the same letter", "another right in the same letter")


def align_receipts(office: Office, *, dry_run: bool) -> tuple[str, ...]:
    """Ask about the date of receipt of cases whose letter turned out to have come on another day.

    Safe to run again: a date is asked about once, and an officer who said no is not asked again.

    Returns:
        A line for each case asked about, references only.
    """
    cases = {case.ref: case for case in office.cases()}
    lines: list[str] = []
    for case in cases.values():
        if case.received_on is None or not _corrected(case):
            continue
        for other in _of_same_letter(case, cases):
            if not _is_to_ask(other, case):
                continue
            line = f"{other.ref}: asked about its day of receipt, which was corrected in {case.ref}"
            if not dry_run:
                try:
                    request_change(office, other.ref, RECEIVED, case.received_on)
                except RefusedError as error:
                    line = f"{other.ref}: {error.sentence} [{error.code}]"
            lines.append(line)
    return tuple(lines)


def _corrected(case: Case) -> bool:
    return case.opened is not None and case.received_on != case.opened.received_on


def _of_same_letter(case: Case, cases: dict[CaseRef, Case]) -> Iterator[Case]:
    """The other cases of the letter: by its first case, which every one of them names."""
    first = (case.opened.letter_of if case.opened else "") or case.ref
    for other in cases.values():
        if other.ref != case.ref and other.opened is not None:
            linked = any(link.why in _SAME_LETTER for link in other.linked)
            if linked and (other.opened.letter_of or other.ref) == first:
                yield other


def _is_to_ask(other: Case, corrected: Case) -> bool:
    if other.closed is not None or _corrected(other) or other.received_on == corrected.received_on:
        return False
    day = corrected.received_on
    return not any(
        q.topic == TOPIC and q.body["change"] == RECEIVED and q.body["on"] == str(day)
        for q in other.questions.values()
    )
