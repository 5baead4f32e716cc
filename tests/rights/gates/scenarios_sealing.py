"""What must be refused on the way from a plan to a pack that left."""

from __future__ import annotations

from rights.events import Event
from rights.events import kinds as k
from rights.events.base import ENGINE
from tests.rights.gates.build import (
    ALL_SENT,
    APPROVED_CASE,
    APPROVERS,
    FIRST_PART_SENT,
    OFFICER,
    OTHER,
    PLANNED,
    READ_CASE,
    SEALED_CASE,
    TODAY,
    Refused,
    answered,
    approved,
    asked,
    planned,
    sealed,
    sent,
    started,
)

PAGE = asked("page/D2/1", "page", "read", document="D2", page=1)
WORDS = {"code": "One-two three  FOUR"}
_BOTH = planned("D1", "D2")


def _dropped(part: int) -> k.PartDropped:
    return k.PartDropped(actor=OFFICER, part=part, why='"a mistake"')


DECIDED_FIRST: tuple[Event, ...] = (
    *READ_CASE,
    PAGE,
    answered("page/D2/1", "read", OTHER),
    _BOTH,
    sealed(PLANNED + 2),
)

SCENARIOS = (
    Refused(
        "one_part_at_a_time",
        "part.in_hand",
        (*READ_CASE, planned("D1", last=False)),
        planned("D2", part=2, last=False, by=OFFICER),
    ),
    Refused(
        "one_part_at_a_time",
        "part.in_hand",
        (*READ_CASE, planned("D1", last=False)),
        planned("D2", part=1, last=False, by=OFFICER),
    ),
    Refused("one_part_at_a_time", "part.in_hand", FIRST_PART_SENT, planned("D2", part=3)),
    Refused("part_is_ready", "part.nothing_ready", (*READ_CASE, PAGE), _BOTH),
    Refused("part_is_ready", "part.nothing_ready", READ_CASE, planned("D1", "D9")),
    Refused("part_is_ready", "part.nothing_ready", FIRST_PART_SENT, planned("D1", "D2", part=2)),
    Refused("part_is_ready", "part.nothing_ready", READ_CASE, planned(last=False, by=OFFICER)),
    Refused("part_can_be_dropped", "part.cannot_drop", READ_CASE, _dropped(1)),
    Refused("part_can_be_dropped", "part.cannot_drop", (*READ_CASE, _BOTH), _dropped(1)),
    Refused("part_can_be_dropped", "part.cannot_drop", FIRST_PART_SENT, _dropped(1)),
    Refused("part_is_in_hand", "seal.no_part", READ_CASE, sealed(PLANNED)),
    Refused("part_is_in_hand", "seal.no_part", FIRST_PART_SENT, sealed(PLANNED)),
    Refused("nothing_open_in_part", "seal.open", (*READ_CASE, _BOTH, PAGE), sealed(PLANNED)),
    Refused("nothing_open_in_part", "seal.open", (*APPROVED_CASE, PAGE), started()),
    Refused("rests_on_now", "seal.basis", (*READ_CASE, _BOTH), sealed(PLANNED - 1)),
    Refused("rests_on_now", "seal.basis", (*READ_CASE, _BOTH), sealed(PLANNED + 1)),
    Refused(
        "current_seal",
        "approve.stale",
        SEALED_CASE,
        approved(sha256="b" * 64),
        APPROVERS,
        details=WORDS,
    ),
    # Something was decided anew since it was sealed.
    Refused(
        "current_seal",
        "approve.stale",
        (*SEALED_CASE, PAGE, answered("page/D2/1", "read", OFFICER)),
        approved(),
        APPROVERS,
        details=WORDS,
    ),
    # The question is about an earlier sealing.
    Refused(
        "current_seal",
        "approve.stale",
        (
            *SEALED_CASE,
            asked("approve/1", "approve", "send back", role="approver"),
            sealed(PLANNED),
        ),
        answered("approve/1", "send back", OTHER, reason="page 2"),
        APPROVERS,
    ),
    Refused(
        "four_eyes", "approve.same_person", DECIDED_FIRST, approved(), APPROVERS, details=WORDS
    ),
    Refused(
        "four_words",
        "approve.code",
        SEALED_CASE,
        approved(),
        APPROVERS,
        details={"code": "one two three five"},
    ),
    Refused("four_words", "approve.code", SEALED_CASE, approved(), APPROVERS),
    Refused("approved_as_it_stands", "dispatch.not_approved", SEALED_CASE, started()),
    Refused(
        "approved_as_it_stands",
        "dispatch.not_approved",
        (*APPROVED_CASE, PAGE, answered("page/D2/1", "read", OFFICER)),
        started(),
    ),
    Refused(
        "approved_by_another",
        "dispatch.same_person",
        (*DECIDED_FIRST, approved()),
        started(),
    ),
    Refused(
        "sent_once",
        "dispatch.twice",
        (
            *FIRST_PART_SENT,
            planned("D2", part=2),
            sealed(len(FIRST_PART_SENT) + 1, part=2),
            approved(part=2),
        ),
        started("key", part=2),
    ),
    Refused(
        "dispatch_was_started", "dispatch.not_started", (*APPROVED_CASE, started("a")), sent("b")
    ),
    Refused(
        "answered_or_not_ours",
        "close.not_answered",
        READ_CASE,
        k.CaseClosed(actor=ENGINE, outcome="answered", closed_on=TODAY),
    ),
    Refused(
        "answered_or_not_ours",
        "close.not_answered",
        FIRST_PART_SENT,
        k.CaseClosed(actor=ENGINE, outcome="answered", closed_on=TODAY),
    ),
)

LAWFUL = (*ALL_SENT, k.CaseClosed(actor=ENGINE, outcome="answered", closed_on=TODAY))
"""A whole way that no guard stops."""
