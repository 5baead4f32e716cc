"""Turning rows into person records, as the mapping's person fields say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from rights.release import PersonName
from rights.sources.fullname import read_full_name, read_parts
from rights.sources.mapping import Columns, PersonFields
from rights.sources.model import Address, SourcePerson
from rights.sources.tables import Row
from rights.sources.values import (
    DATE_FORMATS,
    clean,
    column_name,
    read_birth,
    read_date,
    read_flag,
    read_sex,
)

_T = TypeVar("_T")
_PLAIN = re.compile(r"[\w .'-]*").fullmatch
"""Letters and what may stand between them: a name with nothing in brackets or quotes."""


def _names(columns: Columns | None) -> tuple[str, ...]:
    """The columns of one field, as rows name them."""
    return tuple(map(column_name, [columns] if isinstance(columns, str) else columns or ()))


def _values(row: Row, names: tuple[str, ...]) -> list[str]:
    return [value for name in names if (value := clean(row.get(name)))]


def first(row: Row, column: str | None) -> str:
    """The value of a column, or ''."""
    return clean(row.get(column_name(column))) if column else ""


def day(row: Row, column: str | None, formats: Sequence[str]) -> dt.date | None:
    """The date in a column, or None."""
    return read_date(row.get(column_name(column)), formats) if column else None


class PersonColumns:
    """The person fields of a mapping with their columns as rows name them.

    Made once a table: a large table is read a million times over.

    Args:
        fields: As the mapping has them.
    """

    def __init__(self, fields: PersonFields) -> None:
        self.forenames = _names(fields.forenames)
        self.surname = _names(fields.surname)
        self.full_name = fields.full_name
        self.title = fields.title
        self.name_kind = fields.name_kind
        self.other_names = tuple(
            (kind, _names(columns))
            for kind, columns in (
                ("former", fields.former_surname),
                ("alias", fields.other_surname),
                ("known_as", fields.known_as),
            )
            if columns
        )
        self.dob, self.expected = fields.dob, fields.expected_dob
        self.died, self.sex, self.restricted = fields.died, fields.sex, fields.restricted
        self.addresses = tuple(
            (_names(one.address), one.postcode)
            for one in (fields, *fields.addresses)
            if one.address or one.postcode
        )
        self.phones, self.emails = _names(fields.phone), _names(fields.email)
        numbers = {"nhs": fields.nhs, "upn": fields.upn, "nino": fields.nino}
        self.identifiers = tuple(
            (kind, _names(columns))
            for kind, columns in (*numbers.items(), *fields.identifiers.items())
            if columns
        )
        self.number, self.number_kind = fields.number, fields.number_kind
        self.number_kinds = fields.number_kinds


@dataclass(slots=True)
class PersonBuilder:
    """Collects what several rows say about one person record. What is said twice counts once."""

    source: str
    key: str
    formats: Sequence[str] = DATE_FORMATS
    names: list[PersonName] = field(default_factory=list[PersonName])
    dob: dt.date | None = None
    expected: dt.date | None = None
    died: bool = False
    dob_text: str = ""
    sex: str = ""
    addresses: list[Address] = field(default_factory=list[Address])
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    restricted: bool = False
    warnings: tuple[str, ...] = ()

    def add(self, row: Row, columns: PersonColumns) -> None:
        """Takes over what this row says."""
        self._add_names(row, columns)
        if columns.dob and self.dob is None:
            self.dob = read_birth(row.get(column_name(columns.dob)), self.formats)
            self.dob_text = self.dob_text or first(row, columns.dob)
        if columns.expected and self.expected is None:
            self.expected = day(row, columns.expected, self.formats)
        if columns.died:
            self.died = self.died or bool(first(row, columns.died))
        if columns.sex:
            self.sex = self.sex or read_sex(first(row, columns.sex))
        for lines, code in columns.addresses:
            text = ", ".join(_values(row, lines))
            postcode = first(row, code)
            if ";" in postcode:
                self.addresses += _several(text, postcode)
            elif text or postcode:
                self.addresses.append(Address(text, postcode))
        if columns.phones:
            self.phones += tuple(_values(row, columns.phones))
        if columns.emails:
            self.emails += tuple(_values(row, columns.emails))
        for kind, names in columns.identifiers:
            for value in _values(row, names):
                self.identifiers += ((kind, value),)
        if columns.number and (number := first(row, columns.number)):
            kind = _number_kind(first(row, columns.number_kind), columns.number_kinds)
            self.identifiers += ((kind, number),)
        if columns.restricted:
            self.restricted = self.restricted or read_flag(first(row, columns.restricted))

    def _add_names(self, row: Row, columns: PersonColumns) -> None:
        title = first(row, columns.title)
        forenames = " ".join(_values(row, columns.forenames))
        surname = " ".join(_values(row, columns.surname))
        kind = _name_kind(first(row, columns.name_kind)) if columns.name_kind else "current"
        if forenames or surname:
            # Most names say nothing besides: this runs a million times for a large table.
            if _PLAIN(forenames) and _PLAIN(surname):
                self.names.append(PersonName(forenames, surname, title, kind))
            else:
                name, *others = read_parts(forenames, surname, title)
                forenames, surname = name.forenames, name.surname
                self.names += [replace(name, kind=kind), *others]
        elif full := first(row, columns.full_name):
            self.names += (found := read_full_name(full, title))
            forenames, surname = found[0].forenames, found[0].surname
        for kind, names in columns.other_names:
            for other in _values(row, names):
                if kind == "known_as":
                    if other not in forenames.split():
                        self.names.append(PersonName(other, surname, "", kind))
                elif other != surname:
                    self.names.append(PersonName(forenames, other, "", kind))

    def build(self) -> SourcePerson:
        """The finished record, the current name first."""
        names = self.names
        if len(names) > 1:
            names = sorted(dict.fromkeys(names), key=lambda name: name.kind != "current")
        return SourcePerson(
            source=self.source,
            key=self.key,
            names=tuple(names),
            dob=self.dob,
            expected_dob=self.expected,
            sex=self.sex,
            addresses=_once(self.addresses),
            phones=_once(self.phones),
            emails=_once(self.emails),
            identifiers=_once(self.identifiers),
            restricted=self.restricted,
            warnings=_once(self.warnings),
            died=self.died,
            dob_text="" if self.dob else self.dob_text,
        )


def _once(found: Sequence[_T]) -> tuple[_T, ...]:
    return tuple(found) if len(found) < 2 else tuple(dict.fromkeys(found))


def _several(text: str, postcode: str) -> list[Address]:
    """The addresses of repeated elements, which come joined."""
    codes = [code.strip() for code in postcode.split(";")]
    lines = [line.strip() for line in text.split(";")]
    if len(lines) != len(codes):
        lines = [text] * len(codes)
    return [Address(*pair) for pair in zip(lines, codes, strict=True) if any(pair)]


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
