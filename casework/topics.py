"""The review questions: their answers, who may give them, and what each must say."""

from __future__ import annotations

import datetime as dt

from casework.grounds import check_ground, check_opinion_age
from casework.office import Office
from casework.questions import Given, SignedIn, on_answer
from rights.case import Case, Question
from rights.errors import InputError, RefusedError
from rights.events import Event

CAST, WHO, PASSAGE, PAGE = "cast", "who", "passage", "page"
HIDDEN, CAPITALS, CLASH = "hidden", "capitals", "clash"
DISCLOSE, WITHHOLD = "disclose", "withhold"
AS_MARKED = "as marked"
CAST_OPTIONS = (DISCLOSE, WITHHOLD)
KNOWN, NOT_MET, MET = (
    "disclose: the subject knows it already",
    "disclose: the opinion says no serious harm",
    "withhold: the opinion says serious harm",
)
READ, STAYS_BACK = "read: nothing more to withhold", "withhold the whole page"
PAGE_OPTIONS = (READ, STAYS_BACK)
NOTED = "looked at: nothing of the subject's own is lost"
HIDDEN_OPTIONS = (NOTED,)
LOOKED = ("every string was looked at",)
WITHHELD_EVERYWHERE = "withhold the sentence everywhere"
DIFFERENCE_RIGHT = "the difference is right"
CLASH_OPTIONS = (WITHHELD_EVERYWHERE, DIFFERENCE_RIGHT)
CANNOT_TELL = "cannot tell: withhold"
HEALTH_LOCK, HEALTH_HARM = "HEALTH-LOCK", "HEALTH-HARM"

REVIEW_ROLE = {
    "passage": "officer",
    "health_opinion": "officer",
    "ig_officer": "officer",
    "social_work_manager": "manager",
    "legal": "legal",
    "adoption_team": "legal",
    "dpo": "dpo",
}
"""The desk role that answers for each decider; a health opinion is recorded by an officer."""


def passage_options(code: str) -> tuple[str, ...]:
    """The lawful answers for passages under an exemption code.

    The subject's own health data may be neither disclosed nor withheld without an opinion or the
    subject's own knowledge (DPA 2018 Sch 3 paras 5 and 6), so nothing else is offered.
    """
    if code == HEALTH_LOCK:
        return (KNOWN, NOT_MET, MET)
    return (DISCLOSE, WITHHOLD, AS_MARKED)


@on_answer(CAST)
def _cast_answered(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    body = question.body
    against_law = given.value == DISCLOSE and body.get("treatment") == "hold"
    if against_law and not _text(given, "reason"):
        raise RefusedError(
            "cast.reason",
            f"The law's default for {question.id} is to hold back: {body.get('citation', '')}.",
            "To disclose it, say why that is reasonable (consent, or what the law asks to weigh).",
        )
    if given.value == DISCLOSE and body.get("protected") and body.get("kind") == "contact":
        raise RefusedError(
            "cast.protected",
            f"{question.id} is the whereabouts of somebody who is protected.",
            "It cannot be disclosed while the safety flag stands in the source.",
        )
    return ()


@on_answer(PASSAGE)
def _passage_answered(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if given.value == KNOWN and not _text(given, "how"):
        raise InputError(
            "passage.known",
            "Nothing says how the subject knows this already.",
            "Write how and when: supplied it, was present, signed it, was sent it.",
        )
    if given.value in (NOT_MET, MET):
        _check_opinion(office, given)
    if given.value == AS_MARKED:
        _check_marks(question, given)
    modes = _modes_withheld(question, given)
    if modes and given.value != MET and not _text(given, "reason"):
        raise InputError(
            "passage.reason",
            "Nothing says why these passages are withheld.",
            "Write the reason: which test of the law is met, and on what facts.",
        )
    code = HEALTH_HARM if given.value == MET else str(question.body.get("code", ""))
    check_ground(office, case, code, modes)
    return ()


@on_answer(PAGE)
def _page_answered(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if given.value == STAYS_BACK and not _text(given, "reason"):
        raise InputError(
            "page.reason",
            "Nothing says why the whole page stays back.",
            "Write the reason.",
        )
    return ()


@on_answer(CLASH)
def _clash_answered(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if given.value == DIFFERENCE_RIGHT and not _text(given, "reason"):
        raise InputError(
            "clash.reason",
            "Nothing says why the same sentence may be treated two ways.",
            "Write the reason, or withhold it everywhere.",
        )
    return ()


def _check_opinion(office: Office, given: Given) -> None:
    missing = [k for k in ("by", "qualification", "dated") if not _text(given, k)]
    if missing:
        raise InputError(
            "opinion.incomplete",
            f"The health opinion lacks: {', '.join(missing)}.",
            "Give the professional's name and qualification and the day of the opinion.",
        )
    try:
        dated = dt.date.fromisoformat(_text(given, "dated"))
    except ValueError:
        raise InputError(
            "opinion.date",
            "The day of the opinion is not written as yyyy-MM-dd.",
            "Write it as 2026-11-22.",
        ) from None
    check_opinion_age(office, dated)


def _modes_withheld(question: Question, given: Given) -> list[str]:
    """The disclosure modes of the passages that an answer withholds."""
    passages = question.body.get("passages", ())
    match given.value:
        case "withhold" | "withhold: the opinion says serious harm":
            return [p["mode"] for p in passages]
        case "as marked":
            marks = given.details["marks"]
            return [p["mode"] for p in passages if marks[p["id"]] == WITHHOLD]
        case _:
            return []


def _check_marks(question: Question, given: Given) -> None:
    marks = given.details.get("marks")
    wanted = {p["id"] for p in question.body.get("passages", ())}
    if (
        not isinstance(marks, dict)
        or set(marks) != wanted  # pyright: ignore[reportUnknownArgumentType]
        or not set(marks.values()) <= {DISCLOSE, WITHHOLD}  # pyright: ignore[reportUnknownArgumentType]
    ):
        raise InputError(
            "passage.marks",
            "Not every passage is marked.",
            "Mark each passage as disclosed or withheld.",
        )


def _text(given: Given, name: str) -> str:
    return str(given.details.get(name, "")).strip()
