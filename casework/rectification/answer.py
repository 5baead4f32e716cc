"""Rectification: what is wrong is put right in every copy, or the person's words stand beside it.

Law: UK GDPR Art 16; what is inaccurate is a matter of fact (DPA 2018 s.205). The letter is split
into points; of each the author is asked, the practice manager decides, and somebody else checks.
"""

from __future__ import annotations

from casework.acting import ACT, APPLY, ASSESS, give
from casework.answering import Answering, answers
from casework.office import Office, Work
from casework.questions import Given, SignedIn, ask
from casework.rectification.asks import asks_for
from casework.rectification.deciding import answered
from casework.rectification.orders import orders, restrictions, services
from casework.rectification.points import all_entered, ask_points, enter, is_raise
from casework.rectification.reply import reply
from rights.case import Case, Question
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import QuestionWithdrawn
from rights.release import Right
from rights.road import Stage

_RESTS = frozenset({ASSESS, APPLY, ACT})
"""Topics of questions that rest on what was decided before them."""


def weigh(work: Work) -> None:
    """Ask for the points, then what is to be decided of each; stop the use of what is contested.

    Raises:
        SourceError: a source did not answer, or does not show a restriction.
    """
    if not all_entered(work.case):
        asks = ask_points(work)
    else:
        give(work, restrictions(work), stage=Stage.ASSESS)
        asks = asks_for(work)
    ask(work, asks, stage=Stage.ASSESS, topics=frozenset({ASSESS}))


def decide(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    """What an answer records. What rests on an answer that is corrected is asked anew."""
    if is_raise(question):
        made = enter(office, case, question, given, who)
    else:
        made = answered(office, case, question, given, who)
    outdated = [
        QuestionWithdrawn(actor=ENGINE, question=q.id, why="what it rests on was decided anew")
        for q in case.open_questions
        if given.correct and q.topic in _RESTS and q.id != question.id and not is_raise(q)
    ]
    return (*made, *outdated)


answers(
    Right.RECTIFICATION,
    Answering(assess=weigh, decide=decide, orders=orders, services=services, letter=reply),
)
