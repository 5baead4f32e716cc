"""The questions of an erasure: what is weighed for each place or record, and before it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from casework.entries import entry
from casework.erasure.made_public import places_entry
from casework.erasure.scope import Group, Held, find_by, passed
from casework.letters import people_of
from casework.office import Work
from casework.questions import Ask
from rights.decisions.erasure import erasure_grounds, keepings
from rights.register import processors_of
from rights.register.bases import newest_bases
from rights.sources.actions import Erase, Instruction, Restrict

ASSESS = "assess"
FORM = "erase"
"""Which page of the desk shows these questions."""
GROUP, RECORD, FINISH = "group", "record", "finish"

ERASE = "erase it"
KEEP = "keep it: keeping is necessary"
RESTRICT = "keep it and stop its use"
NO_GROUND = "no ground for erasure applies"
NOT_ASKED = "the person does not ask for this"
EACH = "decide record by record"
DECIDE, LATER = "this is our decision", "this is our decision, and it has to wait"
OBSTACLES = (
    "an open access request",
    "a hold on deletion",
    "a court case or legal claim",
    "something else",
)


def ask_group(work: Work, group: Group) -> Ask:
    """What is to become of the records of one place."""
    options = (ERASE, KEEP, RESTRICT, NO_GROUND, NOT_ASKED)
    each = (EACH,) if len(group.records) > 1 else ()
    body = {
        **_facts(work, group, group.records),
        "words": "What becomes of these records? A lawful basis alone keeps nothing: say why "
        "keeping them is necessary, or they go.",
        "kind": GROUP,
    }
    return Ask(f"erasure/group/{group.id}", ASSESS, "manager", body, (*options, *each))


def ask_record(work: Work, group: Group, held: Held) -> Ask:
    """What is to become of one record."""
    body = {
        **_facts(work, group, (held,)),
        "words": "What becomes of this record?",
        "kind": RECORD,
        "title": held.title,
    }
    name = f"erasure/record/{held.document}/{held.digest[:8] or 'by-hand'}"
    return Ask(name, ASSESS, "manager", body, (ERASE, KEEP, RESTRICT, NO_GROUND, NOT_ASKED))


def ask_finish(
    work: Work,
    basis: int,
    decided: Iterable[Mapping[str, Any]],
    open_cases: Iterable[str],
    services: frozenset[str],
) -> Ask:
    """The decision as a whole, with a dry run of what would go."""
    records = list(decided)
    acts = [r for r in records if r["act"] in (ERASE, RESTRICT)]
    some = any(r["act"] == ERASE for r in records)
    register = work.office.council.register
    body: dict[str, Any] = {
        "form": FORM,
        "asked_for": people_of(work.case).asked_for,
        "kind": FINISH,
        "words": "Nothing has been done yet. This is exactly what would be done.",
        "counts": _counts(records),
        "rehearsal": [_rehearsed(work, r) for r in acts],
        "open_cases": list(open_cases),
        "processors": [f"{p.name}: {p.does}" for p in processors_of(register, services)],
        "entries": _finish_entries() if some else [],
    }
    options = (DECIDE, LATER) if some else (DECIDE,)
    return Ask(f"erasure/finish/{basis}", ASSESS, "manager", body, options)


def _counts(records: list[Mapping[str, Any]]) -> dict[str, int]:
    return {
        act: n
        for act in (ERASE, RESTRICT, KEEP, NO_GROUND, NOT_ASKED)
        if (n := sum(1 for r in records if r["act"] == act))
    }


def order_of(work: Work, record: Mapping[str, Any]) -> Erase | Restrict:
    """The order for one record as decided. Its key is of the record and its content."""
    held = held_of(record)
    content = held.digest[:8] or "by-hand"
    act = Erase if record["act"] == ERASE else Restrict
    return act(
        key=f"{work.ref}/{act.act.value}/{held.document}/{content}",
        record=held.item,
        expected=held.digest,
        find_by=find_by(work, held),
    )


def _rehearsed(work: Work, record: Mapping[str, Any]) -> dict[str, Any]:
    told = work.office.actions[str(record["source"])].rehearse(
        order_of(work, record), work.office.clock()
    )
    by_hand = isinstance(told, Instruction)
    return {
        "act": record["act"],
        "what": record["what"],
        "title": record["title"],
        "dated": record["dated"],
        "source": record["where"],
        "by_hand": told.to if by_hand else "",
        "rows": 0 if by_hand else told.rows,
        "files": 0 if by_hand else told.files,
        "kept": 0 if by_hand else told.kept,
    }


def _facts(work: Work, group: Group, records: tuple[Held, ...]) -> dict[str, Any]:
    today, names = work.office.today(), newest_bases(work.office.law)
    register = work.office.council.register
    purposes = {(s.id, p.id): p.text for s in register.services for p in s.purposes}
    services = {s.id: s.name for s in register.services}
    return {
        "form": FORM,
        "asked_for": people_of(work.case).asked_for,
        "place": group.place,
        "title": f"{group.title}: {group.what}",
        "what": group.what,
        "where": group.title,
        "rule": group.rule,
        "services": sorted({services[s.service] for s in group.stands}),
        "purposes": [
            {
                "text": purposes[(s.service, s.purpose)],
                "bases": [names[b.removeprefix("basis.")].plain for b in s.bases],
                "kept_under": list(s.kept_under),
                "necessary": s.necessary,
            }
            for s in group.stands
        ],
        "kept_under": sorted(group.kept_under),
        "records": [as_body(r, today) for r in records],
        "passed": passed(records, today),
        "entries": _weigh_entries(work, passed(records, today)),
    }


def as_body(held: Held, today: dt.date) -> dict[str, Any]:
    """A record as questions and decisions keep it."""
    return {
        "document": held.document,
        "source": held.source,
        "item": held.item,
        "place": held.place,
        "title": held.title,
        "dated": held.dated.isoformat() if held.dated else "",
        "key": held.key,
        "digest": held.digest,
        "until": held.until.isoformat() if held.until else "",
        "working": held.working,
        "passed": passed((held,), today),
    }


def held_of(record: Mapping[str, Any]) -> Held:
    """The record that a question or decision keeps."""
    return Held(
        document=str(record["document"]),
        source=str(record["source"]),
        item=str(record["item"]),
        place=str(record["place"]),
        title=str(record["title"]),
        dated=_day(record["dated"]),
        key=str(record["key"]),
        digest=str(record["digest"]),
        until=_day(record["until"]),
        working=str(record["working"]),
    )


def _day(text: object) -> dt.date | None:
    return dt.date.fromisoformat(str(text)) if text else None


def _weigh_entries(work: Work, is_passed: bool) -> list[dict[str, Any]]:
    law, today = work.office.law, work.office.today()
    entries = [
        entry(
            "ground", "Ground for erasure", "choice", "", (ERASE, RESTRICT),
            erasure_grounds(law, today),
        ),
        entry(
            "keep", "For what it has to be kept", "choice", "", (KEEP, RESTRICT),
            tuple(k.code for k in keepings(law, today)),
        ),
        entry(
            "reason",
            "Why, in words to the person",
            hint="Printed in the reply. What is it needed for, and what would be lost without it?",
            goes_with=(KEEP, RESTRICT, NO_GROUND),
        ),
    ]  # fmt: skip
    if is_passed:
        entries.append(
            entry(
                "despite",
                "Why it is kept although its time is over",
                hint="The schedule of keeping lets some of it go already. Printed in the reply.",
                goes_with=(KEEP, RESTRICT, NO_GROUND),
            )
        )
    return entries


def _finish_entries() -> list[dict[str, Any]]:
    return [
        entry("obstacle", "What is in the way", "choice", "", (LATER,), OBSTACLES),
        entry("waits_until", "Day from which it can be done", "date", "", (LATER,)),
        entry(
            "why_later",
            "Why it has to wait, in words to the person",
            hint="Printed in the reply.",
            goes_with=(LATER,),
        ),
        entry(
            "elsewhere",
            "Backups, and those who work for us",
            hint="Which of them still hold it, what they were told, and when it is overwritten "
            "there. Printed in the reply.",
            goes_with=(DECIDE, LATER),
        ),
        places_entry(),
    ]


def later_entries() -> list[dict[str, Any]]:
    """What is entered when the day has come and it still has to wait."""
    still = ("it still has to wait",)
    return [
        entry("reason", "What is in the way", goes_with=still),
        entry("waits_until", "Day from which it can be done", "date", "", still),
    ]
