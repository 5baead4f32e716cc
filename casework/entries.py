"""The entries that a question asks for beside its options, and reading what was entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from casework.questions import Given
from rights.errors import InputError


def entry(
    name: str,
    label: str,
    kind: str = "area",
    hint: str = "",
    goes_with: Sequence[str] = (),
    choices: Sequence[str] = (),
) -> dict[str, Any]:
    """One field of a question's form, as the desk draws it: 'area', 'line', 'date' or 'choice'."""
    return {
        "name": name,
        "label": label,
        "kind": kind,
        "hint": hint,
        "goes_with": list(goes_with),
        "choices": list(choices),
    }


def text_of(details: Mapping[str, Any], name: str) -> str:
    """What was entered, blanks trimmed; empty when nothing was."""
    return str(details.get(name, "") or "").strip()


def lines_of(details: Mapping[str, Any], name: str) -> list[str]:
    """The lines that were entered, empty ones left out."""
    return [line for raw in text_of(details, name).splitlines() if (line := raw.strip())]


def needed(given: Given, name: str, code: str, what: str, how: str) -> str:
    """What was entered, or a refusal that says what is missing and how it is mended.

    Raises:
        InputError: nothing was entered, with this code.
    """
    found = text_of(given.details, name)
    if not found:
        raise InputError(code, what, how)
    return found


def proof_of(details: Mapping[str, Any], code: str, what: str) -> tuple[str, dt.date]:
    """How it is known that something was sent by hand, and on which day.

    Args:
        details: What was entered.
        code: Begins the codes of the errors.
        what: What was sent, for the message.

    Raises:
        InputError: one of the two is missing.
    """
    proof = text_of(details, "proof")
    if not proof:
        raise InputError(
            f"{code}.proof",
            f"Nothing says how it is known that the {what} was sent.",
            "Write what you saw: a receipt, a call, a tracking number.",
        )
    try:
        return proof, dt.date.fromisoformat(text_of(details, "sent_on"))
    except ValueError:
        raise InputError(
            f"{code}.day",
            "The day it was sent is missing or not written as yyyy-MM-dd.",
            "Write it as 2026-11-22.",
        ) from None
