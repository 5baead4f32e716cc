"""The lists of systems that write to people: whoever is erased there is not to be written to again.

A system with a list of its own keeps the address on it, or the next import would bring the person
back to its mailings. That is the one thing which stays there, and the letter says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from casework.answering import Ordered
from casework.erasure.scope import mappings
from casework.erasure.words import ERASE
from casework.letters import people_of
from casework.office import Work
from rights.sources.actions import Act, Suppress

Record = Mapping[str, Any]


def not_to_come_back(work: Work, facts: Mapping[str, Any], decision: str) -> list[Ordered]:
    """Orders to list the addresses in each system that keeps such a list and loses the person."""
    records: list[Record] = list(facts.get("records", ()))
    known = mappings(work.office)
    subject = people_of(work.case).subject
    held = {
        "email": subject.emails[0] if subject.emails else "",
        "phone": subject.phones[0] if subject.phones else "",
    }
    orders: list[Ordered] = []
    for source in sorted(erased_whole(records)):
        actions = known[source].actions if source in known else None
        if actions is None or actions.suppress is None:
            continue
        values = tuple((k, held[k]) for k in sorted(actions.suppress.columns) if held.get(k))
        if values:
            key = f"{work.ref}/suppress/{source}"
            orders.append(Ordered(source, Suppress(key=key, values=values), decision))
    return orders


def erased_whole(records: Iterable[Record]) -> frozenset[str]:
    """Sources in which every record in scope is to go."""
    acts: dict[str, set[str]] = {}
    for record in records:
        acts.setdefault(str(record["source"]), set()).add(str(record["act"]))
    return frozenset(source for source, found in acts.items() if found == {ERASE})


def listed_in(work: Work) -> tuple[str, ...]:
    """Titles of the systems on whose list the person is now, as proved there."""
    told = {
        a.started.source
        for a in work.case.actions.values()
        if a.started.act == Act.SUPPRESS.value and a.was_done
    }
    return tuple(s.title for s in work.office.sources if s.name in told)
