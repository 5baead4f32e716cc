"""Where the points of a request stand: what is decided on each, and on the whole."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from casework.acting import could_not
from casework.rectification.points import RAISE, points_of, table_of
from rights.case import Action, Case, Decision
from rights.decisions.record import OUTCOME
from rights.events import DESTROYED
from rights.law import Law

OPEN = "open"
CORRECTED, COMPLETED, NOTED, LABELLED, REFUSED = (
    "corrected",
    "completed",
    "noted",
    "labelled",
    "refused",
)
AUTHOR_AGREES, AUTHOR_STANDS, NO_AUTHOR = (
    "the author agrees",
    "the author does not agree",
    "the author cannot be asked",
)
STANDS, FALLS = "the opinion stands", "the author no longer holds it"
AGREE, LOOK_AGAIN = "every point is right", "a point must be looked at again"
OUR_ANSWER = "this is our answer"
_GAINED = frozenset({CORRECTED, COMPLETED})


def round_of(case: Case) -> int:
    """Which time the points are decided: once more whenever the outcome was opened again."""
    opened = [d for d in case.decisions if d.event.matter == OUTCOME and d.event.outcome == OPEN]
    return 1 + len(opened)


def decided_on(case: Case, point: str) -> Decision | None:
    """The decision in force on a point; None while it is to be decided (again)."""
    made = case.decision(f"assess/{point}")
    if made is None:
        return None
    if is_done(case, point):
        return made
    of_now = facts_of(made).get("round") == round_of(case)
    return made if of_now and made.seq > entered_seq(case, point) else None


def opinion_on(case: Case, point: str) -> Decision | None:
    """What became of the opinion that rested on a corrected fact, if there was one."""
    decided, made = decided_on(case, point), case.decision(f"assess/{point}/opinion")
    return made if decided and made and made.seq > decided.seq else None


def is_done(case: Case, point: str) -> bool:
    """Whether what is decided on a point was done in the sources, every order of it begun."""
    made = case.decision(f"assess/{point}")
    decision = made.event.decision if made else ""
    found = [a for a in begun(case, point) if decision in _decisions(a.started.key)]
    return bool(found) and not any(a.done is None or could_not(case, a.started.key) for a in found)


def _decisions(key: str) -> list[str]:
    """The decisions that an order carries out: its key is made of them."""
    return key.partition("/")[2].rsplit("/", 2)[0].split("+")


def begun(case: Case, point: str) -> list[Action]:
    """What was begun in the sources for a point, but for stopping the use meanwhile."""
    of_point = [a for a in case.actions.values() if a.started.point == point]
    return [a for a in of_point if a.started.act not in ("restrict", "lift")]


def facts_of(made: Decision) -> dict[str, Any]:
    """What a decision rests on and changes; personal data, empty once the key is destroyed."""
    text = made.event.facts
    return json.loads(text) if text and text != DESTROYED else {}


def whole(law: Law, case: Case, on: dt.date) -> str:
    """How the request ends as a whole, from how its points end."""
    points = points_of(case)
    ends = {p.id: d.event.outcome for p in points if (d := decided_on(case, p.id))}
    limited = any(
        w.routes for p in points for w in table_of(p.kind, law, on).ways if w.code == ends.get(p.id)
    )
    gained = bool(_GAINED & set(ends.values()))
    if limited:
        return "partly corrected" if gained else "refused with a note on file"
    return "corrected" if CORRECTED in ends.values() else "completed by a statement"


def entered_seq(case: Case, point: str) -> int:
    """When a point was last entered; changed since, it is decided anew."""
    question = case.questions.get(f"{RAISE}/{point.rpartition('/')[2]}")
    return question.answer.seq if question and question.answer else 0


def basis_of(case: Case) -> int:
    """When the last thing was decided that a check rests on."""
    made = [d.seq for d in case.decisions if d.event.matter.startswith("assess/")]
    return max(made, default=0)
