"""Old stored forms, brought up one version at a time. Entries are added and never removed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]

UPCASTERS: dict[tuple[str, int], Upcaster] = {}
"""(kind, version) -> function that returns the body in the next version."""


def current_form(body: dict[str, Any]) -> dict[str, Any]:
    """The body with every upcaster for its kind applied in turn."""
    while step := UPCASTERS.get((body["kind"], body.get("version", 1))):
        body = step(dict(body))
    return body
