"""Settling a demo case's locked health data by rules, through the same functions as the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casework.office import Office
    from casework.questions import SignedIn
    from rights.release import CaseRef


def unlock(
    office: Office,
    ref: CaseRef,
    rules: Mapping[str, Any],
    who: SignedIn,
) -> None:
    """Record what the subject knows, ask one professional about the rest, and record the answer.

    Raises:
        RefusedError: a gate refused it.
    """
    from casework.opinions import open_questions
    from casework.unlocking import mark_known
    from rights.gates.guards.health import SUBJECT

    known: list[str] = []
    rest: list[str] = []
    for question in open_questions(office.case(ref)):
        title = str(question.body["title"]).casefold()
        seen = any(words in title for words in rules["known"]["titles"])
        (known if seen else rest).extend(question.body["items"])
    today = office.today()
    if known:
        how = str(rules["known"]["how"])
        mark_known(office, ref, known, whose=SUBJECT, how=how, known_on=today, who=who)
    if rest:
        _ask(office, ref, rest, rules["opinion"], who)


def _ask(
    office: Office, ref: CaseRef, items: list[str], rule: Mapping[str, Any], who: SignedIn
) -> None:
    from casework.bundle import load_bundle
    from casework.unlocking import ask_professional, record_opinion
    from rights.opinions import Giver, Professional

    today = office.today()
    professional = Professional(
        name=rule["name"],
        qualification=rule["qualification"],
        address=tuple(rule["address"]),
        why=office.law.words("health.professional", today)[0],
    )
    bundle = load_bundle(office.reading(ref))
    case = ask_professional(office, ref, items, professional, bundle, who, contact=rule["contact"])
    name, asked = list(case.opinions.items())[-1]
    record_opinion(
        office,
        ref,
        name,
        harm=(),
        no_harm=range(1, len(asked.asked.items) + 1),
        by=Giver(name=professional.name, qualification=professional.qualification),
        dated=today,
        received_on=today,
        who=who,
    )
