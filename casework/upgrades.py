"""What an upgrade changes of questions that are answered: only what is proposed otherwise now.

A proposal has the same id on the same bytes, so that an answer holds for it whatever version of the
program proposed it. What is new, or proposed with another treatment, ground or mode, is asked; the
rest stays answered. Documents that were sent are left as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from casework.engine_version import engine_versions
from casework.knowing import as_law
from casework.questions import Ask
from casework.topics import CAST, PASSAGE
from redaction.decisions import Proposal
from rights.case import Case
from rights.events.base import ENGINE
from rights.events.kinds import QuestionWithdrawn

_PERSON = ("treatment", "code", "mode", "rule")
_PASSAGE = ("treatment", "mode", "kind", "person", "class")
"""What makes a question on a person, or a passage of one, another: rewording is no change."""


_LIKE = "Nearly the same stands in "
"""How `redaction.propose.copies.like_decided` begins its reason."""


def was_upgraded(case: Case, law_version: str) -> bool:
    """Whether other finders, rules or law proposed than would propose now."""
    if case.proposals is None:
        return False
    made = case.proposals[1]
    return made.law_version != law_version or not set(engine_versions()) <= set(made.tools)


def reopened(case: Case, asks: Iterable[Ask]) -> tuple[QuestionWithdrawn, ...]:
    """Answered questions on people that an upgrade asks otherwise: each is asked again."""
    return tuple(
        QuestionWithdrawn(actor=ENGINE, question=item.id, why="the law or the rules changed")
        for item in asks
        if item.topic == CAST
        and (asked := case.questions.get(item.id)) is not None
        and asked.answer is not None
        and not asked.withdrawn
        and _differs(as_law(asked.body), as_law(item.body), _PERSON)
    )


def kept_of_sent(
    case: Case, before: Sequence[Proposal], now: Sequence[Proposal]
) -> tuple[Proposal, ...]:
    """The proposals as they are now, but for documents that went out: those stay as they were."""
    gone = case.on_their_way
    if not gone:
        return tuple(now)
    return (
        *(p for p in before if p.span.document in gone),
        *(p for p in now if p.span.document not in gone),
    )


def still_to_ask(
    case: Case, name: str, passages: Sequence[Mapping[str, Any]], *, upgraded: bool
) -> tuple[str, Sequence[Mapping[str, Any]]]:
    """Under which id to ask about a group of passages, and about which of them.

    What an answered question covers is not asked again, unless an upgrade proposes it otherwise.

    Args:
        case: The case.
        name: The group's id.
        passages: All of the group as they are proposed now.
        upgraded: Whether the version that proposes has changed.
    """
    answered = [
        q
        for q in case.questions.values()
        if q.topic == PASSAGE
        and (q.id == name or q.id.startswith(f"{name}/again/"))
        and q.answer is not None
        and not q.withdrawn
    ]
    if not answered:
        return name, passages
    covered: dict[str, Mapping[str, Any]] = {}
    for question in sorted(answered, key=lambda q: q.asked_seq):
        for passage in question.body.get("passages", ()):
            covered |= dict.fromkeys((passage["id"], *passage.get("copies", ())), passage)
    fresh = [p for p in passages if _is_new(covered.get(str(p["id"])), p, upgraded=upgraded)]
    return f"{name}/again/{len(answered)}", fresh


def _is_new(before: Mapping[str, Any] | None, now: Mapping[str, Any], *, upgraded: bool) -> bool:
    if before is None or not upgraded:
        return before is None
    # Asked with what was decided of a passage like it: the rule itself said something else.
    borrowed = str(before.get("reason", "")).startswith(_LIKE)
    names = _PASSAGE[2:] if borrowed else _PASSAGE
    return _differs(as_law(before), as_law(now), names)


def _differs(one: Mapping[str, Any], other: Mapping[str, Any], names: Collection[str]) -> bool:
    return any(one.get(name) != other.get(name) for name in names if name in one)
