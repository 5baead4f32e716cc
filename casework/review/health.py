"""The subject's own health data as an officer settles them: every item of the file, numbered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casework.bundle import snippet
from casework.collect import about_of
from casework.opinions import item_of, items_of, locked
from casework.review.shelf import Review
from casework.schedules import schedule_of
from rights.case import HealthOpinion
from rights.events import DESTROYED
from rights.events.kinds import KnownToSubject
from rights.opinions import (
    Giver,
    ItemState,
    Lock,
    Professional,
    ScheduleLine,
    document_of,
    last_day_of_reliance,
    may_be_relied_on,
    state_of,
)


@dataclass(frozen=True, slots=True)
class HealthItem:
    """One item. Personal data.

    Attributes:
        number: Its number in the file, from 1.
        state: Where it stands today.
        snippet: The passage with the words about it.
        known: How the subject knows it, if that was recorded.
        sent: Whether its document has left.
    """

    number: int
    state: ItemState
    snippet: dict[str, Any]
    known: KnownToSubject | None
    sent: bool


@dataclass(frozen=True, slots=True)
class HealthDocument:
    """The items of one document."""

    document: str
    title: str
    items: tuple[HealthItem, ...]

    @property
    def blocked(self) -> tuple[str, ...]:
        """Ids of the items that keep this document back."""
        return tuple(i.state.item for i in self.items if i.state.is_blocked and not i.sent)


@dataclass(frozen=True, slots=True)
class AskedOpinion:
    """One professional, what was asked and what came. Personal data.

    Attributes:
        name: Id of the opinion.
        asked: The journal's own account.
        professional: Who was asked.
        lines: The schedule, each line with what was said of it: yes, no, or nothing yet.
        givers: Who gave each opinion that came.
        until: Last day on which the latest may be relied on, as ISO date; empty for none.
        fresh: Whether it may be relied on today.
    """

    name: str
    asked: HealthOpinion
    professional: Professional
    lines: tuple[tuple[ScheduleLine, str], ...]
    givers: tuple[Giver, ...]
    until: str
    fresh: bool

    @property
    def unanswered(self) -> tuple[int, ...]:
        """Numbers about which nothing came yet."""
        return tuple(line.number for line, said in self.lines if not said)


def health_documents(review: Review) -> tuple[HealthDocument, ...]:
    """Every item of the file by document, numbered through."""
    case, office = review.case, review.work.office
    own = set(items_of(case, review.bundle.proposals))
    gone = case.on_their_way
    order = {d.id: place for place, d in enumerate(review.bundle.documents)}
    proposals = [p for p in locked(review.bundle.proposals) if item_of(p) in own]
    proposals.sort(key=lambda p: (order[p.span.document], p.span))
    found: dict[str, list[HealthItem]] = {}
    for number, proposal in enumerate(proposals, 1):
        item = item_of(proposal)
        found.setdefault(document_of(item), []).append(
            HealthItem(
                number,
                state_of(case, item, office.today(), office.law),
                snippet(review.bundle.documents, proposal.span),
                case.known.get(item),
                document_of(item) in gone,
            )
        )
    return tuple(
        HealthDocument(name, about_of(case.documents[name])["title"], tuple(items))
        for name, items in found.items()
    )


def asked_opinions(review: Review) -> tuple[AskedOpinion, ...]:
    """Everybody who was asked, the latest first."""
    return tuple(_asked(review, name, o) for name, o in reversed(review.case.opinions.items()))


def tally_of(documents: Iterable[HealthDocument]) -> dict[Lock, int]:
    """How many items stand how."""
    counts = dict.fromkeys(Lock, 0)
    for document in documents:
        for item in document.items:
            counts[item.state.lock] += 1
    return counts


def _asked(review: Review, name: str, opinion: HealthOpinion) -> AskedOpinion:
    office = review.work.office
    said: dict[str, str] = {}
    for given in opinion.given:
        said |= dict.fromkeys(given.harm, "yes") | dict.fromkeys(given.no_harm, "no")
    latest = max((g.dated for g in opinion.given), default=None)
    return AskedOpinion(
        name=name,
        asked=opinion,
        professional=Professional.model_validate_json(opinion.asked.professional),
        lines=tuple(
            (line, said.get(line.item, "")) for line in schedule_of(review.work, name).lines
        ),
        givers=tuple(Giver.model_validate_json(g.by) for g in opinion.given if g.by != DESTROYED),
        until=last_day_of_reliance(latest, office.law).isoformat() if latest else "",
        fresh=latest is not None
        and not opinion.spoiled
        and may_be_relied_on(latest, office.today(), office.law),
    )
