"""Made-up letters to somebody other than whoever asks."""

import datetime as dt
from collections.abc import Mapping

from letters.chase import SourceChase
from letters.consent_request import ConsentRequest
from letters.context import (
    LetterBase,
)
from letters.opinion import OpinionRequest, Passage
from letters.parts import (
    Reader,
    Subject,
    Window,
)
from letters.recipient import Change, RecipientNotice, Replaced
from tests.letters.samples_people import (
    COMMON,
)

_ASKED = COMMON | {
    "reader": Reader("Dr Lena Fenn", "Dr Lena Fenn", ("Child Health Clinic", "2 Quay Road")),
    "subject": Subject("Jordan Marsh", is_reader=False),
    "window": Window.DL,
    "support": (),
    "born": dt.date(2003, 4, 11),
    "qualification": "a children's doctor",
    "why_them": "The health professional who was last responsible for the person's care.",
    "lock": ("We are not health professionals, so we can neither send it nor keep it back alone.",),
    "lock_citation": "paragraph 6 of Schedule 3 to the Data Protection Act 2018",
    "test": (
        "Would giving this information to the person be likely to cause serious harm to the "
        "health of that person, or of anybody else?",
        "Distress or upset alone is not serious harm.",
    ),
    "test_citation": "paragraph 2 of Schedule 3 to the Data Protection Act 2018",
    "months": 6,
    "answer_by": dt.date(2026, 12, 7),
    "schedule": 1,
}
_PASSAGES = (
    Passage(1, "Home visit, 2 February 2012, page 1", "Jordan has asthma and uses an inhaler."),
    Passage(2, "Review, page 3", "He was seen by CAMHS twice and did not go again."),
)
_TOLD = COMMON | {
    "reader": Reader("Schools data desk", "Schools data desk", ("4 Quay Road", "Marram Bay")),
    "subject": Subject("Jordan Marsh", is_reader=False),
    "support": (),
    "born": dt.date(2003, 4, 11),
    "services": ("Social work", "Health visiting"),
}
_WHICH = ("3 records, from 1 February 2012 to 20 March 2012", "1 record without a date")


def to_others(changes: Mapping[str, object], **c: object) -> dict[str, LetterBase]:
    """Each way that they can look.

    Args:
        changes: What is asked to be different, whatever the letter has of its own.
        c: What every letter has.
    """
    return {
        "opinion_request": OpinionRequest(**(_ASKED | changes), passages=_PASSAGES),
        "opinion_request-one": OpinionRequest(
            **(
                _ASKED
                | changes
                | {
                    "born": None,
                    "window": Window.NONE,
                    "reader": Reader("Mx Robin Tidy", "Mx Tidy"),
                }
            ),
            passages=_PASSAGES[:1],
        ),
        "recipient_notice": RecipientNotice(
            **(c | _TOLD | {"window": Window.DL}),
            change=Change.CORRECT,
            replaced=(
                Replaced("Born on 4 November 2003", "Born on 11 April 2003"),
                Replaced("", "The school wrote in 2016 that this was a mistake."),
            ),
        ),
        "recipient_notice-erase": RecipientNotice(
            **(c | _TOLD | {"born": None}), change=Change.ERASE, which=_WHICH
        ),
        "recipient_notice-limit": RecipientNotice(**(c | _TOLD), change=Change.LIMIT, which=_WHICH),
        "recipient_notice-lift": RecipientNotice(**(c | _TOLD), change=Change.LIFT, which=_WHICH),
        "source_chase": SourceChase(
            **(c | {k: _TOLD[k] for k in ("reader", "subject", "support")}),
            place="Estuary Carers: assessments of carers",
            asked_on=dt.date(2026, 11, 2),
            search_by=("Name: Jordan Marsh, before Jordan Tidy", "Date of birth: 11 April 2003"),
            answer_by=dt.date(2026, 11, 30),
        ),
        "source_chase-first": SourceChase(
            **(c | {k: _TOLD[k] for k in ("reader", "subject", "support")}),
            place="Paper files in the off-site store",
            asked_on=dt.date(2026, 11, 2),
            search_by=("Name: Jordan Marsh, before Jordan Tidy", "Date of birth: 11 April 2003"),
            look_through=("the box list", "every box that the list names"),
            answer_by=dt.date(2026, 11, 23),
            first=True,
        ),
        "consent_request": ConsentRequest(
            **(c | {"subject": Subject("Robin Marsh", is_reader=False), "window": Window.DL}),
            names_requester=True,
            about=("That you were a friend of the family in 2011", "What you told us about school"),
            answer_by=dt.date(2026, 12, 7),
        ),
        "consent_request-unnamed": ConsentRequest(
            **(c | {"subject": Subject("Robin Marsh", is_reader=False), "support": ()}),
            names_requester=False,
            about=("What you told us about a neighbour",),
            answer_by=dt.date(2026, 12, 7),
        ),
    }
