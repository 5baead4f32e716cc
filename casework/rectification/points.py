"""The letter split into numbered points: what is contested, in which entries, and how.

An officer enters one point after another. Where a fact is contested the person may have the entry's
use stopped while it is checked (UK GDPR Art 18(1)(a)).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn
from casework.rectification.entries import Entry, own_entries
from rights.case import Case, Question
from rights.decisions import RightTable, other_right
from rights.errors import InputError, RefusedError
from rights.events import DESTROYED, Event
from rights.events.base import ENGINE
from rights.events.kinds import PointRaised, PointWithdrawn, QuestionAsked
from rights.law import Law
from rights.road import Stage

RAISE = "assess/points"
POINT, LAST = "this is a point of the letter", "the letter has no further point"
KINDS = ("fact", "opinion", "allegation", "omission")
"""The kinds of point; each is a rule of the law data, by which it may end."""
_ENTERED = "Entered so far"
YES, NO = "yes: the person wants that", "no"


@dataclass(frozen=True, slots=True)
class Point:
    """One numbered point.

    Attributes:
        id: As events have it: ``point/2``.
        kind: One of `KINDS`.
        words: What the person says, in their own words.
        wanted: What they want to be done.
        evidence: What they offer to show that they are right; may be empty.
        documents: Evidence copies of the entries that it is about.
        named: How the letter names them, in an officer's words: the titles in a system were never
            looked at for whom else they name.
        restrict: Their use is stopped while it is checked.
    """

    id: str
    kind: str
    words: str = field(repr=False)
    wanted: str = field(repr=False)
    evidence: str = field(repr=False)
    documents: tuple[str, ...]
    named: tuple[str, ...] = field(repr=False)
    restrict: bool

    @property
    def number(self) -> int:
        """As letters number it."""
        return int(self.id.rpartition("/")[2])


def points_of(case: Case) -> tuple[Point, ...]:
    """The points of a request in their order; none once its key is destroyed."""
    found = [_point(p) for p in case.points.values() if p.point_body != DESTROYED]
    return tuple(sorted(found, key=lambda p: p.number))


def _point(raised: PointRaised) -> Point:
    body: dict[str, Any] = json.loads(raised.point_body)
    return Point(
        raised.point,
        raised.what,
        body["words"],
        body["wanted"],
        body["evidence"],
        tuple(body["documents"]),
        tuple(body["named"]),
        body["restrict"] is True,
    )


def table_of(kind: str, law: Law, on: dt.date) -> RightTable:
    """What is asked of a point of this kind and how it may end, on a day."""
    return other_right(f"point-{kind}", law, on=on)


def all_entered(case: Case) -> bool:
    """Whether an officer has said that the letter has no further point."""
    asked = [q for q in case.questions.values() if _is_raise(q) and not q.withdrawn]
    return bool(asked) and all(q.answer is not None for q in asked)


def ask_points(work: Work) -> tuple[Ask, ...]:
    """The questions about points that must stay or be asked: the first, when there is none yet."""
    open_now = [q for q in work.case.open_questions if _is_raise(q)]
    if open_now:
        return tuple(Ask(q.id, q.topic, q.role, q.body, q.options) for q in open_now)
    body = _body(work.office, work.case, own_entries(work))
    return (Ask(f"{RAISE}/1", "assess", "officer", body, (POINT, LAST)),)


def is_raise(question: Question) -> bool:
    """Whether a question asks for a point of the letter."""
    return _is_raise(question)


def _is_raise(question: Question) -> bool:
    return question.id.startswith(f"{RAISE}/")


def _body(office: Office, case: Case, entries: Sequence[Entry]) -> dict[str, Any]:
    titles = {s.name: s.title for s in office.sources}
    rows = [
        [str(n), e.dated, titles.get(e.source, e.source), e.title] for n, e in _numbered(entries)
    ]
    law, today = office.law, office.today()
    kinds = {kind: table_of(kind, law, today) for kind in KINDS}
    return {
        "form": "lists",
        "words": "Split the letter into its points: one thing that is contested, in one or more "
        "entries. Enter them one by one, in the order of the letter.",
        "asked_for": case.people.asked_for if case.people else "",
        "shown": [
            {
                "title": "What is held",
                "heads": ["Number", "Day", "Where", "Entry"],
                "rows": rows,
            }
        ],
        "documents": [e.document for e in entries],
        "notes": [
            f"{kind}: {table.plain}. {' '.join(table.traps)}" for kind, table in kinds.items()
        ],
        "entries": [
            _field("what", "Kind of point", "choice", choices=KINDS),
            _field("records", "Numbers of the entries", "line", "Such as 1, 4. See the list."),
            _field(
                "named",
                "How the letter names them",
                "area",
                "One a line, as the person knows them. Nobody else's name.",
            ),
            _field("words", "What the person says", "area", "In their own words; printed."),
            _field("wanted", "What they want", "area", "Such as: that the date is put right."),
            _field("evidence", "What they offer to show it", "area", needed=False),
            _field(
                "restrict",
                "Stop the use of these entries while it is checked?",
                "choice",
                "Offer it where a fact is contested. Use to protect somebody goes on.",
                choices=(NO, YES),
                needed=False,
            ),
        ],
    }


def _field(
    name: str,
    label: str,
    kind: str,
    hint: str = "",
    *,
    choices: Iterable[str] = (),
    needed: bool = True,
) -> dict[str, Any]:
    goes_with = [POINT] if needed else []
    return {
        "name": name,
        "label": label,
        "kind": kind,
        "hint": hint,
        "goes_with": goes_with,
        "choices": list(choices),
    }


def _numbered(entries: Sequence[Entry]) -> Iterable[tuple[int, Entry]]:
    return enumerate(entries, 1)


def enter(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    """What an answer to "is there a further point?" records.

    Raises:
        InputError: an entry is missing or wrong, or no point was entered at all.
        RefusedError: a point that was acted upon already cannot be changed.
    """
    name = f"point/{question.id.rpartition('/')[2]}"
    if any(a.started.point == name and a.started.act != "restrict" for a in case.actions.values()):
        raise RefusedError(
            "rectify.done",
            "What was decided on this point is done in the sources already.",
            "Enter what is wrong now as a point of its own.",
        )
    if given.value == LAST:
        return _last(case, name, given, who)
    raised = PointRaised(
        actor=who.actor,
        point=name,
        what=_one_of(given, "what", KINDS),
        point_body=json.dumps(_entered(question.body, given), ensure_ascii=False),
    )
    number = int(name.rpartition("/")[2])
    following = f"{RAISE}/{number + 1}"
    if following in case.questions:
        return (raised,)
    asked = QuestionAsked(
        actor=ENGINE,
        question=following,
        topic="assess",
        stage=Stage.ASSESS,
        role="officer",
        text=json.dumps(_with(question.body, raised), ensure_ascii=False),
        options=(POINT, LAST),
    )
    return raised, asked


def _with(body: Mapping[str, Any], raised: PointRaised) -> dict[str, Any]:
    """The next question, with the points entered so far above its form."""
    point = _point(raised)
    row = [str(point.number), point.kind, point.words, point.wanted]
    before = [t for t in body["shown"] if t["title"] == _ENTERED]
    rows = [*(before[0]["rows"] if before else ()), row]
    others = [t for t in body["shown"] if t["title"] != _ENTERED]
    heads = ["Point", "Kind", "The person says", "They want"]
    return {**body, "shown": [*others, {"title": _ENTERED, "heads": heads, "rows": rows}]}


def _last(case: Case, name: str, given: Given, who: SignedIn) -> tuple[Event, ...]:
    if name in case.points:
        reason = text_of(given, "reason") or "entered by mistake"
        return (PointWithdrawn(actor=who.actor, point=name, why=reason),)
    if not case.points:
        raise InputError(
            "rectify.no_points",
            "No point was entered, so there is nothing to decide.",
            "Enter what the person says is wrong. If they took the request back, record that on "
            "the case page under the outcome of the request.",
        )
    return ()


def _entered(body: Mapping[str, Any], given: Given) -> dict[str, object]:
    words, wanted = text_of(given, "words"), text_of(given, "wanted")
    if not words or not wanted:
        raise InputError(
            "rectify.words",
            "The point does not say what is contested, or what the person wants.",
            "Write both in the person's own words.",
        )
    documents = _chosen(body, text_of(given, "records"))
    named = [line.strip() for line in text_of(given, "named").splitlines() if line.strip()]
    if documents and not named:
        raise InputError(
            "rectify.named",
            "Nothing says how the letter names these entries.",
            "Write it as the person knows them, such as: the visit of 2 February 2012.",
        )
    return {
        "words": words,
        "wanted": wanted,
        "evidence": text_of(given, "evidence"),
        "documents": documents,
        "named": named,
        "restrict": text_of(given, "restrict") == YES,
    }


def _chosen(body: Mapping[str, Any], numbers: str) -> list[str]:
    held: list[str] = body["documents"]
    found: list[str] = []
    for part in numbers.replace(";", ",").replace(" ", ",").split(","):
        if not part:
            continue
        if not part.isdecimal() or not 1 <= int(part) <= len(held):
            raise InputError(
                "rectify.records",
                "A number of an entry is none of the list.",
                "Write the numbers of the list, with commas between them.",
            )
        found.append(held[int(part) - 1])
    if held and not found:
        raise InputError(
            "rectify.records",
            "Nothing says which entries the point is about.",
            "Write their numbers as the list has them. Something missing is missing somewhere: "
            "name the entry that it belongs beside.",
        )
    return list(dict.fromkeys(found))


def _one_of(given: Given, name: str, allowed: Sequence[str]) -> str:
    value = text_of(given, name)
    if value not in allowed:
        raise InputError(
            "rectify.kind",
            "Nothing says what kind of point it is.",
            f"Choose one of: {', '.join(allowed)}.",
        )
    return value


def text_of(given: Given, name: str) -> str:
    """An entry of an answer, blanks trimmed."""
    return str(given.details.get(name, "")).strip()
