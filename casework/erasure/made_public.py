"""What we made public and erase now: each place is a task until others who use it were told.

Law: UK GDPR Art 17(2). Reasonable steps are owed, with regard to what can be done and what it
costs: what was done in each place, or why nothing can be, is decided by a person, stands in the
journal, and is printed in the reply.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn
from casework.refusing import facts_of
from casework.restriction.records import entry
from rights.case import Case, Decision, Question
from rights.decisions import record, right_table
from rights.decisions.record import OUTCOME
from rights.errors import InputError
from rights.events import Event
from rights.release import Right

MATTER = "public"
ASKED, GONE, TOO_MUCH = (
    "those who show it were asked to remove it",
    "nobody else shows it: it was taken down",
    "nothing can be done that is reasonable",
)


def places_entry() -> dict[str, Any]:
    """The field for what was made public."""
    return entry(
        "public",
        "Where we made any of it public",
        "One place on each line: a web page, a newsletter, a committee paper. Each becomes a task. "
        "Left empty when none of it was made public.",
    )


def places_of(entered: str) -> list[str]:
    """The places, one on a line."""
    return [line.strip() for line in entered.splitlines() if line.strip()]


def asks_for(work: Work) -> tuple[Ask, ...]:
    """A task for each place about which nothing was decided since the outcome."""
    stands = work.case.decision(OUTCOME)
    if stands is None or work.case.right is not Right.ERASURE:
        return ()
    facts = facts_of(stands)
    if facts.get("waits_until"):
        return ()
    return tuple(
        _ask(number, place)
        for number, place in enumerate(facts.get("public", ()), start=1)
        if _decided(work.case, number, place) is None
    )


def _ask(number: int, place: str) -> Ask:
    body = {
        "title": place,
        "place": place,
        "words": "We made it public here, and it is erased. Find out who else shows it, such as a "
        "search service or a site that copied it, and ask them to remove links and copies.",
        "entries": [
            entry("done", "What was done, and who was asked", "Printed in the reply.", "area"),
            entry("on", "On which day", "", "date", goes_with=[ASKED, GONE]),
        ],
    }
    mark = sha256(place.encode()).hexdigest()[:8]
    return Ask(f"{MATTER}/{number}/{mark}", "recipient", "officer", body, (ASKED, GONE, TOO_MUCH))


def is_about_a_place(question: Question) -> bool:
    """Whether a question is one of these tasks."""
    return question.id.startswith(f"{MATTER}/")


def settled(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    """The decision on one place.

    Raises:
        InputError: nothing says what was done, or when.
    """
    done = str(given.details.get("done", "")).strip()
    if not done:
        raise InputError(
            "public.done",
            "Nothing says what was done about this place, or why nothing can be.",
            "Write it for the person: who was asked, or what makes asking impossible.",
        )
    facts = {"place": str(question.body["place"]), "done": done, "on": ""}
    if given.value != TOO_MUCH:
        try:
            facts["on"] = dt.date.fromisoformat(str(given.details.get("on", ""))).isoformat()
        except ValueError:
            raise InputError(
                "public.day",
                "The day is missing or not written as yyyy-MM-dd.",
                "Write it as 2026-11-22.",
            ) from None
    made = record(
        case,
        actor=who.actor,
        matter=question.id.rpartition("/")[0],
        outcome=given.value,
        law=office.law,
        on=office.today(),
        rules=(right_table(Right.ERASURE, office.law, on=office.today()).rule_id,),
        facts=facts,
    )
    return (made,)


def told_of(case: Case, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """A line for each place, for the reply: where it was, and what was done."""
    lines: list[str] = []
    for number, place in enumerate(facts.get("public", ()), start=1):
        decided = _decided(case, number, place)
        if decided is not None:
            done = str(facts_of(decided)["done"])
            lines.append(f"{place}: {done if done[-1:] in '.!?' else f'{done}.'}")
    return tuple(lines)


def _decided(case: Case, number: int, place: str) -> Decision | None:
    """What was decided on this very place; the list may have been entered anew since."""
    known = case.decision(f"{MATTER}/{number}")
    return known if known and facts_of(known)["place"] == place else None
