"""From findings to proposals: the legal default of the person each mention means."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from redaction.decisions import Finding, Proposal, Span
from redaction.document import ReadDocument
from rights.release import DisclosureMode, FactKind, Person, PersonRef, Role, Treatment


@dataclass(frozen=True, slots=True)
class Default:
    """What the law proposes for one person and kind of fact, from `rights.cast`.

    Attributes:
        treatment: Clear, ask or hold.
        code: Exemption code when not clear.
        mode: How much the requester may be told.
        citation: Act, schedule and paragraph.
        reason: One plain sentence.
    """

    treatment: Treatment
    code: str
    mode: DisclosureMode
    citation: str
    reason: str


Defaults: TypeAlias = Callable[[Person, FactKind], Default]

BY_LAW = "law"
"""`decided_by` of the data subject's own facts: nothing is left to decide."""
BY_CAST = "cast"
BY_PASSAGE = "passage"
DOUBTFUL = 0.5
"""Findings below this confidence are decided one by one, unless the person's name is clear."""
_STRICTNESS = {Treatment.CLEAR: 0, Treatment.ASK: 1, Treatment.HOLD: 2}
_SILENCE = {DisclosureMode.NAMED: 0, DisclosureMode.GENERAL: 1, DisclosureMode.SILENT: 2}


def proposal_id(sha256: str, span: Span, kind: FactKind, rule: str) -> str:
    """Stable over re-runs on the same bytes: a hash of the file, the place, the kind and rule.

    The document's own id counts too: the same file twice in a bundle is two documents, and a
    decision on one must never be taken for one on the other.
    """
    parts = (
        span.document,
        sha256,
        str(span.page),
        str(span.start),
        str(span.end),
        kind.value,
        rule,
    )
    return "q" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def propose_mentions(
    documents: Sequence[ReadDocument],
    findings: Sequence[Finding],
    people: Mapping[PersonRef, Person],
    defaults: Defaults,
) -> list[Proposal]:
    """One proposal for each finding."""
    hashes = {d.id: d.sha256 for d in documents}
    return [
        _proposal(finding, hashes[finding.span.document], people, defaults) for finding in findings
    ]


def strictest(defaults: Sequence[Default]) -> Default:
    """Of several defaults the one that holds most back, in the most silent mode of them."""
    worst = max(defaults, key=lambda d: _STRICTNESS[d.treatment])
    mode = max((d.mode for d in defaults), key=lambda m: _SILENCE[m])
    return Default(worst.treatment, worst.code, mode, worst.citation, worst.reason)


def _proposal(
    finding: Finding, sha256: str, people: Mapping[PersonRef, Person], defaults: Defaults
) -> Proposal:
    person = people.get(finding.person) if finding.person else None
    candidates = [people[ref] for ref in finding.candidates if ref in people]
    decided_by = BY_CAST
    if person is not None and person.role is Role.SUBJECT:
        default = Default(
            Treatment.CLEAR, "", DisclosureMode.NAMED, "", "It is the data subject's own."
        )
        decided_by = BY_LAW
    elif person is not None:
        default = defaults(person, finding.kind)
    elif len(candidates) > 1:
        shared = strictest([_default_of(c, finding.kind, defaults) for c in candidates])
        default = _at_least_ask(shared, "It may mean more than one person.")
    else:
        default = Default(
            Treatment.ASK,
            "3P",
            DisclosureMode.NAMED,
            "",
            "Nobody on the record fits for certain; unknown means withheld until a person says.",
        )
        decided_by = BY_PASSAGE
    shown = person is not None and default.treatment is Treatment.CLEAR
    # An ordinary word and a name that is clear are both shown: nothing is left to ask.
    if finding.confidence < DOUBTFUL and decided_by == BY_CAST and not shown:
        default = Default(
            Treatment.ASK,
            default.code or "3P",
            default.mode,
            default.citation,
            "It may mean more than one person."
            if len(candidates) > 1
            else "It may be an ordinary word.",
        )
        decided_by = BY_PASSAGE
    return Proposal(
        id=proposal_id(sha256, finding.span, finding.kind, finding.finder),
        span=finding.span,
        text=finding.text,
        kind=finding.kind,
        treatment=default.treatment,
        reason=f"{finding.reason[:1].upper()}{finding.reason[1:]}. {default.reason}".strip(),
        rule=finding.finder,
        code=default.code if default.treatment is not Treatment.CLEAR else "",
        mode=default.mode,
        confidence=finding.confidence,
        person=finding.person,
        candidates=finding.candidates,
        decided_by=decided_by,
    )


def _default_of(person: Person, kind: FactKind, defaults: Defaults) -> Default:
    if person.role is Role.SUBJECT:
        return Default(Treatment.CLEAR, "", DisclosureMode.NAMED, "", "")
    return defaults(person, kind)


def _at_least_ask(default: Default, reason: str) -> Default:
    if default.treatment is not Treatment.CLEAR:
        return Default(default.treatment, default.code, default.mode, default.citation, reason)
    return Default(Treatment.ASK, "3P", default.mode, default.citation, reason)
