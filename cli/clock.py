"""``rights clock``: the time of a request, explained; and whole tables of dates."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from casework.wallclock import utc_now

if TYPE_CHECKING:
    from rights.clock import ClockFacts
    from rights.law import Law
    from rights.release import Right

app = typer.Typer(help="Reckon the time of a request and say why.", no_args_is_help=True)

_DATE = "a date such as 2026-11-22"
_T = TypeVar("_T")
_REFERENCE = re.compile(r"[A-Z]+-")


@app.command()
def explain(
    received: Annotated[
        str,
        typer.Argument(help="The day anyone in the council received it, or a case reference."),
    ],
    right: Annotated[str, typer.Option(help="The right used.")] = "access",
    recorded: Annotated[str, typer.Option(help="The day it was logged.")] = "",
    identity: Annotated[
        list[str] | None,
        typer.Option(help="Identity asked on recorded doubt: ASKED..CAME, or ASKED.."),
    ] = None,
    authority: Annotated[
        list[str] | None, typer.Option(help="Authority asked for: ASKED..CAME, or ASKED..")
    ] = None,
    fee: Annotated[
        list[str] | None, typer.Option(help="A fee lawfully charged: ASKED..PAID, or ASKED..")
    ] = None,
    pause: Annotated[
        list[str] | None, typer.Option(help="A question: ASKED..ANSWERED, or ASKED.. while open")
    ] = None,
    extended: Annotated[str, typer.Option(help="The day notice of extension was given.")] = "",
    ground: Annotated[
        str, typer.Option(help="Its ground: complexity or number of requests.")
    ] = "complexity",
    today: Annotated[str, typer.Option(help="Read the time as of this day.")] = "",
    suppose: Annotated[
        str,
        typer.Option(
            help="What if? receipt=DAY, identity=, authority=, fee= or question=ASKED..CAME, "
            "answer=DAY or extension=DAY."
        ),
    ] = "",
    pdf: Annotated[Path | None, typer.Option(help="Write the explanation as a PDF.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print data.")] = False,
) -> None:
    """Reckon the time of one request or case and print the working, or what would change it."""
    from rights.clock import ClockFacts, Extension, Pause, Trigger, explain_page, read_clock
    from rights.law import load

    def triggers(texts: list[str] | None) -> tuple[Trigger, ...]:
        return tuple(Trigger(*_interval(t), grounds_recorded=True) for t in texts or ())

    law, reference = load(), ""
    if _REFERENCE.match(received):
        facts, reference = _facts_of_case(received), received
    else:
        facts = ClockFacts(
            right=_right(right),
            received_on=_day(received),
            recorded_on=_day(recorded) if recorded else None,
            identity=triggers(identity),
            authority=triggers(authority),
            fee=triggers(fee),
            pauses=tuple(Pause(*_interval(text)) for text in pause or ()),
            extension=Extension(_day(extended), ground, reasons_recorded=True)
            if extended
            else None,
        )
    as_of = _day(today) if today else _today()
    if suppose:
        _what_if(facts, suppose, as_of, law, as_json=as_json)
        return
    clock = read_clock(facts, as_of, law)
    page = explain_page(clock, reference)
    if pdf is not None:
        from letters.render import render_pages

        pdf.write_bytes(render_pages("clock_explained.html.j2", reference, page=page).data)
    if as_json:
        from rights.clock import Clock

        typer.echo(_dumped(Clock, clock))
        return
    for line in page.lines():
        typer.echo(line)


def _what_if(facts: ClockFacts, suppose: str, as_of: dt.date, law: Law, *, as_json: bool) -> None:
    """Print what would become of the time."""
    from rights.clock import Supposed, Supposing, WhatIf, what_if, what_if_lines
    from rights.errors import InputError

    kind, _, days = suppose.partition("=")
    try:
        what = Supposing(kind.strip().lower())
    except ValueError:
        raise InputError(
            "clock.suppose",
            "Nothing of that name can be supposed.",
            "Use one of: " + ", ".join(f"{s.value}=DAY" for s in Supposing) + ".",
        ) from None
    told = what_if(facts, Supposed(what, *_interval(days)), as_of, law)
    if as_json:
        typer.echo(_dumped(WhatIf, told))
        return
    for line in what_if_lines(told):
        typer.echo(line)


def _facts_of_case(reference: str) -> ClockFacts:
    """What the clock of a stored case counts from."""
    from cli._office import office
    from rights.clock.fold import fold_facts
    from rights.errors import InputError
    from rights.release import CaseRef

    facts = fold_facts(office().store.read(CaseRef(reference)))
    if facts is None:
        raise InputError(
            "store.unknown_case",
            "There is no case of that reference.",
            "Check the reference on the letter or the case board.",
        )
    return facts


def _dumped(kind: type[_T], value: _T) -> str:
    from pydantic import TypeAdapter

    return TypeAdapter(kind).dump_json(value, indent=2).decode()


@app.command()
def breach(
    found: Annotated[
        str, typer.Argument(help="When the council became aware: 2026-11-22T16:05, London time.")
    ],
    severity: Annotated[str, typer.Option(help="low, medium or high.")] = "medium",
    now: Annotated[str, typer.Option(help="Read it as of this time.")] = "",
    pdf: Annotated[Path | None, typer.Option(help="Write the explanation as a PDF.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print data.")] = False,
) -> None:
    """How long there is to tell the Commissioner of a breach, and why."""
    from casework.breaches import as_severity
    from rights.breaches import BreachReading, check_noted, explain_breach, read_breach
    from rights.events import Actor, Attested
    from rights.events.kinds import BreachNoted
    from rights.law import load

    found_at, at = _instant(found), _instant(now) if now else _now()
    check_noted(found_at, at)
    noted = BreachNoted(
        actor=Actor(login="what-if", attested=Attested.COMMAND),
        breach="breach/1",
        found_at=found_at,
        severity=as_severity(severity),
        what="",
    )
    reading = read_breach(noted, None, at, load())
    page = explain_breach(reading, at)
    if pdf is not None:
        from letters.render import render_pages

        pdf.write_bytes(render_pages("clock_explained.html.j2", "", page=page).data)
    if as_json:
        typer.echo(_dumped(BreachReading, reading))
        return
    for line in page.lines():
        typer.echo(line)


@app.command()
def table(
    as_json: Annotated[bool, typer.Option("--json", help="Write rows as JSON lines.")] = False,
) -> None:
    """Read rows (kind, relevant_day, excluded_days, unrolled) as CSV and write them computed.

    A row that cannot be used stops the table: every such row is named, and nothing is written.
    """
    import csv
    import io
    import json
    import sys

    from rights.clock.table import COLUMNS, compute_row
    from rights.errors import InputError
    from rights.law import load

    reader = csv.DictReader(sys.stdin, restval="")
    names = [name.strip().lstrip("\ufeff") for name in reader.fieldnames or ()]
    missing = [column for column in COLUMNS[:2] if column not in names]
    if missing:
        raise InputError(
            "clock.table",
            "The header lacks: " + ", ".join(missing) + ".",
            "Give a first line with: " + ",".join(COLUMNS) + ".",
        )
    reader.fieldnames = names
    law = load()
    rows: list[dict[str, str]] = []
    bad: list[InputError] = []
    for number, raw in enumerate(reader, start=1):
        row = {name: raw.get(name) or "" for name in names}
        try:
            answer = compute_row(row, law, number=number)
        except InputError as error:
            bad.append(error)
            continue
        row["expected"] = answer.expected.isoformat() if answer.expected else ""
        row["working"] = answer.working
        rows.append(row)
    if bad:
        raise InputError("clock.table", " ".join(e.sentence for e in bad), bad[0].next_step)
    columns = [*(n for n in names if n not in ("expected", "working")), "expected", "working"]
    out = io.StringIO()
    if as_json:
        for row in rows:
            out.write(json.dumps({c: row[c] for c in columns}, ensure_ascii=False) + "\n")
    else:
        writer = csv.DictWriter(out, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    sys.stdout.write(out.getvalue())


def _right(text: str) -> Right:
    from rights.errors import InputError
    from rights.release import Right

    try:
        return Right(text.replace("_", " ").strip().lower())
    except ValueError:
        raise InputError(
            "clock.right",
            "There is no right of that name.",
            "Use one of: " + ", ".join(r.value for r in Right) + ".",
        ) from None


def _interval(text: str) -> tuple[dt.date, dt.date | None]:
    first, _, last = text.partition("..")
    return _day(first), _day(last) if last.strip() else None


def _day(text: str) -> dt.date:
    from rights.errors import InputError

    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            "clock.date", "A date cannot be read.", f"Write {_DATE}, or two joined by two dots."
        ) from None


def _instant(text: str) -> dt.datetime:
    """A time, in London unless it names another zone."""
    from rights.clock.fold import LONDON
    from rights.errors import InputError

    try:
        instant = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            "clock.time", "A time cannot be read.", "Write a time such as 2026-11-22T16:05."
        ) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=LONDON)


def _now() -> dt.datetime:
    from rights.clock.fold import LONDON

    return utc_now().astimezone(LONDON)


def _today() -> dt.date:
    return _now().date()
