"""What a source says of one person around the subject, before anybody is told apart."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rights.release import PersonName


@dataclass(frozen=True, slots=True)
class CastEntry:
    """One source's record of one person. Personal data.

    Attributes:
        names: Current name first, then former ones and aliases.
        role_words: What the source calls the role ('team manager'); empty for family.
        relation: What the source says the person is to the subject ('mother', 'foster carer').
        date_of_birth: If held.
        addresses: In one line each, current first.
        phones: As written.
        emails: As written.
        identifiers: Pairs such as ('nhs', '9434765919').
        flags: Warnings in force on the record ('whereabouts withheld').
        lived_with_subject: Whether the source says so; shared addresses are found besides.
        source: Which source, for the ledger.
        died: Whether the source gives a day of death.
    """

    names: tuple[PersonName, ...]
    role_words: str = ""
    relation: str = ""
    date_of_birth: dt.date | None = None
    addresses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()
    lived_with_subject: bool = False
    source: str = ""
    died: bool = False
