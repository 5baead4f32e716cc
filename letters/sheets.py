"""What the response pack says around the disclosed documents, as frozen dataclasses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import ClassVar

from letters.languages import LANGUAGE
from letters.parts import (
    ComplaintRoute,
    Contact,
    GlossaryEntry,
    Letterhead,
    SearchLine,
    Subject,
    SupportContact,
    check_routes,
)
from letters.piece import Pdf
from rights.errors import InputError
from rights.release import Told


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
        InputError: There is no service.
    """

    kind: ClassVar[str] = "article_15_sheet"

    services: tuple[ServiceInformation, ...]
    automated: str
    """Item (h): whether any decision was made by automated means alone, as sentences."""
    transfers: str
    """Art 15(2): whether data went abroad and under which safeguards, as sentences."""
    routes: tuple[ComplaintRoute, ...]

    def __post_init__(self) -> None:
        if not self.services:
            raise InputError(
                "letters.article_15_incomplete",
                "The Article 15 information lacks a service.",
                "Complete the council's register.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchCertificate:
    """What was searched, for what, when and with which end (UK GDPR Art 15(1A))."""

    kind: ClassVar[str] = "search_certificate"

    lines: tuple[SearchLine, ...]
    certified_by: str
    certified_on: dt.date
    under: tuple[str, ...] = ()
    """The names and dates that every place was searched under, a line each."""


@dataclass(frozen=True, slots=True)
class LabelMeaning:
    """What a label printed in a box means, in plain words, and the rule behind it."""

    label: str
    meaning: str
    citation: str


@dataclass(frozen=True, slots=True)
class RedactionRow:
    """That boxes with this label are on a page. The page is named by its internal reference.

    What is held back silently has no value of this type.
    """

    page_ref: str
    label: str
    told: Told = Told.NAMED


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """That pages of a document, or all of it, are left out; named mode only.

    In the general mode no document may be pointed at, and the letter's general words are all.
    """

    title: str
    date: dt.date | None
    label: str


@dataclass(frozen=True, slots=True)
class DisclosedPart:
    """One document of the pack: redacted and rebuilt, its title safe for the reader's eyes.

    `page_refs` names each page by the stable internal reference of its source; it is kept in the
    page map and never printed. `warning` says in a sentence what is hard to read in it.
    """

    title: str
    date: dt.date | None
    pdf: Pdf = field(repr=False)
    page_refs: tuple[str, ...]
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackContext:
    """Everything of ours in a pack. Sections that have nothing to say are left out.

    Attributes:
        article_15: None in an answer that refuses, and in parts that only add documents.
        search: None where nothing was searched.
        left_out: Pages and documents that stay back and of which the requester may know.
        part: Which part of the answer this is, counted from 1.
        parts_before: How many parts were sent before it.
        more_to_come: Whether another part follows.
        language: Which set of templates: a folder of letters/templates.

    Raises:
        InputError: The Article 15 information lacks a way to complain that its day asks for.
    """

    letterhead: Letterhead
    contact: Contact
    subject: Subject
    reference: str
    date: dt.date
    article_15: Article15Sheet | None
    search: SearchCertificate | None
    labels: tuple[LabelMeaning, ...] = ()
    redactions: tuple[RedactionRow, ...] = ()
    left_out: tuple[LeftOutRow, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    support: tuple[SupportContact, ...] = ()
    part: int = 1
    parts_before: int = 0
    more_to_come: bool = False
    language: str = LANGUAGE

    def __post_init__(self) -> None:
        if self.article_15 is not None:
            check_routes(self.article_15.routes, self.date)

    @property
    def in_parts(self) -> bool:
        """Whether the answer comes in more than one part."""
        return self.more_to_come or self.parts_before > 0
