"""Whether an answer on a matter says what it has to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from dateutil.relativedelta import relativedelta

from rights.errors import InputError
from rights.law import Law
from rights.standing.matter import Entry, Matter, Option


def check_entries(
    matter: Matter, option: Option, given: Mapping[str, str], today: dt.date, law: Law
) -> None:
    """Refuse an answer that leaves something out or contradicts itself.

    Args:
        matter: What is answered.
        option: How.
        given: Entry -> text, blanks trimmed.
        today: The local day.
        law: The law data.

    Raises:
        InputError: with the labels of what is missing, or what cannot be.
    """
    missing = [
        e.label.rstrip("?")
        for e in matter.entries
        if option.code in e.needed_for and not given.get(e.name)
    ]
    if missing:
        raise InputError(
            "standing.incomplete",
            f"Not yet said: {'; '.join(missing)}.",
            "Fill it in. Whoever looks at this decision later must see what it rests on.",
        )
    for entry in matter.entries:
        if text := given.get(entry.name, ""):
            _check_entry(entry, text, given, today, law)


def _check_entry(
    entry: Entry, text: str, given: Mapping[str, str], today: dt.date, law: Law
) -> None:
    if entry.kind == "date":
        _check_day(entry, text, given, today, law)
    if not entry.choices:
        return
    if text not in entry.choices:
        raise InputError(
            "standing.choice",
            f"That is none of the choices under '{entry.label}'.",
            "Choose one from the list.",
        )
    for name, wanted in entry.only_with.get(text, {}).items():
        if given.get(name) != wanted:
            raise InputError(
                "standing.scope",
                f"'{text}' counts here only together with '{wanted}'.",
                "If that is not so, the document does not cover this request.",
            )


def _check_day(entry: Entry, text: str, given: Mapping[str, str], today: dt.date, law: Law) -> None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(
            "standing.day",
            f"The calendar has no such day under '{entry.label}'.",
            "Write it as year-month-day: 2026-11-22.",
        ) from None
    if day > today:
        raise InputError(
            "standing.future",
            f"The day under '{entry.label}' lies ahead.",
            "Give the day on which it happened.",
        )
    oldest = today - relativedelta(months=law.number("standing.authority_recent", today))
    if entry.recent and day < oldest and not given.get("confirmed"):
        raise InputError(
            "standing.old_authority",
            "The authority is not recent.",
            "Ask the person whether it still holds, and write down when and how they said so.",
        )
