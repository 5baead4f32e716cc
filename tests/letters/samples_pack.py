"""A made-up pack: its sheets, and disclosed documents of plain pages."""

import datetime as dt
from io import BytesIO

from pikepdf import Pdf

from letters.parts import (
    GlossaryEntry,
)
from letters.sheets import (
    Article15Sheet,
    DisclosedPart,
    LabelMeaning,
    PackContext,
    RedactionRow,
    SearchCertificate,
    ServiceInformation,
)
from tests.letters.samples_people import (
    CONTACT,
    DAY,
    LETTERHEAD,
    ROUTES,
    SEARCHED,
    SUBJECT,
    SUPPORT,
)


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
