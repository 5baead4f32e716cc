"""The mapping of one source: which table and column holds what. Configuration, not code.

A mapping is a YAML file of the council. `mapping.schema.json` is generated from these models, for
editors; loading goes through the models themselves.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from rights.classes import RecordKind
from rights.errors import ConfigError
from rights.law.yamlfile import parse_yaml
from rights.sources.actions.mapping import Actions
from rights.sources.mistakes import first_problem, problem, unreadable

Columns = str | list[str]
"""One column, or several: joined for an address, each a value of its own for numbers."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AddressFields(_Part):
    """Columns of one address among several in a row."""

    address: Columns | None = None
    postcode: str | None = None


class PersonFields(_Part):
    """Columns that describe a person.

    Attributes:
        address, postcode: The present address; several columns are its lines.
        addresses: Further addresses of the same row, each with its lines and postcode.
        number, number_kind, number_kinds: For a table with one number a row: the column of the
            number, the column that says which number it is, and what its values mean
            (`{NHS Number: nhs, UPN: upn}`). A kind that is not named keeps its own name.
    """

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
    addresses: list[AddressFields] = Field(default_factory=list[AddressFields])
    phone: Columns | None = None
    email: Columns | None = None
    nhs: Columns | None = None
    upn: Columns | None = None
    nino: Columns | None = None
    identifiers: dict[str, str] = Field(default_factory=dict)
    number: str | None = None
    number_kind: str | None = None
    number_kinds: dict[str, str] = Field(default_factory=dict)
    restricted: str | None = None

    def columns(self) -> list[str]:
        """Every column named."""
        out: list[str] = list(self.identifiers.values())
        for other in self.addresses:
            out += _listed(other.address) + _listed(other.postcode)
        for name, value in self:
            if name not in ("identifiers", "number_kinds", "addresses"):
                out += _listed(value)
        return out


def _listed(columns: Columns | None) -> list[str]:
    return [columns] if isinstance(columns, str) else list(columns or ())


class ChildTable(_Part):
    """A table with more about the same person, by the same key: names, addresses, phones."""

    table: str
    key: str
    fields: PersonFields


class People(_Part):
    """The table of people and what hangs on it.

    Attributes:
        merged_into: Column with the key of the record that a duplicate was merged into. Rows
            left under the old key are then found as well.
    """

    table: str
    key: str
    fields: PersonFields
    merged_into: str | None = None
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


class Http(_Part):
    """How a service is asked over HTTP: one GET for each key.

    Attributes:
        path: Below the address of the source; `{key}` is the number of the person.
        content: Dotted path of what is held in the answer; '' for the whole answer.
        nothing: Status codes that say: this person is known, and nothing is held.
        cannot: Status codes that say: this kind of number is not known here.
        seconds: Time for one try.
        deadline: Seconds for all tries of one key together.
        tries: How often in all, when it does not answer or says that it is busy.
    """

    path: str = "/{key}"
    content: str = "content"
    nothing: list[int] = Field(default_factory=lambda: [204])
    cannot: list[int] = Field(default_factory=lambda: [209])
    seconds: float = Field(default=20, gt=0)
    deadline: float = Field(default=60, gt=0)
    tries: int = Field(default=4, ge=1, le=10)


class Chase(_Part):
    """When a place that does not answer is reminded; working days after it was asked.

    Attributes:
        remind: The first reminder.
        escalate: Its manager is told.
        overdue: The answer is late and the officer decides how to go on.
    """

    remind: int = Field(default=5, ge=1)
    escalate: int = Field(default=10, ge=1)
    overdue: int = Field(default=15, ge=1)


