"""Reads the law data and refuses what is not whole.

A broken file is named with the rule, the place in it and an example of how it should look: the
people who keep these files are officers and lawyers, not programmers.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, NoReturn

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from rights.errors import ConfigError
from rights.law.model import DatedValue, Law, Rule, Value
from rights.law.yamlfile import parse_yaml

_EXAMPLE = """For example:
  - id: time.period
    title: Time to answer a request
    unit: months
    citation: UK GDPR Art 12A(1)
    href: https://www.legislation.gov.uk/eur/2016/679/article/12A
    checked_on: 2026-11-22
    values:
      - {from: 2026-02-05, value: 1}"""


@cache
def load(folder: Traversable | None = None) -> Law:
    """The law data, checked; read once for each process and folder.

    Args:
        folder: Where the files are; by default the data that came with the package.

    Raises:
        ConfigError: ``law.file``, naming the file, the rule and what it should look like.
    """
    root = folder or resources.files("rights.law")
    schema = json.loads(resources.files("rights.law").joinpath("schema.json").read_bytes())
    validator = Draft202012Validator(schema)
    rules: dict[str, Rule] = {}
    digest = hashlib.sha256()
    for name, data in _files(root):
        digest.update(name.encode() + b"\0" + data + b"\0")
        body = _parse(name, data, validator)
        for raw in body["rules"]:
            if raw["id"] in rules:
                _refuse(name, raw["id"], "the id stands twice in the law data")
            rules[raw["id"]] = _rule(name, body["act"], raw)
    return Law(rules=rules, version=digest.hexdigest())


def _files(root: Traversable) -> Iterator[tuple[str, bytes]]:
    """Every YAML file one folder down, in the order of their names."""
    for folder in sorted((f for f in root.iterdir() if f.is_dir()), key=lambda f: f.name):
        for file in sorted(folder.iterdir(), key=lambda f: f.name):
            if file.name.endswith(".yaml"):
                yield f"{folder.name}/{file.name}", file.read_bytes()


def _parse(name: str, data: bytes, validator: Draft202012Validator) -> dict[str, Any]:
    try:
        body = parse_yaml(data)
    except yaml.YAMLError as error:
        _refuse(name, "", f"it is not readable as YAML: {error}")
    problem = best_match(validator.iter_errors(body))
    if problem is not None:
        _refuse(name, _rule_id(body, problem), f"{_place(problem)}: {problem.message[:300]}")
    return body


def _rule_id(body: Any, problem: ValidationError) -> str:
    path = list(problem.absolute_path)
    if len(path) > 1 and path[0] == "rules":
        return str(body["rules"][path[1]].get("id", f"number {int(path[1]) + 1}"))
    return ""


def _place(problem: ValidationError) -> str:
    return "/".join(str(part) for part in problem.absolute_path) or "the file"


def _rule(name: str, act: str, raw: Mapping[str, Any]) -> Rule:
    values = tuple(
        sorted((_dated(name, raw, value) for value in raw["values"]), key=lambda v: v.start)
    )
    for earlier, later in itertools.pairwise(values):
        if earlier.until is None or earlier.until >= later.start:
            _refuse(
                name,
                raw["id"],
                f"the value from {earlier.start} must end (`until`) before {later.start}",
            )
    checked = raw.get("checked_on")
    return Rule(
        id=raw["id"],
        title=raw["title"],
        act=act,
        unit=raw["unit"],
        citation=raw["citation"],
        href=raw.get("href", ""),
        checked_on=_day(name, raw["id"], checked) if checked else None,
        status=raw.get("status", "checked"),
        note=raw.get("note", ""),
        values=values,
        digest=_digest(act, raw),
    )


def _digest(act: str, raw: Mapping[str, Any]) -> str:
    """Of what a rule says; who checked it and when, and remarks, are no change of the law."""
    said = {k: v for k, v in raw.items() if k not in ("checked_on", "note", "status", "href")}
    text = json.dumps([act, said], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _dated(name: str, raw: Mapping[str, Any], value: Mapping[str, Any]) -> DatedValue:
    start = _day(name, raw["id"], value["from"])
    until = _day(name, raw["id"], value["until"]) if "until" in value else None
    if until is not None and until < start:
        _refuse(name, raw["id"], f"the value from {start} ends before it starts")
    return DatedValue(
        start=start,
        until=until,
        value=_frozen(value["value"]),
        citation=value.get("citation", raw["citation"]),
        href=value.get("href", raw.get("href", "")),
    )


def _frozen(value: Any) -> Value:
    """Lists as tuples, so that no caller can change the law."""
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return MappingProxyType({str(key): _frozen(item) for key, item in value.items()})
    return value


def _day(name: str, rule_id: str, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        _refuse(name, rule_id, f"{text} is not a date")


def _refuse(name: str, rule_id: str, problem: str) -> NoReturn:
    where = f"rights/law/{name}" + (f", rule {rule_id}" if rule_id else "")
    raise ConfigError("law.file", f"{where}: {problem}.", _EXAMPLE)
