"""The reply to a request for erasure and its certificate, from what was decided and proved.

Records are named by kind, place and days: their titles may name other people.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from casework.acting import could_not
from casework.erasure import made_public
from casework.erasure.listed import listed_in
from casework.erasure.weighing import ERASED, IN_PART, NOTHING, RESTRICTED
from casework.erasure.words import ERASE, KEEP, NO_GROUND, RESTRICT, order_of
from casework.letters import base, routes
from casework.office import Work
from casework.recipients import told_as_read
from casework.refusing import facts_of
from letters.erasure import Erasing, ErasureCertificate, ErasureLetter, GoneRow, KeptRow
from rights.case import Action
from rights.decisions.erasure import keepings
from rights.decisions.record import OUTCOME
from rights.events import DESTROYED
from rights.sources.suppression import ERASED as SUPPRESS_ERASED

_OUTCOMES = {
    ERASED: Erasing.ALL,
    IN_PART: Erasing.PART,
    RESTRICTED: Erasing.LIMITED,
    NOTHING: Erasing.NOTHING,
}
_BY_HAND = "The team that looks after the system erased it and told us so in writing."
Record = Mapping[str, Any]


def reply(work: Work, day: dt.date) -> ErasureLetter:
    """The reply as decided and done."""
    office, case = work.office, work.case
    decided = case.decision(OUTCOME)
    assert decided is not None and case.received_on is not None
    facts, outcome = facts_of(decided), decided.event.outcome
    waits = _day(facts.get("waits_until"))
    records: list[Record] = list(facts.get("records", ()))
    erase = [r for r in records if r["act"] == ERASE]
    gone = [] if waits else [r for r in erase if _action(work, r) is not None]
    how = _OUTCOMES.get(outcome, Erasing.NOT)
    erases = bool(erase) and how in (Erasing.ALL, Erasing.PART)
    less = how is not Erasing.ALL or waits is not None
    return ErasureLetter(
        **base(office, case, day),  # pyright: ignore[reportArgumentType]
        received=case.received_on,
        outcome=how,
        gone=_gone(work, gone) if not waits else (),
        kept=_kept(work, records, day, waits=waits is not None),
        to_go=tuple(f"{row[0]} ({row[1]})" for row in _by_kind(erase)) if waits else (),
        waits_until=waits,
        why_later=str(facts.get("why_later", "")) if waits else "",
        elsewhere=str(facts.get("elsewhere", "")) if erases else "",
        public=made_public.told_of(case, facts),
        told=told_as_read(office, case),
        marked=bool(gone) and is_marked(work, gone),
        listed=listed_in(work) if gone else (),
        routes=routes(office, day) if less else (),
    )


def certificate(work: Work, day: dt.date) -> ErasureCertificate:
    """The certificate of an erasure that was carried out after the reply."""
    decided = work.case.decision(OUTCOME)
    assert decided is not None and work.case.received_on is not None
    facts = facts_of(decided)
    erase = [r for r in facts["records"] if r["act"] == ERASE]
    gone = [r for r in erase if _action(work, r) is not None]
    return ErasureCertificate(
        **base(work.office, work.case, day),  # pyright: ignore[reportArgumentType]
        received=work.case.received_on,
        gone=_gone(work, gone),
        kept=_not_possible(work, erase),
        elsewhere=str(facts["elsewhere"]),
        marked=is_marked(work, gone),
        listed=listed_in(work),
    )


def is_marked(work: Work, gone: Iterable[Record]) -> bool:
    """Whether a mark against a return is kept for any of the systems concerned."""
    keys = {f"{work.ref}/{r['source']}" for r in gone}
    return work.office.store.suppressed.any_of(keys, purpose=SUPPRESS_ERASED)


def _action(work: Work, item: Record) -> Action | None:
    """What was done for a record; None when it is not done, or could not be."""
    key = order_of(work, item).key
    action = work.case.actions.get(key)
    return action if action and action.done and not could_not(work.case, key) else None


def _gone(work: Work, gone: Sequence[Record]) -> tuple[GoneRow, ...]:
    rows: list[GoneRow] = []
    for what, where, records in _grouped(gone, lambda r: str(_is_by_hand(work, r))):
        actions = [a for r in records if (a := _action(work, r))]
        days = sorted({a.done.done_on for a in actions if a.done})
        proof = _BY_HAND if _is_by_hand(work, records[0]) else _proved(actions)
        rows.append(GoneRow(what, where, _days(days), proof))
    return tuple(rows)


def _is_by_hand(work: Work, item: Record) -> bool:
    action = _action(work, item)
    return action is not None and action.done is not None and action.done.by_hand


def _proved(actions: Iterable[Action]) -> str:
    receipts = [
        json.loads(a.done.receipt) for a in actions if a.done and a.done.receipt != DESTROYED
    ]
    rows, files = (sum(int(r.get(name, 0)) for r in receipts) for name in ("rows", "files"))
    parts = [_count(rows, "entry", "entries"), _count(files, "file", "files")]
    said = " and ".join(part for part in parts if part)
    begins = f"The system removed {said}." if said else "The system removed it."
    return f"{begins} We looked again afterwards, and it was not there."


def _kept(
    work: Work, records: Sequence[Record], day: dt.date, *, waits: bool
) -> tuple[KeptRow, ...]:
    stay = [r for r in records if r["act"] in (KEEP, RESTRICT, NO_GROUND)]
    cited = {k.code: k for k in keepings(work.office.law, day)}
    rows: list[KeptRow] = []
    for what, group in _for_the_like_reason(stay):
        first = group[0]
        keeping = cited.get(str(first["keep"]))
        rule = work.office.law.dated("erasure.grounds", day).citation
        lines = [_sentence(str(first["reason"]))]
        if keeping:
            lines.append(f"The law lets us keep it because {keeping.plain}.")
        if first["despite"]:
            lines.append(_sentence(str(first["despite"])))
        elif first["until"]:
            lines.append(str(first["working"]))
        rows.append(
            KeptRow(
                what,
                tuple(line for line in lines if line),
                keeping.citation if keeping else rule,
                limited=first["act"] == RESTRICT and all(_action(work, r) for r in group),
            )
        )
    erase = [r for r in records if r["act"] == ERASE]
    return (*rows, *(() if waits else _not_possible(work, erase)))


def _for_the_like_reason(stay: Sequence[Record]) -> list[tuple[str, list[Record]]]:
    """What is kept for the same reason, under one heading, however many places it lies in."""
    found: dict[str, list[tuple[str, list[Record]]]] = {}
    for what, where, group in _grouped(stay, _reasons):
        found.setdefault(_reasons(group[0]), []).append((f"{what} ({where})", group))
    return [
        ("; ".join(what for what, _ in parts), [r for _, group in parts for r in group])
        for parts in found.values()
    ]


def _reasons(item: Record) -> str:
    return "|".join(str(item[n]) for n in ("act", "keep", "reason", "despite", "working"))


def _not_possible(work: Work, erase: Sequence[Record]) -> tuple[KeptRow, ...]:
    """What was to go and could not be made to."""
    left = [r for r in erase if could_not(work.case, order_of(work, r).key)]
    rule = work.office.law.dated("right.erasure", work.office.today()).citation
    return tuple(
        KeptRow(
            f"{what} ({where})",
            (
                "We wanted to erase this, and it could not be done.",
                _sentence(could_not(work.case, order_of(work, group[0]).key)),
            ),
            rule,
        )
        for what, where, group in _grouped(
            left, lambda r: could_not(work.case, order_of(work, r).key)
        )
    )


def _by_kind(records: Sequence[Record]) -> list[tuple[str, str]]:
    return [(what, where) for what, where, _ in _grouped(records, lambda r: "")]


def _grouped(
    records: Sequence[Record], apart: Callable[[Record], str]
) -> list[tuple[str, str, list[Record]]]:
    """Records of one kind and place together: how many, from which days, and where."""
    found: dict[tuple[str, str, str], list[Record]] = {}
    for item in records:
        key = (str(item["where"]), str(item["what"]), apart(item))
        found.setdefault(key, []).append(item)
    return [(_what(what, group), where, group) for (where, what, _), group in found.items()]


def _what(what: str, records: Sequence[Record]) -> str:
    word = what[:1].lower() + what[1:]
    many = word.replace("entry in", "entries in") if "entry in" in word else f"{word}s"
    days = sorted(d for r in records if (d := _day(r["dated"])))
    count = f"1 {word}" if len(records) == 1 else f"{len(records)} {many}"
    return f"{count}, {_span(days)}" if days else count


def _span(days: Sequence[dt.date]) -> str:
    first, last = _long(days[0]), _long(days[-1])
    return f"of {first}" if first == last else f"from {first} to {last}"


def _days(days: Sequence[dt.date]) -> str:
    return " and ".join(_long(d) for d in dict.fromkeys((days[0], days[-1]))) if days else ""


def _long(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _count(number: int, one: str, many: str) -> str:
    return "" if not number else f"{number} {one if number == 1 else many}"


def _sentence(text: str) -> str:
    plain = text.strip()
    return plain if not plain or plain[-1] in ".!?" else f"{plain}."


def _day(text: object) -> dt.date | None:
    return dt.date.fromisoformat(str(text)) if text else None
