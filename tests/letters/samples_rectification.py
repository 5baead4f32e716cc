"""Made-up answers to requests to put something right."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from letters.context import LetterBase
from letters.parts import ComplaintRoute, Window
from letters.rectification import PointAnswer, PointEnd, RectificationLetter, Rectified

_ASKED_ON = {"received": dt.date(2026, 11, 2)}
_RULE = "UK GDPR Art 16 with DPA 2018 s.205(1)"
_VISIT = ("Home visit, 2 February 2012",)
_CORRECTED = PointAnswer(
    1,
    "I never wanted to be a vet. I wanted to be a nurse.",
    PointEnd.CORRECTED,
    _VISIT,
    was="wants to be a vet",
    now="wants to be a nurse",
    opinion="An opinion rested on this: “She dreams”. We asked the person who wrote it. They told "
    "us that they no longer hold it, and this is now noted beside it.",
)
_COMPLETED = PointAnswer(
    2,
    "It leaves out that I asked to go home.",
    PointEnd.COMPLETED,
    _VISIT,
    beside="I asked three times that week if I could go home.",
)
_NOTED = PointAnswer(
    3,
    "I was not difficult.",
    PointEnd.NOTED,
    ("Review, 1 June 2012",),
    beside="I was not difficult. I was afraid.",
    reason="This is what your social worker thought at the time, and it is written down as that.",
    citation=_RULE,
)
_LABELLED = PointAnswer(
    4,
    "It is a lie that I stole.",
    PointEnd.LABELLED,
    ("Contact, 1 February 2012",),
    beside="The police looked into it and found nothing.",
    reason="It is true that somebody said this to us, and we must keep what was said.",
    citation=_RULE,
)
_REFUSED = PointAnswer(
    5,
    "My date of birth is wrong.",
    PointEnd.REFUSED,
    ("School record, 3 September 2008",),
    reason="It is the same as on your birth certificate, which you sent us.",
    citation=_RULE,
)


def rectifying(c: Mapping[str, Any], routes: tuple[ComplaintRoute, ...]) -> dict[str, LetterBase]:
    """Letters about putting something right."""
    common: dict[str, Any] = {**c, **_ASKED_ON}
    posted: dict[str, Any] = {**common, "window": Window.DL}
    return {
        "rectification_letter": RectificationLetter(
            **posted,
            outcome=Rectified.CORRECTED,
            points=(_CORRECTED,),
            told=("Police", "NHS organisations"),
            limited=True,
            limit_ends=dt.date(2026, 12, 7),
        ),
        "rectification_letter-completed": RectificationLetter(
            **common, outcome=Rectified.COMPLETED, points=(_COMPLETED,)
        ),
        "rectification_letter-partly": RectificationLetter(
            **common,
            outcome=Rectified.PARTLY,
            points=(_CORRECTED, _COMPLETED, _NOTED, _LABELLED, _REFUSED),
            told=("Police",),
            routes=routes,
        ),
        "rectification_letter-refused": RectificationLetter(
            **common,
            outcome=Rectified.REFUSED,
            points=(_NOTED, _LABELLED, _REFUSED),
            routes=routes,
        ),
    }
