"""Reading a file of any of the kinds, and the schemas that are shipped."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Sequence
from importlib import resources
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from redaction.exchange.decisions import DecisionsFile
from redaction.exchange.findings import FindingsFile
from redaction.exchange.hidden import HiddenFile
from redaction.exchange.mustnot import MustNotFile
from redaction.exchange.people import PeopleFile
from rights.errors import InputError
from rights.law.yamlfile import parse_yaml

KINDS: dict[str, type[BaseModel]] = {
    "people": PeopleFile,
    "findings": FindingsFile,
    "decisions": DecisionsFile,
    "must-not": MustNotFile,
    "hidden": HiddenFile,
}
"""Name of each kind of file and its model."""
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,40}")
_SHOWN = 5
_LONGEST = 2_000_000
"""Characters of a file up to which the line of a mistake is sought."""
_SAFE = frozenset(
    [
        "missing", "extra_forbidden", "string_type", "string_too_short", "string_too_long",
        "string_pattern_mismatch", "int_type", "int_parsing", "float_type", "float_parsing",
        "bool_type", "bool_parsing", "date_type", "date_parsing", "date_from_datetime_parsing",
        "tuple_type", "list_type", "dict_type", "model_type", "model_attributes_type", "enum",
        "literal_error", "too_short", "too_long", "greater_than", "greater_than_equal",
        "less_than", "less_than_equal", "value_error", "finite_number", "union_tag_invalid",
    ]
)  # fmt: skip
"""Kinds of error whose message holds nothing of what was written, only of what was expected."""

T = TypeVar("T", bound=BaseModel)


def read_file(data: bytes, model: type[T]) -> T:
    """A file of YAML or JSON, checked.

    Raises:
        InputError: It is no YAML or JSON, or something in it is not as its schema says; the
            sentence names the places, and no value.
    """
    name = next(k for k, m in KINDS.items() if m is model)
    try:
        text = data.decode("utf-8-sig")
        # JSON is read as such: the YAML reader takes minutes over a large file.
        body: Any = json.loads(text) if text.lstrip()[:1] == "{" else parse_yaml(text.encode())
    except UnicodeDecodeError as error:
        raise InputError(
            f"redact.{name}.encoding", f"The {name} file is not UTF-8.", "Save it as UTF-8."
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        if isinstance(error, json.JSONDecodeError):
            where = f" at line {error.lineno}, column {error.colno}"
        raise InputError(
            f"redact.{name}.syntax",
            f"The {name} file is neither YAML nor JSON{where}.",
            "Put the line right; `rights redact schema` shows what may stand in it.",
        ) from None
    try:
        return model.model_validate(body, strict=False)
    except ValidationError as error:
        lines = _Lines(text)
        wrong = error.errors(include_input=False, include_url=False)
        found = [_told(e, model, lines) for e in wrong]
        more = f" (and {len(found) - _SHOWN} more)" if len(found) > _SHOWN else ""
        raise InputError(
            f"redact.{name}.invalid",
            f"The {name} file is not as it should be: {'; '.join(found[:_SHOWN])}{more}.",
            f"Put these right; `rights redact schema {name}` shows what may stand in it.",
        ) from None


def schema_of(name: str) -> str:
    """The JSON Schema (draft 2020-12) of a kind of file, as its model gives it."""
    model = KINDS[name]
    body = model.model_json_schema()
    body["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def shipped_schema(name: str) -> str:
    """The schema file of that name, as it is shipped.

    Raises:
        InputError: There is no such kind of file.
    """
    if name not in KINDS:
        raise InputError(
            "redact.schema", "There is no such kind of file.", f"Use one of: {', '.join(KINDS)}."
        )
    return resources.files("redaction.exchange").joinpath(f"schemas/{name}.json").read_text("utf-8")


class _Lines:
    """On which line of the file each place stands; found only once something is wrong."""

    def __init__(self, text: str) -> None:
        self._root: Any = None
        if len(text) <= _LONGEST:
            try:
                self._root = yaml.compose(text, Loader=yaml.SafeLoader)
            except yaml.YAMLError:
                self._root = None

    def of(self, place: Sequence[int | str]) -> int | None:
        """The line, from 1, of the place or of what holds it."""
        node, line = self._root, None
        for part in place:
            if node is None:
                break
            line, node = _below(node, part, line)
        return line


def _below(node: Any, part: int | str, line: int | None) -> tuple[int | None, Any]:
    """The line of one part of a node and the node there; the line above where there is no such."""
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        items: list[Any] = node.value
        if part < len(items):
            return items[part].start_mark.line + 1, items[part]
    elif isinstance(node, yaml.MappingNode):
        pairs: list[tuple[Any, Any]] = node.value
        for key, value in pairs:
            if key.value == part:
                return key.start_mark.line + 1, value
        if line is None:
            return node.start_mark.line + 1, None
    return line, None


def _keys_at(model: type[BaseModel], place: Sequence[int | str]) -> list[str]:
    """The keys that may stand beside a wrong one, from the model's schema."""
    schema: Any = model.model_json_schema()
    node: Any = schema
    for part in place[:-1]:
        node = node.get("items", {}) if isinstance(part, int) else node["properties"].get(part, {})
        for choice in (node, *node.get("anyOf", ())):
            if "$ref" in choice:
                node = schema["$defs"][choice["$ref"].rsplit("/", 1)[-1]]
    return list(node.get("properties", {}))


def _told(error: Any, model: type[BaseModel], lines: _Lines) -> str:
    place = ""
    for part in error["loc"]:
        if isinstance(part, int):
            place += f"[{part}]"
        else:
            # A key that is none of ours may be a name somebody put in the wrong place.
            known = _NAME.fullmatch(part)
            place += ("." if place else "") + (part if known else "(a key)")
    said = str(error["msg"]).removeprefix("Value error, ") if error["type"] in _SAFE else "wrong"
    if error["type"] == "extra_forbidden":
        keys = _keys_at(model, error["loc"])
        near = difflib.get_close_matches(str(error["loc"][-1]).lower(), keys, 1, 0.6)
        said = f"no such key; {', '.join(keys)} may be"
        if near:
            said = f"no such key; perhaps `{near[0]}`"
    line = lines.of(error["loc"])
    where = f" (line {line})" if line else ""
    return f"{place or 'the file'}: {said[:1].lower()}{said[1:]}{where}"
