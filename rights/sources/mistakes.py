"""What is wrong with a mapping, in words for whoever writes it."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from rights.errors import ConfigError


def unreadable(path: Path, error: Exception) -> ConfigError:
    """The error for a mapping that is no YAML, or not there."""
    mark: Any = getattr(error, "problem_mark", None)
    line = f", line {mark.line + 1}: {getattr(error, 'problem', '')}" if mark else ""
    if isinstance(error, FileNotFoundError):
        return ConfigError(
            "sources.mapping_unreadable",
            f"There is no mapping {path.name} in that folder.",
            "Check its path.",
        )
    return ConfigError(
        "sources.mapping_unreadable",
        f"The source mapping {path.name} is not readable YAML{line}.",
        "Correct that line: mind the spaces before it, and put quotes around a text with a "
        "colon or a number sign.",
    )


def first_problem(error: ValidationError) -> ErrorDetails:
    """The one to be told: a key that is unknown explains one that is missing."""
    found = error.errors()
    return next((one for one in found if one["type"] == "extra_forbidden"), found[0])


_MEANT = {
    "id": "key", "forename": "forenames", "first_name": "forenames", "given_name": "forenames",
    "last_name": "surname", "family_name": "surname", "name": "full_name",
    "date_of_birth": "dob", "birth": "dob", "born": "dob", "gender": "sex", "nhs_number": "nhs",
    "ni_number": "nino", "mobile": "phone", "telephone": "phone", "mail": "email",
    "alias": "other_surname", "maiden_name": "former_surname", "aka": "known_as",
    "postcodes": "addresses", "former_address": "addresses", "previous_address": "addresses",
}  # fmt: skip
"""Words that people try, and the key that it is."""
_ONE_COLUMN = "string_type"


def problem(error: ErrorDetails, schema: dict[str, Any]) -> str:
    """What is wrong with one key, in words for whoever writes the mapping.

    Args:
        error: As the models found it.
        schema: What is allowed, to name the key that may be meant.
    """
    name = str(error["loc"][-1]) if error["loc"] else ""
    if error["type"] == "missing":
        return f"`{name}` is missing."
    if error["type"] == _ONE_COLUMN and isinstance(error["input"], list):
        more = "; a second address goes under `addresses`" if name == "postcode" else ""
        return f"one column belongs here, not a list{more}."
    if error["type"] != "extra_forbidden":
        return error["msg"].removeprefix("Value error, ") + "."
    known = {name for part in (schema, *schema["$defs"].values()) for name in _keys(part)}
    meant = _MEANT.get(name.casefold().replace(" ", "_"))
    alike = [meant] if meant else get_close_matches(name, known, 2)
    hint = f" Did you mean {' or '.join(map(repr, alike))}?" if alike else ""
    return f"there is no such key here.{hint}"


def _keys(part: dict[str, Any]) -> list[str]:
    return list(part.get("properties", {}))
