"""Made-up letters about erasing records and taking them elsewhere."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from letters.context import LetterBase
from letters.erasure import Erasing, ErasureCertificate, ErasureLetter, GoneRow, KeptRow
from letters.parts import ComplaintRoute
from letters.portability import ExportFile, PortabilityLetter

_ASKED_ON = {"received": dt.date(2026, 11, 2)}
_GONE = (
    GoneRow(
        "2 case notes, from 1 February 2012 to 2 February 2012",
        "Children's case system",
        "20 November 2026",
        "The system removed 2 entries. We looked again afterwards, and it was not there.",
    ),
    GoneRow(
        "1 message, of 15 June 2012",
        "Team mailbox",
        "20 November 2026",
        "The team that looks after the system erased it and told us so in writing.",
    ),
)
_KEPT = (
    KeptRow(
        "3 documents, from 1 June 2012 to 1 July 2012 (Shared folders)",
        (
            "They show what was done for you as a child.",
            "The law lets us keep it because we need it to do our public task.",
            "Kept for 75 years after birth (11 April 2003), so until 11 April 2078.",
        ),
        "UK GDPR Art 17(3)(b)",
    ),
)
_ELSEWHERE = "Backups still hold it. They are written over within 90 days."


def erasing(c: Mapping[str, Any], routes: tuple[ComplaintRoute, ...]) -> dict[str, LetterBase]:
    """Every way the letters can look."""
    c = {**c} | _ASKED_ON
    limited = (KeptRow(_KEPT[0].what, _KEPT[0].why, _KEPT[0].citation, limited=True),)
    done: dict[str, Any] = {"gone": _GONE, "elsewhere": _ELSEWHERE}
    return {
        "erasure_letter": ErasureLetter(
            **c,
            **done,
            outcome=Erasing.PART,
            kept=_KEPT,
            told=("NHS organisations",),
            public=("Our web page: we took the photograph down and asked two search services.",),
            marked=True,
            listed=("Family hubs' mailing list",),
            routes=routes,
        ),
        "erasure_letter_all": ErasureLetter(**c, **done, outcome=Erasing.ALL),
        "erasure_letter_later": ErasureLetter(
            **c,
            outcome=Erasing.ALL,
            to_go=("2 case notes, from 1 February 2012 to 2 February 2012 (Case system)",),
            waits_until=dt.date(2026, 12, 21),
            why_later="You have asked for a copy, and we send that first.",
            elsewhere=_ELSEWHERE,
            routes=routes,
        ),
        "erasure_letter_limited": ErasureLetter(
            **c, outcome=Erasing.LIMITED, kept=limited, routes=routes
        ),
        "erasure_letter_refused": ErasureLetter(
            **c, outcome=Erasing.NOT, kept=_KEPT, routes=routes
        ),
        "erasure_letter_nothing": ErasureLetter(**c, outcome=Erasing.NOTHING, routes=routes),
        "erasure_certificate": ErasureCertificate(**c, **done, kept=_KEPT, marked=True),
        "portability_letter": PortabilityLetter(
            **c,
            file=ExportFile(
                "POR-2026-0001-K.zip",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                3,
                ("data.json: everything", "table-1.csv: Sign-up, from Youth service"),
            ),
            how_handed="We hand it to you apart from this letter. Please call us.",
            not_covered=("Children's case system: it was written by us.",),
            citation="UK GDPR Art 20",
            routes=routes,
        ),
        "portability_letter_refused": PortabilityLetter(
            **c,
            not_covered=("Children's case system: we use it for our public task.",),
            citation="UK GDPR Art 20",
            copy_asked=True,
            routes=routes,
        ),
    }
