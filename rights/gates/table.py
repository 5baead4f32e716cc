"""The table of gates: for each kind of event who may record it, in which states, behind what.

`gates.yaml` has a row for every kind of event. An answer has two: that of all answers and that of
its topic; a decision has that of all decisions and that of its matter. Whatever has no row is
refused. The table is checked as a whole before its first use.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module, resources
from pkgutil import iter_modules
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rights.case import DECIDING_TOPICS
from rights.errors import ConfigError
from rights.events import Attested, Event
from rights.events import kinds as k
from rights.gates.attempt import Guard, guards
from rights.gates.state import State
from rights.law.yamlfile import parse_yaml

Role = Literal["officer", "approver", "manager", "legal", "dpo"]
ROLES = frozenset(typing.get_args(Role))
"""What a person may be signed in as."""

ANY = "any"
"""In place of roles: whoever comes this way."""

_WAYS = {
    "engine": Attested.ENGINE,
    "form": Attested.PREFECT,
    "desk": Attested.DESK,
    "command": Attested.COMMAND,
}
KINDS: Mapping[str, type[Any]] = {
    model.model_fields["kind"].default: model
    for model in typing.get_args(typing.get_args(k.Event)[0])
}
"""Every kind of event, by its name in the journal."""


class Row(BaseModel):
    """When something may be recorded.

    Attributes:
        states: The states of the case in which it may be.
        by: How whoever records it is attested, each with the roles of which one is needed.
        guards: What must be true besides, in the order in which it is asked.
        area: First word of the codes with which states, sign-in and roles are refused.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    states: Annotated[tuple[State, ...], Field(min_length=1)]
    by: Annotated[
        Mapping[Literal["engine", "form", "desk", "command"], tuple[Role, ...] | Literal["any"]],
        Field(min_length=1),
    ]
    guards: tuple[str, ...] = ()
    area: str = "gate"

    def roles(self, way: Attested) -> frozenset[str] | None:
        """The roles of which one is needed this way; None when nobody may come this way.

        An empty set asks for none.
        """
        for name, roles in self.by.items():
            if _WAYS[name] is way:
                return frozenset() if roles == ANY else frozenset(roles)
        return None


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: dict[str, Row]
    topics: dict[str, Row]
    matters: dict[str, Row]


@dataclass(frozen=True, slots=True)
class Table:
    """The gates, checked.

    Attributes:
        kinds: Kind of event -> its row.
        topics: Topic of a question -> the row of its answers, besides that of all answers.
        matters: Matter of a decision -> its row, besides that of all decisions. A matter that goes
            on after a slash (``class/3P``) is looked up by what stands before it.
        guards: Every guard, by name.
    """

    kinds: Mapping[str, Row]
    topics: Mapping[str, Row]
    matters: Mapping[str, Row]
    guards: Mapping[str, Guard]

    def rows(self, event: Event, topic: str) -> Iterator[Row | None]:
        """The rows that an event must pass; None for one that is missing."""
        yield self.kinds.get(event.kind)
        if isinstance(event, k.QuestionAnswered):
            yield self.topics.get(topic)
        elif isinstance(event, k.DecisionMade):
            yield self.matters.get(event.matter.partition("/")[0])

    def every_row(self) -> Iterator[tuple[str, Row]]:
        """All rows, each with where it stands in the file."""
        for name, rows in (("kinds", self.kinds), ("topics", self.topics)):
            yield from ((f"{name}.{key}", row) for key, row in rows.items())
        yield from ((f"matters.{key}", row) for key, row in self.matters.items())

    def without(self, guard: str) -> Table:
        """The same table with a guard left out: what the case would be open to without it."""

        def cut(rows: Mapping[str, Row]) -> dict[str, Row]:
            return {
                key: row.model_copy(update={"guards": tuple(g for g in row.guards if g != guard)})
                for key, row in rows.items()
            }

        return replace(
            self, kinds=cut(self.kinds), topics=cut(self.topics), matters=cut(self.matters)
        )


@cache
def load() -> Table:
    """The table that came with the package, checked; read once for each process.

    Raises:
        ConfigError: ``gates.file``, naming the row and what is wrong with it.
    """
    return parse(resources.files("rights.gates").joinpath("gates.yaml").read_bytes())


def parse(data: bytes) -> Table:
    """A table from its file.

    Raises:
        ConfigError: ``gates.file``, naming the row and what is wrong with it.
    """
    try:
        file = _File.model_validate(parse_yaml(data))
    except yaml.YAMLError as error:
        raise _wrong("the file", f"it is not readable as YAML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise _wrong(".".join(map(str, first["loc"])), first["msg"]) from None
    table = Table(file.kinds, file.topics, file.matters, _every_guard())
    _check(table)
    return table


def _check(table: Table) -> None:
    for kind in KINDS.keys() - table.kinds.keys():
        raise _wrong(f"kinds.{kind}", "this kind of event has no row")
    for kind in table.kinds.keys() - KINDS.keys():
        raise _wrong(f"kinds.{kind}", "there is no such kind of event")
    for topic in DECIDING_TOPICS - table.topics.keys():
        raise _wrong(f"topics.{topic}", "this topic has no row")
    used: set[str] = set()
    for place, row in table.every_row():
        for values in (row.states, row.guards, *row.by.values()):
            if values != ANY and len(values) != len(set(values)):
                raise _wrong(place, "something stands twice")
        for name in row.guards:
            if name not in table.guards:
                raise _wrong(place, f"there is no guard '{name}'")
        used |= set(row.guards)
    for name in sorted(table.guards.keys() - used):
        raise _wrong("the guards", f"no row names the guard '{name}', so it guards nothing")


def _every_guard() -> Mapping[str, Guard]:
    package = import_module("rights.gates.guards")
    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    return guards()


def _wrong(place: str, what: str) -> ConfigError:
    return ConfigError(
        "gates.file",
        f"The table of gates is wrong at {place}: {what}.",
        "Mend rights/gates/gates.yaml; until then nothing is recorded.",
    )
