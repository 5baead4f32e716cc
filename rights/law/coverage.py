"""The coverage register: for each provision, what is built, and what proves it.

The data are ``coverage.yaml`` beside this module. Whoever asks "is that paragraph in it?" gets a
status, the rules it became, the letters that carry it, the tests that would fail without it, and
what is missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import NoReturn

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from rights.errors import ConfigError
from rights.law.yamlfile import parse_yaml

_FILE = "coverage.yaml"


class Built(StrEnum):
    """How far a provision is built."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NOT_BUILT = "not built"
    NOTHING_TO_BUILD = "nothing to build"
    """It asks nothing of a council here: repealed, another country, a minister's power."""


@dataclass(frozen=True, slots=True)
class Covered:
    """One provision of the register.

    Attributes:
        provision: Act with Article, section or paragraph.
        also: Provisions that made or amended it, and where else it is spoken of.
        about: What it says, in a few words.
        status: How far it is built.
        rules: Ids of the rules it became.
        letters: Letters and sheets that carry it, by the names of their templates.
        tests: Tests that would fail without it, as file::function.
        missing: What is not there, or why nothing need be; empty when complete.
    """

    provision: str
    also: tuple[str, ...]
    about: str
    status: Built
    rules: tuple[str, ...]
    letters: tuple[str, ...]
    tests: tuple[str, ...]
    missing: str


@cache
def coverage() -> tuple[Covered, ...]:
    """The register, checked, in the order in which it is written.

    Raises:
        ConfigError: ``law.coverage``, naming the place and what it should look like.
    """
    folder = resources.files("rights.law")
    return read_coverage(
        folder.joinpath(_FILE).read_bytes(), folder.joinpath("coverage.schema.json").read_bytes()
    )


def read_coverage(data: bytes, schema: bytes) -> tuple[Covered, ...]:
    """A register from its text; errors as in `coverage`."""
    try:
        body = parse_yaml(data)
    except yaml.YAMLError as error:
        _refuse(f"it is not readable as YAML: {error}")
    problem = best_match(Draft202012Validator(json.loads(schema)).iter_errors(body))
    if problem is not None:
        path = list(problem.absolute_path)
        where = body["provisions"][path[1]].get("provision", path[1]) if len(path) > 1 else "it"
        _refuse(f"{where}: {problem.message[:300]}")
    entries = tuple(
        Covered(
            provision=raw["provision"],
            also=tuple(raw.get("also", ())),
            about=raw["about"],
            status=Built(raw["status"]),
            rules=tuple(raw.get("rules", ())),
            letters=tuple(raw.get("letters", ())),
            tests=tuple(raw.get("tests", ())),
            missing=raw.get("missing", ""),
        )
        for raw in body["provisions"]
    )
    names = [entry.provision for entry in entries]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        _refuse(f"{twice} stands twice")
    return entries


def covering(rule_id: str, entries: Iterable[Covered]) -> tuple[Covered, ...]:
    """The provisions that a rule serves."""
    return tuple(entry for entry in entries if rule_id in entry.rules)


def _refuse(problem: str) -> NoReturn:
    raise ConfigError(
        "law.coverage",
        f"rights/law/{_FILE}: {problem}.",
        "Each provision has a provision, about and status; a complete or partial one names its "
        "tests as tests/folder/test_file.py::test_name, and every other than a complete one says "
        "what is missing.",
    )
