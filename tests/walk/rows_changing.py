"""Rows: erasure, rectification and portability, and who is told of them."""

from __future__ import annotations

from collections.abc import Callable

from casework.erasure.words import DECIDE, ERASE, KEEP, RESTRICT
from casework.portability.answer import ALSO_COPY, SUPPLIED
from casework.portability.answer import DECIDE as WHOLE
from casework.rectification.points import LAST, POINT
from casework.rectification.state import AGREE, NO_AUTHOR, OUR_ANSWER
from rights.case import Question
from rights.release import Right
from tests.casework.erasing import ELSEWHERE, FILES, GROUND, NEEDED, NOTES
from tests.casework.test_rectify import ALLEGATION, FACT, LABEL, OMISSION, OPINION, WHY, WRONG
from tests.small_council import demo_rules
from tests.walk.rows_limiting import FIRST, NO_ROUTES, ROUTES, VISIT
from tests.walk.walker import NOTHING_GIVEN, Replies, Reply, Row

_E, _F, _P = Right.ERASURE, Right.RECTIFICATION, Right.PORTABILITY
_SAID = {ERASE: GROUND, KEEP: NEEDED, RESTRICT: NEEDED}
TELL: Reply = (demo_rules()["recipient"]["answer"], demo_rules()["recipient"]["details"])
TOO_MUCH: Reply = ("it is impossible or asks too much", {"reason": "It closed in 2015."})
_STATEMENTS = frozenset(f"new CASE_NOTE_STATEMENTS {n}" for n in ("8002", "8003", "8004"))
_TEXTS = frozenset(f"CASE_NOTES {n} NOTE" for n in ("8002", "8003", "8004"))


def erasing(decided: dict[str, str], otherwise: str, elsewhere: str = ELSEWHERE) -> Replies:
    """What becomes of each place, and the decision as a whole."""

    def place(question: Question) -> Reply:
        value = decided.get(question.body["place"], otherwise)
        return value, _SAID[value]

    return {"erasure/": place, "erasure/finish": (DECIDE, {"elsewhere": elsewhere})}


Point = tuple[dict[str, str], str, dict[str, str]]


def points(*wanted: Point) -> Replies:
    """The points of a letter as they were entered, and what a manager decided on each."""

    def entered(question: Question) -> Reply:
        number = int(question.id.rpartition("/")[2])
        return (POINT, wanted[number - 1][0]) if number <= len(wanted) else (LAST, {})

    def author(question: Question) -> Reply:
        return NO_AUTHOR, {"reason": "She left in 2015."}

    replies: dict[str, Reply | Callable[[Question], Reply]] = {
        "assess/points": entered,
        "assess/point/": author,
        "assess/1/check": (AGREE, {}, "officer2"),
        "assess/1/whole": (OUR_ANSWER, {}),
    }
    for number, (_, end, details) in enumerate(wanted, 1):
        replies[f"assess/1/point/{number}/decide"] = (end, details)
    return replies


def _some_told(question: Question) -> Reply:
    """One is told, one cannot be, and the rest never had it."""
    return {"recipient/education": TOO_MUCH, "recipient/police": TELL}.get(
        question.id, NOTHING_GIVEN
    )


