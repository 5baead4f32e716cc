"""The reply to a request to put something right: what was decided on each point, and done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from casework.acting import could_not
from casework.letters import base, routes
from casework.office import Office, Work
from casework.recipients import told_as_read
from casework.rectification.orders import orders
from casework.rectification.points import Point, points_of, table_of
from casework.rectification.state import STANDS, decided_on, facts_of, opinion_on
from casework.restriction.standing import standing
from letters.rectification import PointAnswer, PointEnd, RectificationLetter, Rectified
from rights.case import Case
from rights.decisions.record import OUTCOME
from rights.decisions.restriction import lifting_not_before
from rights.errors import RefusedError

_OUTCOMES = {
    "corrected": Rectified.CORRECTED,
    "completed by a statement": Rectified.COMPLETED,
    "partly corrected": Rectified.PARTLY,
    "refused with a note on file": Rectified.REFUSED,
}


def reply(work: Work, day: dt.date) -> RectificationLetter:
    """The letter as decided and done.

    Raises:
        RefusedError: ``rectify.could_not``: something that it would say was done could not be.
    """
    office, case = work.office, work.case
    outcome = case.decision(OUTCOME)
    assert outcome is not None and case.received_on is not None
    _all_done(work)
    answers = tuple(
        _answer(office, case, number, point, day) for number, point in enumerate(points_of(case), 1)
    )
    limited = bool(standing(case))
    return RectificationLetter(
        **base(office, case, day),  # pyright: ignore[reportArgumentType]
        received=case.received_on,
        outcome=_OUTCOMES[outcome.event.outcome],
        points=answers,
        told=told_as_read(office, case),
        limited=limited,
        limit_ends=lifting_not_before(office.law, day) if limited else None,
        routes=routes(office, day) if any(a.stays for a in answers) else (),
    )


def _all_done(work: Work) -> None:
    case = work.case
    impossible = [item for item in orders(work) if could_not(case, item.order.key)]
    if impossible:
        raise RefusedError(
            "rectify.could_not",
            f"{len(impossible)} change(s) of {case.ref} could not be made, so the letter cannot "
            "say that they were.",
            "Let the manager correct the decision on that point: what cannot be changed can have "
            "the person's words put beside it.",
        )


def _answer(office: Office, case: Case, number: int, point: Point, day: dt.date) -> PointAnswer:
    decided = decided_on(case, point.id)
    assert decided is not None
    facts, end = facts_of(decided), PointEnd(decided.event.outcome)
    stays = end not in (PointEnd.CORRECTED, PointEnd.COMPLETED)
    table = table_of(point.kind, office.law, decided.event.decided_on)
    return PointAnswer(
        number=number,
        said=point.words,
        end=end,
        entries=point.named,
        was=facts.get("wrong", ""),
        now=facts.get("right", ""),
        beside=facts.get("statement") or facts.get("became", ""),
        reason=_sentence(facts.get("reason", "")) if stays else "",
        opinion=_opinion(case, point, facts),
        citation=table.citation if stays else "",
    )


def _opinion(case: Case, point: Point, facts: Mapping[str, Any]) -> str:
    made = opinion_on(case, point.id)
    if made is None:
        return ""
    if made.event.outcome == STANDS:
        found = "They told us that they still hold it, and this is now noted beside it"
    else:
        found = "They told us that they no longer hold it, and this is now noted beside it"
    opinion = str(facts["opinion"]).rstrip(".")
    return f"An opinion rested on this: “{opinion}”. We asked the person who wrote it. {found}."


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
