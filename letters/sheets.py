"""What the response pack says around the disclosed documents, as frozen dataclasses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import ClassVar

from letters.parts import (
    ComplaintRoute,
    Contact,
    GlossaryEntry,
    Letterhead,
    SearchLine,
    Subject,
    SupportContact,
    refuse_silent,
)
from rights.errors import InputError
from rights.release import DisclosureMode


@dataclass(frozen=True, slots=True)
class ServiceInformation:
    """UK GDPR Art 15(1)(a)-(d) and (g) for one service that was found to hold data."""

    service: str
    purposes: tuple[str, ...]
    categories: tuple[str, ...]
    recipients: tuple[str, ...]
    retention: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article15Sheet:
    """The information that Article 15(1) and (2) owes beside the copy itself.

    Items (a)-(d) and (g) are given for each service found; (e), (ea), (f), (h) and the transfers
    of Art 15(2) once for all.

    Raises:
        InputError: There is no service, or fewer than three ways to complain.
    """

    kind: ClassVar[str] = "article_15_sheet"

    services: tuple[ServiceInformation, ...]
    automated: str
    """Item (h): whether any decision was made by automated means alone, as sentences."""
    transfers: str
    """Art 15(2): whether data went abroad and under which safeguards, as sentences."""
    routes: tuple[ComplaintRoute, ...]

    def __post_init__(self) -> None:
        if not self.services or len(self.routes) < 3:
            raise InputError(
                "letters.article_15_incomplete",
                "The Article 15 information lacks a service or a way to complain.",
                "Complete the council's register and the routes in force.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchCertificate:
    """What was searched, for what, when and with which end (UK GDPR Art 15(1A))."""

    kind: ClassVar[str] = "search_certificate"

    lines: tuple[SearchLine, ...]
    certified_by: str
    certified_on: dt.date


@dataclass(frozen=True, slots=True)
class LabelMeaning:
    """What a label printed in a box means, in plain words, and the rule behind it."""

    label: str
    meaning: str
    citation: str


@dataclass(frozen=True, slots=True)
class RedactionRow:
    """That boxes with this label are on a page. The page is named by its internal reference.

    Raises:
        InputError: The mode is silent.
    """

    page_ref: str
    label: str
    mode: DisclosureMode = DisclosureMode.NAMED

    def __post_init__(self) -> None:
        refuse_silent(self.mode)


@dataclass(frozen=True, slots=True)
class DisclosedPart:
    """One document of the pack: redacted and rebuilt, its title safe for the reader's eyes.

    `page_refs` names each page by the stable internal reference of its source; it is kept in the
    page map and never printed. `warning` says in a sentence what is hard to read in it.
    """

    title: str
    date: dt.date | None
    pdf: bytes = field(repr=False)
    page_refs: tuple[str, ...]
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackContext:
    """Everything of ours in a pack. Sections that have nothing to say are left out."""

    letterhead: Letterhead
    contact: Contact
    subject: Subject
    reference: str
    date: dt.date
    article_15: Article15Sheet
    search: SearchCertificate
    labels: tuple[LabelMeaning, ...] = ()
    redactions: tuple[RedactionRow, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    support: tuple[SupportContact, ...] = ()
