"""Made-up letters about limiting a use, objecting to it, and taking consent back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from letters.consent import ConsentLetter, GoesOn
from letters.context import LetterBase
from letters.objection import MarketingStopped, Objected, ObjectionLetter, UseDecided
from letters.parts import ComplaintRoute, Window
from letters.restriction import LiftingNotice, Restricted, RestrictionLetter

_ASKED_ON = {"received": dt.date(2026, 11, 2)}
_LIMITED = {
    "because": ("You say that these records are wrong, and we are checking them.",),
    "records": ("Home visit, 2 February 2012", "Review, 1 June 2012"),
    "still": (
        "We may keep them.",
        "We may use them if you agree.",
        "We may use them to protect somebody else.",
    ),
    "ends": ("It lasts until we have checked them.",),
    "told": ("NHS organisations",),
}
_ADVICE = UseDecided(
    "Help you to find advice, services and groups",
    False,
    "Sessions are planned by who comes to them.",
    "It is needed for a task in the public interest or an official function",
    "Article 6(1)(e) of the UK GDPR",
)
_NEWS = UseDecided(
    "Planning of holiday groups", True, "", "It is needed for a task", "Article 6(1)(e)"
)
_SITUATION = "I left care ten years ago and do not want to be found by my old placement."


def limiting(c: Mapping[str, Any], routes: tuple[ComplaintRoute, ...]) -> dict[str, LetterBase]:
    """Letters about limiting, objecting and taking consent back."""
    o = {**c} | _ASKED_ON | {"situation": _SITUATION}
    return {
        "restriction_letter": RestrictionLetter(
            **({**c} | {"window": Window.DL}), **_ASKED_ON, **_LIMITED, outcome=Restricted.ALL
        ),
        "restriction_letter-part": RestrictionLetter(
            **c,
            **_ASKED_ON,
            **_LIMITED,
            outcome=Restricted.PART,
            why_not=("You told us that what this one says is right.",),
            citation="Article 18(1) of the UK GDPR",
            routes=routes,
        ),
        "restriction_letter-not": RestrictionLetter(
            **c,
            **_ASKED_ON,
            outcome=Restricted.NOT,
            why_not=("You do not say that a record is wrong, and we use them as the law asks.",),
            citation="Article 18(1) of the UK GDPR",
            routes=routes,
        ),
        "restriction_lifting": LiftingNotice(
            **({**c} | {"window": Window.DL}),
            since=dt.date(2026, 11, 9),
            not_before=dt.date(2026, 12, 7),
            records=("Home visit, 2 February 2012",),
            why=("We have checked the record, and we put right what was wrong.",),
            routes=routes,
        ),
        "objection_letter": ObjectionLetter(
            **(o | {"window": Window.DL}), outcome=Objected.STOPPED, uses=(_NEWS,), limited=True
        ),
        "objection_letter-part": ObjectionLetter(
            **o,
            outcome=Objected.PART,
            uses=(_NEWS, _ADVICE),
            marketing=("News of the family hub",),
            limited=True,
            told=("NHS organisations",),
            routes=routes,
        ),
        "objection_letter-continues": ObjectionLetter(
            **o,
            outcome=Objected.CONTINUES,
            uses=(_ADVICE,),
            limited=True,
            limit_ends=dt.date(2026, 12, 7),
            routes=routes,
        ),
        "objection_letter-no-right": ObjectionLetter(
            **o,
            outcome=Objected.NO_RIGHT,
            uses=(
                UseDecided(
                    "Keep children safe",
                    False,
                    "A law tells us to do this.",
                    "The law requires us to",
                    "Article 6(1)(c) of the UK GDPR",
                ),
            ),
            routes=routes,
        ),
        "marketing_stopped": MarketingStopped(
            **c,
            **_ASKED_ON,
            what=("News of the family hub",),
            stopped_on=dt.date(2026, 11, 3),
            kept=("your email address",),
        ),
        "consent_letter": ConsentLetter(
            **c,
            **_ASKED_ON,
            stopped=("Invitations and photographs",),
            stopped_on=dt.date(2026, 11, 3),
        ),
        "consent_letter-goes-on": ConsentLetter(
            **({**c} | {"window": Window.DL}),
            **_ASKED_ON,
            stopped=("Emails with news of the hub",),
            stopped_on=dt.date(2026, 11, 3),
            goes_on=(
                GoesOn(
                    "Messages about sessions that you booked",
                    "It is needed for a task in the public interest or an official function",
                    "Article 6(1)(e) of the UK GDPR",
                ),
            ),
            routes=routes,
        ),
        "consent_letter-other-basis": ConsentLetter(
            **c,
            **_ASKED_ON,
            stopped=(),
            stopped_on=dt.date(2026, 11, 3),
            goes_on=(
                GoesOn(
                    "The care plan",
                    "The law requires us to",
                    "Article 6(1)(c) of the UK GDPR",
                ),
            ),
            routes=routes,
        ),
    }
