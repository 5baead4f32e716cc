"""What the forms of review questions ask besides the answer: the record and the weighing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework.topics import AS_MARKED, CAST, PASSAGE, WITHHOLD
from rights.case import Question
from rights.exemptions import THIRD_PARTIES, exemption
from rights.law import Law
from rights.weighing import Factor, factors
from rights.withholding import Entry, entries


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form asks for.

    Attributes:
        entries: What is written down when something is withheld, besides the reason.
        factors: What is weighed; empty where nothing is.
        goes_with: The answers that need the entries.
    """

    entries: tuple[Entry, ...] = ()
    factors: tuple[Factor, ...] = ()
    goes_with: tuple[str, ...] = (WITHHOLD, AS_MARKED)


def wanted(question: Question, law: Law, *, on: dt.date) -> Wanted:
    """What the form of a question on a person or a passage asks for, by the law of a day."""
    body = question.body
    code = str(body.get("code") or THIRD_PARTIES)
    if question.topic == CAST and body.get("weigh"):
        return Wanted(factors=factors(law, on=on))
    if question.topic != PASSAGE:
        return Wanted()
    weighs = factors(law, on=on) if code == THIRD_PARTIES else ()
    return Wanted(entries(exemption(code, law, on=on), law, on=on), weighs)
