"""What is written down when something is withheld: the facts, the extent, and the test that is met.

Law: DPA 2018 Schs 2 to 4. Each ground of the table names its entries; what they are, and which
answers show that the test is not met (distress is not serious harm), is data in ``rights/law``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from rights.errors import RefusedError
from rights.exemptions import Exemption, exemption
from rights.law import Law, Value

RULE = "withholding.record"
FACTS = "reason"
"""The entry that every withholding needs: which test is met, and on what facts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the record.

    Attributes:
        name: Its name in the record ('prejudice').
        label: What the decider is asked.
        kind: 'area', 'line', 'past' (a day not after today), 'ahead' (a day to come) or 'choice'.
        options: Of a choice.
        refused: Options that show the test is not met, each with the reason.
    """

    name: str
    label: str
    kind: str
    options: tuple[str, ...] = ()
    refused: Mapping[str, str] | None = None


def entries(ground: Exemption, law: Law, *, on: dt.date) -> tuple[Entry, ...]:
    """What is written down under a ground besides the facts, as the law stands on a day."""
    table = law.table(RULE, on)
    return tuple(_entry(name, table[name]) for name in ground.record)


def check_record(
    code: str, details: Mapping[str, object], law: Law, *, on: dt.date
) -> tuple[Entry, ...]:
    """The entries of a ground, if a record gives them all and they meet its test.

    Args:
        code: The ground.
        details: The entries as given.
        law: The law data.
        on: The day of the decision.

    Raises:
        RefusedError: ``withholding.incomplete``, ``withholding.test`` or ``withholding.date``.
    """
    wanted = entries(exemption(code, law, on=on), law, on=on)
    lacking = [e.label for e in wanted if not _text(details, e.name)]
    if lacking:
        raise RefusedError(
            "withholding.incomplete",
            f"The record of withholding under {code} lacks: {'; '.join(lacking)}.",
            "Fill in each entry once; it stands for all passages of this answer.",
        )
    for entry in wanted:
        _check(entry, _text(details, entry.name), on)
    return wanted


def check_decider(code: str, roles: frozenset[str], law: Law, *, on: dt.date) -> None:
    """Refuse a withholding by somebody whose role may not decide on that ground.

    Raises:
        RefusedError: ``withholding.decider``.
    """
    ground = exemption(code, law, on=on)
    if not roles & set(ground.roles):
        raise RefusedError(
            "withholding.decider",
            f"Withholding under {code} is for: {ground.decider}.",
            f"Ask somebody who signs in with the role {' or '.join(ground.roles)}.",
        )


def _check(entry: Entry, given: str, today: dt.date) -> None:
    if entry.kind == "choice":
        refused = entry.refused or {}
        if given not in entry.options or given in refused:
            raise RefusedError(
                "withholding.test",
                refused.get(given, f"That is not one of the answers to: {entry.label}."),
                "Choose what the facts bear out, or disclose it.",
            )
    elif entry.kind in ("past", "ahead"):
        day = _day(given)
        if day is None or (day > today) is not (entry.kind == "ahead"):
            wanted = "a day to come" if entry.kind == "ahead" else "today or a day before"
            raise RefusedError(
                "withholding.date",
                f"{entry.label}: this must be {wanted}, written as yyyy-MM-dd.",
                "Give the day again.",
            )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _entry(name: str, value: Value) -> Entry:
    body: Mapping[str, Value] = value if isinstance(value, Mapping) else {}
    options, refused = body.get("options", ()), body.get("refused", {})
    return Entry(
        name=name,
        label=str(body["label"]),
        kind=str(body["kind"]),
        options=tuple(str(o) for o in options) if isinstance(options, tuple) else (),
        refused={k: str(v) for k, v in refused.items()} if isinstance(refused, Mapping) else {},
    )


def _text(details: Mapping[str, object], name: str) -> str:
    return str(details.get(name, "") or "").strip()
