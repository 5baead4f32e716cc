"""The review questions: their answers, who may give them, and what each must say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from casework.modes import silence_asked
from casework.office import Office
from casework.questions import Given, SignedIn, on_answer
from rights import knowledge, weighing, withholding
from rights.case import Case, Question
from rights.decisions import record
from rights.errors import InputError
from rights.events import Event
from rights.events.kinds import DecisionMade
from rights.exemptions import THIRD_PARTIES, exemption
from rights.release import DisclosureMode, more_silent
from rights.weighing import weighed

CAST, WHO, PASSAGE, PAGE = "cast", "who", "passage", "page"
HIDDEN, CAPITALS, CLASH = "hidden", "capitals", "clash"
HEALTH = "health"
DISCLOSE, WITHHOLD = "disclose", "withhold"
AS_MARKED = "as marked"
CAST_OPTIONS = (DISCLOSE, WITHHOLD)
READ, STAYS_BACK = "read: nothing more to withhold", "withhold the whole page"
NOBODY_ELSE = "looked at: nobody else is in it"
SOMEBODY = "looked at: the people ticked are in it"
PAGE_OPTIONS = (READ, SOMEBODY, STAYS_BACK)
PICTURE_OPTIONS = (NOBODY_ELSE, SOMEBODY, STAYS_BACK)
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


PASSAGE_OPTIONS = (DISCLOSE, WITHHOLD, AS_MARKED)


@on_answer(CAST)
def _cast_answered(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    body = question.body
    factors = weighed(given.details)
    rules = (
        str(body["rule"]),
        *((weighing.RULE,) if factors else ()),
        *((knowledge.RULE,) if body.get("recorded") else ()),
    )
    facts = {"factors": factors, "reason": _text(given, "reason")}
    silence = silence_asked(
        office,
        case,
        question,
        given,
        withholds=given.value == WITHHOLD,
        code=str(body.get("code") or THIRD_PARTIES),
        default=DisclosureMode(body.get("mode") or DisclosureMode.NAMED),
    )
    return (_decided(office, case, question, given, who, rules, facts), *silence)


@on_answer(PASSAGE)
def _passage_answered(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if given.value == AS_MARKED:
        _check_marks(question, given)
    withheld = given.value == WITHHOLD or WITHHOLD in given.details.get("marks", {}).values()
    code = str(question.body.get("code", "")) or THIRD_PARTIES
    ground = exemption(code, office.law, on=office.today())
    rules = (ground.rule_id, withholding.RULE) if withheld else (ground.rule_id,)
    law = [DisclosureMode(p["mode"]) for p in question.body.get("passages", ())]
    silence = silence_asked(
        office,
        case,
        question,
        given,
        withholds=withheld,
        code=code,
        default=reduce(more_silent, law, DisclosureMode.NAMED),
    )
    return (_decided(office, case, question, given, who, rules, given.details), *silence)


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
    from casework.faces import check_named  # which reads the questions about people

    withholds = given.value == STAYS_BACK
    named = check_named(office, case, question, given) if given.value == SOMEBODY else ()
    silent = silence_asked(office, case, question, given, withholds=withholds, code=THIRD_PARTIES)
    return (*silent, *named)


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


def _decided(
    office: Office,
    case: Case,
    question: Question,
    given: Given,
    who: SignedIn,
    rules: tuple[str, ...],
    facts: Mapping[str, object],
) -> DecisionMade:
    """What an answer decides, with the rules it rests on and what they were applied to."""
    return record(
        case,
        actor=who.actor,
        matter=question.id,
        outcome=given.value,
        law=office.law,
        on=office.today(),
        rules=rules,
        facts=facts,
    )


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