ERASURE = (
    Row(
        right=_E,
        rule="right.erasure",
        outcome="erased",
        start="erasure",
        replies=erasing({}, ERASE),
        reply="erasure_letter",
        says=(
            "We have erased these records",
            "We looked again afterwards",
            "The team that looks after the system erased it",
            "cannot be turned back",
            ELSEWHERE,
        ),
        never=NO_ROUTES,
        sources=frozenset({"gone CASE_NOTES 8001", "gone CASE_NOTES 8002", "gone DOCUMENTS 1"})
        | {"gone folders/social/assessment.docx"},
        marks=frozenset({"erased"}),
        by_hand=True,
        told="had it",
    ),
    Row(
        right=_E,
        rule="right.erasure",
        outcome="erased in part",
        start="erasure",
        replies={**erasing({NOTES: ERASE, FILES: RESTRICT}, KEEP), "recipient/": _some_told},
        reply="erasure_letter",
        letters=frozenset({"recipient_notice"}),
        says=("We have erased some of these records", NEEDED["reason"], *ROUTES),
        never=("Contact from member of the public",),
        sources=frozenset({"gone CASE_NOTES 8001", "gone CASE_NOTES 8002"}),
        by_hand=True,
        told="not each",
        notice=("Please erase information that you may have had from us", "2 records"),
        secret=("Contact from member of the public", NEEDED["reason"], "You asked"),
    ),
    Row(
        right=_E,
        rule="right.erasure",
        outcome="restricted instead",
        start="erasure",
        replies=erasing({}, RESTRICT, ""),
        reply="erasure_letter",
        says=(
            "We will keep these records and stop using them",
            "Our staff may not use it any more",
            "Art 17(3)(b)",
            *ROUTES,
        ),
        sources=FIRST | VISIT,
        by_hand=True,
        told="had it",
    ),
    Row(
        right=_E,
        rule="right.erasure",
        outcome="refused",
        start="erasure",
        replies=erasing({}, KEEP, ""),
        reply="erasure_letter",
        says=("We will keep these records", NEEDED["reason"], "Art 17(3)(b)", *ROUTES),
        never=("may not use it any more",),
    ),
    Row(
        right=_E,
        rule="right.erasure",
        outcome="nothing held",
        start="erasure/stranger",
        reply="erasure_letter",
        says=("We hold nothing that we could erase", *ROUTES),
        counted="nothing held",
    ),
)
RECTIFICATION = (
    Row(
        right=_F,
        rule="right.rectification",
        outcome="corrected",
        start="rectification/copies",
        replies={**points((FACT, "corrected", WRONG)), "recipient/": TELL},
        reply="rectification_letter",
        letters=frozenset({"recipient_notice"}),
        says=("We have put it right", "Now it says “to be a nurse”"),
        never=("Tilda", "twin", *NO_ROUTES),
        sources=_TEXTS | _STATEMENTS,
        shows=("to be a nurse", "Corrected on 23 November 2026"),
        hides=("wants to be a vet",),
        told="each",
        notice=("Please correct information", "It said: ", "What is right: to be a nurse"),
        secret=("You asked", "rings back"),
    ),
    Row(
        right=_F,
        rule="right.rectification",
        outcome="completed by a statement",
        start="rectification/copies",
        replies=points((OMISSION, "completed", {"statement": "I asked three times to go home."})),
        reply="rectification_letter",
        says=("We have added what was missing", "I asked three times to go home."),
        never=("Tilda", "twin", *NO_ROUTES),
        sources=_STATEMENTS,
        shows=("I asked three times to go home.", "Supplementary statement of Marnie"),
        told="had it",
    ),
    Row(
        right=_F,
        rule="right.rectification",
        outcome="partly corrected",
        start="rectification/copies",
        replies=points(
            (FACT, "corrected", WRONG), (OPINION, "noted", WHY), (ALLEGATION, "labelled", LABEL)
        ),
        reply="rectification_letter",
        says=("We have put some of it right", "The police found nothing.", *ROUTES),
        sources=_TEXTS | _STATEMENTS | {"new CASE_NOTE_STATEMENTS 8001"},
        shows=("to be a nurse", "Note of disagreement of", "This is an allegation"),
        hides=("wants to be a vet",),
        told="had it",
    ),
    Row(
        right=_F,
        rule="right.rectification",
        outcome="refused with a note on file",
        start="rectification/copies",
        replies=points((FACT, "refused", WHY), (OPINION, "noted", WHY)),
        reply="rectification_letter",
        says=("We have not changed it", "It is what was said.", *ROUTES),
        sources=_STATEMENTS,
        shows=("wants to be a vet", "contested this entry", "Note of disagreement of"),
    ),
)
PORTABILITY = (
    Row(
        right=_P,
        rule="right.portability",
        outcome="exported",
        start="portability/gives",
        replies={"portability/place": (SUPPLIED, {}), "portability/finish": (WHOLE, {})},
        reply="portability_letter",
        says=(".zip", "1 record"),
    ),
    Row(
        right=_P,
        rule="right.portability",
        outcome="refused",
        start="portability",
        replies={"portability/finish": (WHOLE, {"copy": ALSO_COPY})},
        reply="portability_letter",
        says=("not because you agreed", "We have started that for you", *ROUTES),
    ),
)
ROWS = (*ERASURE, *RECTIFICATION, *PORTABILITY)
