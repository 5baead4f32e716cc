"""From the council's files to a register whose parts fit together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from rights.errors import ConfigError
from rights.law import Law
from rights.law.yamlfile import parse_yaml
from rights.register.bases import newest_bases
from rights.register.model import (
    Category,
    LeftOut,
    LeftOutFile,
    Notice,
    Origin,
    Processor,
    Recipient,
    Retention,
    RetentionFile,
    Service,
    Shared,
)

_M = TypeVar("_M", bound=BaseModel)

FILES: dict[str, type[BaseModel]] = {
    "shared.yaml": Shared,
    "services/*.yaml": Service,
    "retention.yaml": RetentionFile,
    "notice.yaml": Notice,
    "left_out.yaml": LeftOutFile,
}
"""The files of a register, each with the model that it is read by."""


def schema() -> dict[str, Any]:
    """What ``schema.json`` holds for editors: each file's model by the file's name."""
    return {name: model.model_json_schema() for name, model in FILES.items()}


@dataclass(frozen=True)
class Register:
    """The register of processing, whole and checked.

    Attributes:
        shared: What several services name.
        services: In the order of their files' names.
        retention: Every rule of keeping.
        notice: What the privacy notice says about the law.
        left_out: Statements of the notice that are not carried.
    """

    shared: Shared
    services: tuple[Service, ...]
    retention: tuple[Retention, ...] = field(repr=False)
    notice: Notice = field(repr=False)
    left_out: tuple[LeftOut, ...] = field(repr=False)

    @cached_property
    def categories(self) -> dict[str, Category]:
        """Kinds of data by id."""
        return {entry.id: entry for entry in self.shared.categories}

    @cached_property
    def origins(self) -> dict[str, Origin]:
        """Who data come from, by id."""
        return {entry.id: entry for entry in self.shared.origins}

    @cached_property
    def recipients(self) -> dict[str, Recipient]:
        """Who data go to, by id."""
        return {entry.id: entry for entry in self.shared.recipients}

    @cached_property
    def processors(self) -> dict[str, Processor]:
        """Who works on the council's behalf, by id."""
        return {entry.id: entry for entry in self.shared.processors}

    @cached_property
    def rules(self) -> dict[str, Retention]:
        """Rules of keeping by id."""
        return {rule.id: rule for rule in self.retention}

    def service(self, service_id: str) -> Service:
        """A service by its id.

        Raises:
            ConfigError: ``register.unknown``.
        """
        for service in self.services:
            if service.id == service_id:
                return service
        raise ConfigError(
            "register.unknown",
            "The register has no service of that id.",
            "Look at the files in the council's register/services.",
        )


def load_register(folder: Path, law: Law) -> Register:
    """Reads the register below a folder.

    Args:
        folder: Holds ``shared.yaml``, ``retention.yaml``, ``notice.yaml``, ``left_out.yaml`` and
            one file for each service in ``services/``.
        law: Where the bases are looked up that purposes name.

    Raises:
        ConfigError: ``register.file`` names the file and place; ``register.refers`` an entry that
            refers to what is not there, or an id given twice.
    """
    register = Register(
        shared=_read(folder / "shared.yaml", Shared),
        services=tuple(_read(p, Service) for p in sorted((folder / "services").glob("*.yaml"))),
        retention=_read(folder / "retention.yaml", RetentionFile).rules,
        notice=_read(folder / "notice.yaml", Notice),
        left_out=_read(folder / "left_out.yaml", LeftOutFile).left_out,
    )
    if not register.services:
        _refuse("services", "there is no service")
    _unique(register)
    for service in register.services:
        _fits(register, service, law)
    for rule in register.retention:
        if any(_conditional(term) for term in rule.terms[-1:]):
            _refuse("retention.yaml", f"the last term of '{rule.id}' has a condition")
    unknown = next((rule for rule in register.notice.rights if rule not in law.rules), None)
    if unknown:
        _dangling(f"the notice is said to speak of '{unknown}', which the law data do not know")
    return register


def _read(path: Path, model: type[_M]) -> _M:
    name = path.name
    try:
        data: Any = parse_yaml(path.read_bytes())
        return model.model_validate(data)
    except OSError:
        _refuse(name, "it cannot be read")
    except yaml.YAMLError as error:
        _refuse(name, f"it is not proper YAML: {str(error).splitlines()[0]}")
    except ValidationError as error:
        first = error.errors()[0]
        _refuse(name, f"'{'.'.join(map(str, first['loc']))}': {first['msg']}")


def _refuse(name: str, problem: str) -> NoReturn:
    raise ConfigError(
        "register.file",
        f"The register's file {name} is wrong: {problem}.",
        "Compare it with the example council's; rights/register/schema.json lists what is allowed.",
    )


def _conditional(term: object) -> bool:
    return any(getattr(term, name) is not None for name in ("died_before", "last_entry_at"))


def _unique(register: Register) -> None:
    for kind, ids in (
        ("category", [e.id for e in register.shared.categories]),
        ("origin", [e.id for e in register.shared.origins]),
        ("recipient", [e.id for e in register.shared.recipients]),
        ("processor", [e.id for e in register.shared.processors]),
        ("service", [e.id for e in register.services]),
        ("retention rule", [e.id for e in register.retention]),
        ("statement left out", [e.id for e in register.left_out]),
        ("purpose", [f"{s.id}/{p.id}" for s in register.services for p in s.purposes]),
        ("consent", [f"{s.id}/{c.id}" for s in register.services for c in s.consent_based]),
    ):
        twice = next((i for i in ids if ids.count(i) > 1), None)
        if twice:
            _dangling(f"the {kind} '{twice}' stands twice")


def _fits(register: Register, service: Service, law: Law) -> None:
    for kind, wanted, known in (
        ("category", service.categories, register.categories),
        ("origin", service.origins, register.origins),
        ("recipient", service.recipients, register.recipients),
        ("processor", service.processors, register.processors),
        ("retention rule", (service.retention,), register.rules),
    ):
        _known(service, kind, wanted, known)
    own = dict.fromkeys(service.categories)
    lawful = newest_bases(law)
    for purpose in service.purposes:
        _known(service, "category of its own", purpose.categories, own)
        _known(service, "basis", purpose.bases, lawful)
        if all(lawful[name].special for name in purpose.bases):
            _dangling(f"purpose '{purpose.id}' of '{service.id}' names only special bases")
    for consent in service.consent_based:
        _known(service, "basis", consent.goes_on_basis, lawful)


def _known(service: Service, kind: str, wanted: Iterable[str], known: Iterable[str]) -> None:
    missing = next((one for one in wanted if one not in known), None)
    if missing is not None:
        _dangling(f"service '{service.id}' names the {kind} '{missing}', which is not there")


def _dangling(problem: str) -> NoReturn:
    raise ConfigError(
        "register.refers",
        f"The register does not fit together: {problem}.",
        "Correct the name, or add what it refers to.",
    )
