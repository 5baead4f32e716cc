"""What happened in a case, in plain words; many alike in a row become one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from desk import words
from rights.events import Event
from rights.events import kinds as k
from rights.store.journal import Recorded


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline. Holds references, dates, counts and logins only."""

    at: dt.datetime
    what: str
    details: str
    who: str
    count: int


def happenings(journal: Iterable[Recorded]) -> tuple[Happening, ...]:
    """The newest first."""
    lines: list[Happening] = []
    last: tuple[str, str, dt.datetime] | None = None
    for row in journal:
        event = row.event
        if _by_the_dozen(event):
            continue  # the answer that decided it stands in the timeline already
        login = event.actor.login
        at = row.recorded_at
        alike = last is not None and (event.kind, login) == last[:2]
        if alike and last is not None and at - last[2] < dt.timedelta(minutes=10):
            first = lines[-1]
            lines[-1] = Happening(first.at, first.what, "", login, first.count + 1)
        else:
            what = words.EVENTS.get(event.kind, event.kind.replace("_", " "))
            lines.append(Happening(at, what, _details(event), login, 1))
        last = (event.kind, login, at)
    return tuple(reversed(lines))


def _details(event: Event) -> str:
    match event:
        case k.CaseOpened():
            return f"by {event.channel}, received by {event.received_by}"
        case k.SourceAnswered():
            return f"{event.source}: {event.status}, {event.rows_accounted} of {event.rows_in} rows"
        case k.MatchesProposed():
            return f"{event.matches} sure, {event.reviews} to be looked at"
        case k.ReadingFinished():
            return f"{event.documents} documents, {event.pages} pages"
        case k.QuestionAsked() | k.QuestionAnswered() | k.QuestionWithdrawn():
            return event.question
        case k.PackSealed():
            return f"{event.pages} pages"
        case k.PackRefused():
            return f"{len(event.causes)} cause(s)"
        case k.StageFailed():
            return f"{event.stage} ({event.code})"
        case k.PageRead():
            return f"{event.document} page {event.page}"
        case k.DecisionMade():
            return f"{event.matter}: {event.outcome}"
        case k.PartPlanned():
            return f"part {event.part}" + (", the last" if event.last else "")
        case _:
            return ""


def _by_the_dozen(event: Event) -> bool:
    return isinstance(event, k.DecisionMade) and event.matter.partition("/")[0] in words.MATTERS
