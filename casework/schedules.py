"""The numbered schedule of one opinion: frozen on the day of asking, and no more than is needed.

The professional is told the passages and whom they are about. What does not help to give an
opinion is left out: where anybody lives or can be reached, other people's numbers, who raised a
concern, and the facts that the case protects.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from hashlib import sha256

from pydantic import TypeAdapter

from casework.bundle import Bundle
from casework.collect import about_of
from casework.office import Work
from casework.opinions import item_of, locked
from redaction.decisions import Proposal, Span
from rights.errors import InputError
from rights.events.kinds import OpinionAsked
from rights.opinions import Schedule, ScheduleLine, document_of
from rights.release import FactKind, Role

LEFT_OUT = "(left out)"
_SCHEDULE = TypeAdapter(Schedule)
_NEEDLESS = frozenset({FactKind.CONTACT, FactKind.IDENTIFIER})


def make_schedule(work: Work, name: str, chosen: Collection[str], bundle: Bundle) -> Schedule:
    """The chosen items in the order of the file, each with its words and no more."""
    order = {document.id: place for place, document in enumerate(bundle.documents)}
    found = [p for p in locked(bundle.proposals) if item_of(p) in chosen]
    found.sort(key=lambda p: (order[p.span.document], p.span))
    return Schedule(name, tuple(_line(work, n, p, bundle) for n, p in enumerate(found, 1)))


def keep_schedule(work: Work, asked: OpinionAsked, schedule: Schedule) -> None:
    """Keep the schedule in the case's vault."""
    work.put(_file(asked), _SCHEDULE.dump_json(schedule))


def schedule_of(work: Work, opinion: str) -> Schedule:
    """The schedule that a professional was asked about, as it was then.

    Raises:
        InputError: no opinion was asked for under that id.
    """
    known = work.case.opinions.get(opinion)
    if known is None:
        raise InputError(
            "opinion.unknown",
            "No opinion was asked for under this number.",
            "Open the health data of the case again.",
        )
    return _SCHEDULE.validate_json(work.get(_file(known.asked)))


def _file(asked: OpinionAsked) -> str:
    """Named after what it lists: a draft that was not written leaves its number to another."""
    mark = sha256("|".join(asked.items).encode()).hexdigest()[:12]
    return f"{asked.opinion}/schedule-{mark}.json"


def _line(work: Work, number: int, proposal: Proposal, bundle: Bundle) -> ScheduleLine:
    collected = work.case.documents[document_of(item_of(proposal))]
    facts = work.case.people.protected_facts if work.case.people else ()
    text = without(" ".join(_cut(proposal, bundle).split()), facts)
    return ScheduleLine(
        number=number,
        item=item_of(proposal),
        title=without(about_of(collected)["title"], facts),
        dated=collected.dated,
        page=proposal.span.page,
        text=text,
    )


def without(text: str, facts: Iterable[str]) -> str:
    """A text without the protected facts that stand in it, in any case and spacing.

    >>> without("She lives at 6  linden Mews now.", ["6 Linden Mews"])
    'She lives at (left out) now.'
    """
    for fact in facts:
        words = [re.escape(word) for word in fact.split()]
        if words:
            text = re.sub(r"\s+".join(words), LEFT_OUT, text, flags=re.IGNORECASE)
    return text


def _cut(passage: Proposal, bundle: Bundle) -> str:
    """The words of a passage without the mentions that an opinion does not need."""
    first, kept, at = passage.span.start, "", passage.span.start
    inside = (p for p in bundle.proposals if _within(p.span, passage.span))
    for span in sorted(p.span for p in inside if _needless(p, bundle)):
        if span.start >= at:
            kept += passage.text[at - first : span.start - first] + LEFT_OUT
        at = max(at, span.end)
    return kept + passage.text[at - first :]


def _within(inner: Span, outer: Span) -> bool:
    same = (inner.document, inner.page) == (outer.document, outer.page)
    return same and outer.start <= inner.start and inner.end <= outer.end


def _needless(proposal: Proposal, bundle: Bundle) -> bool:
    if proposal.kind in _NEEDLESS:
        return True
    refs = (proposal.person,) if proposal.person else proposal.candidates
    people = [person for ref in refs if (person := bundle.person(ref))]
    return proposal.kind is FactKind.NAME and any(p.role is Role.REFERRER for p in people)
