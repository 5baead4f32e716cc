"""Whom the made-up letters are from, to and about: nobody in them exists."""

import datetime as dt

from letters.parts import (
    ComplaintRoute,
    Contact,
    Letterhead,
    Reader,
    SearchLine,
    SearchResult,
    Subject,
    SupportContact,
    Withholding,
)
from rights.release import Told

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
