"""The parts that letters and sheets are made of: read-only, typed, mapped by the caller.

All of it is personal data of the reader or of the person the records are about; nothing in here
may name anyone else unless a human decided so.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rights.errors import InputError
from rights.law import load
from rights.release import Told


class Window(StrEnum):
    """Where the address must stand, which depends on how the letter travels.

    The two envelopes' zones overlap by 9 mm only, so one position cannot serve both.
    """

    DL = "dl"
    """DL window envelope 35 x 90 mm, A4 folded in three: always visible 20-100 x 57-81 mm."""
    NOTIFY = "notify"
    """GOV.UK Notify print: 24.6-120 x 39.5-66.3 mm, text from 95 mm."""
    NONE = "none"
    """Sent by email or collected: no address block."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes. Another council changes this and nothing else."""

    council: str
    department: str
    address_lines: tuple[str, ...]
    phone: str
    email: str
    website: str


@dataclass(frozen=True, slots=True)
class Contact:
    """The named person who looks after the request."""

    name: str
    role: str
    phone: str
    email: str


class ReaderKind(StrEnum):
    """As what somebody reads a letter; templates speak to each in their own way."""

    PERSON = "person"
    """An adult whose own data it is, or anybody that no other kind fits."""
    CHILD = "child"
    """A child or young person whose own data it is (UK GDPR Art 12(1), recital 58)."""
    PARENT = "parent"
    """Somebody with parental responsibility, who asks for a child."""
    REPRESENTATIVE = "representative"
    """A solicitor or somebody else who acts for the person."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the letter."""

    name: str
    """Full name, as it stands in the address."""
    greeting: str
    """What follows 'Dear': the name that the person asked us to use."""
    address_lines: tuple[str, ...] = ()
    kind: ReaderKind = ReaderKind.PERSON


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom the records are about. `is_reader` tells 'you' from 'Sam Example'."""

    name: str
    is_reader: bool = True

    @property
    def whom(self) -> str:
        """'you', or the name."""
        return "you" if self.is_reader else self.name

    @property
    def whose(self) -> str:
        """'your', or the name with its possessive ending."""
        if self.is_reader:
            return "your"
        return f"{self.name}’" if self.name.endswith(("s", "S")) else f"{self.name}’s"


@dataclass(frozen=True, slots=True)
class ComplaintRoute:
    """One way to complain, in force on the day of the letter.

    `name` completes "You can ...": 'complain to the council'. `how` is one or two sentences with
    the contact details and any time limit; `citation` the provision that gives the right.
    """

    name: str
    how: str
    citation: str


def check_routes(routes: tuple[ComplaintRoute, ...], on: dt.date) -> None:
    """Stop a letter that limits a right and does not name every way to complain of its day.

    The ways are the same in every disclosure mode (UK GDPR Art 12(4); DPA 2018 ss.164A, 165, 167).

    Raises:
        InputError: There are fewer than the law in force on the day names.
    """
    if len(routes) < len(load().complaint_routes(on)):
        raise InputError(
            "letters.routes_missing",
            "An outcome letter must name all the ways to complain.",
            "Pass the routes in force on the date of the letter.",
        )


@dataclass(frozen=True, slots=True)
class SupportContact:
    """Somebody to talk to. At least one of `phone` and `web` is given."""

    name: str
    what: str
    phone: str = ""
    web: str = ""


@dataclass(frozen=True, slots=True)
class Withholding:
    """One kind of thing that was held back, as the requester may be told.

    `what` and `why` are sentences; `citation` names the rule. They are printed in the named mode
    only; in the general mode the page says no more than that the law allows or requires it. What
    is held back silently has no value of this type.
    """

    what: str
    why: str
    citation: str
    told: Told = Told.NAMED

    @property
    def is_named(self) -> bool:
        """Whether the page may say what was held back and why."""
        return self.told is Told.NAMED


class SearchResult(StrEnum):
    """How the search of one place ended, in words that are true in every disclosure mode."""

    FOUND = "We found information and it is included."
    SENT = "We found information and have sent it to you."
    WITHHELD = "We found information and withheld it. Our letter says why."
    NOTHING = "We found no information to send from here."
    LATER = "The last part of our answer will tell you about this place."
    CANNOT = "This place cannot be searched with the details we have."
    DESTROYED = "Records of this kind were destroyed when their keeping time ended."
    LOST = "Records of this kind could not be found. They are lost."
    ELSEWHERE = "Another organisation holds these records. Please ask them."
    NOT_SEARCHED = "We could not search this place in time. You may ask us about it."


@dataclass(frozen=True, slots=True)
class SearchLine:
    """One place that was searched."""

    place: str
    how: str
    """What was looked for and how, in a few words: 'name, date of birth, old addresses'."""
    on: dt.date
    result: SearchResult
    limits: tuple[str, ...] = ()
    """What the search of this place did not reach and why that is fair, in sentences."""
    ask: str = ""
    """Who else is to be asked, where another body holds the records for itself."""


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A council word and its plain meaning."""

    word: str
    meaning: str
