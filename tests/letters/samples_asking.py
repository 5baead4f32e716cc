"""Made-up letters while a request is on its way: received, asked back, longer, how far we are."""

import datetime as dt

from letters.context import (
    Acknowledgement,
    ClarificationRequest,
    ExtensionGround,
    ExtensionNotice,
    IdentityNeed,
    IdentityRequest,
    LetterBase,
)
from letters.lapse import LapseNotice
from letters.parts import (
    Subject,
    Window,
)
from letters.progress import ProgressLetter
from tests.letters.samples_people import (
    ROUTES,
)


def asking(**c: object) -> dict[str, LetterBase]:
    """Each way that they can look."""
    return {
        "acknowledgement": Acknowledgement(
            **c,
            received=dt.date(2026, 11, 21),
            understood=("All your records from social care", "Letters about your move in 2009"),
            due=dt.date(2026, 12, 21),
            working="We received your request on Saturday 21 November 2026. One month later is "
            "Monday 21 December 2026.",
        ),
        "acknowledgement-waiting": Acknowledgement(
            **(c | {"window": Window.DL}),
            received=dt.date(2026, 11, 21),
            understood=("All your records from social care",),
            due=None,
            still_needed=("Something that shows us who you are. Our other letter says what.",),
        ),
        "acknowledgement-erasure": Acknowledgement(
            **c,
            asked="to have your data erased",
            received=dt.date(2026, 11, 21),
            understood=("The notes of the family hub from 2012",),
            due=dt.date(2026, 12, 21),
            working="We received your request on Saturday 21 November 2026. One month later is "
            "Monday 21 December 2026.",
        ),
        "identity_request": IdentityRequest(
            **(c | {"window": Window.DL}),
            need=IdentityNeed.IDENTITY,
            doubt="The name on your request is different from the name on our records, and we have "
            "no address for you.",
            accepted=("A passport or driving licence", "A letter from your support worker"),
            how_to_show="You can show it on a video call or bring it to any council office. Please "
            "do not post it.",
        ),
        "authority_request": IdentityRequest(
            **(c | {"subject": Subject("Robin Marsh", is_reader=False)}),
            need=IdentityNeed.AUTHORITY,
            doubt="You are asking for Robin, and we have nothing that shows that Robin agrees.",
            accepted=("A note that Robin has signed", "A court order"),
            how_to_show="You can send a photo of it by email.",
        ),
        "clarification_request": ClarificationRequest(
            **(c | {"window": Window.NOTIFY}),
            unclear="Your letter asks for “the file”. We hold several files about you.",
            volume="We hold about 6,000 pages about you.",
            choices=("The years that matter to you", "Only reports and plans, without emails"),
            meanwhile="We will send you the case summary now, because it is clear you want it.",
            chase=dt.date(2026, 12, 7),
        ),
        "extension_notice": ExtensionNotice(
            **c,
            ground=ExtensionGround.COMPLEXITY,
            reasons=(
                "Your records hold 212 pages from health visitors. The law makes us ask a health "
                "professional about them first.",
                "Two of the files are handwritten and have to be read by eye.",
            ),
            old_due=dt.date(2026, 12, 21),
            new_due=dt.date(2027, 2, 22),
            meanwhile="We will send you the school and housing records by 7 December 2026.",
            routes=ROUTES,
        ),
        "extension_notice-number": ExtensionNotice(
            **c,
            ground=ExtensionGround.NUMBER,
            reasons=("You made three requests in October, and they need the same people.",),
            old_due=dt.date(2026, 12, 21),
            new_due=dt.date(2027, 2, 22),
            meanwhile="We will answer the first of them on time.",
            routes=ROUTES,
        ),
        "lapse_notice": LapseNotice(
            **(c | {"window": Window.DL}),
            asked_on=dt.date(2026, 9, 9),
            question="You asked for everything about your school years. Which schools do you mean?",
            until=dt.date(2026, 12, 20),
            routes=ROUTES,
        ),
        "progress": ProgressLetter(
            **c,
            received=dt.date(2026, 11, 2),
            done=("We have searched for the records.", "We are reading them now."),
            next_steps=("A second person checks our work.", "Then we send you our answer."),
            due=dt.date(2026, 12, 2),
        ),
        "progress-late": ProgressLetter(
            **(c | {"window": Window.DL}),
            received=dt.date(2026, 9, 2),
            asked="to have your data erased",
            done=("We have found out where the data stand.",),
            next_steps=("A manager decides.",),
            due=dt.date(2026, 10, 2),
            late=True,
            routes=ROUTES,
            free_text=("We spoke on the phone on 20 November.",),
        ),
        "progress-waiting": ProgressLetter(
            **c,
            received=dt.date(2026, 11, 2),
            done=("We have asked you a question.",),
            next_steps=("When we have your answer, we go on.",),
            due=None,
        ),
    }
