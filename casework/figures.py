"""Figures for managers and for the public, from every case of the office.

One pass over the journal, a case in memory at a time. A case is opened with its key only when it
has a part in the period: nobody's data is unsealed to be left out of a sum.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from casework.office import LONDON, Office
from casework.outward import sends_pages, told_uses
from casework.receive import CHANNELS
from casework.recipients import TELL, TOO_MUCH
from casework.sealed import sealed_pages
from letters.figures import Bar, Chart, FiguresPage, FiguresTable, render_figures
from letters.render import OwnPages
from rights.case import Case
from rights.clock.of_case import facts_of
from rights.events import Event
from rights.events.kinds import (
    BreachAssessed,
    BreachNoted,
    CaseClosed,
    EvidenceCollected,
    LetterMade,
    RegulatorContacted,
    ReminderSent,
)
from rights.figures import (
    EACH_NOTIFIED,
    EXCEPTION,
    TOTAL,
    BreachFacts,
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
from rights.fold import fold
from rights.release import CaseRef
from rights.store.journal import Recorded

ACKNOWLEDGEMENT = "acknowledgement"
_TITLES = {
    Form.INTERNAL: "Data rights requests, for the council's own use",
    Form.PUBLISHED: "Data rights requests",
}


def figures_sheet(
    office: Office, period: Period, form: Form, today: dt.date | None = None
) -> Sheet:
    """The figures of a period as they may be shown in a form.

    Raises:
        InputError: the period has not begun, or a case has dates that cannot be.
        ConfigError: the time of a case runs past the confirmed holidays.
    """
    counted = figures(cases_of(office, period), period, today or office.today(), office.law)
    services = tuple(source.title for source in office.sources)
    return sheet(counted, form, office.law, CHANNELS, services)


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


def _closed_before(rows: Sequence[Recorded], day: dt.date) -> bool:
    """Whether a case has no part in a period that begins on a day.

    Breaches and letters of the Commissioner come mostly after the end, and count when they come.
    """
    closed = any(isinstance(r.event, CaseClosed) and r.event.closed_on < day for r in rows)
    return closed and not any(_comes_after(row.event, day) for row in rows)


def _comes_after(event: Event, day: dt.date) -> bool:
    match event:
        case BreachNoted() as e:
            return e.found_at.astimezone(LONDON).date() >= day
        case RegulatorContacted() as e:
            return e.received_on >= day
        case _:
            return False


def _facts(office: Office, ref: CaseRef, rows: Sequence[Recorded]) -> CaseFacts:
    case = fold(ref, rows)
    acknowledged = (
        _day(office, row.recorded_at)
        for row in rows
        if isinstance(row.event, LetterMade) and row.event.letter == ACKNOWLEDGEMENT
    )
    return CaseFacts(
        case=case,
        clock=facts_of(case),
        acknowledged_on=next(acknowledged, None),
        sends_pages=sends_pages(office, case),
        uses=tuple(_uses(office, case)),
        services=_services(office, case),
        opinions=tuple(_opinions(case)),
        breaches=tuple(_breaches(office, case, rows)),
        reminders=tuple(r.event.sent_on for r in rows if isinstance(r.event, ReminderSent)),
        recipients=_recipients(case),
    )


def _uses(office: Office, case: Case) -> Iterator[Use]:
    """Exemptions by code, as the requester was told of them; a code told two ways is one use."""
    found: dict[str, Use] = {}
    for use in told_uses(office, case):
        before = found.get(use.code, Use(use.code, 0, 0, use.told))
        pages, passages = before.pages + use.pages, before.passages + use.passages
        found[use.code] = Use(use.code, pages, passages, before.told)
    yield from found.values()


def _services(office: Office, case: Case) -> tuple[str, ...] | None:
    """Titles of the sources of what was sent, in the council's order; None if it is not known."""
    sealed = sealed_pages(office, case, [p for p in case.parts if p.sent_on is not None])
    if not sealed:
        return None
    sent: set[str] = set()
    for document in (page.document for part in sealed for page in part.pages):
        collected = _collected(case, document or "")
        if collected is not None:
            sent.add(collected.source)
    return tuple(source.title for source in office.sources if source.name in sent)


def _collected(case: Case, document: str) -> EvidenceCollected | None:
    """What a source gave, of which a document is the whole or something attached."""
    while (read := case.read.get(document)) is not None and read.parent:
        document = read.parent
    return case.documents.get(document)


def _recipients(case: Case) -> str:
    """How it ended with those who had the data; whoever never had it was not to be told."""
    answered = [q.answer.value for q in case.answered("recipient") if q.answer]
    if TOO_MUCH in answered:
        return EXCEPTION
    return EACH_NOTIFIED if TELL in answered else ""


def _opinions(case: Case) -> Iterator[Opinion]:
    """Each health opinion that was asked for, with what came last of it."""
    for opinion in case.opinions.values():
        given = opinion.given[-1] if opinion.given else None
        yield Opinion(
            opinion.asked.asked_on,
            opinion.given[0].received_on if opinion.given else None,
            given.dated if given else None,
        )


def _breaches(office: Office, case: Case, rows: Iterable[Recorded]) -> Iterator[BreachFacts]:
    assessed: defaultdict[str, list[tuple[dt.date, BreachAssessed]]] = defaultdict(list)
    for row in rows:
        if isinstance(row.event, BreachAssessed):
            day = _day(office, row.recorded_at)
            assessed[row.event.breach].append((day, row.event))
    for name, (noted, _) in case.breaches.items():
        yield BreachFacts(noted, tuple(assessed[name]))


def _day(office: Office, at: dt.datetime) -> dt.date:
    return at.astimezone(office.zone).date()
