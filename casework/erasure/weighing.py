"""What an answer about an erasure must satisfy, and what the answers together come to.

Law: UK GDPR Art 17(1) and (3): a ground is named; whatever is kept is kept because a person has
said why that is necessary, never because of a basis alone.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from casework.erasure.made_public import places_of
from casework.erasure.words import (
    DECIDE,
    EACH,
    ERASE,
    FINISH,
    KEEP,
    NO_GROUND,
    NOT_ASKED,
    OBSTACLES,
    RESTRICT,
)
from casework.office import Office
from casework.questions import Given
from rights.case import Case, Question
from rights.decisions.erasure import check_keeping, erasure_grounds
from rights.errors import InputError, RefusedError

ERASED, IN_PART, RESTRICTED, REFUSED, NOTHING = (
    "erased",
    "erased in part",
    "restricted instead",
    "refused",
    "nothing held",
)
_DETAILS = ("ground", "keep", "reason", "despite")


def check_weighed(office: Office, question: Question, given: Given) -> None:
    """Refuse an answer about a place or record that says too little, or that no basis carries.

    Raises:
        InputError: a ground or a reason is missing.
        RefusedError: ``erasure.no_basis``, ``erasure.keeping`` or ``erasure.ground``.
    """
    body, today = question.body, office.today()
    if given.value == ERASE or (given.value == RESTRICT and not _text(given, "keep")):
        ground = _text(given, "ground")
        if not ground:
            raise InputError(
                "erasure.ground_missing",
                "Nothing says on which ground it is erased.",
                "Choose the ground that the request meets.",
            )
        if ground not in erasure_grounds(office.law, today):
            raise RefusedError(
                "erasure.ground",
                "The law of today has no such ground.",
                f"Choose one of: {', '.join(erasure_grounds(office.law, today))}.",
            )
    if given.value == KEEP or (given.value == RESTRICT and _text(given, "keep")):
        check_keeping(_text(given, "keep"), body["kept_under"], office.law, on=today)
    if given.value in (KEEP, RESTRICT, NO_GROUND):
        _explained(given, is_passed=bool(body["passed"]))


def _explained(given: Given, *, is_passed: bool) -> None:
    if not _text(given, "reason"):
        raise InputError(
            "erasure.necessity",
            "Nothing says why this is kept. A lawful basis alone keeps nothing.",
            "Write what the records are needed for and what would be lost without them.",
        )
    if is_passed and not _text(given, "despite"):
        raise InputError(
            "erasure.time_over",
            "The schedule lets some of these records go already, and nothing says why they stay.",
            "Write why they are kept beyond their time, or decide record by record.",
        )


def decided_records(case: Case, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Each record with what was decided about it, from the answers to these questions."""
    found: list[dict[str, Any]] = []
    for question in questions:
        answer = case.questions[question.id].answer
        if answer is None or answer.value == EACH:
            continue

        details: Mapping[str, Any] = json.loads(answer.details) if answer.details else {}
        said = {name: str(details.get(name, "")).strip() for name in _DETAILS}
        place = {k: question.body[k] for k in ("what", "where")}
        found += [{**r, **place, **said, "act": answer.value} for r in question.body["records"]]
    return found


def outcome_of(records: Sequence[Mapping[str, Any]]) -> str:
    """How the request ends, by what becomes of the records that are asked for.

    Raises:
        InputError: none of them is asked for.
    """
    acts = {r["act"] for r in records} - {NOT_ASKED}
    if not acts:
        raise InputError(
            "erasure.nothing_asked",
            "Everything is marked as not asked for.",
            "Ask the person what they want erased, or correct an answer.",
        )
    if acts == {ERASE}:
        return ERASED
    if ERASE in acts:
        return IN_PART
    return RESTRICTED if RESTRICT in acts else REFUSED


def check_entries(records: Sequence[Mapping[str, Any]]) -> None:
    """An entry in a list of people goes only with the last record that hangs on it.

    Raises:
        RefusedError: ``erasure.entry_needed``.
    """
    for record in records:
        if not str(record["place"]).endswith("/entry") or record["act"] != ERASE:
            continue
        stays = [
            r for r in records
            if r["source"] == record["source"] and r["act"] != ERASE and r is not record
        ]  # fmt: skip
        if stays:
            raise RefusedError(
                "erasure.entry_needed",
                "The entry in a list of people is to go while records that hang on it stay.",
                "Keep the entry too, and say that the records cannot be found without it.",
            )


def check_when(given: Given, open_cases: Sequence[str], today: dt.date) -> dict[str, str]:
    """When it is carried out: at once, or from a day, with what is in the way.

    Raises:
        RefusedError: ``erasure.access_open``: nothing goes that somebody has asked to see.
        InputError: day or reason is missing.
    """
    if given.value == DECIDE:
        if open_cases:
            raise RefusedError(
                "erasure.access_open",
                "The same person has an access request open, so nothing may be erased now.",
                "Decide, and give the day from which it can be done: after that answer is sent.",
            )
        return {"waits_until": "", "obstacle": "", "why_later": ""}
    obstacle, why = _text(given, "obstacle"), _text(given, "why_later")
    if obstacle not in OBSTACLES or not why:
        raise InputError(
            "erasure.why_later",
            "Nothing says what is in the way of carrying it out.",
            "Choose what it is, and write it for the person to read.",
        )
    try:
        day = dt.date.fromisoformat(_text(given, "waits_until"))
    except ValueError:
        day = today
    if day <= today:
        raise InputError(
            "erasure.later_day",
            "The day from which it can be done is missing, or not after today.",
            "Write it as 2026-11-22. It can be moved when the day comes.",
        )
    return {"waits_until": day.isoformat(), "obstacle": obstacle, "why_later": why}


def check_elsewhere(given: Given, *, erases: bool) -> dict[str, Any]:
    """What becomes of copies that no source shows, and of what was made public (Art 17(2)).

    Raises:
        InputError: nothing is said about backups.
    """
    elsewhere = _text(given, "elsewhere")
    if erases and not elsewhere:
        raise InputError(
            "erasure.backups",
            "Nothing says what becomes of copies in backups and with those who work for us.",
            "Ask whoever runs the systems, and write it for the person to read.",
        )
    return {"elsewhere": elsewhere, "public": places_of(_text(given, "public")) if erases else []}


def is_finish(question: Question) -> bool:
    """Whether a question is the decision as a whole."""
    return question.body.get("kind") == FINISH


def _text(given: Given, name: str) -> str:
    return str(given.details.get(name, "") or "").strip()
