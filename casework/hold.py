"""The hold on deletion: nothing about the subject may be destroyed while a request is open.

To destroy or alter records so as to keep them from a requester is an offence of the council and
of the officer (DPA 2018 s.173). Sources here cannot be told to hold by themselves, so a person
confirms it for each, within one working day; until then it shows as open on the case.
"""

from __future__ import annotations

from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn, ask, on_answer
from rights.case import Case, Question
from rights.clock import hold_confirm_by
from rights.errors import InputError
from rights.events import Event

TOPIC = "hold"
ON_HOLD, NOTHING_DELETED = "on hold", "nothing is deleted there by itself"


def ask_holds(work: Work) -> None:
    """Ask for the hold at every source of the council's list."""
    office = work.office
    today = office.today()
    offence = office.law.dated("deletion.hold", today).citation
    asks = tuple(
        Ask(
            f"hold/{source.name}",
            TOPIC,
            "officer",
            {
                "words": "Is the deletion of records about this person on hold there?",
                "source": source.title,
                "warning": "Altering or destroying them to keep them from the requester is an "
                f"offence ({offence}).",
            },
            (ON_HOLD, NOTHING_DELETED),
            hold_confirm_by(today, office.law),
        )
        for source in office.sources
    )
    ask(work, asks, stage="hold", topics=frozenset({TOPIC}))


@on_answer(TOPIC)
def _confirmed(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if not str(given.details.get("by", "")).strip():
        raise InputError(
            "hold.by",
            "Nothing says who confirmed it.",
            "Write the name of the person who looks after the system and said so.",
        )
    return ()
