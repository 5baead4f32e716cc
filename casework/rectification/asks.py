"""What is asked about the points: the author is heard, the manager decides, another checks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from casework.entries import entry
from casework.office import Office, Work
from casework.questions import Ask
from casework.rectification.entries import Entry, own_entries, with_copies
from casework.rectification.points import Point, points_of, table_of
from casework.rectification.state import (
    AGREE,
    AUTHOR_AGREES,
    AUTHOR_STANDS,
    COMPLETED,
    CORRECTED,
    FALLS,
    LABELLED,
    LOOK_AGAIN,
    NO_AUTHOR,
    NOTED,
    OUR_ANSWER,
    REFUSED,
    STANDS,
    basis_of,
    decided_on,
    entered_seq,
    facts_of,
    opinion_on,
    round_of,
    whole,
)
from rights.case import Case
from rights.decisions.record import OUTCOME

_TOLD = (
    ("wrong", "now"),
    ("right", "then"),
    ("opinion", "an opinion that rests on it"),
    ("statement", "beside it"),
    ("became", "what became of it"),
    ("reason", "why"),
)
"""What a decision says, with the label it has on the page of whoever checks it."""


def asks_for(work: Work) -> tuple[Ask, ...]:
    """What is to be asked next of a request whose points are entered; none when all is decided."""
    case, office = work.case, work.office
    points = points_of(case)
    entries = {e.document: e for e in own_entries(work)}
    own = {p.id: tuple(entries[d] for d in p.documents if d in entries) for p in points}
    authors = [_ask_author(p, own[p.id]) for p in points if own[p.id]]
    missing = [a for a in authors if not _answered(case, a.id)]
    if missing:
        return tuple(missing)
    open_points = [p for p in points if decided_on(case, p.id) is None]
    if open_points:
        return tuple(_ask_manager(work, p, own[p.id]) for p in open_points)
    opinions = [p for p in points if _rests(case, p.id) and opinion_on(case, p.id) is None]
    if opinions:
        return tuple(_ask_opinion(case, p) for p in opinions)
    check = _ask_check(office, case, points)
    answered = case.questions.get(check.id)
    if answered is None or answered.answer is None:
        return (check,)
    return (_ask_whole(office, case, points, answered.answer.login),)


def _ask_author(point: Point, entries: Sequence[Entry]) -> Ask:
    body = {
        "words": "Ask whoever wrote it, and write down what they say. It is theirs to be heard, "
        "and the manager's to decide.",
        "form": "lists",
        "notes": [f"Point {point.number}: {point.words}", f"Wanted: {point.wanted}"],
        "shown": [_shown("The entries", entries)],
        "entries": [_field("reason", "What they say, and when they were asked", "area")],
    }
    options = (AUTHOR_AGREES, AUTHOR_STANDS, NO_AUTHOR)
    return Ask(f"assess/{point.id}/author", "assess", "officer", body, options)


def _ask_manager(work: Work, point: Point, own: Sequence[Entry]) -> Ask:
    case, office = work.case, work.office
    table = table_of(point.kind, office.law, office.today())
    every = with_copies(work, own)
    author = case.questions.get(f"assess/{point.id}/author")
    said = "Nobody was asked."
    if author is not None and author.answer is not None:
        details = json.loads(author.answer.details or "{}")
        said = f"{author.answer.value}. {details.get('reason', '')}"
    ways = [w for w in table.ways if own or w.code == REFUSED]
    before = case.decision(f"assess/{point.id}")
    said_of_it = [
        ["The person says", point.words],
        ["They want", point.wanted],
        ["They offer to show it", point.evidence or "Nothing."],
        ["The author", said],
    ]
    if before is not None:
        said_of_it.append(["Decided before", f"{before.event.outcome}. {_why_again(case)}"])
    body = {
        "words": "Decide this point. What you decide is done in every entry and copy below.",
        "form": "lists",
        "shown": [
            {"title": f"Point {point.number}: {table.plain}", "rows": said_of_it},
            {
                "title": "What to decide",
                "rows": [[f"{q.plain}?", q.citation] for q in table.decides],
            },
            {"title": "How it can end", "rows": [[w.code, f"{w.plain}."] for w in ways]},
            {"title": "Mind", "rows": [[trap] for trap in table.traps]},
            _shown("Entries of this person's file", [e for e in every if e.own]),
            _shown("Copies in other files", [e for e in every if not e.own]),
        ],
        "entries": _manager_fields({w.code for w in ways}),
    }
    name = f"assess/{round_of(case)}/{point.id}/decide/{entered_seq(case, point.id)}"
    return Ask(name, "assess", "manager", body, tuple(w.code for w in ways))


def _manager_fields(codes: set[str]) -> list[dict[str, Any]]:
    every = (
        _field("wrong", "The words that are wrong, exactly as they stand there", "area", CORRECTED),
        _field("right", "What it shall say instead", "area", CORRECTED),
        _field(
            "opinion",
            "An opinion in these entries that rests on this fact",
            "area",
            CORRECTED,
            hint="Its author is then asked whether it stands. Leave it empty if there is none.",
        ),
        _field(
            "statement",
            "The words to be put beside the entry",
            "area",
            COMPLETED,
            NOTED,
            hint="The person's own; left empty, their words above are taken.",
        ),
        _field("became", "What became of the allegation", "area", LABELLED),
        _field(
            "reason",
            "Why",
            "area",
            NOTED,
            LABELLED,
            REFUSED,
            hint="Printed in the letter; write it to the person.",
        ),
    )
    return [f for f in every if codes & set(f["goes_with"])]


def _ask_opinion(case: Case, point: Point) -> Ask:
    decided = decided_on(case, point.id)
    assert decided is not None
    facts = facts_of(decided)
    body = {
        "words": "The fact is put right. Ask the author of the opinion whether they still hold it.",
        "form": "lists",
        "notes": [
            f"It said: {facts['wrong']}",
            f"It will say: {facts['right']}",
            f"The opinion: {facts['opinion']}",
        ],
        "entries": [
            _field("reason", "What the author says", "area", hint="Put beside the entry."),
        ],
    }
    name = f"assess/{point.id}/opinion/{decided.seq}"
    return Ask(name, "assess", "officer", body, (STANDS, FALLS))


def _ask_check(office: Office, case: Case, points: Sequence[Point]) -> Ask:
    by = {d.event.actor.login for p in points if (d := decided_on(case, p.id))}
    body = {
        "words": "Check each point: is it the person's data, does the decision fit the law, are "
        "all copies there, will the person understand the reason?",
        "form": "lists",
        "notes": [f"Together: {whole(office.law, case, office.today())}."],
        "shown": [_summary(case, points)],
        "decided_by": sorted(by),
        "entries": [_field("reason", "Which point, and why", "area", LOOK_AGAIN)],
    }
    name = f"assess/{round_of(case)}/check/{basis_of(case)}"
    return Ask(name, "assess", "officer", body, (AGREE, LOOK_AGAIN))


def _ask_whole(office: Office, case: Case, points: Sequence[Point], checked_by: str) -> Ask:
    outcome = whole(office.law, case, office.today())
    body = {
        "words": f"Shall this be our answer: {outcome}?",
        "form": "lists",
        "notes": [f"Checked by {checked_by}."],
        "shown": [_summary(case, points)],
        "entries": [_field("reason", "Which point, and why", "area", LOOK_AGAIN)],
    }
    name = f"assess/{round_of(case)}/whole/{basis_of(case)}"
    return Ask(name, "assess", "manager", body, (OUR_ANSWER, LOOK_AGAIN))


def _summary(case: Case, points: Iterable[Point]) -> dict[str, Any]:
    """The points as decided, a line each."""
    rows: list[list[str]] = []
    for point in points:
        decided = decided_on(case, point.id)
        assert decided is not None
        facts = facts_of(decided)
        told = [f"{label}: {facts[name]}" for name, label in _TOLD if facts.get(name)]
        opinion = opinion_on(case, point.id)
        if opinion is not None:
            told.append(f"{opinion.event.outcome}: {facts_of(opinion)['reason']}")
        places = f"{len(facts.get('targets', ()))}"
        decision = decided.event.outcome
        rows.append([str(point.number), point.kind, point.words, decision, "; ".join(told), places])
    heads = ["Point", "Kind", "The person says", "Decided", "What it says", "Entries and copies"]
    return {"title": "The points", "heads": heads, "rows": rows}


def _rests(case: Case, point: str) -> bool:
    decided = decided_on(case, point)
    return decided is not None and bool(facts_of(decided).get("opinion"))


def _answered(case: Case, question: str) -> bool:
    known = case.questions.get(question)
    return known is not None and known.answer is not None


def _why_again(case: Case) -> str:
    outcome = case.decision(OUTCOME)
    return str(facts_of(outcome).get("reason", "")) if outcome else ""


def _shown(title: str, entries: Sequence[Entry]) -> dict[str, Any]:
    return {
        "title": title,
        "heads": ["Day", "Entry", "Written by", "What it says"],
        "rows": [[e.dated, e.title, e.author, e.text or "a file: open it"] for e in entries],
    }


def _field(
    name: str, label: str, kind: str, *goes_with: str, hint: str = "", choices: Sequence[str] = ()
) -> dict[str, Any]:
    return entry(name, label, kind, hint, goes_with, choices)
