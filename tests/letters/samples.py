"""Made-up contexts for every letter: nobody in them exists."""

import datetime as dt
from io import BytesIO

from pikepdf import Pdf

from letters.chase import SourceChase
from letters.consent_request import ConsentRequest
from letters.context import (
    Acknowledgement,
    ClarificationRequest,
    CoverLetter,
    ExtensionGround,
    ExtensionNotice,
    IdentityNeed,
    IdentityRequest,
    LetterBase,
    Outcome,
    SentBefore,
)
from letters.languages import EASY
from letters.lapse import LapseNotice
from letters.opinion import OpinionRequest, Passage
from letters.parts import (
    ComplaintRoute,
    Contact,
    GlossaryEntry,
    Letterhead,
    Reader,
    ReaderKind,
    SearchLine,
    SearchResult,
    Subject,
    SupportContact,
    Window,
    Withholding,
)
from letters.progress import ProgressLetter
from letters.recipient import Change, RecipientNotice, Replaced
from letters.refusal import FeeNotice, RefusalLetter, RefusedFor
from letters.sheets import (
    Article15Sheet,
    DisclosedPart,
    LabelMeaning,
    PackContext,
    RedactionRow,
    SearchCertificate,
    ServiceInformation,
)
from letters.triage import TriageNotice
from rights.law import load
from rights.release import Told
from rights.standing import triage_outcomes
from tests.letters.samples_complaints import complaining
from tests.letters.samples_copies import copying
from tests.letters.samples_erasure import erasing
from tests.letters.samples_limiting import limiting
from tests.letters.samples_rectification import rectifying

DAY = dt.date(2026, 11, 23)
LETTERHEAD = Letterhead(
    council="Marram Bay Council",
    department="Children and Families, Information Governance",
    address_lines=("Marram House", "1 Harbour Street", "Marram Bay", "MB1 1AA"),
    phone="01632 960100",
    email="records@marrambay.example",
    website="www.marrambay.example",
)
CONTACT = Contact("Asha Bell", "Information officer", "01632 960101", "asha.bell@marrambay.example")
READER = Reader(
    "Jordan Marsh", "Jordan", ("Flat 2", "14 Tern Lane", "Whitby Sands", "Marram Bay", "MB3 4QT")
)
SUBJECT = Subject("Jordan Marsh")
ROUTES = (
    ComplaintRoute(
        "complain to the council",
        "Write to the address above, email records@marrambay.example or phone 01632 960100. We "
        "will reply within 30 days to say we have it.",
        "section 164A of the Data Protection Act 2018",
    ),
    ComplaintRoute(
        "complain to the regulator",
        "Phone 0303 123 1113 or go to ico.org.uk. It is best to ask us first.",
        "section 165 of the Data Protection Act 2018",
    ),
    ComplaintRoute(
        "go to court",
        "A court can order us to do what the law says. You may want legal advice first.",
        "section 167 of the Data Protection Act 2018",
    ),
)
SUPPORT = (
    SupportContact(
        "The Care Leavers' Association",
        "help for people who grew up in care.",
        web="careleavers.example",
    ),
    SupportContact(
        "Marram Bay listening line", "someone to talk to, day and night.", "01632 960999"
    ),
)
SEARCHED = (
    SearchLine(
        "Social care case system", "name, date of birth, old names", DAY, SearchResult.FOUND
    ),
    SearchLine("School census", "pupil number", DAY, SearchResult.NOTHING),
    SearchLine("Team mailbox", "name, old addresses", DAY, SearchResult.FOUND),
    SearchLine("Paper archive before 1998", "name", DAY, SearchResult.DESTROYED),
)
COMMON = {
    "letterhead": LETTERHEAD,
    "contact": CONTACT,
    "reader": READER,
    "subject": SUBJECT,
    "reference": "SAR-2026-0041-K",
    "date": DAY,
    "support": SUPPORT,
}
NAMED = Withholding(
    "Information about other people in your family.",
    "They did not agree to share it, and it is about their own lives.",
    "paragraph 16 of Schedule 2 to the Data Protection Act 2018",
)
GENERAL = Withholding("unused", "unused", "unused", Told.GENERAL)
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
_PARENT = {
    "reader": Reader(
        "Alex Marsh", "Alex", ("14 Tern Lane", "Marram Bay", "MB3 4QT"), ReaderKind.PARENT
    ),
    "subject": Subject("Robin Marsh", is_reader=False),
}
_SOLICITOR = {
    "reader": Reader(
        "Pike and Dace Solicitors",
        "Pike and Dace",
        ("9 Market Place", "Marram Bay", "MB1 2BB"),
        ReaderKind.REPRESENTATIVE,
    ),
    "subject": Subject("Jordan Marsh", is_reader=False),
}
_CHILD = {
    "reader": Reader("Robin Marsh", "Robin", ("14 Tern Lane", "Marram Bay"), ReaderKind.CHILD),
    "language": EASY,
}


