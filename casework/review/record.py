"""What the forms of questions ask or show besides the answer: the record and the weighing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework.search import TOPIC as SOURCE
from casework.topics import AS_MARKED, CAST, PASSAGE, WITHHOLD
from casework.transcripts import TOPIC as LISTEN
from rights.case import Question
from rights.exemptions import THIRD_PARTIES, exemption
from rights.law import Law
from rights.sources.limits import weighed
from rights.sources.sheet import TOPIC as SHEET
from rights.weighing import Factor, factors
from rights.withholding import Entry, entries

_SEARCHING = (SOURCE, SHEET, LISTEN)
"""Topics with an answer by which a search stops short."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form asks for.

    Attributes:
        entries: What is written down when something is withheld, besides the reason.
        factors: What is weighed; empty where nothing is.
        goes_with: The answers that need the entries.
        search: What is weighed before a search stops short; empty where none can.
    """

    entries: tuple[Entry, ...] = ()
    factors: tuple[Factor, ...] = ()
    goes_with: tuple[str, ...] = (WITHHOLD, AS_MARKED)
    search: tuple[str, ...] = ()


def wanted(question: Question, law: Law, *, on: dt.date) -> Wanted:
    """What the form of a question on a person or a passage asks for, by the law of a day."""
    body = question.body
    code = str(body.get("code") or THIRD_PARTIES)
    if question.topic == CAST and body.get("weigh"):
        return Wanted(factors=factors(law, on=on))
    if question.topic in _SEARCHING:
        return Wanted(search=weighed(law, on))
    if question.topic != PASSAGE:
        return Wanted()
    weighs = factors(law, on=on) if code == THIRD_PARTIES else ()
    return Wanted(entries(exemption(code, law, on=on), law, on=on), weighs)
