"""The queue of strings that nobody has explained: each is looked at once in the life of a case.

What the rules leave over comes first; optional finders of the council and what can be learnt from
the documents that are decided already only ever add to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from casework.bundle import DECISION, snippet
from casework.office import Work
from casework.questions import Ask
from casework.topics import CAPITALS, CAST, LOOKED, PAGE, PASSAGE, WHO
from redaction.decisions import Finding, Outcome, Span
from redaction.document import ReadDocument
from redaction.find import CapitalString, capitals
from redaction.find.learn import Learned, learn
from redaction.find.suggest import NameFinder, load_finder, with_suggestions
from redaction.propose.mentions import DOUBTFUL
from rights.case import Case, Question
from rights.release import FactKind

_DECIDES = frozenset({CAST, WHO, PASSAGE, PAGE})
"""Topics whose answers decide what stands in a document."""


class Queue(NamedTuple):
    """The strings, and name and version of every finder that looked for them besides the rules."""

    strings: tuple[CapitalString, ...]
    tools: tuple[str, ...]


def queue_of(
    work: Work, documents: Sequence[ReadDocument], findings: Sequence[Finding], scratch: Path
) -> Queue:
    """Everything in the bundle that may be a name and that no finding explains.

    Raises:
        ConfigError: an optional finder of the settings is not there; nothing is passed over.
    """
    finders: list[NameFinder] = [
        load_finder(name, Path(folder) if folder else None)
        for name, folder in sorted(work.office.settings.finders.items())
    ]
    strings = with_suggestions(capitals(documents, findings), documents, findings, finders)
    decided = decided_documents(work.case)
    learned = _learned(work.case, documents, findings, decided, scratch)
    if learned is not None:
        rest = [d for d in documents if d.id not in decided]
        strings = with_suggestions(strings, rest, findings, (learned,))
        finders.append(learned)
    return Queue(strings, tuple(f"{f.name} {f.version}" for f in finders))


def decided_documents(case: Case) -> frozenset[str]:
    """Documents about which questions were asked, and all of them answered."""
    asked = [q for q in case.questions.values() if q.topic in _DECIDES and not q.withdrawn]
    waiting = {name for q in asked if q.is_open for name in _documents(q.body)}
    return frozenset(name for q in asked for name in _documents(q.body)) - waiting


def capital_asks(
    case: Case, documents: Sequence[ReadDocument], found: Sequence[CapitalString]
) -> Iterable[Ask]:
    """Ask about the strings that no answered question showed.

    Documents that came later bring strings of their own; those looked at are not shown again.
    """
    answered = [q for q in case.questions.values() if _looked_at(q)]
    seen = {s["text"] for q in answered for s in q.body["strings"]}
    new = [c for c in found if c.text not in seen]
    if new:
        body = {
            "strings": [
                {
                    "text": c.text,
                    "count": c.count,
                    "by": c.by,
                    "examples": [snippet(documents, s, 30) for s in c.spans],
                }
                for c in new
            ]
        }
        name = f"capitals/{len(answered) + 1}" if answered else "capitals"
        yield Ask(name, CAPITALS, "officer", body, LOOKED)


def _looked_at(question: Question) -> bool:
    return question.topic == CAPITALS and question.answer is not None and not question.withdrawn


def _documents(body: Mapping[str, Any]) -> Iterable[str]:
    return (*body.get("documents", ()), *((body["document"],) if body.get("document") else ()))


def _learned(
    case: Case,
    documents: Sequence[ReadDocument],
    findings: Sequence[Finding],
    decided: frozenset[str],
    scratch: Path,
) -> Learned | None:
    """What the decided documents teach; names are names whether they were withheld or not."""
    if all(d.id in decided for d in documents):
        return None
    marked = [DECISION.validate_json(text) for _, text in case.passages.values()]
    spans: list[Span] = [
        f.span for f in findings if f.kind is FactKind.NAME and f.confidence >= DOUBTFUL
    ]
    spans += [d.span for d in marked if d.span is not None and d.outcome is Outcome.REDACT]
    return learn(
        [d for d in documents if d.id in decided],
        [s for s in spans if s.document in decided],
        scratch=scratch,
    )
