"""What each letter says: one frozen dataclass for each letter, and nothing else reaches a page.

The content of each follows the duties of UK GDPR Arts 12, 12A and 15 and of DPA 2018 s.164A.
Dates are passed in; no letter reads a clock.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, TypeAlias

from letters.languages import LANGUAGE
from letters.parts import (
    ComplaintRoute,
    Contact,
    Letterhead,
    Reader,
    SearchLine,
    Subject,
    SupportContact,
    Window,
    Withholding,
    check_routes,
)
from rights.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterBase:
    """What every letter has.

    Raises:
        InputError: There is a window but no postal address to show in it.
    """

    kind: ClassVar[str]
    """Name of the template, and of the letter in the journal."""

    letterhead: Letterhead
    contact: Contact
    reader: Reader
    subject: Subject
    reference: str
    date: dt.date
    """The date printed on the letter, London time."""
    asked: str = ""
    """What was asked for when it is no copy: 'to have your data erased'."""
    window: Window = Window.NONE
    support: tuple[SupportContact, ...] = ()
    free_text: tuple[str, ...] = ()
    """Paragraphs that the officer added; refused where the template has no place for them."""
    language: str = LANGUAGE
    """Which set of templates: a folder of letters/templates."""
    large_type: bool = False
    """Whether the letter is set in large print."""
    arranged: tuple[str, ...] = ()
    """What was arranged with the reader: "large print", "call before" ... (reading support)."""

    def __post_init__(self) -> None:
        if self.window is not Window.NONE and not self.reader.address_lines:
            raise InputError(
                "letters.no_address",
                "The letter is to be posted but there is no postal address.",
                "Enter the address, or choose email or collection.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement(LetterBase):
    """We have the request, this is what we understood and when the answer is due."""

    kind: ClassVar[str] = "acknowledgement"

    received: dt.date
    understood: tuple[str, ...]
    """What was asked for, one point each, in the person's own terms."""
    due: dt.date | None
    """None while the clock waits for proof of identity or authority."""
    working: str = ""
    """One sentence that says how the due date was counted; needed with `due`."""
    still_needed: tuple[str, ...] = ()
    """What the reader must send before the time starts, each with its effect."""


class IdentityNeed(StrEnum):
    """What is in doubt. The clock waits for either (UK GDPR Art 12(6), ICO guidance)."""

    IDENTITY = "identity"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRequest(LetterBase):
    """We doubt who is asking, or for whom, and say what small proof would settle it."""

    kind: ClassVar[str] = "identity_request"

    need: IdentityNeed
    doubt: str
    """The recorded reason for the doubt, as a sentence to the reader."""
    accepted: tuple[str, ...]
    """Any one of these is enough: the smallest set that settles the doubt."""
    how_to_show: str
    """How to show it without sending originals by post, as a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClarificationRequest(LetterBase):
    """We hold a great deal and ask what is wanted; the clock stops (UK GDPR Art 12A(5), (6))."""

    kind: ClassVar[str] = "clarification_request"

    unclear: str
    volume: str
    """How much is held, as a sentence: the reason that asking is allowed at all."""
    choices: tuple[str, ...]
    """Ways to narrow the request that would help."""
    meanwhile: str
    """What we do or send while we wait, as a sentence."""
    chase: dt.date
    """When we get in touch again if there is no answer."""


class ExtensionGround(StrEnum):
    """The two grounds of UK GDPR Art 12A(3)."""

    COMPLEXITY = "complexity"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionNotice(LetterBase):
    """We need up to two more months, and why in this case (UK GDPR Art 12A(3), (4))."""

    kind: ClassVar[str] = "extension_notice"

    ground: ExtensionGround
    reasons: tuple[str, ...]
    """Reasons special to this request; general ones do not satisfy Art 12A(4)."""
    old_due: dt.date
    new_due: dt.date
    meanwhile: str
    routes: tuple[ComplaintRoute, ...]

    def __post_init__(self) -> None:
        LetterBase.__post_init__(self)
        check_routes(self.routes, self.date)


class Outcome(StrEnum):
    """How an access request ended. Each is worded so that it is true in every disclosure mode."""

    FULL = "full"
    """Documents are sent, and nothing is withheld of which the requester may know."""
    PART = "part"
    """Documents are sent and something is withheld, as the letter says."""
    WITHHELD = "withheld"
    """No document is sent: all was withheld, as the letter says."""
    NOTHING = "nothing"
    """No document is sent, and there is nothing to tell of."""


@dataclass(frozen=True, slots=True)
class SentBefore:
    """A part of the answer that went out earlier."""

    part: int
    on: dt.date
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverLetter(LetterBase):
    """The reply to an access request, outcome first (UK GDPR Arts 12(3), 12(4) and 15).

    Raises:
        InputError: Outcome and contents contradict each other, or not every way to complain is
            given that the law of the day names (Art 12(4); DPA 2018 ss.164A, 165 and 167).
    """

    kind: ClassVar[str] = "cover_letter"

    outcome: Outcome
    """Of this part alone."""
    received: dt.date
    searched: tuple[SearchLine, ...]
    routes: tuple[ComplaintRoute, ...]
    pages: int = 0
    """Pages of the pack, our own included; 0 when there is no pack."""
    withheld: tuple[Withholding, ...] = ()
    where_shown: bool = True
    """Whether boxes or a list in the pack show where something was withheld."""
    how_sent: str = ""
    """How the pack comes and how to open it, as a sentence; needed with a pack."""
    text_edition: bool = False
    """Whether the same words come as a file that a screen reader can read."""
    offer: str = ""
    """A named person's offer to read it together, as a sentence."""
    part: int = 1
    """Which part of the answer this is."""
    more_to_come: bool = False
    """Whether another part follows. Why it does is never said: the reason may be silent."""
    due: dt.date | None = None
    """By when the rest comes at the latest; None when that day has passed."""
    sent_before: tuple[SentBefore, ...] = ()
    """The parts sent before this one, in order."""

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        says_withheld = self.outcome in (Outcome.PART, Outcome.WITHHELD)
        if (
            (self.sends_documents and not self.pages)
            or bool(self.pages) != bool(self.how_sent)
            or bool(self.withheld) != says_withheld
            or self.part != len(self.sent_before) + 1
        ):
            raise InputError(
                "letters.outcome_mismatch",
                "The outcome in the letter does not fit what is sent and what is withheld.",
                "Check the decisions on this case and make the letter again.",
            )
        check_routes(self.routes, self.date)

    @property
    def sends_documents(self) -> bool:
        """Whether documents go with it."""
        return self.outcome in (Outcome.FULL, Outcome.PART)

    @property
    def in_parts(self) -> bool:
        """Whether the answer comes in more than one part."""
        return self.more_to_come or self.part > 1

    @property
    def any_general(self) -> bool:
        """Whether something is withheld of which only the fact may be told."""
        return any(not w.is_named for w in self.withheld)


Letter: TypeAlias = (
    Acknowledgement | IdentityRequest | ClarificationRequest | ExtensionNotice | CoverLetter
)
"""Every letter there is. The build renders each."""
