"""What stays in sight and may still tell who somebody is, here or together with another case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.across import AcrossLine, treated_otherwise
from casework.bundle import snippet
from casework.collect import about_of
from casework.review.shelf import Review
from redaction.find.duplicates import like_documents
from redaction.propose.jigsaw import chains

SHOWN = 12
"""Clues shown of each chain."""


@dataclass(frozen=True, slots=True)
class ClueLine:
    """Something in sight: of what sort, and where, with the words about it."""

    what: str
    place: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChainLine:
    """Somebody whose name is withheld, with what stays in sight. Personal data.

    Attributes:
        person: Reference in the cast.
        who: As the cast names them.
        clues: The first of them.
        more: How many more there are.
    """

    person: str
    who: str
    clues: tuple[ClueLine, ...]
    more: int


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """Documents (id, title) that hold the same words, or nearly the same."""

    documents: tuple[tuple[str, str], ...]
    identical: bool


@dataclass(frozen=True, slots=True)
class Remains:
    """What a reviewer looks at before the pages are sealed; a warning, never a decision."""

    chains: tuple[ChainLine, ...]
    alike: tuple[AlikeLine, ...]
    across: tuple[AcrossLine, ...] = ()
    """Sentences that a related case treats otherwise."""


def remains_of(review: Review) -> Remains:
    """The chains and the like documents of a case as decided so far."""
    bundle = review.bundle
    lines: list[ChainLine] = []
    for chain in chains(bundle.documents, review.settled):
        person = bundle.person(chain.person)
        clues = tuple(
            ClueLine(c.what, snippet(bundle.documents, c.span)) for c in chain.clues[:SHOWN]
        )
        who = person.display if person else chain.person
        lines.append(ChainLine(chain.person, who, clues, len(chain.clues) - len(clues)))
    return Remains(
        tuple(lines),
        tuple(
            AlikeLine(tuple((d, _title(review, d)) for d in alike.documents), alike.identical)
            for alike in like_documents(bundle.documents)
        ),
        treated_otherwise(review.work.office, review.case, bundle, review.settled),
    )


def _title(review: Review, document: str) -> str:
    return str(about_of(review.case.documents[document])["title"])
