"""Questions that one decision can answer: what is asked alike about several documents or places.

Each question keeps an answer of its own in the journal, so that one can be corrected and the
others stand. Which of them are answered alike is for the person who answers to say.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from casework.hold import TOPIC as HOLD
from casework.topics import CLASH, HEALTH, HIDDEN, PASSAGE, WHO
from casework.whose import is_whose
from rights.case import Question
from rights.release import FactKind

TOPICS = (HOLD, WHO, PASSAGE, HIDDEN, CLASH)
"""Topics that come by the dozen and are asked alike."""
_SAME_EVERYWHERE = frozenset({FactKind.CONTACT.value, FactKind.IDENTIFIER.value})
"""An address or a number is the same person's wherever it stands; a name may be another's."""
BY_MENTION = "passage"
"""The decider of mentions about which only their page can tell whose they are."""
_A_MENTION = 40
"""Characters up to which a passage is a mention by itself and no sentence."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions with the same options, of the same kind, about the same words or people.

    Attributes:
        topic: What they are about.
        questions: In the order in which they were asked.
        alike: Whether the same answer is to be expected for all; if not, whoever answers picks
            those that it is for.
    """

    topic: str
    questions: tuple[Question, ...]
    alike: bool


def groups_of(questions: Iterable[Question]) -> tuple[Group, ...]:
    """Open questions by what one decision can answer, in the order of the first of each.

    Health data have a page of their own, where all are settled at once. A question of any other
    topic is a group by itself.
    """
    found: dict[Hashable, list[Question]] = {}
    for question in sorted(questions, key=lambda q: q.asked_seq):
        found.setdefault(_kind(question), []).append(question)
    return tuple(Group(g[0].topic, tuple(g), _alike(g[0])) for g in found.values())


def _kind(question: Question) -> Hashable:
    body = question.body
    same = (question.topic, question.role, question.options)
    match question.topic:
        case topic if topic not in (*TOPICS, HEALTH):
            return question.id
        case _ if question.topic == WHO and is_whose(question):
            return (*same, tuple(o["ref"] for o in body["others"]))
        case _ if question.topic == WHO:
            return (*same, _flat(body["text"]), body["kind"])
        case _ if question.topic == PASSAGE:
            return (*same, body["decider"], body["code"], _mentions(question))
        case _ if question.topic == CLASH:
            return (*same, frozenset(s["document"] for s in body["spans"]))
        case _:
            return same


def _alike(question: Question) -> bool:
    if question.topic == WHO:
        return question.body["kind"] in _SAME_EVERYWHERE
    return question.topic not in (PASSAGE, HEALTH) or (
        question.topic == PASSAGE and bool(_mentions(question))
    )


def _mentions(question: Question) -> frozenset[str]:
    """The words of a question that is about mentions alone; empty where it is about sentences."""
    if question.body["decider"] != BY_MENTION:
        return frozenset()
    words = frozenset(_flat(p["text"]) for p in question.body["passages"])
    return words if all(len(w) <= _A_MENTION for w in words) else frozenset()


def _flat(text: str) -> str:
    return " ".join(text.casefold().split())