def letters(**changes: object) -> dict[str, LetterBase]:
    """Every letter and each variant of its text, by a name for its golden file."""
    c = COMMON | changes
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
        "cover_letter-nothing": CoverLetter(**c, **_OUTCOME, outcome=Outcome.NOTHING),
        "lapse_notice": LapseNotice(
            **(c | {"window": Window.DL}),
            asked_on=dt.date(2026, 9, 9),
            question="You asked for everything about your school years. Which schools do you mean?",
            until=dt.date(2026, 12, 20),
            routes=ROUTES,
        ),
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
        "triage_notice": triage_notices(**c)["freedom of information"],
        "triage_notice-died": triage_notices(**c)["died"],
        **complaining(c, ROUTES),
        **copying(ROUTES, **c),
        **limiting(c, ROUTES),
        **erasing(c, ROUTES),
        **rectifying(c, ROUTES),
    }


def versions() -> dict[str, LetterBase]:
    """Letters to a child, to a parent for a child and to a solicitor, by the name of a golden."""
    readers = {"child": _CHILD, "parent": _PARENT, "solicitor": _SOLICITOR}
    kinds = ("acknowledgement", "cover_letter-part", "refusal_letter", "progress-late")
    return {
        f"{kind}-to-{who}": letters(**fields)[kind]
        for who, fields in readers.items()
        for kind in kinds
    }


def every_letter() -> dict[str, LetterBase]:
    """Every letter in every set of templates and every version, by the path of its golden file."""
    easy = {f"{EASY}/{name}": letter for name, letter in letters(language=EASY).items()}
    return letters() | versions() | easy


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


def pack_context(**changes: object) -> PackContext:
    """All sections of a pack."""
    fields = {
        "letterhead": LETTERHEAD,
        "contact": CONTACT,
        "subject": SUBJECT,
        "reference": "SAR-2026-0041-K",
        "date": DAY,
        "article_15": Article15Sheet(
            services=(
                ServiceInformation(
                    "Social work",
                    ("To keep children safe", "To plan support for families"),
                    ("Contact details", "Notes of visits and calls", "Health information"),
                    ("NHS", "Schools", "Police"),
                    "75 years after your date of birth.",
                    ("You and your family", "Your school"),
                ),
                ServiceInformation(
                    "Health visiting",
                    ("To look after the health of young children",),
                    ("Health information",),
                    ("NHS",),
                    "Until your 25th birthday.",
                    ("Your parents",),
                ),
            ),
            automated="No decision about you was made by a computer alone.",
            transfers="We did not send your information outside the United Kingdom.",
            routes=ROUTES,
        ),
        "search": SearchCertificate(lines=SEARCHED, certified_by="Asha Bell", certified_on=DAY),
        "labels": (
            LabelMeaning(
                "Another person",
                "Information about someone else's life.",
                "paragraph 16 of Schedule 2 to the Data Protection Act 2018",
            ),
        ),
        "redactions": (RedactionRow("D01/1", "Another person"),),
        "glossary": (
            GlossaryEntry("LAC", "Looked-after child: a child in the care of the council."),
            GlossaryEntry("Section 47", "An enquiry to find out whether a child is at risk."),
        ),
        "support": SUPPORT,
    }
    return PackContext(**(fields | changes))


def disclosed(
    counts: tuple[int, ...] = (2, 1), rotations: tuple[int, ...] = (0,)
) -> list[DisclosedPart]:
    """Documents of plain pages, newest first, as the pack must not leave them."""
    parts = []
    for number, count in enumerate(counts, start=1):
        with Pdf.new() as pdf:
            for place in range(count):
                page = pdf.add_blank_page(page_size=(595, 842) if place % 2 == 0 else (842, 595))
                page.rotate(rotations[(number + place) % len(rotations)], relative=False)
                page.contents_add(f"0.6 0.7 0.9 rg 40 40 {200 + place} 200 re f".encode())
            out = BytesIO()
            pdf.save(out, deterministic_id=True)
        parts.append(
            DisclosedPart(
                title=f"Case note {number}",
                date=dt.date(2015, 1, 1) - dt.timedelta(days=40 * number) if number != 3 else None,
                pdf=out.getvalue(),
                page_refs=tuple(f"D{number:02}/{p + 1}" for p in range(count)),
                warning="It speaks of a loss in the family." if number == 1 else "",
            )
        )
    return parts
