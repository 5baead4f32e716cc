"""Before anybody outside is asked or told: what must be settled about that contact first.

A letter to a third person, a recipient or a professional can tell an ex-partner that somebody
asked. So whoever writes it looks first: does it show who asked, and do they agree; is it safe; does
it hold no more than is needed; and where something speaks against it, does the social work manager
agree. Waiting for an answer never stops the time of the request; no reply is not a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from rights.case import Case
from rights.errors import InputError, RefusedError

MAY = "may be contacted"
"""Outcome of the decision on a contact. What may not be contacted has none, and stays undone."""
AGREES = "the manager agrees"
CONTACT = "contact"
MANAGER = "contact manager"
"""Matters: what is settled about one contact, and that the social work manager agrees to it."""


class Purpose(StrEnum):
    """Why somebody outside is written to."""

    CONSENT = "consent request"
    RECIPIENT = "recipient notice"
    OPINION = "opinion request"
    CHASE = "source chase"
    AGENT = "agent letter"


@dataclass(frozen=True, slots=True)
class PurposeRule:
    """What goes with a purpose.

    Attributes:
        least: What the addressee needs to be told, and no more.
        by_law: The law has us write, so that telling the requester is enough and their wish
            against it does not stop it by itself.
    """

    least: str
    by_law: bool


PURPOSES: Mapping[Purpose, PurposeRule] = {
    Purpose.CONSENT: PurposeRule(
        "What would be shown of this person, in general words. Who asked only if they agree.", False
    ),
    Purpose.RECIPIENT: PurposeRule(
        "Whose data it is, and what is to be corrected, erased or restricted on their side.", True
    ),
    Purpose.OPINION: PurposeRule(
        "Whose health data it is, and the passages alone: no address, no other person's number.",
        True,
    ),
    Purpose.CHASE: PurposeRule("Whose records are looked for, and by when.", True),
    Purpose.AGENT: PurposeRule("That a request was received, and what it still needs.", False),
}


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter would go to.

    Attributes:
        id: A code free of personal data: a person of the cast, a recipient of the register.
        flags: Why they call for care, in words: a safety flag, an alleged perpetrator.
    """

    id: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ToSettle:
    """One thing to be settled before a contact: its name in the entries, and the answers."""

    name: str
    title: str
    answers: tuple[str, ...]


NOT_SHOWN, SHOWN = "no, they cannot tell", "yes, or they can guess it"
AGREED, TOLD, NOT_AGREED = (
    "they agree",
    "the law has us write, and they were told",
    "they do not agree, or were not asked",
)
SAFE, SPEAKS_AGAINST, NOT_LOOKED = (
    "looked up: nothing speaks against it",
    "looked up: something speaks against it",
    "not looked up",
)
NO_MORE, MORE = "no more than that", "more than that"

REVEALS = ToSettle("revealed", "Can they tell from it who asked?", (NOT_SHOWN, SHOWN))
AGREEMENT = ToSettle("agreed", "If they can: does the requester agree?", (AGREED, TOLD, NOT_AGREED))
SAFETY = ToSettle(
    "safe", "Is it safe to write to them, by the records?", (SAFE, SPEAKS_AGAINST, NOT_LOOKED)
)
LEAST = ToSettle("least", "Does it tell them no more than they need?", (NO_MORE, MORE))
PLAIN: Mapping[str, str] = {"revealed": NOT_SHOWN, "safe": SAFE, "least": NO_MORE}
"""The entries of a contact that shows nobody and that nothing speaks against."""


def matter_of(purpose: Purpose, addressee: str) -> str:
    """The matter of a decision on one contact."""
    return f"{CONTACT}/{purpose}/{addressee}"


def is_settled(case: Case, purpose: Purpose, addressee: str) -> bool:
    """Whether it was decided that this contact may be made."""
    made = case.decision(matter_of(purpose, addressee))
    return made is not None and made.event.outcome == MAY


def may_contact(case: Case, addressee: Addressee, purpose: Purpose) -> tuple[ToSettle, ...]:
    """What must be settled before this contact is made; nothing once it is."""
    return () if is_settled(case, purpose, addressee.id) else checks_for(purpose)


def checks_for(purpose: Purpose) -> tuple[ToSettle, ...]:
    """What is settled before a contact of this purpose, in the order in which it is asked.

    That the law has us write is no answer where it does not.
    """
    answers = tuple(a for a in AGREEMENT.answers if a != TOLD or PURPOSES[purpose].by_law)
    return (REVEALS, replace(AGREEMENT, answers=answers), SAFETY, LEAST)


def reasons_for_care(case: Case, addressee: Addressee) -> tuple[str, ...]:
    """Why the social work manager must agree to a contact, in words for the desk."""
    reasons = list(addressee.flags)
    if case.opened is not None and case.opened.danger:
        reasons.append("the request was received with a warning that somebody may be in danger")
    if case.people is not None and case.people.coercion_suspected:
        reasons.append("somebody seems to make the person ask")
    return tuple(reasons)


def manager_agrees(case: Case, addressee: str, purpose: Purpose) -> bool:
    """Whether the social work manager agreed to this contact, or to all of its kind."""
    matters = (f"{MANAGER}/{purpose}/{addressee}", f"{MANAGER}/{purpose}")
    made = (case.decision(matter) for matter in matters)
    return any(d is not None and d.event.outcome == AGREES for d in made)


def check_contact(
    case: Case, addressee: Addressee, purpose: Purpose, entries: Mapping[str, str]
) -> None:
    """Whether a contact may be made by what was entered about it.

    Raises:
        InputError: ``contact.missing``: something was not answered.
        RefusedError: ``contact.agreement``, ``contact.safety``, ``contact.manager`` or
            ``contact.least``.
    """
    shown = entries.get(REVEALS.name) == SHOWN
    asked = [REVEALS, *([AGREEMENT] if shown else []), SAFETY, LEAST]
    missing = [a.title for a in asked if entries.get(a.name) not in a.answers]
    if missing:
        raise InputError(
            "contact.missing",
            f"Before anybody outside is written to, it must be settled: {' '.join(missing)}",
            "Look in the records, ask the requester where it shows them, and choose an answer.",
        )
    lawful = {AGREED, TOLD} if PURPOSES[purpose].by_law else {AGREED}
    if shown and entries[AGREEMENT.name] not in lawful:
        raise RefusedError(
            "contact.agreement",
            "The letter shows who asked, and the requester does not agree.",
            "Word it so that it shows nobody, ask the requester, or decide without this contact.",
        )
    if entries[SAFETY.name] == NOT_LOOKED:
        raise RefusedError(
            "contact.safety",
            "Nobody has looked whether it is safe to write to them.",
            "Look at the warnings on the records of everybody concerned.",
        )
    care = entries[SAFETY.name] == SPEAKS_AGAINST or bool(reasons_for_care(case, addressee))
    if care and not manager_agrees(case, addressee.id, purpose):
        raise RefusedError(
            "contact.manager",
            "Something speaks against writing to them, and the social work manager has not agreed.",
            "Ask the social work manager to look at it on the page Contact with others.",
        )
    if entries[LEAST.name] == MORE:
        raise RefusedError(
            "contact.least",
            "The letter tells them more than they need.",
            f"Leave it at this: {PURPOSES[purpose].least}",
        )
