"""Turning rows into person records, as the mapping's person fields say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rights.names import strip_titles
from rights.release import PersonName
from rights.sources.mapping import Columns, PersonFields
from rights.sources.model import Address, SourcePerson
from rights.sources.tables import Row
from rights.sources.values import DATE_FORMATS, clean, column_name, read_date, read_flag, read_sex


def values(row: Row, columns: Columns | None) -> list[str]:
    """The non-empty values of one or several columns."""
    names = [columns] if isinstance(columns, str) else columns or []
    found = (clean(row.get(column_name(name))) for name in names)
    return [value for value in found if value]


def first(row: Row, column: str | None) -> str:
    """The value of a column, or ''."""
    return clean(row.get(column_name(column))) if column else ""


def day(row: Row, column: str | None, formats: Sequence[str]) -> dt.date | None:
    """The date in a column, or None."""
    return read_date(row.get(column_name(column)), formats) if column else None


@dataclass(slots=True)
class PersonBuilder:
    """Collects what several tables say about one person record."""

    source: str
    key: str
    formats: Sequence[str] = DATE_FORMATS
    names: dict[PersonName, None] = field(default_factory=dict[PersonName, None])
    dob: dt.date | None = None
    expected: dt.date | None = None
    died: bool = False
    dob_text: str = ""
    sex: str = ""
    addresses: dict[Address, None] = field(default_factory=dict[Address, None])
    phones: dict[str, None] = field(default_factory=dict[str, None])
    emails: dict[str, None] = field(default_factory=dict[str, None])
    identifiers: dict[tuple[str, str], None] = field(default_factory=dict[tuple[str, str], None])
    restricted: bool = False
    warnings: dict[str, None] = field(default_factory=dict[str, None])

    def add(self, row: Row, fields: PersonFields) -> None:
        """Takes over what this row says."""
        self._add_names(row, fields)
        self.dob = self.dob or day(row, fields.dob, self.formats)
        self.dob_text = self.dob_text or first(row, fields.dob)
        self.expected = self.expected or day(row, fields.expected_dob, self.formats)
        self.died = self.died or bool(first(row, fields.died))
        self.sex = self.sex or read_sex(first(row, fields.sex))
        text = ", ".join(values(row, fields.address))
        postcode = first(row, fields.postcode)
        if text or postcode:
            self.addresses[Address(text, postcode)] = None
        self.phones.update(dict.fromkeys(values(row, fields.phone)))
        self.emails.update(dict.fromkeys(values(row, fields.email)))
        for kind, columns in (
            ("nhs", fields.nhs),
            ("upn", fields.upn),
            ("nino", fields.nino),
            *((kind, column) for kind, column in fields.identifiers.items()),
        ):
            for value in values(row, columns):
                self.identifiers[(kind, value)] = None
        if number := first(row, fields.number):
            kind = first(row, fields.number_kind)
            self.identifiers[(_number_kind(kind, fields.number_kinds), number)] = None
        self.restricted = self.restricted or read_flag(first(row, fields.restricted))

    def _add_names(self, row: Row, fields: PersonFields) -> None:
        title = first(row, fields.title)
        forenames = " ".join(values(row, fields.forenames))
        surname = first(row, fields.surname)
        kind = _name_kind(first(row, fields.name_kind))
        if forenames or surname:
            self.names[PersonName(forenames, surname, title, kind)] = None
        elif full := first(row, fields.full_name):
            self.names[split_full_name(full, title)] = None
        for other in values(row, fields.former_surname):
            if other != surname:
                self.names[PersonName(forenames, other, "", "former")] = None
        for other in values(row, fields.other_surname):
            if other != surname:
                self.names[PersonName(forenames, other, "", "alias")] = None
        for known in values(row, fields.known_as):
            if known not in forenames.split():
                self.names[PersonName(known, surname, "", "known_as")] = None

    def build(self) -> SourcePerson:
        """The finished record, the current name first."""
        names = sorted(self.names, key=lambda name: name.kind != "current")
        return SourcePerson(
            source=self.source,
            key=self.key,
            names=tuple(names),
            dob=self.dob,
            expected_dob=self.expected,
            sex=self.sex,
            addresses=tuple(self.addresses),
            phones=tuple(self.phones),
            emails=tuple(self.emails),
            identifiers=tuple(self.identifiers),
            restricted=self.restricted,
            warnings=tuple(self.warnings),
            died=self.died,
            dob_text="" if self.dob else self.dob_text,
        )


def split_full_name(full: str, title: str = "") -> PersonName:
    """A name held in one column: "KHAN, Amy" or "Ms Amy Khan"."""
    if "," in full:
        surname, _, forenames = full.partition(",")
        found, forenames = strip_titles(forenames.strip()) if forenames.strip() else ("", "")
        return PersonName(forenames, surname.strip(), title or found)
    found, rest = strip_titles(full)
    forenames, _, surname = rest.rpartition(" ")
    return PersonName(forenames, surname, title or found)


def _number_kind(kind: str, known: Mapping[str, str]) -> str:
    """What a number is called here; the system's own word when the mapping does not say."""
    folded = {name.casefold(): ours for name, ours in known.items()}
    return folded.get(kind.casefold(), kind.casefold() or "number")


def _name_kind(text: str) -> str:
    folded = text.casefold()
    if "known" in folded or "prefer" in folded:
        return "known_as"
    if "former" in folded or "maiden" in folded or "birth" in folded or "previous" in folded:
        return "former"
    return "alias" if folded and "current" not in folded else "current"
