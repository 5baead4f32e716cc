"""The mapping of one source: which table and column holds what. Configuration, not code.

A mapping is a YAML file of the council. `mapping.schema.json` is generated from these models, for
editors; loading goes through the models themselves.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rights.classes import RecordKind
from rights.errors import ConfigError
from rights.sources.actions.mapping import Actions

Columns = str | list[str]
"""One column, or several: joined for an address, each a value of its own for numbers."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PersonFields(_Part):
    """Columns that describe a person."""

    full_name: str | None = None
    title: str | None = None
    forenames: Columns | None = None
    surname: str | None = None
    former_surname: Columns | None = None
    other_surname: Columns | None = None
    known_as: Columns | None = None
    name_kind: str | None = None
    dob: str | None = None
    expected_dob: str | None = None
    died: str | None = None
    sex: str | None = None
    address: Columns | None = None
    postcode: str | None = None
    phone: Columns | None = None
    email: Columns | None = None
    nhs: Columns | None = None
    upn: Columns | None = None
    nino: Columns | None = None
    identifiers: dict[str, str] = Field(default_factory=dict)
    restricted: str | None = None

    def columns(self) -> list[str]:
        """Every column named."""
        out: list[str] = list(self.identifiers.values())
        for name, value in self:
            if name != "identifiers" and value:
                out += [value] if isinstance(value, str) else list(value)
        return out


class ChildTable(_Part):
    """A table with more about the same person, by the same key: names, addresses, phones."""

    table: str
    key: str
    fields: PersonFields


class People(_Part):
    """The table of people and what hangs on it."""

    table: str
    key: str
    fields: PersonFields
    also: list[ChildTable] = Field(default_factory=list[ChildTable])


class Records(_Part):
    """A table of rows about a person. `fields: all` shows every column that has a value.

    `labels` gives columns the plain words under which the requester reads them.
    """

    table: str
    key: str
    label: str
    id: str | None = None
    date: str | None = None
    title: str | None = None
    text: str | None = None
    fields: list[str] | Literal["all"] = "all"
    labels: dict[str, str] = Field(default_factory=dict[str, str])
    author: str | None = None
    copy_of: str | None = None
    state: str | None = None
    retracted: list[str] = Field(default_factory=list[str])


class Documents(_Part):
    """A table that lists files. `folder` is relative to the folder of all locations."""

    table: str
    key: str
    file: str
    folder: str
    id: str | None = None
    title: str | None = None
    date: str | None = None


class Relations(_Part):
    """A table of who is what to whom; `relationship` is what `other` is to `key`."""

    table: str
    key: str
    other: str
    relationship: str
    category: str | None = None
    start: str | None = None
    end: str | None = None


class Named(_Part):
    """A column that only names somebody around the person, such as the mother."""

    table: str
    key: str
    column: str
    relationship: str
    worker: bool = False
    organisation: str = ""


class Workers(_Part):
    """Workers, and the table that allocates them to people."""

    table: str
    key: str
    fields: PersonFields
    role: str | None = None
    team: str | None = None
    organisation: str | None = None
    allocations: str | None = None
    person: str | None = None
    worker: str | None = None
    start: str | None = None
    end: str | None = None


class Warnings(_Part):
    """A table of warnings standing on a person."""

    table: str
    key: str
    code: str
    end: str | None = None


class Mapping(_Part):
    """One source.

    Attributes:
        location: File or folder, relative to the folder of all locations. For `sql` a SQLite
            file, unless the settings give a database address for this source by name.
        keyed_by: The source whose person keys are used here; empty when its own.
        shapes: Regular expressions that the values of a key column must match in full; a
            column that has been retyped or refilled then stops the source.
        actions: What may be done in it; without this nothing is, and nobody is named to do it.
        record_kind: What the records are in law: a health record, an educational record (the
            school's own, not a copy in a social work file), or a social work record.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    kind: Literal["sql", "csv", "xlsx", "xml", "json", "answers", "folder", "mailbox"]
    location: str
    controller: str = "controller"
    record_kind: RecordKind = RecordKind.SOCIAL_WORK
    keyed_by: str = ""
    dates: list[str] = Field(default_factory=list[str])
    people: People | None = None
    records: list[Records] = Field(default_factory=list[Records])
    documents: list[Documents] = Field(default_factory=list[Documents])
    relations: list[Relations] = Field(default_factory=list[Relations])
    named: list[Named] = Field(default_factory=list[Named])
    workers: Workers | None = None
    warnings: Warnings | None = None
    shapes: dict[str, str] = Field(default_factory=dict)
    actions: Actions | None = None
    limits: list[str] = Field(default_factory=list[str])


def load_mapping(path: Path) -> Mapping:
    """Reads one mapping file.

    Raises:
        ConfigError: With the file, the key and what to do, when it is not a valid mapping.
    """
    try:
        data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(
            "sources.mapping_unreadable",
            f"The source mapping {path.name} is not readable YAML.",
            "Correct the file; a YAML checker shows the line.",
        ) from error
    try:
        return Mapping.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole file"
        raise ConfigError(
            "sources.mapping_invalid",
            f"The source mapping {path.name} is wrong at '{where}': {first['msg']}.",
            "Correct that key; rights/sources/mapping.schema.json lists what is allowed.",
        ) from error
