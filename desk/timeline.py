"""What happened in a case, in plain words; many alike in a row become one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desk import words
from desk.named import document_name, matter_name, question_name
from desk.pages import plural
from rights.case import Case
from rights.events import Event
from rights.events import kinds as k
from rights.store.journal import Recorded


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline. What it is about is personal data."""

    at: dt.datetime
    what: str
    details: str
    who: str
    count: int


def happenings(
    journal: Iterable[Recorded], case: Case, titles: Mapping[str, str]
) -> tuple[Happening, ...]:
    """The newest first.

    Args:
        journal: What happened.
        case: The case as it stands, which knows what questions and documents are about.
        titles: The titles of sources by their names.
    """
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
            lines.append(Happening(at, what, _details(event, case, titles), login, 1))
        last = (event.kind, login, at)
    return tuple(reversed(lines))


def _details(event: Event, case: Case, titles: Mapping[str, str]) -> str:
    match event:
        case k.CaseOpened():
            return f"by {event.channel}, received by {event.received_by}"
        case k.SourceAnswered():
            rows = f"{event.rows_accounted} of {plural(event.rows_in, 'row')}"
            return f"{titles.get(event.source, event.source)}: {event.status}, {rows}"
        case k.MatchesProposed():
            return f"{event.matches} sure, {event.reviews} to be looked at"
        case k.ReadingFinished():
            return f"{plural(event.documents, 'document')}, {plural(event.pages, 'page')}"
        case k.QuestionAsked() | k.QuestionAnswered() | k.QuestionWithdrawn():
            asked = case.questions.get(event.question)
            return question_name(asked) if asked else ""
        case k.PackSealed():
            return plural(event.pages, "page")
        case k.PackRefused():
            return plural(len(event.causes), "cause")
        case k.StageFailed():
            return f"{event.stage} ({event.code})"
        case k.PageRead():
            return f"{document_name(event.document, case)}, page {event.page}"
        case k.DecisionMade():
            return f"{matter_name(event.matter, case, titles)}: {event.outcome}"
        case k.PartPlanned():
            return f"part {event.part}" + (", the last" if event.last else "")
        case _:
            return ""


def _by_the_dozen(event: Event) -> bool:
    return isinstance(event, k.DecisionMade) and event.matter.partition("/")[0] in words.MATTERS
