"""Chains that still identify: somebody's name is withheld, and what is left tells who it was.

What the requester knows already counts (DPA 2018 Sch 2 para 16(4)): a name covered in "[box], her
nan, who lives at 12 Elm Road" hides nobody. For each person whose name is withheld somewhere, what
stays in sight of the same person, and what describes somebody in the same sentence as a box, is
gathered. It is a warning for people to look at, never a decision.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from redaction.decisions import Outcome, Span
from redaction.document import ReadDocument
from redaction.find.duplicates import unquoted
from redaction.find.lexicon import relations, role_words
from redaction.find.phrases import Phrases
from redaction.find.tokens import Stretch, flatten, sentences
from redaction.propose.settled import Mark, Settled
from rights.release import FactKind, PersonRef, Role

_AGE = re.compile(
    r"\b(?:aged?\s+\d{1,3}|\d{1,3}[- ]years?[- ]old|in (?:his|her|their) [a-z]+ies)\b"
)
_ALONE = frozenset([FactKind.CONTACT, FactKind.IDENTIFIER])
"""Kinds of fact that tell who somebody is by themselves."""
_WORDS = {FactKind.NAME: "a name or a relation", FactKind.PRIVATE: "something private"}
_AT_WORK = frozenset(Role) - {
    Role.RELATIVE,
    Role.PARTNER_OF_PARENT,
    Role.OTHER,
    Role.CARER,
    Role.REFERRER,
}
"""Roles whose words are no relation's as well."""
ENOUGH = 2
"""Different clues beside a withheld name from which a chain is told."""


@dataclass(frozen=True, slots=True)
class Clue:
    """Something in sight that points at a person: where, and of what sort."""

    span: Span
    what: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Whose name is withheld, and the clues that remain."""

    person: PersonRef
    clues: tuple[Clue, ...]


def chains(documents: Sequence[ReadDocument], settled: Settled) -> tuple[Chain, ...]:
    """People whose name is withheld though what stays in sight may tell who they are.

    Args:
        documents: The bundle.
        settled: What follows from the decisions.
    """
    left_out = {(p.document, p.page) for p in settled.plans if p.withheld}
    seen = [m for m in settled.marks if (m.span.document, m.span.page) not in left_out]
    hidden = {
        m.person
        for m in seen
        if m.person and m.kind is FactKind.NAME and m.outcome is Outcome.REDACT
    }
    clues: dict[PersonRef, dict[Clue, None]] = defaultdict(dict)
    for mark in seen:
        if (
            mark.person
            and mark.person in hidden
            and mark.outcome is Outcome.KEEP
            and mark.kind is not None
        ):
            what = _WORDS.get(mark.kind, f"a fact of the kind '{mark.kind.value}'")
            clues[mark.person][Clue(mark.span, what)] = None
    strong = {
        m.person
        for m in seen
        if m.person in hidden and m.outcome is Outcome.KEEP and m.kind in _ALONE
    }
    described = _beside(documents, seen, hidden)
    for person, clue in described:
        clues[person][clue] = None
    return tuple(
        Chain(person, tuple(sorted(found, key=lambda c: (c.span, c.what))))
        for person, found in sorted(clues.items())
        if person in strong or len({c.what for c in found}) >= ENOUGH
    )


def _beside(
    documents: Sequence[ReadDocument], marks: Sequence[Mark], hidden: Iterable[PersonRef | None]
) -> Iterable[tuple[PersonRef, Clue]]:
    """Ages, relations and roles left in sight in a sentence in which somebody is covered."""
    wanted = set(hidden)
    by_page: Mapping[tuple[str, int], list[Mark]] = defaultdict(list)
    for mark in marks:
        by_page[mark.span.document, mark.span.page].append(mark)
    kin: Phrases[str] = Phrases({w: n for n, r in relations().items() for w in r.words})
    jobs: Phrases[Role] = Phrases(role_words())
    for document in documents:
        for page in document.pages:
            here = by_page.get((document.id, page.number), [])
            cuts = [m for m in here if m.outcome is Outcome.REDACT]
            boxed = [m for m in cuts if m.person in wanted and m.kind is FactKind.NAME]
            if not boxed:
                continue
            text = unquoted(page.text)
            flat = flatten(text)
            found = sorted(
                [
                    *((m.start(), m.end(), "an age") for m in _AGE.finditer(flat)),
                    *((h.start, h.end, "a relation") for h in kin.find(flat)),
                    *((h.start, h.end, "a role") for h in jobs.find(flat) if h.value in _AT_WORK),
                ]
            )
            whole = list(sentences(text))
            for mark in boxed:
                assert mark.person is not None
                around = _sentence(whole, mark.span.start)
                for start, end, what in found:
                    covered = any(c.span.start < end and start < c.span.end for c in (*cuts, mark))
                    owned = any(
                        m.outcome is Outcome.KEEP
                        and m.person not in (None, mark.person)
                        and m.span.start < end
                        and start < m.span.end
                        for m in here
                    )
                    if around.start <= start < around.end and not covered and not owned:
                        span = Span(document.id, page.number, start, end)
                        yield mark.person, Clue(span, what)


def _sentence(whole: Sequence[Stretch], at: int) -> Stretch:
    return whole[max(bisect_right(whole, at, key=lambda s: s.start) - 1, 0)]