class Team(_Part):
    """People who search by hand: paper, boxes, messages, another body's records.

    Attributes:
        medium: What is searched.
        to: Name or role on the sheet, and its address, line by line.
        inside: They work for the council. Whoever does not is written to only once the contact
            is settled.
        ask: What they are asked to look through, one line each.
        manager: Who is told when they do not answer.
    """

    medium: Literal[
        "paper",
        "off-site boxes",
        "microfiche",
        "predecessor authority",
        "messaging",
        "councillors",
        "processor",
        "recordings",
        "other",
    ]
    to: str
    address: list[str] = Field(default_factory=list[str])
    inside: bool = True
    ask: list[str] = Field(min_length=1)
    manager: str = ""
    chase: Chase = Chase()


class Limit(_Part):
    """Something that a search does not reach, and why that is reasonable and proportionate."""

    text: str
    reason: str


class Mapping(_Part):
    """One source.

    Attributes:
        location: File or folder, relative to the folder of all locations. For `sql` a SQLite
            file, unless the settings give a database address for this source by name. For
            `http` the service's address, unless the settings give it; for `team` the folder into
            which what comes back is put, below the reference of the case.
        keyed_by: The source whose person keys are used here; empty when its own.
        keyed_as: The kind of number that its keys are ('upn', 'ssda903', 'nhs'), learnt from the
            records confirmed in `keyed_by`; empty when they are that source's own keys.
        controller: Whose the data are: 'controller', 'joint controller: X', 'processor: X', or
            'another body: X', who is to be asked instead.
        suspended: Why it is out of use just now; it is then not asked, and the search says so.
        types: Type that the database declares for a column ('TABLE.COLUMN'); another type stops
            the source.
        limits: What a search does not reach, each with the reason why that is reasonable and
            proportionate; both are sentences that the requester reads.
        shapes: Regular expressions that the values of a key column must match in full; a
            column that has been retyped or refilled then stops the source.
        actions: What may be done in it; without this nothing is, and nobody is named to do it.
        record_kind: What the records are in law: a health record, an educational record (the
            school's own, not a copy in a social work file), or a social work record.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    kind: Literal[
        "sql", "csv", "xlsx", "xml", "json", "answers", "http", "folder", "mailbox", "team"
    ]
    location: str
    controller: str = Field(
        default="controller",
        pattern=r"^(controller|joint controller(: .+)?|processor: .+|another body: .+)$",
    )
    record_kind: RecordKind = RecordKind.SOCIAL_WORK
    keyed_by: str = ""
    keyed_as: str = ""
    suspended: str = ""
    http: Http = Http()
    team: Team | None = None
    dates: list[str] = Field(default_factory=list[str])
    people: People | None = None
    records: list[Records] = Field(default_factory=list[Records])
    documents: list[Documents] = Field(default_factory=list[Documents])
    relations: list[Relations] = Field(default_factory=list[Relations])
    named: list[Named] = Field(default_factory=list[Named])
    workers: Workers | None = None
    warnings: Warnings | None = None
    shapes: dict[str, str] = Field(default_factory=dict)
    types: dict[str, str] = Field(default_factory=dict)
    actions: Actions | None = None
    limits: list[Limit] = Field(default_factory=list[Limit])

    @model_validator(mode="after")
    def _whole(self) -> Mapping:
        if (self.kind == "team") != (self.team is not None):
            raise ValueError("a source of kind 'team' needs `team`, and no other kind has it")
        if self.keyed_as and not self.keyed_by:
            raise ValueError("keyed_as needs keyed_by: the source where the number is learnt")
        return self


def load_mapping(path: Path) -> Mapping:
    """Reads one mapping file.

    Raises:
        ConfigError: With the file, the key and what to do, when it is not a valid mapping.
    """
    try:
        data: Any = parse_yaml(path.read_bytes())
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise unreadable(path, error) from error
    try:
        return Mapping.model_validate(data)
    except ValidationError as error:
        first = first_problem(error)
        where = ".".join(str(part) for part in first["loc"]) or "the whole file"
        what = problem(first, Mapping.model_json_schema())
        raise ConfigError(
            "sources.mapping_invalid",
            f"The source mapping {path.name} is wrong at '{where}': {what}",
            "Correct that key; rights/sources/mapping.schema.json lists what is allowed.",
        ) from error
