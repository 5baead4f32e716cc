"""What may be shown anywhere: references, dates, counts and codes, never a name."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from casework import intake
from casework.breaches import breach_board
from casework.clock import clock_of
from casework.effort import effort_ahead
from casework.office import Office
from casework.why import concerns
from rights.case import Case
from rights.clock import Clock
from rights.events import personal_fields
from rights.road import where


@dataclass(frozen=True, slots=True)
class Row:
    """One open case on a board."""

    ref: str
    right: str
    received: str
    due: str
    left: str
    state: str
    waits_for: str
    questions: int
    due_on: dt.date
    ahead: str
    """Pages still ahead and the machine's time for them; '' for none."""

    def as_dict(self) -> dict[str, object]:
        """For JSON output."""
        return {k: str(v) if isinstance(v, dt.date) else v for k, v in asdict(self).items()}


def rows(office: Office, today: dt.date | None = None) -> tuple[Row, ...]:
    """Every open case, the most urgent first."""
    found: list[Row] = []
    for case in office.cases():
        if case.opened is None or case.closed is not None:
            continue
        found.append(_row(office, case, clock_of(office, case, today)))
    return tuple(sorted(found, key=lambda r: (r.due_on, r.ref)))


def _row(office: Office, case: Case, clock: Clock) -> Row:
    ahead = effort_ahead(office, case)
    next_ = where(case)
    topics = Counter(q.topic for q in next_.waiting)
    waits = ", ".join(f"{n} × {topic}" for topic, n in topics.items())
    assert case.received_on is not None
    return Row(
        ref=case.ref,
        right=case.right.value,
        received=_day(case.received_on),
        due=_day(clock.due) if clock.due else clock.state.value,
        left="" if clock.days_left is None else str(clock.days_left),
        state=clock.state.value,
        waits_for=waits or next_.words,
        questions=len(case.open_questions),
        due_on=clock.standing_due,
        ahead=ahead.in_words() if ahead else "",
    )


def summary(office: Office, ref: str) -> str:
    """What a case is, in one line: 'SAR-2026-0041-K: access, due 22 Dec 2026, 2 questions open'."""
    case = office.case(ref)
    clock = clock_of(office, case)
    due = f"due {_day(clock.due)}" if clock.due else clock.state.value
    if case.closed is not None:
        return f"{case.ref}: {case.right.value}, closed {_day(case.closed.closed_on)}"
    count = len(case.open_questions)
    return f"{case.ref}: {case.right.value}, {due}, {count} question{'s' * (count != 1)} open"


def case_board(office: Office) -> str:
    """The case board as Markdown."""
    url = office.settings.desk_url
    lines = [
        "# Cases",
        "",
        "| Case | Right | Received | Due | Waits for | Pages ahead | Desk |",
        "|---|---|---|---|---|---|---|",
    ]
    table = rows(office)
    lines += [
        f"| {r.ref} | {r.right} | {r.received} | {r.due} | {r.waits_for} | {r.ahead or '-'} "
        f"| [open]({url}/cases/{r.ref}) |"
        for r in table
    ]
    return "\n".join(lines) if table else "# Cases\n\nNo case is open."


def deadline_board(office: Office) -> str:
    """The deadline board as Markdown: what is late, due soon, or has time, and what risks it."""
    table = rows(office)
    lines = ["# Deadlines", ""]
    if not table:
        lines = ["# Deadlines", "", "Nothing is due."]
    else:
        lines += ["| Due | Days left | Standing | Case |", "|---|---|---|---|"]
        lines += [f"| {r.due} | {r.left or '-'} | {_standing(r)} | {r.ref} |" for r in table]
    if risks := tuple(_risks(office, table)):
        lines += ["", "## Dates at risk", "", *risks]
    if breaches := breach_board(office):
        lines += ["", breaches]
    return "\n".join(lines)


def _risks(office: Office, table: tuple[Row, ...]) -> Iterable[str]:
    """Warnings that put a date at risk, the most urgent case first; they name nobody."""
    for row in table:
        for concern in concerns(office.reading(office.known(row.ref))):
            if concern.risks_date:
                yield f"- {row.ref}: {concern.sentence}"


def _standing(row: Row) -> str:
    if not row.left:
        return row.state
    left = int(row.left)
    if left < 0:
        return f"**overdue by {-left} day{'s' * (left != -1)}**"
    return "**this week**" if left <= 7 else "in time"


def intake_list(office: Office) -> str:
    """What lies in the intake folder, without file names."""
    found = intake.items(office.settings.intake)
    if not found:
        return "# Intake\n\nNothing is waiting."
    lines = ["# Intake", "", "| Item to copy | What it is |", "|---|---|"]
    return "\n".join(lines + [f"| **{item.code}** | {item.words} |" for item in found])


def timeline(office: Office, ref: str) -> tuple[str, ...]:
    """What happened in a case, one line an event; personal fields are left out."""
    known = office.known(ref)
    lines: list[str] = []
    for row in office.store.read(known):
        sealed = {*personal_fields(row.event), "kind", "version", "actor"}
        body = row.event.model_dump(mode="json", exclude=sealed, exclude_defaults=True)
        facts = ", ".join(f"{k} {v}" for k, v in body.items() if not isinstance(v, dict | list))
        at = row.recorded_at.astimezone(intake.LONDON)
        what = row.event.kind.replace("_", " ")
        lines.append(
            f"{row.seq:>4}  {at:%d %b %Y %H:%M}  {what}  [{row.event.actor.login}]  {facts}"
        )
    return tuple(lines)


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%b %Y}"
