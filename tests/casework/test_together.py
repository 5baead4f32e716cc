"""Questions that one decision can answer stand together; what may differ is not taken as alike."""

from __future__ import annotations

import json
from typing import Any

from casework.together import groups_of
from rights.case import Question


def asked(seq: int, topic: str, role: str = "officer", **body: Any) -> Question:
    """A question as the engine asks it."""
    options = ("P01", "P03") if topic == "who" else ("disclose", "withhold", "as marked")
    text = json.dumps(body)
    return Question(f"{topic}/{seq}", topic, "propose", role, text, options, seq, None)


def who(seq: int, kind: str, text: str) -> Question:
    """Whom something means."""
    return asked(seq, "who", kind=kind, text=text)


def passage(seq: int, code: str, decider: str, *texts: str) -> Question:
    """Passages of one document."""
    return asked(seq, "passage", code=code, decider=decider, passages=[{"text": t} for t in texts])


def test_the_same_address_is_one_decision_and_a_shared_surname_is_picked_by_hand() -> None:
    """A number is somebody's wherever it stands; 'Mr Khan' may be two people in two documents."""
    address, name = groups_of(
        [
            who(1, "contact", "4 Quay Lane,\nGullwick"),
            who(2, "contact", "4 Quay Lane, Gullwick"),
            who(3, "name", "Mr Khan"),
            who(4, "name", "Mr\nKhan"),
        ]
    )
    assert [q.asked_seq for q in address.questions] == [1, 2] and address.alike
    assert [q.asked_seq for q in name.questions] == [3, 4] and not name.alike


def test_passages_stand_together_by_ground_and_mentions_by_their_words() -> None:
    """A decider's passages under one ground are on one sheet with nothing ticked beforehand."""
    groups = groups_of(
        [
            passage(1, "ABUSE", "social_work_manager", "A sentence."),
            passage(2, "3P", "passage", "Heather"),
            passage(3, "ABUSE", "social_work_manager", "Another one, in another document."),
            passage(4, "3P", "passage", "heather"),
            passage(5, "3P", "passage", "the woman next door"),
            asked(6, "page"),
            asked(7, "page"),
        ]
    )
    alike = {tuple(q.asked_seq for q in g.questions): g.alike for g in groups}
    assert list(alike) == [(1, 3), (2, 4), (5,), (6,), (7,)]
    assert (alike[1, 3], alike[2, 4]) == (False, True)
