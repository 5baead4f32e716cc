"""Pieces of the officers' forms: every field has a title, words and a place.

The Prefect UI shows a field's title and description, and orders by `position`; a field without one
jumps. Options are given as a JSON-schema `enum`, which the UI shows as a searchable list.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field


def field(position: int, title: str, words: str, **more: Any) -> Any:
    """A form field at a place, with its title and one or two plain sentences."""
    options = more.pop("options", None)
    extra: dict[str, Any] = {"position": position}
    if options:
        extra["enum"] = list(options)
    return Field(title=title, description=words, json_schema_extra=extra, **more)


REFERENCE_WORDS = (
    "As on the case board, such as SAR-2026-0041-K. The last letter catches slips; the run "
    "answers first with what the case is."
)
DATE_WORDS = "Day, in London, as yyyy-MM-dd (22 November 2026 is 2026-11-22)."
