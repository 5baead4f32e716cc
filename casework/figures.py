"""Figures for managers and for the public, from every case of the office.

One pass over the journal, a case in memory at a time. A case is opened with its key only when it
has a part in the period: nobody's data is unsealed to be left out of a sum.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypedDict

from casework.clock import facts_of
from casework.grounds import THIRD_PARTIES
from casework.office import Office
from casework.receive import CHANNELS
from casework.topics import HEALTH_LOCK, KNOWN, PAGE, PASSAGE, STAYS_BACK
from letters.figures import Bar, Chart, FiguresPage, FiguresTable, render_figures
from letters.render import OwnPages
from rights.case import Case, fold
from rights.events.kinds import CaseClosed, LetterMade, QuestionAsked, ReminderSent
from rights.figures import (
    TOTAL,
    CaseFacts,
    Form,
    Opinion,
    Period,
    Sheet,
    Table,
    Use,
    figures,
    sheet,
)
from rights.release import CaseRef, DisclosureMode
from rights.store.journal import Recorded

ACKNOWLEDGEMENT = "acknowledgement"
_TITLES = {
    Form.INTERNAL: "Data rights requests, for the council's own use",
    Form.PUBLISHED: "Data rights requests",
}


class _Box(TypedDict):
    mode: str
    code: str
    cause: str


class _Page(TypedDict):
    """A page of a signed manifest, as far as it is counted."""

    page: int
    document: str | None
    boxes: list[_Box]


def figures_sheet(
    office: Office, period: Period, form: Form, today: dt.date | None = None
) -> Sheet:
    """The figures of a period as they may be shown in a form.

    Raises:
        InputError: the period has not begun, or a case has dates that cannot be.
        ConfigError: the time of a case runs past the confirmed holidays.
    """
    counted = figures(cases_of(office, period), period, today or office.today(), office.law)
    return sheet(counted, form, office.law, CHANNELS)


def figures_page(office: Office, shown: Sheet) -> OwnPages:
    """One page with charts, as PDF/UA.

    Raises:
        ConfigError: it does not fit on one page.
    """
    rates = tuple(Bar(rate.title, rate.text, rate.low) for rate in shown.rates)
    late = shown.table("overdue")
    return render_figures(
        FiguresPage(
            letterhead=office.council.letterhead,
            title=_TITLES[shown.form],
            first=shown.period.first,
            last=shown.period.last,
            date=shown.as_at,
            charts=(
                Chart("Answered in time", rates, 100.0),
                Chart(late.title, _bars(late), max((b.size or 0 for b in _bars(late)), default=0)),
            ),
            key=_key_numbers(shown),
            tables=(
                _listed(shown.table("received_by_right")),
                _listed(shown.table("outcomes")),
            ),
            notes=shown.notes,
        )
    )


def cases_of(office: Office, period: Period) -> Iterator[CaseFacts]:
    """Every case that was open on some day of the period, or after it, as it is counted."""
    for ref, sealed in office.store.iter_cases_events():
        if not _closed_before(sealed, period.first):
            yield _facts(office, ref, office.store.read(ref))


def _key_numbers(shown: Sheet) -> FiguresTable:
    totals = {
        "Received": "received_by_right",
        "Answered": "outcomes",
        "Open": "open",
        "Late": "overdue",
        "Extended": "extensions",
        "Complaints closed": "complaint_outcomes",
    }
    cells = (_total(shown.table(name)) for name in totals.values())
    return FiguresTable("Numbers", tuple(totals), (tuple(cells),))


def _total(table: Table) -> str:
    return table.cell(TOTAL, table.columns[-1])


def _listed(table: Table) -> FiguresTable:
    rows = tuple((row.label, *row.cells) for row in table.rows)
    return FiguresTable(table.title, table.columns, rows)


def _bars(table: Table) -> tuple[Bar, ...]:
    """The lines of a list as bars, its total left out."""
    cells = [(row.label, row.cells[0]) for row in table.rows if row.label != TOTAL]
    return tuple(Bar(name, n, float(n) if n.isdecimal() else None) for name, n in cells)


def _closed_before(rows: Iterable[Recorded], day: dt.date) -> bool:
    return any(isinstance(r.event, CaseClosed) and r.event.closed_on < day for r in rows)


def _facts(office: Office, ref: CaseRef, rows: Sequence[Recorded]) -> CaseFacts:
    case = fold(ref, rows)
    pages = _sent_pages(office, case)
    acknowledged = (
        _day(office, row.recorded_at)
        for row in rows
        if isinstance(row.event, LetterMade) and row.event.letter == ACKNOWLEDGEMENT
    )
    return CaseFacts(
        case=case,
        clock=facts_of(case),
        acknowledged_on=next(acknowledged, None),
        sends_pages=None if pages is None else any(page["document"] for page in pages),
        uses=tuple(_uses(case, pages or ())),
        opinions=tuple(_opinions(office, case, rows)),
        reminders=tuple(r.event.sent_on for r in rows if isinstance(r.event, ReminderSent)),
    )


def _sent_pages(office: Office, case: Case) -> Sequence[_Page] | None:
    """The pages of the pack that was sent, by its manifest; None if there is none to read."""
    if case.sent_on is None or case.seal is None:
        return None
    if not office.store.has_file(case.ref, case.seal.event.manifest_file):
        return None
    envelope = json.loads(office.store.get_file(case.ref, case.seal.event.manifest_file))
    return json.loads(envelope["manifest"])["pages"]


def _uses(case: Case, pages: Iterable[_Page]) -> Iterator[Use]:
    """Exemptions by code, as the requester was told of them: what was silent is left out."""
    on_pages: defaultdict[str, set[int | str]] = defaultdict(set)
    causes: defaultdict[str, set[str]] = defaultdict(set)
    for page in pages:
        for box in page["boxes"]:
            if box["mode"] != DisclosureMode.SILENT:
                code = box["code"] or THIRD_PARTIES
                on_pages[code].add(page["page"])
                causes[code].add(box["cause"])
    # Pages held back whole are in no pack, so their own questions tell of them.
    for question in case.answered(PAGE) if case.sent_on else ():
        if question.answer and question.answer.value == STAYS_BACK and not question.withdrawn:
            on_pages[THIRD_PARTIES].add(question.id)
            causes[THIRD_PARTIES].add(question.id)
    for code in sorted(causes):
        yield Use(code, len(on_pages[code]), len(causes[code]))


def _opinions(office: Office, case: Case, rows: Iterable[Recorded]) -> Iterator[Opinion]:
    """Each question that only a health opinion could settle, or still can."""
    asked = {r.event.question: r for r in rows if isinstance(r.event, QuestionAsked)}
    for question in case.questions.values():
        if question.topic != PASSAGE or question.body.get("code") != HEALTH_LOCK:
            continue
        if question.answer and question.answer.value == KNOWN:
            continue  # what the subject knows already needs no opinion
        answered = _day(office, question.answer.at) if question.answer else None
        yield Opinion(_day(office, asked[question.id].recorded_at), answered)


def _day(office: Office, at: dt.datetime) -> dt.date:
    return at.astimezone(office.zone).date()
