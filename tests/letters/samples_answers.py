"""Made-up answers to a request as a whole, with and without a pack."""

import datetime as dt
from dataclasses import replace

from letters.context import (
    CoverLetter,
    LetterBase,
    Outcome,
    SentBefore,
)
from letters.parts import SearchResult, Window
from letters.refusal import FeeNotice, RefusalLetter, RefusedFor
from letters.triage import TriageNotice
from rights.law import load
from rights.standing import triage_outcomes
from tests.letters.samples_people import (
    DAY,
    GENERAL,
    NAMED,
    ROUTES,
    SEARCHED,
)

_FOUND_NOTHING = tuple(replace(line, result=SearchResult.NOTHING) for line in SEARCHED)
_OUTCOME = {
    "received": dt.date(2026, 10, 26),
    "searched": SEARCHED,
    "routes": ROUTES,
}
_SENT = {
    "pages": 143,
    "how_sent": "The pack is a file that opens with a passphrase. We will send the passphrase by "
    "text message.",
    "offer": "Asha Bell can go through the pack with you, in person or by phone.",
}


def answering(**c: object) -> dict[str, LetterBase]:
    """Each way that they can look."""
    return {
        "cover_letter-full": CoverLetter(**c, **_OUTCOME, **_SENT, outcome=Outcome.FULL),
        "cover_letter-part": CoverLetter(
            **(c | {"window": Window.DL}),
            **_OUTCOME,
            **_SENT,
            outcome=Outcome.PART,
            withheld=(NAMED, GENERAL),
        ),
        "cover_letter-general": CoverLetter(
            **c, **_OUTCOME, **_SENT, outcome=Outcome.PART, withheld=(GENERAL,), where_shown=False
        ),
        "cover_letter-first": CoverLetter(
            **c,
            **_OUTCOME,
            **_SENT,
            outcome=Outcome.FULL,
            more_to_come=True,
            due=dt.date(2026, 12, 21),
        ),
        "cover_letter-last": CoverLetter(
            **c,
            **_OUTCOME,
            **_SENT,
            outcome=Outcome.PART,
            withheld=(NAMED,),
            part=2,
            sent_before=(SentBefore(1, dt.date(2026, 12, 1), 96),),
        ),
        "cover_letter-completes": CoverLetter(
            **c,
            **_OUTCOME,
            outcome=Outcome.NOTHING,
            part=2,
            sent_before=(SentBefore(1, dt.date(2026, 12, 1), 96),),
        ),
        "cover_letter-withheld": CoverLetter(
            **c, **_OUTCOME, outcome=Outcome.WITHHELD, withheld=(NAMED,), where_shown=False
        ),
        "cover_letter-nothing": CoverLetter(
            **c, **(_OUTCOME | {"searched": _FOUND_NOTHING}), outcome=Outcome.NOTHING
        ),
        "refusal_letter": RefusalLetter(
            **(c | {"window": Window.DL}),
            received=dt.date(2026, 11, 2),
            told=RefusedFor.REASON,
            reason="The law lets us refuse a request when it is clearly not made to use the right "
            "that the law gives.",
            facts=(
                "On 9 November you wrote that you would take your request back if we paid you "
                "£2,000.",
                "We wrote back on 12 November and asked what you would like to know. You said that "
                "you do not want any records.",
            ),
            citation="Article 12(5) of the UK GDPR",
            routes=ROUTES,
            next_steps=(
                "If you would like your records after all, please tell us. We will start at once.",
            ),
        ),
        "refusal_letter-general": RefusalLetter(
            **c, received=dt.date(2026, 11, 2), told=RefusedFor.GENERAL, routes=ROUTES
        ),
        "refusal_letter-erasure": RefusalLetter(
            **c,
            received=dt.date(2026, 11, 2),
            asked="to have your data erased",
            told=RefusedFor.REASON,
            reason="The law lets us refuse a request that is clearly not made to use the right "
            "that the law gives.",
            facts=("You wrote that you would drop it if we paid you.",),
            citation="Article 12(5) of the UK GDPR",
            routes=ROUTES,
        ),
        "refusal_letter-neither": RefusalLetter(
            **c, received=dt.date(2026, 11, 2), told=RefusedFor.NEITHER, routes=ROUTES
        ),
        "fee_notice": FeeNotice(
            **c,
            received=dt.date(2026, 11, 2),
            pence=1250,
            reason="The law lets us ask for a fee when a request is clearly unreasonable, weighed "
            "against the work it makes.",
            facts=("You asked for the same records in August, and we sent them on 3 September.",),
            basis="Copying and posting 125 pages costs us 10 pence a page.",
            citation="Article 12(5) of the UK GDPR",
            routes=ROUTES,
        ),
        "triage_notice": triage_notices(**c)["freedom of information"],
        "triage_notice-died": triage_notices(**c)["died"],
    }


def triage_notices(**fields: object) -> dict[str, TriageNotice]:
    """The letter about each thing that is no data rights request, by its code."""
    return {
        outcome.code: TriageNotice(
            **fields,
            received=dt.date(2026, 11, 20),
            what=outcome.plain,
            paragraphs=outcome.letter,
            routes=ROUTES,
        )
        for outcome in triage_outcomes(load(), DAY)
        if outcome.writes
    }
