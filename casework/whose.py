"""Whose health a passage is about, where the text does not say for certain.

The engine proposes such a passage twice: as the subject's own, which is locked (DPA 2018 Sch 3
para 6), and as another person's, which is weighed (Sch 2 para 16). A person says whose it is, and
the other proposal then falls away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from casework.bundle import snippet
from casework.collect import about_of
from casework.office import Work
from casework.questions import Ask
from casework.topics import HEALTH_LOCK, WHO
from redaction.decisions import Outcome, PassageDecision, Proposal
from redaction.document import ReadDocument
from rights.case import Case, Question
from rights.release import Person

OWN = "the data subject's own"
THEIRS = "the other person's only"
BOTH = "both, or it cannot be told"
OPTIONS = (OWN, THEIRS, BOTH)
_PREFIX = "who/health/"


def is_whose(question: Question) -> bool:
    """Whether a question of the topic 'who' asks whose health a passage is about."""
    return question.id.startswith(_PREFIX)


def whose_asks(
    work: Work,
    documents: Sequence[ReadDocument],
    people: Sequence[Person],
    proposals: Sequence[Proposal],
) -> Iterable[Ask]:
    """One question for each document and each other person whose health it may be."""
    known = {p.id: p for p in proposals}
    cast = {str(p.ref): p for p in people}
    groups: dict[tuple[str, tuple[str, ...]], list[tuple[Proposal, Proposal]]] = defaultdict(list)
    for locked in proposals:
        other = known.get(locked.pair)
        if locked.code == HEALTH_LOCK and other is not None:
            refs = (other.person,) if other.person else other.candidates
            groups[locked.span.document, refs].append((locked, other))
    for (document, refs), pairs in groups.items():
        body = {
            "words": "Whose health is this about? It names, or may mean, somebody else as well.",
            "title": about_of(work.case.documents[document])["title"],
            "document": document,
            "kind": "health",
            "others": [
                {"ref": r, "name": cast[r].display, "relation": cast[r].relation} for r in refs
            ],
            "pairs": [[locked.id, other.id] for locked, other in pairs],
            "examples": [snippet(documents, locked.span) for locked, _ in pairs],
        }
        name = f"{_PREFIX}{document}/{'+'.join(refs)}"
        yield Ask(name, WHO, "officer", body, OPTIONS)


def whose_decisions(case: Case, known: Mapping[str, Proposal]) -> list[tuple[int, PassageDecision]]:
    """What falls away by the answers in force, each with its place in the journal."""
    return [
        (seq, PassageDecision(f"{question}/{proposal}", Outcome.KEEP, proposal=proposal))
        for seq, question, proposal in _fallen(case)
        if proposal in known
    ]


def not_own(case: Case) -> frozenset[str]:
    """Items (``document/proposal``) of which a person said that they are not the subject's."""
    return frozenset(
        f"{q.body['document']}/{locked}"
        for q in _answered(case)
        if q.answer is not None and q.answer.value == THEIRS
        for locked, _ in q.body["pairs"]
    )


def _fallen(case: Case) -> Iterable[tuple[int, str, str]]:
    for question in _answered(case):
        assert question.answer is not None
        for locked, other in question.body["pairs"]:
            if question.answer.value == THEIRS:
                yield question.answer.seq, question.id, locked
            elif question.answer.value == OWN:
                yield question.answer.seq, question.id, other


def _answered(case: Case) -> Iterable[Question]:
    return (q for q in case.answered(WHO) if is_whose(q) and not q.withdrawn)
